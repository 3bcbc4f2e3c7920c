"""The state of every measure: the worst of its indicators, as `metrics` tells them, and its tasks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.outside.further.ground import Ground
from tests.outside.further.plan import Plan
from tests.outside.further.tasks import Occurrence, standing, tasks
from tests.outside.further.terms import Period

WORST_FIRST = (
    "missed",
    "behind",
    "undetermined",
    "met_late",
    "no_data",
    "on_pace",
    "met",
    "not_due",
)
TOLD = ("metric", "filter", "value", "target", "firmness", "basis", "status")
# The answer of `metrics` to a metric under a filter; None where it is not defined.
Answer = Callable[[str, str], dict[str, Any] | None]


@dataclass
class State:
    """A measure's state, what may decide it, its indicators and the numbers of its tasks."""

    state: str
    because: set[str]  # any of these; none where nothing decides
    indicators: list[dict[str, Any]]
    tasks: dict[str, int | None]


def begun(ground: Ground, number: str, end: date) -> list[Occurrence]:
    """What of the measure's tasks has begun and is not called off."""
    mine = [task for task in tasks(ground) if task.last["举措序号"] == number]
    return [one for task in mine for one in standing(task, end)]


def numbers(own: list[Occurrence], end: date) -> dict[str, int | None]:
    """How many are due, done, accepted and overdue, and the days of the longest overdue."""
    due = [one for one in own if one.due <= end]
    late = [one for one in due if one.due < end and not one.done(end)]
    return {
        "tasks_due": len(due),
        "tasks_done": sum(one.done(end) for one in due),
        "tasks_accepted": sum(one.done(end, "销号日期") for one in due),
        "tasks_overdue": len(late),
        "longest_overdue_days": max(((end - one.due).days for one in late), default=None),
    }


def of_tasks(own: list[Occurrence], end: date) -> tuple[str, set[str]] | None:
    """What tasks alone make of a measure, and which of them may be named for it."""
    if not own:
        return None
    due = [one for one in own if one.due <= end]
    late = [one for one in due if one.due < end and not one.done(end)]
    if late:
        first = min(one.due for one in late)
        state = "missed" if (end - first).days >= 90 else "behind"
        return state, {one.task for one in late if one.due == first}
    everything = {one.task for one in own}
    if not due:
        return "not_due", everything
    return "met" if all(one.done(end) for one in due) else "on_pace", everything


def indicators(plan: Plan, number: str, month: str, answer: Answer) -> list[dict[str, Any]]:
    """The measure's indicators in the order of 指标归属, each as `metrics` tells it."""
    rows = [row for row in plan.belongings if row["举措序号"] == number]
    found = []
    for row in sorted(rows, key=lambda row: int(row["顺序"] or 0)):
        told = answer(row["指标"], row["筛选"])
        if told is None:
            continue
        target = plan.target(row["指标"], row["筛选"], month)
        aim = target.row if target else {"性质": None, "依据": None}
        own = {"filter": row["筛选"] or None, "firmness": aim["性质"], "basis": aim["依据"]}
        found.append({name: (told | own)[name] for name in TOLD})
    return found


def measures(ground: Ground, text: str, answer: Answer) -> dict[str, State]:
    """Every measure of the plan with its state."""
    period, found = Period(text), {}
    for row in ground.plan.sheet("举措"):
        number = row["举措序号"]
        told = indicators(ground.plan, number, period.last, answer)
        own = begun(ground, number, period.end)
        judged = [one for one in told if one["target"] is not None and one["status"] in WORST_FIRST]
        candidates: list[tuple[str, set[str]]] = [(o["status"], {o["metric"]}) for o in judged]
        candidates += [from_tasks] if (from_tasks := of_tasks(own, period.end)) else []
        # The first of the worst.
        worst = min(candidates, key=lambda pair: WORST_FIRST.index(pair[0]), default=None)
        state, because = worst if worst else ("no_target", set())
        found[number] = State(state, because, told, numbers(own, period.end))
    return found


def differences(told: list[dict[str, Any]], wanted: dict[str, State]) -> Iterator[str]:
    """Each field of the answers that isn't what was worked out."""
    if (order := [answer["measure"] for answer in told]) != list(wanted):
        yield f"measures: told {order}"
    for answer in told:
        own = wanted[answer["measure"]]
        fields = {"state": own.state, "indicators": own.indicators, **own.tasks}
        for name, value in fields.items():
            if answer[name] != value:
                yield f"{answer['measure']} {name}: told {answer[name]!r}, worked out {value!r}"
        named = answer["because"]
        if named not in own.because if own.because else named is not None:
            yield f"{answer['measure']} because: told {named}, not {own.because}"
