"""The sentences of the income page."""

from __future__ import annotations

from datetime import date

from board.figures.shared.words import named
from board.i18n import N_, _
from board.metrics import PERCENT, POINTS, Reading, Status
from board.numerals import counted, period, place_name, shown
from board.sections.section import View

GAP = "income_growth_gap"
HEADLINES = {
    Status.MET: N_("全年增速 {growth}，高于县域 {gap}"),
    Status.ON_PACE: N_("年内增速 {growth}，高于县域 {gap}"),
    Status.BEHIND: N_("年内增速 {growth}，低于县域 {gap}"),
    Status.MISSED: N_("全年增速 {growth}，低于县域 {gap}"),
    Status.UNDETERMINED: N_("增速 {growth}，报送不足九成，还不能判定"),
}


def county_level(view: View, quarter: date) -> float | None:
    """The county's per-head income, year to date, in yuan; None where it is not reported."""
    levels = dict(view.frame("benchmark").select("quarter", "ytd_amount").rows())
    return levels.get(quarter)


def headline(view: View) -> str:
    """年内增速 7.4%，高于县域 0.4个百分点; of a building without a verdict: 3栋增速 ….."""
    gap = view.read(GAP)
    if gap.value is None or gap.status not in (*HEADLINES, Status.NO_TARGET):
        return _("收入增速还不能与县域相比")
    parts = {
        "growth": shown(gap.extra.get("growth"), PERCENT),
        "gap": counted(abs(gap.value), POINTS),
    }
    if gap.status is not Status.NO_TARGET:
        return dated(view, gap, _(HEADLINES[gap.status], **parts))
    words = (
        N_("增速 {growth}，高于县域 {gap}")
        if gap.value > 0
        else N_("增速 {growth}，低于县域 {gap}")
    )
    comparison = _(words, **parts) if gap.value else _("增速 {growth}，与县域相同", **parts)
    text = _("{place}{comparison}", place=place_name(gap.scope), comparison=comparison)
    return dated(view, gap, text)


def dated(view: View, reading: Reading, text: str) -> str:
    """2024年四季度：增速 7.4%…: the sentence with the period of its figure, where that isn't the view's."""
    if reading.period == view.period:
        return text
    return _("{period}：{text}", period=period(reading.period), text=text)


def pair_finding(view: View) -> str:
    """12 个季度里 10 个高于县域."""
    quarters = [view.read(GAP).period.before(n) for n in reversed(range(12))]
    gaps = [r for r in view.read_all(GAP, quarters) if r.value is not None]
    if not gaps:
        return _("与县域增速相比")
    above = sum(1 for r in gaps if (r.value or 0) > 0)
    if len(gaps) == above == 1:
        own = gaps[0].period
        return (
            _("这一期高于县域") if own == view.period else _("{period}高于县域", period=period(own))
        )
    if above == len(gaps):
        return _("{n} 期都高于县域", n=len(gaps))
    return _("{n} 期里 {above} 期高于县域", n=len(gaps), above=above)


def component_finding(view: View) -> str:
    """增速 7.4%，工资性收入贡献 6.4个百分点."""
    gap = view.read(GAP, by=("component",))
    components: list[Reading] = [r for r in gap.by["component"] if r.value is not None]
    if not components:
        return _("增速从哪里来")
    highest = max(components, key=lambda r: r.value or 0)
    lowest = min(components, key=lambda r: r.value or 0)
    text = _(
        "{component}拉动 {points}",
        component=named(highest.label),
        points=counted(highest.value, POINTS),
    )
    if round(lowest.value or 0, 1) < 0:
        text += _(
            "，{component}拖累 {points}",
            component=named(lowest.label),
            points=counted(abs(lowest.value or 0), POINTS),
        )
    return dated(view, gap, text)


def matched_finding(view: View) -> str:
    """同户增速 7.7%，高于全部报送户."""
    matched = view.read("matched_income_growth")
    matched_growth = matched.value
    growth = view.read(GAP).extra.get("growth")
    if matched_growth is None or growth is None:
        return _("同户可比增速")
    if round(matched_growth, 3) == round(growth, 3):
        return dated(view, matched, _("同户增速与全部报送户相同"))
    higher = matched_growth > growth
    return dated(view, matched, _("同户增速更高") if higher else _("同户增速更低"))


def composition(points: float | None) -> tuple[str, ...]:
    """How far households that began or stopped reporting change the growth."""
    if points is None:
        return ()
    return (_("报送户进出的影响 **{points}**。", points=counted(points, POINTS, signed=True)),)
