"""The result of the plan: for every target whether it was met, when, by how much."""

from __future__ import annotations

from datetime import date

from board import access
from board.figures.shared.words import beyond
from board.figures.tables import measure_cell
from board.i18n import _
from board.metrics import Metric, Period, Reading, Status
from board.metrics.bound import in_plan
from board.numerals import goal, month, shown
from board.sections.counts import verdicts
from board.sections.matters import metrics_of_plan
from board.sections.section import View
from board.sections.words import difference, joined, label
from board.table import Cell, Column, Dates, Figures, Table

# The statuses that a due target can have; after MET, the worst comes first.
RESULTS = (
    Status.MET, Status.MISSED, Status.UNDETERMINED, Status.MET_LATE, Status.NO_DATA,
    Status.SUPPRESSED,
)  # fmt: skip
# Of these nobody can say whether the target was met.
UNKNOWN = (Status.UNDETERMINED, Status.NO_DATA, Status.SUPPRESSED)


def years(view: View) -> list[int]:
    """The years of the plan that have begun by the view's period."""
    first, last = view.plan.since.year, view.plan.until.year
    return [year for year in range(first, last + 1) if year <= view.period.last_month.year]


def judged(view: View, metric: Metric, year: int) -> list[Reading]:
    """The readings for which a target was due in a year, up to the view's period."""
    if metric.every:
        kind = metric.every[0]
        step = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
        due = [Period(date(year, n, 1), kind) for n in range(1, 13, step)]
        due = [
            p if kind in metric.periods else Period(p.last_month, metric.periods[0]) for p in due
        ]
    else:
        dated = [Period.parse(text) for text in metric.goals]
        due = [p for p in dated if p.first.year == year]
    ended = [p for p in due if p.end <= view.period.end]
    readings = [
        access.read_or_hidden(view.snapshot, metric, period, view.whole) for period in ended
    ]
    return [r for r in readings if r.target is not None and r.status in RESULTS]


def cell(readings: list[Reading]) -> str:
    """● 60.5%（高 0.5个百分点）; ■ 9/12 期达标（□ 2） for several readings; empty for none."""
    if not readings:
        return ""
    last = readings[-1]
    met = sum(1 for r in readings if r.status is Status.MET)
    worst = (
        Status.MET
        if met == len(readings)
        else next(s for s in RESULTS[1:] if any(r.status is s for r in readings))
    )
    if len(readings) > 1:
        text = _("{mark} {met}/{all} 期达标", mark=worst.mark, met=met, all=len(readings))
        return text + unknown_periods(readings)
    if last.value is None:
        return f"{last.status.mark} {_(last.status.word)}"
    text = f"{last.status.mark} {shown(last.value, last.metric.unit)}"
    if last.value is not None and last.target is not None and last.value != last.target:
        over = last.value > last.target
        by = difference(last.value, last.target, last.metric)
        text += _("（高 {by}）", by=by) if over else _("（低 {by}）", by=by)
    return text


def unknown_periods(readings: list[Reading]) -> str:
    """（□ 2、▨ 1）: the periods that the count of met ones knows nothing of, by their marks."""
    statuses = [r.status for r in readings if r.status in UNKNOWN]
    counts = [f"{one.mark} {statuses.count(one)}" for one in UNKNOWN if one in statuses]
    return _("（{text}）", text=joined(counts)) if counts else ""


def first_met(readings: list[Reading]) -> Cell | str:
    """The month in which the latest target was first met, or in words what is known of it.

    Meeting an earlier, lower target does not count. Where an earlier period is hidden, unreported
    or not decided, the month is only the latest possible one.
    """
    unknown = False
    for reading in readings:
        if reading.target != readings[-1].target:
            continue
        if reading.status is Status.MET:
            first = reading.period.last_month
            return (
                _("不晚于{month}", month=month(first)) if unknown else Cell(first, Dates("month"))
            )
        unknown = unknown or reading.status in UNKNOWN
    return _("已知各期没有") if unknown else _("没有达到")


def target(metric: Metric, readings: list[Reading]) -> Cell | str:
    """The target that was due; several in their order: 50% → 60% → 80%."""
    if metric.every:
        values = [metric.every[1]]
    else:
        values = list(dict.fromkeys(r.target for r in readings if r.target is not None))
    if len(values) == 1 and not metric.strict:
        return Cell(values[0], Figures(metric.unit, "target"))
    text = " → ".join(goal(value, metric.unit) for value in values)
    return beyond(metric, text)


def firmness(metric: Metric) -> str:
    """The firmness of a metric's targets in the plan's words, or that the board set them."""
    words = [target.basis if target.set_by_board else target.firmness for target in metric.targets]
    return joined([_(word) for word in dict.fromkeys(words)])


def due(view: View) -> list[tuple[Metric, dict[int, list[Reading]]]]:
    """The metrics with a target that was due, each with its readings by year."""
    metrics = [metric for metric in in_the_plan(view) if metric.targets]
    readings = [{year: judged(view, metric, year) for year in years(view)} for metric in metrics]
    return [pair for pair in zip(metrics, readings, strict=True) if any(pair[1].values())]


def in_the_plan(view: View) -> list[Metric]:
    """The plan's metrics under their filters, with its targets whatever period is looked at."""
    return [in_plan(metric, view.plan) for metric in metrics_of_plan(view)]


def every(by_year: dict[int, list[Reading]]) -> list[Reading]:
    """The readings of all years, in their order."""
    return [reading for readings in by_year.values() for reading in readings]


def table(view: View) -> Table:
    """One row a metric: measure, label, target, the result of each year, when first met."""
    rows = due(view)
    return Table.of(
        Column(_("举措"), [measure_cell(m.measures, "、") for m, _by_year in rows], "mixed"),
        Column(_("指标"), [label(metric) for metric, _by_year in rows], "text"),
        Column(_("目标"), [target(metric, every(by_year)) for metric, by_year in rows], "mixed"),
        Column(_("性质"), [firmness(metric) for metric, _by_year in rows], "text"),
        *(
            Column(str(year), [cell(by_year[year]) for _metric, by_year in rows], "text")
            for year in years(view)
        ),
        Column(_("首次达标"), [first_met(every(by_year)) for _metric, by_year in rows], "mixed"),
        empty=_("还没有到期的目标。"),
    )


def finding(view: View) -> str:
    """收官：20 项目标到期，最近一次 12 项已达标、8 项未达标."""
    last = [every(by_year)[-1].status for _metric, by_year in due(view)]
    if not last:
        return _("收官：还没有到期的目标")
    return _("收官：{n} 项目标到期，最近一次 {verdicts}", n=len(last), verdicts=verdicts(last))
