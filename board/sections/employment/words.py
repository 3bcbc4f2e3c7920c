"""The sentences of the employment page."""

from __future__ import annotations

import polars as pl

from board import questions
from board.figures import named
from board.i18n import N_, _
from board.metrics import PERCENT, PERSONS, YUAN, Reading, Status
from board.numerals import counted, month, place_name, shown
from board.sections.employment import frames
from board.sections.employment.frames import JOBS, RATE, RETURNED
from board.sections.months import compared
from board.sections.section import View
from board.sections.words import bounds_text, joined, noted, sourced, visible, withheld
from board.suppression import LEAST

LEDGER = "employment"
CITIES = (
    N_("南宁市"), N_("柳州市"), N_("桂林市"), N_("梧州市"), N_("北海市"), N_("防城港市"),
    N_("钦州市"), N_("贵港市"), N_("玉林市"), N_("百色市"), N_("贺州市"), N_("河池市"),
    N_("来宾市"), N_("崇左市"), N_("大化瑶族自治县"), N_("都安瑶族自治县"), N_("灵山县"),
    N_("浦北县"), N_("钦南区"), N_("钦北区"), N_("广州市"), N_("深圳市"), N_("东莞市"),
    N_("佛山市"), N_("惠州市"), N_("中山市"), N_("珠海市"), N_("江门市"), N_("湛江市"),
    N_("肇庆市"), N_("宁波市"), N_("温州市"), N_("杭州市"), N_("泉州市"), N_("厦门市"),
    N_("福州市"), N_("长沙市"), N_("昆明市"), N_("上海市"), N_("苏州市"), N_("北京市"),
    N_("贵阳市"), N_("海口市"), N_("武汉市"), N_("南京市"), N_("成都市"), N_("重庆市"),
)  # fmt: skip


def headline(view: View) -> str:
    """就业率 95.2%，61.4% 在片区和钦州市内."""
    rate, near = view.read(RATE).value, view.read("nearby_share").value
    if view.read(RATE).status is Status.SUPPRESSED:
        return _("就业率已隐去")
    if rate is None:
        return _("这个月的就业情况还没有报")
    if near is None:
        return _("就业率 {rate}", rate=shown(rate, PERCENT))
    return _(
        "就业率 {rate}，{near} 在片区和钦州市内",
        rate=shown(rate, PERCENT), near=shown(near, PERCENT),
    )  # fmt: skip


def reading_name(view: View) -> str:
    """The reading chosen, in the reader's language."""
    return _(frames.READINGS[frames.axis(view)])


def largest(readings: list[Reading]) -> list[Reading]:
    """Those with anybody in them, most people first."""
    return sorted((r for r in readings if r.value), key=lambda r: -(r.value or 0))


def area_finding(view: View) -> str:
    """2,256 人就业：片区内 48.0%，广东 19.1%."""
    now = view.read(JOBS, by=(frames.axis(view),))
    parts = largest(now.by[frames.axis(view)])[:2]
    if not now.value:
        return _("没有人就业") if now.value == 0 else _("就业的人去了哪里")
    shares = [f"{named(r.label)} {shown((r.value or 0) / now.value, PERCENT)}" for r in parts]
    return _("{people}就业：{shares}", people=counted(now.value, PERSONS), shares=joined(shares))


def area_caption(view: View) -> str:
    """The reading, its definition, what it can become, source."""
    now = view.read(JOBS, by=(frames.axis(view),))
    gone = withheld(now.by[frames.axis(view)])
    less = _("另有 {n} 类隐去", n=gone) if gone else ""
    return sourced(
        view, now, LEDGER, noted(reading_name(view), _("在业和暂离"), bounds_text(now), less)
    )


def moves_finding(view: View) -> str:
    """268 人换了地方，95 人新就业，80 人不再就业."""
    if not view.sees_few:
        return _("两个月之间的变动，人少的和隐去的不列，合计只计所列")
    outside = (questions.ENTERED, questions.LEFT)
    changed = found = lost = both = 0
    for a, b, people in frames.moved(view).select("origin", "destination", "people").rows():
        if a in outside or b in outside:
            continue
        both += people
        if a == b:
            continue
        changed += people if questions.OUT not in (a, b) else 0
        found += people if a == questions.OUT else 0
        lost += people if b == questions.OUT else 0
    if not both:
        return _("没有两个月都监测到的人")
    if not changed + found + lost:
        return _("两个月之间没有人变动")
    return _(
        "{changed}换了去向，{found}由未就业到就业，{lost}相反",
        changed=counted(changed, PERSONS), found=counted(found, PERSONS), lost=counted(lost, PERSONS),
    )  # fmt: skip


def moves_caption(view: View) -> str:
    """The reading, the two months, whom it holds for."""
    since, until = frames.between(view)
    said = _(
        "{reading} · {since}到{until} · 两月都监测的人，加上新进入和退出监测的人",
        reading=reading_name(view), since=month(since), until=month(until),
    )  # fmt: skip
    return sourced(view, view.read(JOBS), LEDGER, said)


