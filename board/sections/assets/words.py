"""The sentences of the assets page."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board.catalogue import WORST_FIRST
from board.i18n import N_, _
from board.metrics import (
    PERCENT,
    PERSONS,
    PLACES,
    POINTS,
    SQUARE_METRES,
    YUAN,
    Period,
    Reading,
    Status,
)
from board.metrics.terms import months_apart
from board.metrics.units import PARKING_SPACES, SHOPS, STALLS
from board.numerals import counted, goal, month, shown
from board.sections.cards import by_places
from board.sections.section import View
from board.sections.words import joined, noted, reporting_words

RATE = "asset_occupancy"
# What one of a kind of assets is called; a kind that is not named here counts in 个.
SPACES = {
    "商业铺面": SHOPS,
    "地下车库": PARKING_SPACES,
    "地面停车位": PARKING_SPACES,
    "农贸市场": STALLS,
}
HEADLINES = {
    Status.MET: N_("资产盘活率 {value}，达到目标 {target}"),
    Status.MISSED: N_("资产盘活率 {value}，比目标 {target} 低 {gap}"),
    Status.UNDETERMINED: N_("资产盘活率在 {low}~{high} 之间，还不能判定"),
}


def headline(view: View) -> str:
    """资产盘活率 58.2%，照此速度2024年12月可达 60%; where places are worse, 资产盘活率 81.0%；按个数 55.0%，未达标."""
    rate, places = view.read(RATE), view.read("asset_occupancy_count")
    if rate.value is None or worst(rate.status, places.status) is rate.status:
        return by_area(view)
    area = _("资产盘活率 {value}", value=shown(rate.value, PERCENT))
    return _("{area}；{places}", area=area, places=by_places(view))


def worst(area: Status, places: Status) -> Status:
    """The worse of two statuses; that by area where they are as bad or one of them judges nothing."""
    judged = all(status in WORST_FIRST for status in (area, places))
    return min(area, places, key=WORST_FIRST.index) if judged else area


def by_area(view: View) -> str:
    """资产盘活率 58.2%，照此速度2024年12月可达 60%."""
    rate = view.read(RATE)
    if rate.value is None or rate.target is None:
        return _("资产盘活率 {value}", value=shown(rate.value, PERCENT))
    gaps = {
        "value": shown(rate.value, PERCENT),
        "target": goal(rate.target, PERCENT),
        "gap": points(rate.target - rate.value),
        "low": shown(rate.low, PERCENT),
        "high": shown(rate.high, PERCENT),
    }
    if rate.status in HEADLINES:
        return _(HEADLINES[rate.status], **gaps)
    due = rate.aim.of.due if rate.aim else None
    if when := reached_before(rate, rate.target, due):
        return _("资产盘活率 {value}，已达到{by}的目标 {target}", by=when, **gaps)
    pace = rate.extra.get("pace") or {}
    by, reached = pace.get("by"), pace.get("reached")
    gaps["by"] = month(Period.parse(by).first) if by else ""
    if by and reached and reached <= by:
        return _("资产盘活率 {value}，照此速度{by}可达 {target}", **gaps)
    return _("资产盘活率 {value}，离 {target} 还差 {gap}", **gaps)


def reached_before(rate: Reading, target: float | None, due: date | None) -> str:
    """The month in which a target is due that the rate has reached already; empty where it has not.

    It has where even the least possible value is enough.
    """
    least = rate.value if rate.low is None else rate.low
    reached = least is not None and target is not None and least >= target
    return month(due) if reached and due and due > rate.period.last_month else ""


def reached_at_pace(rate: Reading) -> str:
    """As `reached_before`, for the target that the pace is worked out for."""
    pace = rate.extra.get("pace") or {}
    due = Period.parse(pace["by"]).first if pace.get("by") else None
    return reached_before(rate, pace.get("target"), due)


def trend_finding(view: View) -> str:
    """近六个月每月 +1.8 个百分点，比序时低 3.8个百分点."""
    rate = view.read(RATE)
    ago = Period(rate.period.last_month, "month")
    changed = view.change(view.read(RATE, period=ago), ago.before(6))
    if rate.value is None:
        return _("还没有资产盘活数据")
    parts = []
    if changed.difference is not None:
        moved = counted(changed.difference * 100, POINTS, signed=True)
        why = "" if changed.movement else reporting_words(rate.metric, changed)
        half_year = _("半年 {change}", change=moved)
        parts.append(_("{half_year}（{why}）", half_year=half_year, why=why) if why else half_year)
    if rate.path is not None:
        difference = rate.value - rate.path
        size = points(abs(difference))
        parts.append(
            _("比序时高 {gap}", gap=size) if difference >= 0 else _("比序时低 {gap}", gap=size)
        )
    return _("，").join(parts)


def pace_finding(view: View) -> str:
    """到 60%，每月须多盘活 38㎡."""
    pace = view.read(RATE).extra.get("pace") or {}
    needed, a_month, target = pace.get("needed"), pace.get("a_month"), pace.get("target")
    if when := reached_at_pace(view.read(RATE)):
        return _("已达到{by}的目标 {target}", by=when, target=goal(target, PERCENT))
    if needed is None or a_month is None:
        return _("盘活速度")
    if needed <= a_month:
        return _("照此速度，{target} 按期可达", target=goal(target, PERCENT))
    return _(
        "到 {target}，每月须多盘活 {area}",
        target=goal(target, PERCENT), area=counted(needed - max(a_month, 0), SQUARE_METRES),
    )  # fmt: skip


def pace_sentences(view: View, pace: dict[str, Any]) -> tuple[str, ...]:
    """The area gained, when the target is reached at this pace, and the area still missing."""
    sentences = []
    if pace.get("net") is not None:
        sentences.append(_("近六个月净盘活 **{area}**。", area=counted(pace["net"], SQUARE_METRES)))
    if pace.get("target") is None or reached_at_pace(view.read(RATE)):
        return tuple(sentences)
    target, by = goal(pace["target"], PERCENT), Period.parse(pace["by"]).first
    if pace.get("reached") is None:
        if pace.get("a_month") is not None:
            sentences.append(_("照此速度到不了 {target}。", target=target))
    else:
        reached = Period.parse(pace["reached"]).first
        months_late = months_apart(by, reached)
        when = month(max(reached, view.period.last_month))
        if months_late > 0:
            sentences.append(
                _(
                    "照此速度，**{when}**到 {target}，比目标晚 **{n} 个月**。",
                    when=when,
                    target=target,
                    n=months_late,
                )
            )
        else:
            sentences.append(
                _("照此速度，**{when}**到 {target}，不晚于目标。", when=when, target=target)
            )
    if pace.get("short"):
        area = counted(pace["short"], SQUARE_METRES)
        sentences.append(_("离 {target} 还差 **{area}**。", target=target, area=area))
    return tuple(sentences)


def gains(rate: Reading) -> str:
    """9月租金 12.7万元 · 带动就业 320人，其中搬迁群众 169人."""
    rent, jobs, relocated = (rate.extra.get(name) for name in ("rent", "jobs", "relocated_jobs"))
    parts = []
    if rent is not None:
        parts.append(_("当月租金 {rent}", rent=counted(float(rent), YUAN)))
    if jobs is not None:
        text = _("带动就业 {n}", n=counted(int(jobs), PERSONS))
        if relocated is not None:
            text += _("，其中搬迁群众 {n}", n=counted(int(relocated), PERSONS))
        parts.append(text)
    return noted(*parts)


def empty_spaces(assets: pl.DataFrame) -> str:
    """20间、180个车位、93个摊位: the empty spaces of assets, by what their kinds count in."""
    units = [*dict.fromkeys(SPACES.values()), PLACES]
    empty = dict.fromkeys(units, 0)
    for kind, count in assets.select("kind", "idle_places").iter_rows():
        empty[SPACES.get(kind, PLACES)] += count
    return joined([counted(count, unit) for unit, count in empty.items() if count])


def site_caption(view: View) -> str:
    """What the shading of the plan means, and what a click does."""
    return _("安置点平面示意图，颜色越深盘活率越高；点一栋看这一栋")


def points(value: float) -> str:
    """A difference of rates in percentage points."""
    return counted(value * 100, POINTS)
