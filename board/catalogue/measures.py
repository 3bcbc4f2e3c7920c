"""The state of each measure of the plan: the worst of its indicators with a target and its tasks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import polars as pl

from board.catalogue.declared import METRICS
from board.metrics import (
    Metric,
    Period,
    Reading,
    Scope,
    Status,
    defined,
    filter_of,
    given_by_plan,
    whole_of_plan,
)
from board.plans import Belonging, Measure, Plan, plan_of
from board.questions import tasks_led
from board.store import Queries

# The state of a measure is the first of these that one of its indicators or its tasks has.
WORST_FIRST = (
    Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.MET_LATE, Status.NO_DATA,
    Status.ON_PACE, Status.MET, Status.NOT_DUE,
)  # fmt: skip
LONG_OVERDUE = 90  # Days; a definition of the board.
Read = Callable[[Metric, Period, Scope], Reading]


@dataclass(frozen=True)
class Tasks:
    """The tasks of a measure at a month's end: how many are due, done, accepted and overdue.

    `due_today` are due on the month's last day and not done: due, but not overdue. `begun` counts
    all of them; `state` is None where there is none. `decides` is the task that decides the state.
    """

    begun: int = 0
    due: int = 0
    done: int = 0
    accepted: int = 0
    overdue: int = 0
    due_today: int = 0
    longest: int | None = None
    decides: str = ""

    @property
    def state(self) -> Status | None:
        """Overdue tasks are behind, for 90 days or more missed; all due ones done are met."""
        if not self.begun:
            return None
        if self.overdue:
            return Status.MISSED if (self.longest or 0) >= LONG_OVERDUE else Status.BEHIND
        if not self.due:
            return Status.NOT_DUE
        return Status.ON_PACE if self.due_today else Status.MET


@dataclass(frozen=True)
class MeasureState:
    """A measure with its state, and `because`: the metric key or the task that decides it."""

    measure: Measure
    state: Status
    because: str | None
    indicators: tuple[Reading, ...] = field(hash=False)
    tasks: Tasks = field(default_factory=Tasks)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `measures`."""
        return {
            "measure": self.measure.number,
            "state": str(self.state),
            "because": self.because,
            "indicators": [_indicator(reading) for reading in self.indicators],
            "tasks_due": self.tasks.due,
            "tasks_done": self.tasks.done,
            "tasks_accepted": self.tasks.accepted,
            "tasks_overdue": self.tasks.overdue,
            "due_today": self.tasks.due_today,
            "longest_overdue_days": self.tasks.longest,
        }


def _indicator(reading: Reading) -> dict[str, Any]:
    of = reading.aim.of if reading.aim else None
    return {
        "metric": reading.metric.key,
        "filter": str(reading.metric.filter) if reading.metric.filter else None,
        "value": reading.value,
        "target": reading.target,
        "firmness": of.firmness if of else None,
        "basis": of.basis if of else None,
        "status": str(reading.status),
    }


def measure_states(snapshot: Queries, period: Period, read: Read) -> list[MeasureState]:
    """Every measure of the period's plan with its state, in the plan's order.

    `read(metric, period, scope)` reads a metric, with the status `suppressed` where the reader may
    not see it.
    """
    plan = plan_of(snapshot, period.last_month)
    by_measure = tasks_by_measure(snapshot, period.last_month, plan)
    return [
        _state(
            measure, indicators(snapshot, measure, period, read), by_measure.get(number, Tasks())
        )
        for measure in plan.measures
        for number in [measure.number]
    ]


def indicators(
    snapshot: Queries, measure: Measure, period: Period, read: Read
) -> tuple[Reading, ...]:
    """The readings of a measure's metrics, in the plan's order, for the whole plan.

    A metric that is not defined for this kind of period is left out.
    """
    plan = plan_of(snapshot, period.last_month)
    scope = whole_of_plan(plan)
    metrics = [
        filtered(one)
        for one in plan.belongings
        if one.measure == measure.number and one.metric in METRICS
    ]
    return tuple(
        read(metric, period, scope)
        for metric in metrics
        if defined(metric, period, scope) and given_by_plan(snapshot, metric, period)
    )


def filtered(belonging: Belonging) -> Metric:
    """The metric that a row of 指标归属 names, counting only the rows of its filter."""
    metric = METRICS[belonging.metric]
    return replace(metric, filter=filter_of(metric, belonging.filter))


def _state(measure: Measure, readings: tuple[Reading, ...], tasks: Tasks) -> MeasureState:
    judged = [r for r in readings if r.target is not None and r.status in WORST_FIRST]
    candidates: list[tuple[Status, str]] = [(r.status, r.metric.key) for r in judged]
    if tasks.state is not None:
        candidates.append((tasks.state, tasks.decides))
    worst = min(candidates, key=lambda pair: WORST_FIRST.index(pair[0]), default=None)
    hidden = any(r.target is not None and r.status is Status.SUPPRESSED for r in readings)
    if hidden and (worst is None or worst[0] is not Status.MISSED):
        return MeasureState(measure, Status.SUPPRESSED, None, readings, tasks)
    state, because = worst if worst else (Status.NO_TARGET, None)
    return MeasureState(measure, state, because or None, readings, tasks)


def tasks_by_measure(snapshot: Queries, month: date, plan: Plan) -> dict[str, Tasks]:
    """The tasks of every measure at a month's end."""
    frame = tasks_led(snapshot, month, whole_of_plan(plan))
    end = Period(month, "month").end
    return {str(number[0]): _tasks(rows, end) for number, rows in frame.group_by("measure")}


def _tasks(rows: pl.DataFrame, end: date) -> Tasks:
    due = rows.filter(pl.col("due") <= end)
    late = due.filter(pl.col("done_on").is_null(), pl.col("due") < end).sort("due", "task_id")
    order = (late, due.sort("due", "task_id"), rows.sort("due", "task_id"))
    decides = next((str(part["task_id"][0]) for part in order if part.height), "")
    return Tasks(
        begun=rows.height,
        due=due.height,
        done=due["done_on"].count(),
        accepted=due["accepted_on"].count(),
        overdue=late.height,
        due_today=due.filter(pl.col("done_on").is_null(), pl.col("due") == end).height,
        longest=int((end - late["due"][0]).days) if late.height else None,
        decides=decides,
    )


def counts(states: Sequence[MeasureState]) -> dict[Status, int]:
    """How many measures have each state, in the order of the legend, without zeros."""
    return {
        status: number
        for status in Status
        if (number := sum(1 for one in states if one.state is status))
    }
