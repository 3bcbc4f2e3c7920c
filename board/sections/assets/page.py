"""The 资产盘活 page: the occupancy of assets against its targets, its pace, and the empty assets."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl

from board.access import Audience
from board.figures import tables
from board.figures.bullets import bullets
from board.figures.shared.words import named
from board.figures.site import site_plan
from board.figures.trend import trend_to_target
from board.i18n import N_, _
from board.metrics import PERCENT, PLACES, SQUARE_METRES, YUAN, Period, Reading
from board.metrics.terms import months_apart, shift
from board.numerals import counted, goal, month, place_name, shown, valued
from board.sections.assets import words
from board.sections.blocks import Facts, Figure, Line, Lines
from board.sections.counts import first_named, leaders
from board.sections.indicators import caption as course_caption
from board.sections.indicators import course, course_finding, course_table, months, split
from board.sections.section import Panel, Section, View
from board.sections.site import drawn, stamp
from board.sections.words import joined, plain, sourced
from board.table import Column, Table

RATE, CHANGES = "asset_occupancy", "usable_changes"
LEDGER = "occupancy"
NEEDS = ("assets", "occupancy")
MONTHS = 36


def trend(view: View) -> dict[str, Any]:
    """The rate by month, with its targets, the path to them and the projection."""
    rates = months(view, RATE, MONTHS)
    return trend_to_target(rates, view.theme, projection=projection(view))


def projection(view: View) -> tuple[Any, float] | None:
    """The next target's month and the rate reached then at the pace of the last six months.

    The rate is a fraction; None where no target lies ahead or no pace can be computed.
    """
    rate = view.read(RATE)
    pace = rate.extra.get("pace") or {}
    if not pace.get("by") or pace.get("a_month") is None or not rate.denominator:
        return None
    target_month = Period.parse(pace["by"]).last_month
    months_left = months_apart(rate.period.last_month, target_month)
    share = ((rate.numerator or 0) + pace["a_month"] * months_left) / rate.denominator
    return target_month, min(max(share, 0.0), 1.0)


def pace(view: View) -> Facts:
    """The area gained each month and the area needed each month, with what follows from them."""
    rate = view.read(RATE)
    numbers = rate.extra.get("pace") or {}
    return Facts(
        figures=(
            Figure(_("近六个月"), _("㎡/月"), shown(numbers.get("a_month"), SQUARE_METRES)),
            Figure(_("今后需要"), _("㎡/月"), shown(numbers.get("needed"), SQUARE_METRES)),
        ),
        sentences=words.pace_sentences(view, numbers),
        note=words.gains(rate),
    )


def kinds(view: View) -> list[Reading]:
    """The rate of each kind of asset that has a usable area, highest first."""
    readings = view.read(RATE, by=("kind",)).by["kind"]
    return sorted((r for r in readings if r.denominator), key=lambda r: -(r.value or 0))


def by_kind(view: View) -> dict[str, Any]:
    """A bullet chart with a row for each kind."""
    return bullets(kinds(view), view.theme, parts=SQUARE_METRES)


def kinds_finding(view: View) -> str:
    """三类已过 60%，标准厂房最低 0%."""
    readings = kinds(view)
    if not readings:
        return _("各类资产")
    target = view.read(RATE).target
    upwards = readings[::-1]
    low = shown(upwards[0].value, PERCENT)
    kind = first_named([r.value for r in upwards], [named(r.label) for r in upwards])
    if target is None:
        return _("{kind}最低 {value}", kind=kind, value=low)
    at_target = sum(1 for r in readings if (r.value or 0) >= target)
    gaps = {"target": goal(target, PERCENT), "kind": kind, "value": low}
    if not at_target:
        return _("没有一类到 {target}，{kind}最低 {value}", **gaps)
    return _("{n}类已到 {target}，{kind}最低 {value}", n=at_target, **gaps)


def buildings(view: View) -> list[Reading]:
    """The rate of each building that has one, lowest first."""
    readings = view.read(RATE, by=("building",), scope=view.settlement).by["building"]
    return sorted((r for r in readings if r.value is not None), key=lambda r: r.value or 0)


def site(view: View) -> dict[str, Any] | Facts:
    """The site plan, its buildings shaded by their rate; a click on one chooses it as the scope."""
    standing = view.frame("standing_assets", month=view.period.last_month)
    other_assets = view.bound(RATE).counted(standing)
    values = dict(other_assets.select("asset_id", "share").rows())
    values |= {r.label: r.value for r in buildings(view)}
    title = _("各楼栋资产盘活率")
    return drawn(view, lambda plan: site_plan(plan, values, view.theme, title=title))


def site_finding(view: View) -> str:
    """盘活率最低：7栋 31.0%、12栋 40.0%."""
    rates = buildings(view)
    if not rates:
        return _("各楼栋")
    named = leaders([r.value for r in rates], 3)
    if not named:
        equal = sum(1 for r in rates if r.value == rates[0].value)
        return _("盘活率最低的 {n} 栋都是 {value}", n=equal, value=shown(rates[0].value, PERCENT))
    places = [valued(place_name(r.scope), shown(r.value, PERCENT)) for r in rates[:named]]
    return _("盘活率最低：{places}", places=joined(places))


def idle(view: View) -> pl.DataFrame:
    """The assets of the scope that are not fully used at the period's end, longest empty first.

    They are of the kinds that the occupancy rate counts.
    """
    assets = view.frame("idle_assets", month=view.period.last_month)
    assets = view.bound(RATE).counted(assets)
    if view.scope.building:
        assets = assets.filter(pl.col("building") == view.scope.building)
    return assets


def idle_lines(view: View) -> Lines:
    """A line for each asset that is not fully used: building, months empty, last rent."""
    end = shift(view.period.last_month, 1)
    lines = []
    for row in idle(view).iter_rows(named=True):
        since = row["idle_since"]
        text = _("{name} 空置 **{n} 个月**", name=plain(row["name"]), n=months_apart(since, end))
        if row["count"] > 1:
            text += _(
                "，空 {n}/{of}",
                n=row["idle_places"],
                of=counted(row["count"], words.SPACES.get(row["kind"], PLACES)),
            )
        rent = row["last_rent"]
        note = _("原租金 {rent}/月", rent=counted(rent, YUAN)) if rent else _("未出租过")
        lines.append(
            Line(place_name(row["building"]) if row["building"] else "—", "mute", text, note)
        )
    return Lines(tuple(lines), empty=_("没有空置的可盘活资产。"), widths=(1.2, 5, 3), first=8)


def idle_table(view: View) -> Table:
    """The assets that are not fully used: area, empty places, empty since, last rent."""
    assets = idle(view)
    return Table.of(
        Column(_("资产编号"), assets["asset_id"]),
        Column(_("资产名称"), assets["name"]),
        Column(_("类别"), [named(kind) for kind in assets["kind"]], "text"),
        Column(_("楼栋"), assets["building"]),
        Column(_("面积（㎡）"), assets["area"]),
        Column(_("空置个数"), assets["idle_places"]),
        Column(_("空置起"), assets["idle_since"], "month"),
        Column(_("原月租金（元）"), assets["last_rent"]),
    )


def idle_finding(view: View) -> str:
    """48 项没有用满，空 20间、180个车位."""
    assets = idle(view)
    if assets.is_empty():
        partly = view.read(RATE, companions=False).unreported
        return _("已报的没有空置，{n}项未报", n=partly) if partly else _("没有空置的可盘活资产")
    return _("{n} 项没有用满，空 {places}", n=assets.height, places=words.empty_spaces(assets))


def changes(view: View) -> Facts:
    """The rate, and what it would be if what was usable when the year began still were."""
    before = view.read(CHANGES).extra.get("occupancy_before")
    return Facts(
        figures=(
            Figure(_("现在的盘活率"), "", shown(view.read(RATE).value, PERCENT)),
            Figure(_("照去年底的口径"), "", shown(before, PERCENT)),
        ),
    )


def caption(view: View) -> str:
    """Short definition, ledger, coverage and date."""
    return sourced(view, view.read(RATE), LEDGER, _("在用面积 ÷ 已报可盘活面积"))


def count_caption(view: View) -> str:
    """The rate counted by places instead of area, for comparison."""
    by_places = view.read("asset_occupancy_count")
    if by_places.value is None:
        return _("按个数算：{word}", word=_(by_places.status.word))
    return _(
        "按个数算 {value}（{n}/{of}）",
        value=shown(by_places.value, PERCENT), n=shown(by_places.numerator, PLACES), of=shown(by_places.denominator, PLACES),
    )  # fmt: skip


def idle_caption(view: View) -> str:
    """The month of the list, and from when an asset counts as empty."""
    return _("{month}底 · 空置从最后一个用满的月之后算起", month=month(view.period.last_month))


ASSETS = Section(
    key="assets",
    label=N_("资产盘活"),
    question=N_("年底能不能达到盘活目标，还差多少？"),
    group=N_("核心指标"),
    position=30,
    headline=words.headline,
    audience=Audience.FIGURES,
    presentable=True,
    scopes=("plan", "settlement", "building"),
    source=(LEDGER,),
    panels=(
        Panel("trend", words.trend_finding, trend, caption,
              lambda view: tables.of_readings(months(view, RATE, MONTHS)), NEEDS, (RATE,), width=8),
        Panel("pace", words.pace_finding, pace, count_caption, needs=NEEDS,
              metrics=("asset_occupancy_count",), width=4),
        Panel("kinds", kinds_finding, by_kind, caption, lambda view: tables.of_readings(kinds(view)),
              NEEDS, (RATE,), width=6),
        Panel("site", site_finding, site, words.site_caption,
              lambda view: tables.of_readings(buildings(view)), NEEDS, width=6, click="scope", stamp=stamp),
        Panel("idle", idle_finding, idle_lines, idle_caption, idle_table, NEEDS),
        Panel(CHANGES, partial(course_finding, key=CHANGES), changes,
              partial(course_caption, key=CHANGES), partial(course_table, key=CHANGES),
              ("assets",), (CHANGES,), width=6),
        course("settlement_rate"),
        course("final_accounts_rate"),
        course("registration_rate"),
        course("capitalised_rate"),
        course("land_papers_rate"),
        split("industrial_occupancy", "kind"),
        split("industrial_occupancy", "mode"),
    ),
)  # fmt: skip