def returned_finding(view: View) -> str:
    """返乡 43 人，其中 21 人未就业."""
    now = view.read(RETURNED, by=("status",))
    if now.value is None:
        return _("返乡人员")
    if not now.value:
        return _("没有监测到返乡人员")
    if withheld(now.by["status"]):
        return _("返乡 {people}", people=counted(now.value, PERSONS))
    idle = next((r.value or 0 for r in now.by["status"] if r.label == questions.OUT), 0)
    return _(
        "返乡 {people}，其中 {idle} 人未就业",
        people=counted(now.value, PERSONS), idle=shown(idle, PERSONS),
    )  # fmt: skip


def returned_caption(view: View) -> str:
    """Who counts as returned, source."""
    return sourced(view, view.read(RETURNED), LEDGER, _("当月监测为返乡的有劳动能力者，按就业状态"))


def industries_finding(view: View) -> str:
    """制造人最多（812 人），中位 4,120 元."""
    found = frames.wages(view, "industry")
    if found.is_empty():
        return _("各行业的收入")
    name, people, median = found.select("category", "people", "median").row(0)
    if people is None:
        return _("{industry}月收入中位 {wage}", industry=named(name), wage=counted(median, YUAN))
    return _(
        "{industry}人数最多：{people}，月收入中位 {wage}",
        industry=named(name), people=counted(people, PERSONS), wage=counted(median, YUAN),
    )  # fmt: skip


def destinations_finding(view: View) -> str:
    """收入中位最高：区外其他 6,012 元；最低：片区内 3,900 元."""
    found = frames.wages(view, frames.place_axis(view))
    most = pl.col("people").is_null() | (pl.col("people") * 100 >= pl.col("people").sum())
    found = found.filter(most).sort("median")
    if found.height < 2:
        return _("各去向的收入")
    low, high = found.row(0, named=True), found.row(-1, named=True)
    return _(
        "{high}收入最高：中位 {most}；{low}最低：{least}",
        high=named(high["category"]), most=counted(high["median"], YUAN),
        low=named(low["category"]), least=counted(low["median"], YUAN),
    )  # fmt: skip


def industries_caption(view: View) -> str:
    """What the strokes are, source."""
    few = frames.FEW if view.sees_few else LEAST["persons"]
    said = _("在业者月收入，横条为中间一半的人，不足 {few} 人的不列", few=few)
    return sourced(view, view.read("median_wage"), LEDGER, said)


def destinations_caption(view: View) -> str:
    """The reading of place, what the strokes are, source."""
    reading = _(frames.READINGS[frames.place_axis(view)])
    return noted(reading, industries_caption(view))


def flows_finding(view: View) -> str:
    """片区内 1,083 人；其他去得最多的是钦州市、南宁市和深圳市."""
    if view.read(JOBS).value is None:
        return _("就业的人去了哪里")
    away = frames.counties(view).drop_nulls("county")
    zone = counted(frames.here(view), PERSONS)
    if away.is_empty():
        return _("片区内 {people}", people=zone)
    most = [
        f"{name} {shown(people, PERSONS)}"
        for name, people in away.head(3).select("name", "people").rows()
    ]
    return _("片区内 {people}；片区外最多：{places}", people=zone, places=joined(most))


def flows_caption(view: View) -> str:
    """How to read the arcs, source."""
    said = _("线宽为人数，不画行政边界")
    return sourced(view, view.read(JOBS), LEDGER, said)


def rates_finding(view: View) -> str:
    """就业率最低：7栋 90.1%、4栋 91.8%."""
    every = compared(view, RATE)
    found = sorted((r for r in visible(every) if r.value is not None), key=lambda r: r.value or 0)
    if gone := withheld(every):
        return _(
            "就业率 {low} 至 {high}，另有 {n} 处隐去",
            low=shown(found[0].value, PERCENT), high=shown(found[-1].value, PERCENT), n=gone,
        )  # fmt: skip
    if not found:
        return _("各楼栋的就业率")
    if len(found) == 1:
        return _(
            "{place}就业率 {rate}",
            place=place_name(found[0].scope),
            rate=shown(found[0].value, PERCENT),
        )
    low = [f"{named(r.label)} {shown(r.value, PERCENT)}" for r in found[:2]]
    return _("就业率最低：{places}", places=joined(low))


def rates_caption(view: View) -> str:
    """The rate's definition and bounds, source."""
    now = view.read(RATE)
    said = noted(_("就业 ÷ 已监测的有劳动能力者，须线为补齐后的范围"), bounds_text(now))
    return sourced(view, now, LEDGER, said)


def coverage_finding(view: View) -> str:
    """监测覆盖 95.8%，10栋 54.1% 最低."""
    now = view.read(RATE)
    known = sorted(
        (r for r in compared(view, RATE) if r.coverage is not None), key=lambda r: r.coverage or 0
    )
    if now.coverage is None or not known:
        return _("就业监测的覆盖")
    if now.coverage >= 1:
        return _("有劳动能力者全部监测到")
    if len(known) == 1:
        return _("监测覆盖 {share}", share=shown(now.coverage, PERCENT))
    return _(
        "监测覆盖 {share}，{place}最低：{low}",
        share=shown(now.coverage, PERCENT), place=named(known[0].label),
        low=shown(known[0].coverage, PERCENT),
    )  # fmt: skip


def coverage_caption(view: View) -> str:
    """What coverage is, source."""
    return sourced(view, view.read(RATE), LEDGER, _("当月监测到的 ÷ 全部有劳动能力者"))
