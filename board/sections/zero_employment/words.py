"""The sentences of the zero-employment page."""

from __future__ import annotations

import polars as pl

from board.i18n import _
from board.metrics import HOUSEHOLDS, PERCENT, Status, Unit
from board.numerals import counted, period, place_name, shown
from board.sections.counts import leaders, withheld
from board.sections.section import View
from board.sections.sentences import label_and_value
from board.sections.words import beside_text, joined, noted, sourced
from board.sections.zero_employment import frames
from board.sections.zero_employment.frames import ZERO

LEDGER = "employment"
MONTHS = Unit("months", "个月")


def headline(view: View) -> str:
    """零就业家庭 8户，其中超期 3户，32户情况不明，最多 40户."""
    count = view.read(ZERO)
    if count.status is Status.SUPPRESSED:
        return _("零就业家庭的户数不单独显示")
    if count.value is None:
        return _("这个月还说不出有没有零就业家庭")
    gaps = {
        "n": counted(count.value, HOUSEHOLDS),
        "unknown": shown(count.unreported, HOUSEHOLDS),
        "most": shown(count.high, HOUSEHOLDS),
    }
    if not count.value and not count.unreported:
        return _("零就业家庭已清零")
    if not count.value:
        return _("没有已知的零就业家庭，{unknown}户情况不明", **gaps)
    total = _("零就业家庭 {n}", **gaps)
    if overdue := beside_text(view, count):
        total = _("{total}，{overdue}", total=total, overdue=overdue)
    if count.high is None:
        return total
    if not count.unreported:
        return _("{total}，各户情况都清楚", total=total)
    return _("{total}，{unknown}户情况不明，最多 {most}户", total=total, **gaps)


def states_finding(view: View) -> str:
    """943户有就业意愿：903户有人就业，8户零就业，32户不明."""
    counts, count = frames.states(view), view.read(ZERO)
    total = sum(counts.values())
    if count.value is None:
        return label_and_value(view, count)
    if not total:
        return _("没有有就业意愿的户")
    return _(
        "{whole}有就业意愿：{employed}户有人就业，{zero}户零就业，{unknown}户不明",
        whole=counted(total, HOUSEHOLDS),
        **{state: shown(n, HOUSEHOLDS) for state, n in counts.items()},
    )


def states_caption(view: View) -> str:
    """When a household counts as unknown, source."""
    definition = _("情况不明：已知的没有人就业，有意愿的没有全部监测")
    return sourced(view, view.read(ZERO), LEDGER, definition)


def flow_finding(view: View) -> str:
    """2025年四季度新增 3户，清零 6户，净减 2户."""
    flow = frames.flow(view)
    if view.read(frames.ZERO).status is Status.NO_DATA:
        return _("这一期没有报，说不出期内的变动")
    if not flow:
        return _("情况不明的户太多，说不出期内的变动")
    entered = (flow["new"] or 0) + (flow["relapsed"] or 0)
    return _(
        "{period}新增和再次零就业 {came}户，清零 {cleared}户",
        period=period(view.period), came=shown(entered, HOUSEHOLDS),
        cleared=shown(flow["cleared"], HOUSEHOLDS),
    )  # fmt: skip


def flow_caption(view: View) -> str:
    """The definition of each step."""
    return _(
        "期初 + 新增 + 再次零就业 + 转入 − 清零 − 转出 = 期末；再次零就业为清零后十二个月内又成零就业，转入转出为情况不明或迁移"
    )


def months_finding(view: View) -> str:
    """近 24 个月每月清零最多 6户."""
    flows = frames.by_month(view)
    if flows.is_empty():
        return _("逐月变动")
    highest = max((n for n in flows["closing"] if n is not None), default=None)
    return _(
        "近 {months}平均每月清零 {mean}户，月末最多时 {most}户",
        months=counted(flows.height, MONTHS), mean=f"{flows['cleared'].sum() / flows.height:.1f}",
        most=shown(highest, HOUSEHOLDS),
    )  # fmt: skip


def months_caption(view: View) -> str:
    """What each part of the chart shows, source."""
    return sourced(view, view.read(ZERO), LEDGER, _("上为期末户数，下为逐月进出"))


def open_finding(view: View) -> str:
    """持续最久的 11 个月，3户超过半年."""
    months_open = view.read(ZERO).extra.get("months_open") or []
    if not months_open:
        return nobody(view)
    over_half_year = sum(1 for n in months_open if n > 6)
    if not over_half_year:
        return _("最久的 {months}", months=counted(max(months_open), MONTHS))
    return _(
        "最久的 {months}，{n}户超过半年",
        months=counted(max(months_open), MONTHS), n=shown(over_half_year, HOUSEHOLDS),
    )  # fmt: skip


