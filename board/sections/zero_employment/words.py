"""The sentences of the zero-employment page."""

from __future__ import annotations

import polars as pl

from board.i18n import _
from board.metrics import HOUSEHOLDS, PERCENT, Status, Unit
from board.numerals import counted, period, place_name, shown
from board.sections.section import View
from board.sections.words import joined, noted, sourced, withheld
from board.sections.zero_employment import frames

LEDGER = "employment"
MONTHS = Unit("months", "个月")


def headline(view: View) -> str:
    """零就业家庭 8 户，另有 32 户情况不明，最多 40 户."""
    now = frames.now(view)
    if now.status is Status.SUPPRESSED:
        return _("零就业家庭的户数已隐去")
    if now.value is None:
        return _("这个月还说不出有没有零就业家庭")
    gaps = {
        "n": counted(now.value, HOUSEHOLDS),
        "unknown": shown(now.unreported, HOUSEHOLDS),
        "most": shown(now.high, HOUSEHOLDS),
    }
    if now.high is None:
        return _("零就业家庭 {n}", **gaps)
    if not now.unreported:
        return _("零就业家庭 {n}，各户情况都清楚", **gaps) if now.value else _("零就业家庭已清零")
    if not now.value:
        return _("没有已知的零就业家庭，{unknown} 户情况不明", **gaps)
    return _("零就业家庭 {n}，{unknown} 户情况不明，最多 {most} 户", **gaps)


def states_finding(view: View) -> str:
    """943 户有就业意愿：903 户有人就业，8 户零就业，32 户不明."""
    found = frames.states(view)
    whole = sum(found.values())
    if not whole:
        return _("没有有就业意愿的户")
    return _(
        "{whole}有就业意愿：{employed} 户有人就业，{zero} 户零就业，{unknown} 户不明",
        whole=counted(whole, HOUSEHOLDS),
        **{state: shown(n, HOUSEHOLDS) for state, n in found.items()},
    )


def states_caption(view: View) -> str:
    """When a household is unknown, source."""
    said = _("情况不明：没有人已知就业，而有意愿者未监测")
    return sourced(view, frames.now(view), LEDGER, said)


def flow_finding(view: View) -> str:
    """2025年四季度新增 3 户，清零 6 户，净减 2 户."""
    found = frames.flow(view)
    if not found:
        return _("情况不明的户太多，说不出期内的变动")
    came = (found["new"] or 0) + (found["relapsed"] or 0)
    return _(
        "{period}新增和返零 {came} 户，清零 {cleared} 户",
        period=period(view.period), came=shown(came, HOUSEHOLDS),
        cleared=shown(found["cleared"], HOUSEHOLDS),
    )  # fmt: skip


def flow_caption(view: View) -> str:
    """What the steps mean."""
    return _(
        "期初 + 新增 + 返零 + 转入 − 清零 − 转出 = 期末；返零为清零后十二个月内又成零就业，转入转出为情况不明或迁移"
    )


def months_finding(view: View) -> str:
    """近 24 个月每月清零最多 6 户."""
    found = frames.by_month(view)
    if found.is_empty():
        return _("逐月变动")
    most = max((n for n in found["closing"] if n is not None), default=None)
    return _(
        "近 {months}平均每月清零 {mean} 户，最多时 {most} 户",
        months=counted(found.height, MONTHS), mean=f"{found['cleared'].sum() / found.height:.1f}",
        most=shown(most, HOUSEHOLDS),
    )  # fmt: skip


def months_caption(view: View) -> str:
    """What is drawn, source."""
    return sourced(view, frames.now(view), LEDGER, _("上为期末户数，下为逐月进出"))


def open_finding(view: View) -> str:
    """持续最久的 11 个月，3 户超过半年."""
    found = frames.now(view).extra.get("months_open") or []
    if not found:
        return _("没有已知的零就业家庭") if frames.now(view).unreported else _("没有零就业家庭")
    long = sum(1 for n in found if n > 6)
    if not long:
        return _("最久的 {months}", months=counted(max(found), MONTHS))
    return _(
        "最久的 {months}，{n} 户超过半年",
        months=counted(max(found), MONTHS), n=shown(long, HOUSEHOLDS),
    )  # fmt: skip


