"""What stands beside a figure, without what counts or names few."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from board.disclosure import LEAST, Cell, Table, hide
from board.metrics import zero_employment
from board.metrics._people import family_of, family_whom
from board.metrics._running import hidden_sums
from board.metrics.companions import companions_by, companions_of
from board.metrics.growth import quarters, reports
from board.metrics.parts import kept, place, within
from board.metrics.terms import HOUSEHOLDS, MONTHS, PERSONS, YUAN, Companion, Period, Reading, Scope
from board.store import Snapshot

WHOM = {PERSONS: "persons", HOUSEHOLDS: "households"}
JOBS = ("jobs", "relocated_jobs")
STEPS = (*zero_employment.CAME, *zero_employment.WENT)


def companions(snapshot: Snapshot, reading: Reading, axis: str = "") -> dict[str, Any]:
    """What of a visible reading's extras may be seen.

    Numbers of people beside a figure are parts of it: below the settlement and by category
    they would make tables of their own, so they are told for the whole alone, where neither
    they nor the rest of the figure are few. Money beside people is told of no one knows how many.
    """
    metric, extra = reading.metric, dict(reading.extra)
    whole = not axis and not reading.scope.building
    if metric.key == "zero_employment_households":
        return _households(snapshot, reading) if whole else {}
    if metric.kind == "gap" and (
        not whole or unmatched_few(snapshot, reading.period, reading.scope)
    ):
        extra["composition"] = None
    for one in metric.companions:
        if not _told(snapshot, reading, one, axis):
            extra[one.key] = None
    if "relocated_jobs" in extra and not metric.companions:
        jobs, own = (extra[name] for name in JOBS)
        others = None if jobs is None or own is None else jobs - own
        if not whole or any(_small(people, "persons") for people in (jobs, own, others)):
            extra |= dict.fromkeys(JOBS)
    return extra


def _told(snapshot: Snapshot, reading: Reading, one: Companion, axis: str) -> bool:
    """Whether a number beside a reading may be seen."""
    family = family_of(reading.metric.key)
    whole = not axis and not reading.scope.building
    if family is None:
        # Households that get a return get it again: their number adds up from January as well.
        return one.unit not in WHOM or (whole and one.unit is PERSONS and not _few(one, reading))
    # Where a family's households are named by the number itself it is hidden with the figure.
    own = family.subject != "subject"
    if family.weight and one.unit is YUAN:
        return True
    if reading.scope.building or (axis and not own) or one.unit is YUAN:
        return False
    if one.unit not in WHOM:
        return True
    if family.grows and reading.period.last_month in _running(snapshot, reading, one, axis):
        return False
    return not _few(one, reading)


def _running(snapshot: Snapshot, reading: Reading, one: Companion, axis: str) -> list[date]:
    """The months of the reading's year in which a number that adds up from January is hidden."""
    year = Period(date(reading.period.last_month.year, 1, 1), "year").months
    key = reading.metric.key, one.key, axis, reading.label if axis else "", year[0]

    def made() -> list[date]:
        sums = [_at(snapshot, reading, one, axis, month) for month in year]
        came = [max(now - before, 0.0) for now, before in zip(sums, [0.0, *sums], strict=False)]
        return hidden_sums(year, came, family_whom(reading.metric.key))

    return kept(snapshot, ("running", *key), made)


def _at(snapshot: Snapshot, reading: Reading, one: Companion, axis: str, month: date) -> float:
    """The number beside a reading at a month's end."""
    metric, scope, period = reading.metric, reading.scope, Period(month)
    if not axis:
        return float(companions_of(snapshot, metric, period, scope)[one.key] or 0)
    found = companions_by(snapshot, metric, period, scope, axis).get(reading.label, {})
    return float(found.get(one.key) or 0)


def _few(one: Companion, reading: Reading) -> bool:
    whom, value = WHOM[one.unit], reading.extra.get(one.key)
    if _small(value, whom):
        return True
    # Distinct ones are some of those counted: the others can be told.
    rest = (reading.numerator or 0) - (value or 0)
    return (
        one.how == "distinct" and family_of(reading.metric.key) is not None and _small(rest, whom)
    )


def _small(value: float | None, whom: str) -> bool:
    return value is not None and 0 < value < LEAST[whom]


def _households(snapshot: Snapshot, reading: Reading) -> dict[str, Any]:
    """Beside the zero-employment households: states, pace of clearing, and flows of many."""
    extra = dict(reading.extra)
    if not extra:
        return extra
    # A household's months, and shares of a handful of spells, are somebody's own.
    extra["months_open"], extra["clearing"] = [], {}
    if reading.period not in flows_told(snapshot):
        extra["flow"] = {}
    if any(_small(extra["states"][state], "households") for state in ("employed", "zero")):
        extra["states"] = {}
    return extra


def unmatched_few(snapshot: Snapshot, period: Period, scope: Scope) -> bool:
    """Whether few households report without reporting every quarter: two growths would tell theirs."""
    return kept(
        snapshot,
        ("unmatched", period.last_month, place(scope)),
        lambda: _unmatched(snapshot, period, scope),
    )


def _unmatched(snapshot: Snapshot, period: Period, scope: Scope) -> bool:
    now, before = quarters(period)
    every = [*now, *before]
    own = within(reports(snapshot), scope).filter(
        pl.col("period").is_in(every), pl.col("denominator").is_not_null()
    )
    partly = own.filter(pl.len().over("subject") < len(every))["subject"].n_unique()
    return _small(partly, "households")


def flows_told(snapshot: Snapshot) -> frozenset[Period]:
    """The periods whose flow of zero-employment households has no few in it, nor gives any back."""
    return kept(snapshot, "flows told", lambda: _flows_told(snapshot))


def _flows_told(snapshot: Snapshot) -> frozenset[Period]:
    found = zero_employment.moves(snapshot, Scope())
    told: set[Period] = set()
    for year in sorted({month.year for month in found}):
        told |= _year_told(found, year)
    return frozenset(told)


def _year_told(found: dict[date, dict[str, int]], year: int) -> set[Period]:
    """Of one year's months, quarters, halves and year those whose flow may be told together.

    How many there were at each end is known anyhow, so what came less what went is too.
    """
    months = Period(date(year, 1, 1), "year").months
    none = dict.fromkeys(zero_employment.FLOW, 0)
    counts = np.array([found.get(m, none)[step] for m in months for step in STEPS], dtype=float)
    at = np.repeat(np.arange(12), len(STEPS))
    step = np.tile(np.arange(len(STEPS)), 12)
    net = np.where(step < len(zero_employment.CAME), 1.0, -1.0)
    cells = []
    for kind, length in MONTHS.items():
        for first in range(0, 12, length):
            inside = (at >= first) & (at < first + length)
            rows = tuple((inside & (step == one)).astype(float) for one in range(len(STEPS)))
            period = Period(months[first], kind)
            cells.append(Cell(period, rows, rows, float(length), for_good=False))
    known = tuple(np.where(at == month, net, 0.0) for month in range(12))
    gone = hide(Table(counts[None, :], tuple(cells), LEAST["households"], known))[:, 0]
    return {cell.key for cell, lost in zip(cells, gone, strict=True) if not lost}
