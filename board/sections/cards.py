"""A metric as a card at the top of a page: figure, status, sparkline, target, change, coverage."""

from __future__ import annotations

from board.catalogue import METRICS
from board.i18n import N_, _
from board.metrics import Reading, Status
from board.numerals import counted, period, place_name, shown
from board.sections.blocks import Card
from board.sections.section import View
from board.sections.words import (
    beside,
    bounds_text,
    change_since,
    coverage_text,
    noted,
    target_text,
)

BASIS = {
    "asset_occupancy": N_("按面积"),
    "asset_occupancy_count": N_("按个数"),
    "task_completion": N_("到期任务"),
    "accepted_rate": N_("到期任务"),
    "on_time_rate": N_("到期任务"),
}
# A count → the rate that is shown on its card instead of a target.
RATE_OF = {"employment_destination": "employment_rate"}
SPARK = 12


def card(view: View, key: str) -> Card:
    """The card of a metric for the view; unknown parts are left empty."""
    trend = view.trend(key, SPARK)
    now = trend[-1] if trend else view.read(key)
    before = trend[-2] if len(trend) > 1 else None
    metric = METRICS[key]
    signed = metric.unit.key == "percentage_points"
    return Card(
        key=key,
        label=_(metric.label),
        basis=noted(*elsewhere(view, now)) or basis(key),
        value=shown(now.value, metric.unit, signed=signed),
        status=now.status,
        chart=tuple(float(r.value) for r in trend if r.value is not None),
        line=line(view, now),
        note=note(view, now, before),
        definition=_(metric.definition),
    )


def basis(key: str) -> str:
    """The gray part of a card's label: what is counted; empty for a percentage."""
    if key in BASIS:
        return _(BASIS[key])
    unit = METRICS[key].unit
    if unit.key == "percentage_points":
        return _("百分点")
    return "" if unit.key == "fraction" else _(unit.label)


def elsewhere(view: View, now: Reading) -> list[str]:
    """The scope and the period of the figure, when they differ from the view's."""
    differences = []
    if str(now.scope) != str(view.scope):
        differences.append(place_name(now.scope))
    if str(now.period) != str(view.period):
        differences.append(period(now.period))
    return differences


def line(view: View, now: Reading) -> str:
    """The line below the figure: its target, or for some counts the rate that belongs to it."""
    if now.metric.key in RATE_OF:
        rate = view.read(RATE_OF[now.metric.key])
        return _(
            "{label} {value}",
            label=_(rate.metric.label),
            value=shown(rate.value, rate.metric.unit),
        )
    return target_text(now)


def note(view: View, now: Reading, before: Reading | None) -> str:
    """The gray line: change, coverage, and the bounds when no status could be determined."""
    if now.metric.key == "task_completion" and now.denominator:
        late = view.read("overdue_tasks")
        text = _("到期 {due}，逾期 {late}", due=counted(now.denominator, late.metric.unit),
                 late=counted(late.value, late.metric.unit))  # fmt: skip
        return noted(beside(view.read(now.metric.key)), text)
    if now.metric.key == "zero_employment_households" and now.unreported:
        unknown = _("另 {n} 户未监测", n=now.unreported)
        return noted(change_since(now, before), unknown)
    unsure = now.status in (Status.UNDETERMINED, Status.NO_DATA)
    return noted(change_since(now, before), bounds_text(now) if unsure else "", coverage_text(now))
