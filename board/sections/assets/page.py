"""资产盘活: will occupancy reach 50, 60 and 80 %, at which pace, and what stands empty?"""

from __future__ import annotations

from typing import Any

import polars as pl

from board import figures
from board.i18n import N_, _
from board.metrics import PERCENT, PLACES, SQUARE_METRES, YUAN, Period, Reading
from board.metrics.terms import shift
from board.numerals import counted, goal, month, place_name, shown
from board.sections.assets import words
from board.sections.blocks import Facts, Figure, Line, Lines
from board.sections.indicators import course
from board.sections.section import Panel, Section, View
from board.sections.site import drawn, stamp
from board.sections.words import plain, sourced
from board.table import Column, Table

RATE = "asset_occupancy"
LEDGER = "occupancy"
NEEDS = ("assets", "occupancy")


def months(view: View) -> list[Reading]:
    """The rate month by month, from the first that was reported to the view's last."""
    last = Period(view.period.last_month, "month")
    count = 36
    asked = [last.before(n) for n in reversed(range(count))]
    found = view.read_all(RATE, asked)
    known = [n for n, reading in enumerate(found) if reading.value is not None]
    return found[known[0] :] if known else found[-1:]


def trend(view: View) -> dict[str, Any]:
    """The rate against the plan's steps, its path and where the present pace leads."""
    return figures.trend_to_target(months(view), view.theme, projection=projection(view))


def projection(view: View) -> tuple[Any, float] | None:
    """The next target's month, and the rate that the pace of six months leads to by then."""
    now = view.read(RATE)
    pace = now.extra.get("pace") or {}
    if not pace.get("by") or pace.get("a_month") is None or not now.denominator:
        return None
    until = Period.parse(pace["by"]).last_month
    ahead = (
        (until.year - now.period.last_month.year) * 12 + until.month - now.period.last_month.month
    )
    reached = ((now.numerator or 0) + pace["a_month"] * ahead) / now.denominator
    return until, min(max(reached, 0.0), 1.0)


def trend_table(view: View) -> Table:
    """The months of the trend with value, bounds, target and path."""
    return figures.tables.of_readings(months(view))


def pace(view: View) -> Facts:
    """Taken up a month and needed a month, and what that means."""
    now = view.read(RATE)
    found = now.extra.get("pace") or {}
    return Facts(
        figures=(
            Figure(_("近六个月"), _("㎡/月"), shown(found.get("a_month"), SQUARE_METRES)),
            Figure(_("今后需要"), _("㎡/月"), shown(found.get("needed"), SQUARE_METRES)),
        ),
        sentences=words.pace_sentences(view, now, found),
        note=words.gains(now),
    )


def kinds(view: View) -> list[Reading]:
    """The kinds that have a usable area, best first."""
    found = view.read(RATE, by=("kind",)).by["kind"]
    return sorted((r for r in found if r.denominator), key=lambda r: -(r.value or 0))


def by_kind(view: View) -> dict[str, Any]:
    """A bullet a kind."""
    return figures.bullets(kinds(view), view.theme, parts=SQUARE_METRES)


def kinds_finding(view: View) -> str:
    """三类已过 60%，标准厂房最低 0%."""
    found = kinds(view)
    if not found:
        return _("各类资产")
    target = view.read(RATE).target
    lowest = found[-1]
    low = shown(lowest.value, PERCENT)
    if target is None:
        return _("{kind}最低 {value}", kind=figures.named(lowest.label), value=low)
    passed = sum(1 for r in found if (r.value or 0) >= target)
    return _(
        "{n}类已到 {target}，{kind}最低 {value}",
        n=passed, target=goal(target, PERCENT), kind=figures.named(lowest.label), value=low,
    )  # fmt: skip


def buildings(view: View) -> list[Reading]:
    """The buildings that have usable area, emptiest first."""
    found = view.read(RATE, by=("building",), scope=view.whole).by["building"]
    return sorted((r for r in found if r.value is not None), key=lambda r: r.value or 0)


def site(view: View) -> dict[str, Any] | Facts:
    """The buildings of the site plan shaded by their rate; a click goes there."""
    standing = view.frame("standing_assets", month=view.period.last_month)
    values = dict(standing.select("asset_id", "share").rows())
    values |= {r.label: r.value for r in buildings(view)}
    title = _("各楼栋资产盘活率")
    return drawn(lambda plan: figures.site_plan(plan, values, view.theme, title=title))


