"""Text that pages share: escaped text from ledgers, and short phrases about a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from board.catalogue import METRICS
from board.figures.shared.words import beyond
from board.i18n import N_, _
from board.ledgers import by_name
from board.metrics import (
    HOUSEHOLDS,
    PERCENT,
    PERSONS,
    POINTS,
    Change,
    Companion,
    Metric,
    Reading,
    Status,
    filter_of,
    rows_by,
)
from board.metrics.units import ASSETS, SQUARE_METRES, TASKS
from board.numerals import change, counted, day, goal, labelled, month, place_name, shown
from board.plans import Filter, Target
from board.sections.escaping import plain as plain

if TYPE_CHECKING:
    from board.sections.section import View

NUMBERS = (N_("零"), N_("一"), N_("两"), N_("三"), N_("四"), N_("五"), N_("六"), N_("七"))
SINCE = {
    "month": N_("较上月"),
    "quarter": N_("较上季"),
    "half": N_("较上半年"),
    "year": N_("较上年"),
}
EVERY = {
    "month": N_("每月"), "quarter": N_("每季度"), "half": N_("每半年"), "year": N_("每年"),
}  # fmt: skip
A_YEAR = {N_("较上年"): N_("较上年同期"), N_("比上年"): N_("比上年同期")}
# A metric that stands beside another → how it is told.
PART_WORDS = {"zero_employment_overdue": N_("其中超期 {n}")}
COMPARED = {
    "month": N_("比上月"), "quarter": N_("比上季"), "half": N_("比上个半年"), "year": N_("比上年"),
}  # fmt: skip


def number(count: int) -> str:
    """A small count in words: 三, three."""
    return _(NUMBERS[count]) if count < len(NUMBERS) else str(count)


def numbers(*counts: int) -> list[str]:
    """Counts that stand in one sentence: in words where all are small, else all in digits."""
    spelled = all(count < len(NUMBERS) for count in counts)
    return [number(count) if spelled else str(count) for count in counts]


def joined(parts: list[str]) -> str:
    """The parts as a list in a sentence: 甲、乙、丙 / a, b, c."""
    return _("、").join(parts)


def about(reading: Reading, text: str) -> str:
    """A reading's value as text, with 约 where it is rounded."""
    return _("约{value}", value=text) if reading.rounded_to else text


def inside(text: str) -> str:
    """A text that begins with a capital, as it stands within an English sentence."""
    return text[:1].lower() + text[1:]


def noted(*parts: str) -> str:
    """Short remarks in one line, separated by a dot; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def difference(now: float, before: float, metric: Metric) -> str:
    """The absolute difference of two values with its unit: 2.0个百分点, 5户."""
    if metric.unit.key == "fraction":
        return counted(abs(now - before) * 100, POINTS)
    return labelled(_(metric.label), abs(now - before), metric.unit)


def since_words(now: Reading, changed: Change, of_kind: Mapping[str, str] = SINCE) -> str:
    """较上季; 较上年同期 where a figure is compared with the same period of the year before."""
    if changed.since == now.period.before():
        return _(of_kind[now.period.kind])
    return _(A_YEAR[of_kind["year"]])


def change_since(now: Reading, changed: Change) -> str:
    """较上季 +2.0个百分点; empty when the change is unknown.

    Where rows that came or went make up more of it than what moved, it says those instead. For a
    metric in percentage points the number has no unit, because the metric's label names it.
    """
    step = changed.difference
    if step is None or now.value is None:
        return ""
    since, unit = since_words(now, changed), now.metric.unit
    if not changed.comparable:
        return _("{since} 报得不够，不比较", since=since)
    if changed.movement is False and (why := reporting_words(now.metric, changed)):
        return _("{since} {why}", since=since, why=why)
    if 0 < abs(step) < now.threshold:
        return _("{since} 变动不到 {few}", since=since, few=counted(now.threshold, unit))
    if unit is POINTS and round(step, 1):
        return _("{since} {change}", since=since, change=shown(step, unit, signed=True))
    if unit is PERCENT and round(step, 3):
        points = shown(step * 100, POINTS, signed=True)
        return _("{since} {n}个百分点", since=since, n=points)
    text = change(now.value, now.value - step, unit)
    if text == _("持平"):
        return _("{since}持平", since=since)
    return _("{since} {change}", since=since, change=text)


def told(trend: Sequence[Reading], changed: Change) -> Sequence[Reading]:
    """The readings without the last one where that differs by what was not reported alone."""
    return trend[:-1] if changed.movement is False and changed.difference else trend


def reporting_words(metric: Metric, changed: Change) -> str:
    """10栋1单元未报 60人; 新报 26人; 1 处未报 for who may not know how many. Empty without either."""
    if changed.silent:
        named = changed.silent_in
        if not named or named[0][1] < changed.silent / 2:
            return _("未报 {n}", n=subjects(metric, changed.silent))
        return _("{place}未报 {n}", place=place_name(named[0][0]), n=subjects(metric, named[0][1]))
    if changed.heard:
        return _("新报 {n}", n=subjects(metric, changed.heard))
    return _("{n} 处未报", n=changed.places_silent) if changed.places_silent else ""


def subjects(metric: Metric, count: int) -> str:
    """16人, 3户, 2份申请: how many of those whose rows the metric reads; 16项 of what has no name."""
    if metric.kind == "count":
        return counted(count, metric.unit)
    whom = metric.people.whom if metric.people else ""
    unit = {"persons": PERSONS, "households": HOUSEHOLDS}.get(whom, TASKS)
    return counted(count, ASSETS if metric.amount is SQUARE_METRES else unit)


def label(metric: Metric) -> str:
    """The metric's label, with the values of its filter: 消防宣传和演练（消防演练）."""
    return filtered_label(metric, metric.filter)


