"""A metric as a card at the top of a page: figure, status, sparkline, target, change, coverage."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from board.catalogue import METRICS
from board.i18n import N_, _
from board.metrics import Change, Reading, Status
from board.numerals import counted, shown
from board.sections.blocks import Card
from board.sections.section import View
from board.sections.sentences import elsewhere
from board.sections.words import (
    about,
    beside,
    beside_text,
    bounds_text,
    change_since,
    coverage_text,
    inside,
    judged,
    noted,
    target_text,
    told,
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
    changed = view.change(now)
    metric = METRICS[key]
    signed = metric.unit.key == "percentage_points"
    return Card(
        key=key,
        label=_(metric.label),
        basis=noted(*elsewhere(view, now)) or basis(key),
        value=about(now, shown(now.value, metric.unit, signed=signed)),
        status=judged(view, now).status,
        chart=unbroken(told(trend, changed)),
        line=line(view, now),
        note=note(view, now, changed),
        definition=_(metric.definition),
    )


def unbroken(trend: Sequence[Reading]) -> tuple[float, ...]:
    """The values since the last period without one: a line over a gap would tell a course."""
    values = [reading.value for reading in trend]
    since_gap = list(takewhile(lambda value: value is not None, reversed(values)))
    return tuple(float(value) for value in reversed(since_gap) if value is not None)


def basis(key: str) -> str:
    """The gray part of a card's label: what is counted; empty for a percentage."""
    if key in BASIS:
        return _(BASIS[key])
    unit = METRICS[key].unit
    if unit.key == "percentage_points":
        return _("百分点")
    return "" if unit.key == "fraction" else _(unit.label)


def line(view: View, now: Reading) -> str:
    """The line below the figure: its target, or for some counts the rate that belongs to it."""
    if now.metric.key in RATE_OF:
        rate = view.read(RATE_OF[now.metric.key])
        return _(
            "{label} {value}",
            label=_(rate.metric.label),
            value=inside(_(rate.status.word))
            if rate.value is None
            else shown(rate.value, rate.metric.unit),
        )
    return noted(beside_text(view, now), target_text(judged(view, now)))


def note(view: View, now: Reading, changed: Change) -> str:
    """The gray line: change, coverage, and the bounds when no status could be determined."""
    if now.metric.key == "task_completion" and now.denominator:
        late = view.read("overdue_tasks")
        text = _("到期 {due}，逾期 {late}", due=counted(now.denominator, late.metric.unit),
                 late=counted(late.value, late.metric.unit))  # fmt: skip
        return noted(beside(view.read(now.metric.key)), text)
    if now.metric.key == "zero_employment_households" and now.unreported:
        unknown = _("另 {n}户未监测", n=now.unreported)
        return noted(change_since(now, changed), unknown)
    unsure = now.status in (Status.UNDETERMINED, Status.NO_DATA)
    other = by_places(view) if now.metric.key == "asset_occupancy" else ""
    bounds = bounds_text(now) if unsure else ""
    return noted(other, change_since(now, changed), bounds, coverage_text(now))


def by_places(view: View) -> str:
    """按个数 55.0%，未达标: the occupancy by places, which stands beside that by area."""
    places = view.read("asset_occupancy_count", companions=False)
    if places.value is None:
        return ""
    value = shown(places.value, places.metric.unit)
    if places.target is None:
        return _("按个数 {value}", value=value)
    return _("按个数 {value}，{status}", value=value, status=_(places.status.word).lower())
