"""Hide small counts among the extra numbers beside a figure."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from board.metrics import zero_employment
from board.metrics.companions import companions_by, companions_of
from board.metrics.growth import quarters, reports
from board.metrics.metric import Companion, Reading
from board.metrics.parts import place, within
from board.metrics.terms import MONTHS, Period, Scope
from board.metrics.units import HOUSEHOLDS, PERSONS, YUAN
from board.store import Snapshot, derived
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.families import Whom, family_of
from board.suppression.hiding import hide
from board.suppression.year_to_date import hidden_sums

WHOM: dict[Any, Whom] = {PERSONS: "persons", HOUSEHOLDS: "households"}
JOBS = ("jobs", "relocated_jobs")
STEPS = (*zero_employment.CAME, *zero_employment.WENT)


def visible_extras(snapshot: Snapshot, reading: Reading, axis: str = "") -> dict[str, Any]:
    """The extra numbers of a visible reading with the hidden ones set to None or left out.

    A number of people beside a figure is a part of it. It is shown for the whole settlement only,
    where neither it nor the rest of the figure is small: places and categories would make further
    tables to protect. An amount of money is shown where the number of its recipients is not.
    """
    metric, extra = reading.metric, dict(reading.extra)
    whole = not axis and not reading.scope.building
    if metric.key == "zero_employment_households":
        return _households(snapshot, reading) if whole else {}
    if metric.kind == "gap" and (
        not whole or unmatched_few(snapshot, reading.period, reading.scope)
    ):
        extra["composition"] = None
    for companion in metric.companions:
        if not _shown(snapshot, reading, companion, axis):
            extra[companion.key] = None
    if "relocated_jobs" in extra and not metric.companions:
        jobs, relocated = (extra[name] for name in JOBS)
        others = None if jobs is None or relocated is None else jobs - relocated
        if not whole or any(_small(people, "persons") for people in (jobs, relocated, others)):
            extra |= dict.fromkeys(JOBS)
    return extra


def _shown(snapshot: Snapshot, reading: Reading, companion: Companion, axis: str) -> bool:
    """Whether a companion of a reading may be shown."""
    family = family_of(reading.metric)
    whole = not axis and not reading.scope.building
    if family is None:
        # Households may receive returns repeatedly, so that their number accumulates from January.
        people = companion.unit in WHOM
        return not people or (
            whole and companion.unit is PERSONS and not _small_count(companion, reading)
        )
    # Where the family counts these households themselves, the number is hidden with the figure.
    counts_itself = family.people.subject != "subject"
    if family.people.weight and companion.unit is YUAN:
        return True
    if reading.scope.building or (axis and not counts_itself) or companion.unit is YUAN:
        return False
    if companion.unit not in WHOM:
        return True
    if family.people.grows and reading.period.last_month in _hidden_months(
        snapshot, reading, companion, axis
    ):
        return False
    return not _small_count(companion, reading)


def _hidden_months(
    snapshot: Snapshot, reading: Reading, companion: Companion, axis: str
) -> list[date]:
    """The months of the reading's year in which a companion that accumulates is hidden."""
    year = Period(date(reading.period.last_month.year, 1, 1), "year").months
    key = reading.metric.key, companion.key, axis, reading.label if axis else "", year[0]

    def decide() -> list[date]:
        sums = [_at_month_end(snapshot, reading, companion, axis, month) for month in year]
        increases = [
            max(now - before, 0.0) for now, before in zip(sums, [0.0, *sums], strict=False)
        ]
        family = family_of(reading.metric)
        return hidden_sums(year, family.whom, increases) if family else []

    return derived(snapshot, ("year to date", *key), decide)


def _at_month_end(
    snapshot: Snapshot, reading: Reading, companion: Companion, axis: str, month: date
) -> float:
    """The value of a companion at a month's end."""
    metric, scope, period = reading.metric, reading.scope, Period(month)
    if not axis:
        return float(companions_of(snapshot, metric, period, scope)[companion.key] or 0)
    numbers = companions_by(snapshot, metric, period, scope, axis).get(reading.label, {})
    return float(numbers.get(companion.key) or 0)