def site_finding(view: View) -> str:
    """空置最多的是 7栋、12栋和11栋."""
    found = buildings(view)[:3]
    if not found:
        return _("各楼栋")
    return _("盘活率最低：{places}", places=words.places_with_values(found))


def idle(view: View) -> pl.DataFrame:
    """What stands empty in the scope at the period's end, longest first."""
    found = view.frame("idle_assets", month=view.period.last_month)
    if view.scope.building:
        found = found.filter(pl.col("building") == view.scope.building)
    return found


def idle_lines(view: View) -> Lines:
    """Each empty asset: where, since when, its last rent."""
    end = shift(view.period.last_month, 1)
    rows = []
    for row in idle(view).iter_rows(named=True):
        since = row["idle_since"]
        open_months = (end.year - since.year) * 12 + end.month - since.month
        text = _("{name} 空置 **{n} 个月**", name=plain(row["name"]), n=open_months)
        if row["count"] > 1:
            text += _("，空 {n}/{of}", n=row["idle_places"], of=row["count"])
        rent = row["last_rent"]
        note = _("原租金 {rent}/月", rent=counted(rent, YUAN)) if rent else _("未出租过")
        rows.append(
            Line(place_name(row["building"]) if row["building"] else "—", "mute", text, note)
        )
    return Lines(tuple(rows), empty=_("没有空置的可盘活资产。"), widths=(1.2, 5, 3), first=8)


def idle_table(view: View) -> Table:
    """The empty assets with area, places, months and rent."""
    assets = idle(view)
    return Table.of(
        Column(_("资产编号"), assets["asset_id"]),
        Column(_("资产名称"), assets["name"]),
        Column(_("类别"), [figures.named(kind) for kind in assets["kind"]], "text"),
        Column(_("楼栋"), assets["building"]),
        Column(_("面积（㎡）"), assets["area"]),
        Column(_("空置位数"), assets["idle_places"]),
        Column(_("空置起"), assets["idle_since"], "month"),
        Column(_("原月租金（元）"), assets["last_rent"]),
    )


def idle_finding(view: View) -> str:
    """48 项没有用满，空 293 位."""
    found = idle(view)
    if found.is_empty():
        return _("没有空置的可盘活资产")
    return _(
        "{n} 项没有用满，空 {places}",
        n=found.height, places=counted(float(found["idle_places"].sum()), PLACES),
    )  # fmt: skip


def caption(view: View) -> str:
    """Definition in short, ledger, coverage, date."""
    return sourced(view, view.read(RATE), LEDGER, _("在用面积 ÷ 已报可盘活面积"))


def count_caption(view: View) -> str:
    """The same rate by places, for comparison."""
    other = view.read("asset_occupancy_count")
    if other.value is None:
        return _("按位数算：{word}", word=_(other.status.word))
    return _(
        "按位数算 {value}（{n}/{of}）",
        value=shown(other.value, PERCENT), n=shown(other.numerator, PLACES), of=shown(other.denominator, PLACES),
    )  # fmt: skip


def dated(view: View) -> str:
    """Which month the list speaks of."""
    return _("{month}底 · 空置从最后一个用满的月之后算起", month=month(view.period.last_month))


ASSETS = Section(
    key="assets",
    label=N_("资产盘活"),
    question=N_("年底能不能达到盘活目标，还差多少？"),
    group=N_("四项目标"),
    position=30,
    headline=words.headline,
    scopes=("settlement", "building"),
    source=(LEDGER,),
    panels=(
        Panel("trend", words.trend_finding, trend, caption, trend_table, NEEDS, (RATE,), width=8),
        Panel("pace", words.pace_finding, pace, count_caption, needs=NEEDS,
              metrics=("asset_occupancy_count",), width=4),
        Panel("kinds", kinds_finding, by_kind, caption, lambda view: figures.tables.of_readings(kinds(view)),
              NEEDS, (RATE,), width=6),
        Panel("site", site_finding, site, words.site_caption,
              lambda view: figures.tables.of_readings(buildings(view)), NEEDS, width=6, click="scope", stamp=stamp),
        Panel("idle", idle_finding, idle_lines, dated, idle_table, NEEDS),
        course("settlement_rate"),
        course("registration_rate"),
        course("final_accounts_rate"),
        course("industrial_assets_used"),
    ),
)  # fmt: skip