def open_caption(view: View) -> str:
    """What a month open is, source."""
    return sourced(view, frames.now(view), LEDGER, _("从成为零就业的当月算起，含当月"))


def curve_finding(view: View) -> str:
    """一个月内清零 25.0%，三个月内 46.9%."""
    clearing = frames.now(view).extra.get("clearing") or {}
    one, three = clearing.get("within_1"), clearing.get("within_3")
    if three is None:
        return _("零就业之后多久清零")
    return _(
        "一个月内清零 {one}，三个月内清零 {three}",
        one=shown(one, PERCENT), three=shown(three, PERCENT),
    )  # fmt: skip


def curve_caption(view: View) -> str:
    """Over which spells, the share within two months and the median, source."""
    clearing = frames.now(view).extra.get("clearing") or {}
    said = _("还没有清零的占比；离开、转为不明和仍未清零的，观察到多久算多久")
    if (two := clearing.get("within_2")) is not None:
        said = noted(said, _("两个月内清零 {two}", two=shown(two, PERCENT)))
    if (median := clearing.get("median_months")) is not None:
        said = noted(said, _("已清零的中位 {months}", months=counted(median, MONTHS)))
    return sourced(view, frames.now(view), LEDGER, said)


def places_finding(view: View) -> str:
    """零就业在 6 栋：1栋 2 户、4栋 2 户."""
    every = frames.places(view)
    found = [r for r in every if r.value]
    if gone := withheld(every):
        return _("分处的户数有 {n} 处隐去", n=gone)
    if not found:
        unknown = frames.now(view).unreported
        return (
            _("没有已知的零就业家庭，{unknown} 户情况不明", unknown=shown(unknown, HOUSEHOLDS))
            if unknown
            else _("没有零就业家庭")
        )
    most = [
        _("{place} {n} 户", place=place_name(r.label), n=shown(r.value, HOUSEHOLDS))
        for r in found[:2]
    ]
    return _("最多的是{places}", places=joined(most))


def places_caption(view: View) -> str:
    """What is counted where, source."""
    return sourced(view, frames.now(view), LEDGER, _("零就业户数，户按当月住处"))


def heat_caption(view: View) -> str:
    """What is counted where, and what an empty cell means; source."""
    said = _("零就业户数；空格为没有已知零就业、而情况清楚的户不足九成")
    return sourced(view, frames.now(view), LEDGER, said)


def heat_finding(view: View) -> str:
    """11 处近 12 个月有过零就业家庭，12栋最多时 3 户."""
    found = frames.heat(view).drop_nulls("value")
    months = found["month"].n_unique()
    had = found.filter(pl.col("value") > 0).sort("value", descending=True, maintain_order=True)
    if had.is_empty():
        return (
            _("近 {months}没有已知的零就业家庭", months=counted(months, MONTHS))
            if months
            else _("各处逐月的零就业家庭")
        )
    return _(
        "近 {months}有过零就业家庭的：{n} 处，{place}最多时 {most} 户",
        n=had["building"].n_unique(), months=counted(months, MONTHS), place=place_name(had["building"][0]),
        most=shown(had["value"][0], HOUSEHOLDS),
    )  # fmt: skip


def list_finding(view: View) -> str:
    """8 户零就业家庭，最久的在前."""
    found = frames.listed(view)
    state = _(frames.STATES[view.choice("state") or "zero"])
    if found.is_empty():
        return _("没有{state}的户", state=state)
    return _("{state}名单：{n}", state=state, n=counted(found.height, HOUSEHOLDS))


def list_caption(view: View) -> str:
    """How the list is ordered and what is not on it."""
    return sourced(view, frames.now(view), LEDGER, _("久的在前，不含姓名"))