def filtered_label(metric: Metric, only: Filter | None) -> str:
    """The metric's label, with the values of a filter."""
    if only is None:
        return _(metric.label)
    ledgers = by_name()
    # A filter by ledger holds the names of tables, which no reader knows.
    values = [str(ledgers[v].sheet_title()) if v in ledgers else _(v) for v in only.values]
    if only.column == "measure":
        values = [_("举措{number}", number=number) for number in only.values]
    return _("{label}（{values}）", label=_(metric.label), values=joined(values))


def judged(view: View, reading: Reading) -> Reading:
    """The reading whose status stands with a figure: of the metric beside it, else its own.

    Pages show zero-employment households with the status of those that are overdue, because the
    target is of these.
    """
    for metric in reading.metric.beside.values():
        return view.read_metric(
            metric, period=reading.period, scope=reading.scope, companions=False
        )
    return reading


def standing(view: View, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with the statuses that stand with them."""
    return [replace(reading, status=judged(view, reading).status) for reading in readings]


def beside_text(view: View, reading: Reading) -> str:
    """其中超期 3户; empty for a figure without a metric beside it, or where that is unknown."""
    part = judged(view, reading)
    if part is reading or part.value is None:
        return ""
    return _(PART_WORDS[part.metric.key], n=counted(part.value, part.metric.unit))


def target_words(target: Target) -> str:
    """A target with its date, firmness and basis: 资产盘活率 ≥ 50%（2023年12月，力争，方案）."""
    metric = METRICS[target.metric]
    when = month(target.due) if target.due else _(EVERY[target.every or "month"])
    return _(
        "{label} {sign} {value}（{when}，{firmness}，{basis}）",
        label=filtered_label(metric, filter_of(metric, target.filter)),
        sign=target.sign,
        value=goal(target.value, metric.unit),
        when=when,
        firmness=_(target.firmness),
        basis=_(target.basis),
    )


def quoted(target: Target) -> str:
    """A target with the words of the plan it rests on, or that the board set it."""
    words = target.quote or _("方案没有这句话，是本板设定的")
    return _("{target}：{words}", target=target_words(target), words=words)


def aimed(reading: Reading, target: str) -> str:
    """A target's value with its firmness in the plan's words, or that the board set it."""
    if reading.aim is None:
        return target
    stated = reading.aim.of
    return _(
        "{value}（{firmness}）",
        value=target,
        firmness=_(stated.basis if stated.set_by_board else stated.firmness),
    )


def target_text(reading: Reading) -> str:
    """目标 60%（力争），序时 57.5%; empty when there is no target."""
    if reading.target is None:
        return ""
    unit = reading.metric.unit
    target = aimed(reading, beyond(reading.metric, goal(reading.target, unit)))
    if reading.metric.strict:
        return _("目标 {target}", target=target)
    before_due = reading.path is not None and reading.path != reading.target
    if before_due and reading.status in (Status.ON_PACE, Status.BEHIND, Status.UNDETERMINED):
        return _("目标 {target}，序时 {path}", target=target, path=shown(reading.path, unit))
    return _("目标 {target}", target=target)


def parts_beside(metric: Metric) -> list[Companion]:
    """The companions that count some of what the figure counts."""
    return [companion for companion in metric.companions if companion.unit is metric.amount]


def beside(reading: Reading) -> str:
    """销号 70项 · 当日到期 1项: how many of what the figure counts; the first also where none."""
    own = parts_beside(reading.metric)
    numbers = [(c, reading.extra.get(c.key)) for c in own]
    return noted(
        *(
            _("{label} {value}", label=_(c.label), value=labelled(_(c.label), n, c.unit))
            for c, n in numbers
            if n or (n is not None and c is own[0])
        )
    )


def coverage_text(reading: Reading) -> str:
    """覆盖 98.4%; empty when everything was reported."""
    if reading.coverage is None or reading.coverage >= 1 or not expects_rows(reading.metric):
        return ""
    return _("覆盖 {share}", share=shown(reading.coverage, PERCENT))


def bounds_text(reading: Reading) -> str:
    """在 57.1%~60.3% 之间; empty when the figure is exact, or nothing is known of a rate."""
    if not reading.bounds or (reading.value is None and reading.bounds == (0, 1)):
        return ""
    low, high = (shown(bound, reading.metric.unit) for bound in reading.bounds)
    return _("在 {low}~{high} 之间", low=low, high=high)


def expects_rows(metric: Metric) -> bool:
    """Whether it is known how many rows there should be: not of a ledger of what happens."""
    return not metric.events and by_name()[metric.ledgers[0]].cadence != "as_held"


def sourced(view: View, reading: Reading, ledger: str, definition: str = "") -> str:
    """The caption of a chart: 定义 · 《资产盘活台账》，已报 100% · 数据截至 2024年9月30日.

    Of a ledger of what happens nobody knows how many rows are missing: then it is 《走访台账》 ·
    截至 2024年9月30日 已报 132 条, without the number where that could be few people.
    """
    name = _("《{sheet}》", sheet=by_name()[ledger].sheet_title())
    share, until = reading.coverage, day(view.period.end)
    if expects_rows(reading.metric):
        if share is not None:
            name = _("{ledger}，已报 {share}", ledger=name, share=shown(share, PERCENT))
        return noted(definition, name, _("数据截至 {day}", day=until))
    count = rows_by(view.snapshot, ledger, view.period.last_month)
    if not count or view.scope.building or not view.sees_few:
        return noted(definition, name, _("数据截至 {day}", day=until))
    return noted(definition, name, _("截至 {day} 已报 {n} 条", day=until, n=count))