def nobody(view: View) -> str:
    """没有零就业家庭; 没有已知的零就业家庭 where not every household is known, or may be told."""
    count = view.read(ZERO)
    if count.value is None:
        return label_and_value(view, count)
    if count.unreported:
        unknown = counted(count.unreported, HOUSEHOLDS)
        return _("没有已知的零就业家庭，{unknown}情况不明", unknown=unknown)
    return _("没有已知的零就业家庭") if count.high is None else _("没有零就业家庭")


def open_caption(view: View) -> str:
    """From which month the months are counted, source."""
    return sourced(view, view.read(ZERO), LEDGER, _("从成为零就业的当月算起，含当月"))


def curve_finding(view: View) -> str:
    """一个月内清零 25.0%，三个月内 46.9%."""
    clearing = view.read(ZERO).extra.get("clearing") or {}
    within_one, within_three = clearing.get("within_1"), clearing.get("within_3")
    if within_three is None:
        return _("零就业之后多久清零")
    return _(
        "一个月内清零 {one}，三个月内清零 {three}",
        one=shown(within_one, PERCENT), three=shown(within_three, PERCENT),
    )  # fmt: skip


def curve_caption(view: View) -> str:
    """The definition, the share cleared within two months, the median, source."""
    clearing = view.read(ZERO).extra.get("clearing") or {}
    definition = _("还没有清零的占比；离开、转为不明和仍未清零的，观察到多久算多久")
    if (within_two := clearing.get("within_2")) is not None:
        definition = noted(definition, _("两个月内清零 {two}", two=shown(within_two, PERCENT)))
    if (median := clearing.get("median_months")) is not None:
        definition = noted(definition, _("已清零的中位 {months}", months=counted(median, MONTHS)))
    return sourced(view, view.read(ZERO), LEDGER, definition)


def places_finding(view: View) -> str:
    """零就业在 6 栋：1栋 2户、4栋 2户."""
    readings = frames.places(view)
    with_zero = [r for r in readings if r.value]
    if hidden := withheld(readings):
        return _("分处的户数，{n} 处不单独显示", n=hidden)
    if not with_zero:
        return nobody(view)
    named = leaders([r.value for r in with_zero], 2)
    if not named:
        equal = sum(1 for r in with_zero if r.value == with_zero[0].value)
        return _(
            "最多的各 {n}户，共 {places} 处", n=shown(with_zero[0].value, HOUSEHOLDS), places=equal
        )
    largest = [
        _("{place} {n}户", place=place_name(r.label), n=shown(r.value, HOUSEHOLDS))
        for r in with_zero[:named]
    ]
    return _("最多的是{places}", places=joined(largest))


def places_caption(view: View) -> str:
    """What is counted in each place, source."""
    return sourced(view, view.read(ZERO), LEDGER, _("零就业户数，户按当月住处"))


def heat_caption(view: View) -> str:
    """What is counted in each place, what an empty cell means, source."""
    definition = _("零就业户数；空格为没有已知零就业、而情况清楚的户不足九成")
    return sourced(view, view.read(ZERO), LEDGER, definition)


def heat_finding(view: View) -> str:
    """11 处近 12 个月有过零就业家庭，12栋最多时 3户."""
    every = frames.heat(view)
    # Months of which nothing is known lie between the others.
    cells, months = every.drop_nulls("value"), every["month"].n_unique()
    above_zero = cells.filter(pl.col("value") > 0).sort(
        "value", descending=True, maintain_order=True
    )
    if above_zero.is_empty():
        return (
            _("近 {months}没有已知的零就业家庭", months=counted(months, MONTHS))
            if cells.height
            else _("各处逐月的零就业家庭")
        )
    most = above_zero["value"][0]
    with_most = above_zero.filter(pl.col("value") == most)["building"].unique()
    return _(
        "近 {months}有过零就业家庭的：{n} 处，{place}最多时 {most}户",
        n=above_zero["building"].n_unique(), months=counted(months, MONTHS),
        place=place_name(with_most[0]) if len(with_most) == 1 else "",
        most=shown(most, HOUSEHOLDS),
    )  # fmt: skip


def list_finding(view: View) -> str:
    """8户零就业家庭，最久的在前."""
    households = frames.open_households(view)
    state = _(frames.STATES[view.choice("state") or "zero"])
    if households.is_empty() and view.choice("state") in ("", "zero"):
        return nobody(view)
    if households.is_empty():
        return _("没有{state}的户", state=state)
    return _("{state}名单：{n}", state=state, n=counted(households.height, HOUSEHOLDS))


def list_caption(view: View) -> str:
    """The order of the list, that it has no names, source."""
    return sourced(view, view.read(ZERO), LEDGER, _("久的在前，不含姓名"))