def _small_count(companion: Companion, reading: Reading) -> bool:
    """Whether a companion, or the rest of the figure without it, is below the threshold."""
    whom, value = WHOM[companion.unit], reading.extra.get(companion.key)
    if _small(value, whom):
        return True
    # Distinct people are some of those counted, so that the number of the others follows.
    rest = (reading.numerator or 0) - (value or 0)
    distinct = companion.how == "distinct" and family_of(reading.metric) is not None
    return distinct and _small(rest, whom)


def _small(value: float | None, whom: Whom) -> bool:
    """Whether a count is above zero and below the threshold."""
    return value is not None and 0 < value < LEAST[whom]


def _households(snapshot: Snapshot, reading: Reading) -> dict[str, Any]:
    """The extra numbers of zero-employment households: states and flow, where nothing is small."""
    extra = dict(reading.extra)
    if not extra:
        return extra
    # A duration is one household's, and shares of few spells can identify a household.
    extra["months_open"], extra["clearing"] = [], {}
    if reading.period not in flows_shown(snapshot):
        extra["flow"] = {}
    if any(_small(extra["states"][state], "households") for state in ("employed", "zero")):
        extra["states"] = {}
    return extra


def unmatched_few(snapshot: Snapshot, period: Period, scope: Scope) -> bool:
    """Whether few households (at least one) reported some quarters but not all.

    Their growth follows from the growth of all and that of the households that always reported.
    """
    return derived(
        snapshot,
        ("unmatched", period.last_month, place(scope)),
        lambda: _unmatched(snapshot, period, scope),
    )


def _unmatched(snapshot: Snapshot, period: Period, scope: Scope) -> bool:
    now, before = quarters(period)
    both = [*now, *before]
    reported = within(reports(snapshot), scope).filter(
        pl.col("period").is_in(both), pl.col("denominator").is_not_null()
    )
    partly = reported.filter(pl.len().over("subject") < len(both))["subject"].n_unique()
    return _small(partly, "households")


def flows_shown(snapshot: Snapshot) -> frozenset[Period]:
    """The periods whose flow of zero-employment households may be shown.

    In these no step is small, and no small step can be computed from the others.
    """
    return derived(snapshot, "flows shown", lambda: _flows_shown(snapshot))


def _flows_shown(snapshot: Snapshot) -> frozenset[Period]:
    flows = zero_employment.moves(snapshot, Scope())
    shown: set[Period] = set()
    for year in sorted({month.year for month in flows}):
        shown |= _shown_of_year(flows, year)
    return frozenset(shown)


def _shown_of_year(flows: dict[date, dict[str, int]], year: int) -> set[Period]:
    """The months, quarters, halves and year of a year whose flows may be shown together.

    The numbers at the end of each month are always visible, so each month's net change is known.
    """
    months = Period(date(year, 1, 1), "year").months
    none = dict.fromkeys(STEPS, 0)
    counts = np.array([flows.get(m, none)[step] for m in months for step in STEPS], dtype=float)
    at = np.repeat(np.arange(12), len(STEPS))
    step = np.tile(np.arange(len(STEPS)), 12)
    net = np.where(step < len(zero_employment.CAME), 1.0, -1.0)
    cells = []
    for kind, length in MONTHS.items():
        for first in range(0, 12, length):
            inside = (at >= first) & (at < first + length)
            rows = tuple((inside & (step == number)).astype(float) for number in range(len(STEPS)))
            period = Period(months[first], kind)
            cells.append(Cell(period, rows, rows, float(length), for_good=False))
    net_changes = tuple(np.where(at == month, net, 0.0) for month in range(12))
    table = Table(counts[None, :], tuple(cells), LEAST["households"], net_changes)
    hidden = hide(table)[:, 0]
    return {cell.key for cell, is_hidden in zip(cells, hidden, strict=True) if not is_hidden}
