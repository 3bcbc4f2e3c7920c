"""The sentences of the employment page."""

from __future__ import annotations

import polars as pl

from board import questions
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import PERCENT, PERSONS, YUAN, Reading, Status
from board.numerals import counted, goal, month, place_name, shown, valued
from board.plans import zone_name
from board.sections.counts import first_named, leaders, visible, withheld
from board.sections.employment import frames
from board.sections.employment.frames import JOBS, RATE, RETURNED
from board.sections.months import compared
from board.sections.section import View
from board.sections.words import about, bounds_text, joined, noted, sourced
from board.suppression import LEAST

LEDGER = "employment"


def headline(view: View) -> str:
    """就业率 95.2%，61.4% 在片区和钦州市内."""
    rate, nearby = view.read(RATE).value, view.read("nearby_share").value
    if view.read(RATE).status is Status.SUPPRESSED:
        return _("就业率不单独显示")
    if rate is None:
        return _("这个月的就业情况还没有报")
    if nearby is None:
        return _("就业率 {rate}", rate=shown(rate, PERCENT))
    return _(
        "就业率 {rate}，{near} 在{zone}和{city}内",
        rate=shown(rate, PERCENT), near=shown(nearby, PERCENT),
        zone=zone_name(view.plan), city=_(view.plan.city),
    )  # fmt: skip


def axis_name(view: View) -> str:
    """The name of the chosen axis in the reader's language."""
    return _(frames.AXES[frames.axis(view)])


def area_finding(view: View) -> str:
    """2,256人就业：片区内 48.0%，广东 19.1%."""
    workers = view.read(JOBS, by=(frames.axis(view),))
    categories = [reading for reading in workers.by[frames.axis(view)] if reading.value]
    largest_two = sorted(categories, key=lambda r: -(r.value or 0))[:2]
    if not workers.value:
        if workers.value is None:
            return _("就业的人去了哪里")
        certain = workers.high == 0
        return _("没有人就业") if certain else _("已监测的人里没有人就业")
    shares = [f"{named(r.label)} {share(r, workers.value)}" for r in largest_two]
    people = counted(workers.value, PERSONS)
    if not shares:
        return _("{people}就业", people=people)
    return _("{people}就业：{shares}", people=people, shares=joined(shares))


def share(part: Reading, whole: float) -> str:
    """48.0%; about 48% where the part is rounded, since it carries no tenths."""
    divided = (part.value or 0) / whole
    if part.rounded_to:
        return about(part, goal(round(divided, 2), PERCENT))
    return shown(divided, PERCENT)


def area_caption(view: View) -> str:
    """The axis, who is counted, bounds, hidden categories, source."""
    workers = view.read(JOBS, by=(frames.axis(view),))
    hidden = withheld(workers.by[frames.axis(view)])
    remark = _("另有 {n} 类不单独显示", n=hidden) if hidden else ""
    return sourced(
        view, workers, LEDGER, noted(axis_name(view), _("在业和暂离"), bounds_text(workers), remark)
    )


def moves_finding(view: View) -> str:
    """268人换了地方，95人新就业，80人不再就业."""
    if not view.sees_few:
        return _("两个月之间的变动，不单独显示的不列，合计只计所列")
    outside = (questions.ENTERED, questions.LEFT)
    changed = started = stopped = monitored = 0
    for origin, destination, people in (
        frames.movements(view).select("origin", "destination", "people").rows()
    ):
        if origin in outside or destination in outside:
            continue
        monitored += people
        if origin == destination:
            continue
        changed += people if questions.OUT not in (origin, destination) else 0
        started += people if origin == questions.OUT else 0
        stopped += people if destination == questions.OUT else 0
    if not monitored:
        return _("没有两个月都监测到的人")
    if not changed + started + stopped:
        return _("两个月之间没有人变动")
    return _(
        "{changed}换了去向，{found}由未就业到就业，{lost}相反",
        changed=counted(changed, PERSONS), found=counted(started, PERSONS), lost=counted(stopped, PERSONS),
    )  # fmt: skip


def moves_caption(view: View) -> str:
    """The axis, the two months, who is counted, source."""
    since, until = frames.between(view)
    definition = _(
        "{reading} · {since}到{until} · 两月都监测的人，加上新进入和退出监测的人",
        reading=axis_name(view), since=month(since), until=month(until),
    )  # fmt: skip
    return sourced(view, view.read(JOBS), LEDGER, definition)


def returned_finding(view: View) -> str:
    """返乡 43人，其中 21人未就业."""
    returned = view.read(RETURNED, by=("status",))
    if returned.value is None:
        return _("返乡人员")
    if not returned.value:
        return _("没有监测到返乡人员")
    if withheld(returned.by["status"]):
        return _("返乡 {people}", people=counted(returned.value, PERSONS))
    idle = next((r.value or 0 for r in returned.by["status"] if r.label == questions.OUT), 0)
    return _(
        "返乡 {people}，其中 {idle}人未就业",
        people=counted(returned.value, PERSONS), idle=shown(idle, PERSONS),
    )  # fmt: skip


def returned_caption(view: View) -> str:
    """Who counts as returned, source."""
    return sourced(view, view.read(RETURNED), LEDGER, _("当月监测为返乡的有劳动能力者，按就业状态"))


