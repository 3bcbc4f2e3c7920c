"""Target, path and status of a figure, by the rows of 目标."""

from collections.abc import Callable
from typing import Any

from tests.outside.further.plan import Plan, Target, number
from tests.outside.further.terms import Figure, Period, between


def line(
    plan: Plan, target: Target, metric: str, month: str, first: tuple[str, float] | None
) -> float:
    """Where the straight line to the target stands at a month."""
    if target.due <= month:
        return target.value
    past = plan.last_before(metric, month)
    if past:
        first = past["期限"], number(past["目标值"])
    if first is None or first[0] > month:
        return target.value
    start, value = first
    share = between(start, month) / between(start, target.due)
    return value + (target.value - value) * share


def judged(
    plan: Plan,
    metric: str,
    asked: str,
    period: Period,
    figure: Figure,
    at: Callable[[str], Figure],
    months: list[str],
) -> dict[str, Any]:
    """Target, path and status; `at` gives the same figure at another month."""
    target = plan.target(metric, asked, period.last)
    fields = figure.fields
    state = fields.get("status")
    if target is None:
        return {"target": None, "path": None, "status": state or "no_target"}
    kind, come = target.row["类型"], target.due <= period.last
    path: float | None = target.value
    if kind == "节点":
        path = None
    elif kind == "逐月累计":
        path = target.value * int(period.last[5:]) / 12
        path = path // 1 if figure.form == "count" else path
    elif kind == "直线":
        first = None
        if plan.last_before(metric, period.last) is None and not come:
            values = ((month, at(month).fields["value"]) for month in months)
            first = next(((m, v) for m, v in values if v is not None), None)
        path = line(plan, target, metric, period.last, first)
    answer = {"target": target.value, "path": path}
    if state or fields["value"] is None:
        return answer | {"status": state} if state else answer
    low, high = fields["low"], fields["high"]
    if figure.form == "median":
        low = high = fields["value"]
        if figure.covered < plan.coverage:
            return answer | {"status": "undetermined"}
    reached = target.verdict(low, high, target.value)
    if kind == "节点" and not come:
        early = target.dated and reached
        return answer | {"status": "met" if early else "not_due"}
    if kind == "逐月累计" and path == 0:
        return answer | {"status": "not_due"}
    if not come:
        assert path is not None
        words = {True: "on_pace", False: "behind", None: "undetermined"}
        return answer | {"status": words[target.verdict(low, high, path)]}
    status = {True: "met", False: "missed", None: "undetermined"}[reached]
    if status == "met" and target.dated and target.due < period.last:
        worst = at(target.due).fields
        ends = [x for x in (worst.get("low"), worst.get("high")) if x is not None]
        short = not ends or not all(target.reached(x, target.value) for x in ends)
        status = "met_late" if short else "met"
    return answer | {"status": status}