def industries_finding(view: View) -> str:
    """制造业报了月收入的人最多：812人，中位 4,120元."""
    wages = frames.wages(view, "industry")
    if wages.is_empty():
        return _("各行业的收入")
    name, people, median = wages.select("category", "people", "median").row(0)
    if people is None:
        return _("{industry}月收入中位 {wage}", industry=named(name), wage=counted(median, YUAN))
    return _(
        "{industry}报了月收入的人最多：{people}，中位 {wage}",
        industry=named(name), people=counted(people, PERSONS), wage=counted(median, YUAN),
    )  # fmt: skip


def destinations_finding(view: View) -> str:
    """收入中位最高：区外其他 6,012 元；最低：片区内 3,900 元."""
    wages = frames.wages(view, frames.place_axis(view))
    not_tiny = pl.col("people").is_null() | (pl.col("people") * 100 >= pl.col("people").sum())
    wages = wages.filter(not_tiny).sort("median")
    if wages.height < 2:
        return _("各去向的收入")
    low, high = wages.row(0, named=True), wages.row(-1, named=True)
    return _(
        "{high}收入最高：中位 {most}；{low}最低：{least}",
        high=named(high["category"]), most=counted(high["median"], YUAN),
        low=named(low["category"]), least=counted(low["median"], YUAN),
    )  # fmt: skip


def industries_caption(view: View) -> str:
    """Whose wages, what the bars mean, which categories are left out, source."""
    few = frames.FEW if view.sees_few else LEAST["persons"]
    definition = _("在业者月收入，横条为中间一半的人，不足 {few}人的不列", few=few)
    return sourced(view, view.read("median_wage"), LEDGER, definition)


def destinations_caption(view: View) -> str:
    """The axis of place, then the caption of the industries."""
    axis = _(frames.AXES[frames.place_axis(view)])
    return noted(axis, industries_caption(view))


def flows_finding(view: View) -> str:
    """片区内 1,083人；其他去得最多的是钦州市、南宁市和深圳市."""
    if view.read(JOBS).value is None:
        return _("就业的人去了哪里")
    counties = frames.counties(view).drop_nulls("county")
    if not view.sees_few and frames.hides_zone(view):
        return _("就业的人去了哪里")
    zone = zone_name(view.plan)
    in_zone = counted(frames.people_in_zone(view), PERSONS)
    if counties.is_empty():
        return _("{zone}内 {people}", zone=zone, people=in_zone)
    first = leaders(counties["people"].to_list(), 3) or 1
    largest_three = [
        f"{name} {shown(people, PERSONS)}"
        for name, people in counties.head(first).select("name", "people").rows()
    ]
    return _(
        "{zone}内 {people}；{zone}外最多：{places}",
        zone=zone, people=in_zone, places=joined(largest_three),
    )  # fmt: skip


def flows_caption(view: View) -> str:
    """What the width of a line means, source."""
    definition = _("线宽为人数，不画行政边界")
    return sourced(view, view.read(JOBS), LEDGER, definition)


def rates_finding(view: View) -> str:
    """就业率最低：7栋 90.1%、4栋 91.8%."""
    readings = compared(view, RATE)
    ordered = sorted(
        (r for r in visible(readings) if r.value is not None), key=lambda r: r.value or 0
    )
    if hidden := withheld(readings):
        return _(
            "就业率 {low} 至 {high}，另有 {n} 处不单独显示",
            low=shown(ordered[0].value, PERCENT), high=shown(ordered[-1].value, PERCENT), n=hidden,
        )  # fmt: skip
    if not ordered:
        return _("各楼栋的就业率")
    if len(ordered) == 1:
        return _(
            "{place}就业率 {rate}",
            place=place_name(ordered[0].scope),
            rate=shown(ordered[0].value, PERCENT),
        )
    first = leaders([r.value for r in ordered], 2)
    if not first:
        gaps = {"n": sum(1 for r in ordered if r.value == ordered[0].value)}
        return _("就业率最低的有 {n} 处，{value}", value=shown(ordered[0].value, PERCENT), **gaps)
    lowest = [valued(named(r.label), shown(r.value, PERCENT)) for r in ordered[:first]]
    return _("就业率最低：{places}", places=joined(lowest))


def rates_caption(view: View) -> str:
    """The rate's definition, its bounds, source."""
    rate = view.read(RATE)
    definition = noted(_("就业 ÷ 已监测的有劳动能力者，须线为补齐后的范围"), bounds_text(rate))
    return sourced(view, rate, LEDGER, definition)


def coverage_finding(view: View) -> str:
    """监测覆盖 95.8%，10栋 54.1% 最低."""
    rate = view.read(RATE)
    places = sorted(
        (r for r in compared(view, RATE) if r.coverage is not None), key=lambda r: r.coverage or 0
    )
    if rate.coverage is None or not places:
        return _("就业监测的覆盖")
    if rate.coverage >= 1:
        return _("有劳动能力者全部监测到")
    if len(places) == 1:
        return _("监测覆盖 {share}", share=shown(rate.coverage, PERCENT))
    return _(
        "监测覆盖 {share}，{place}最低：{low}",
        share=shown(rate.coverage, PERCENT),
        place=first_named([r.coverage for r in places], [named(r.label) for r in places]),
        low=shown(places[0].coverage, PERCENT),
    )  # fmt: skip


def coverage_caption(view: View) -> str:
    """The definition of coverage, source."""
    return sourced(view, view.read(RATE), LEDGER, _("当月监测到的 ÷ 全部有劳动能力者"))
