"""The change of a figure between two periods: what moved, and what only fell silent or was reported."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from board.metrics.bound import bound
from board.metrics.metric import Metric, Reading
from board.metrics.parts import PLACES, schema_of
from board.metrics.reading import defined, given_by_plan, read
from board.metrics.spans import months_read
from board.metrics.terms import Period, Scope
from board.plans import of_scope, plan_of
from board.store import Queries, Snapshot, derived
from board.store.only import AMOUNTS

CACHED_CHANGES = 2_000
EXACT = 6  # Decimal places of sums; amounts have two.
LEAST = 1e-9  # The error of a sum of fractions.
# Kinds of figures that no sum over subjects makes up: only their difference is known.
WITHOUT_PARTS = ("median", "gap", "growth", "rounds")
COVERED = ("median", "gap", "growth")
CLASSES = ("real", "entered", "left", "newly_reported", "fell_silent")


@dataclass(frozen=True)
class Change:
    """How a figure changed since an earlier period, in the metric's unit (rates as fractions).

    A figure's subjects are what its rows are about: persons, households, assets, tasks, events.
    Of a count, `difference` is the sum of five parts. `real` comes from subjects reported in both
    periods, `entered` and `left` from those that joined or left the population, `newly_reported`
    and `fell_silent` from those expected in both periods and reported in one only. Of a rate,
    `real` is the change of the rate over the subjects reported in both, `rest` what is left of the
    difference. Each is None where it can't be computed.

    `moved` is that part of the difference which is a movement: it leaves out what came or went
    with reporting alone. `movement` says whether that is at least as much as reporting changed;
    None where this reader may not be told. `silent` and `heard` are the numbers of subjects that
    fell silent and that are newly reported, `silent_in` the places of the silent with their
    number, most first, and `places_silent` how many places reported nothing at all any more.
    `comparable` is false for medians and growth where fewer rows are reported in one of the
    periods than the plan's share.
    """

    since: Period
    difference: float | None = None
    real: float | None = None
    entered: float | None = None
    left: float | None = None
    newly_reported: float | None = None
    fell_silent: float | None = None
    rest: float | None = None
    comparable: bool = True
    moved: float | None = None
    movement: bool | None = False
    silent: int = 0
    heard: int = 0
    silent_in: tuple[tuple[str, int], ...] = ()
    places_silent: int = 0

    @property
    def for_few(self) -> Change:
        """What a reader may know who sees no small counts: the difference of what is shown.

        Of the silent only the number of places, and whether the figure moved.
        """
        return Change(
            self.since, self.difference, comparable=self.comparable, movement=self.movement,
            places_silent=self.places_silent,
        )  # fmt: skip


def change(
    snapshot: Snapshot, metric: Metric, period: Period, since: Period, scope: Scope
) -> Change:
    """The change of a metric's figure from `since` to `period`, for one scope.

    Its difference is None where a figure is missing in one of the periods, and where another plan
    holds in `since`. Nothing is suppressed here: pages call `access.change`.
    """
    now = of_scope(snapshot, period.last_month, scope.settlement)
    key = (metric.key, metric.filter, period, since, scope)
    latest: OrderedDict[Any, Change] = derived(now, "changes", OrderedDict)
    result = latest.get(key)
    if result is None:
        result = latest[key] = _fresh(snapshot, metric, period, since, scope)
        while len(latest) > CACHED_CHANGES:
            latest.popitem(last=False)
    return result


def restarts(metric: Metric) -> bool:
    """Whether the figure begins again each January, so that it compares with last year's."""
    return metric.span == "year_to_date" or metric.yearly


def former(metric: Metric, period: Period) -> Period:
    """The period that a figure is compared with: the one before, or last year's where it restarts."""
    return period.a_year_before if restarts(metric) else period.before()


def _fresh(
    snapshot: Snapshot, metric: Metric, period: Period, since: Period, scope: Scope
) -> Change:
    unknown = Change(since, comparable=metric.kind not in COVERED)
    same_plan = plan_of(snapshot, period.last_month) == plan_of(snapshot, since.last_month)
    if not same_plan or not defined(metric, since, scope):
        return unknown
    if not given_by_plan(snapshot, metric, since):
        return unknown
    now, before = (read(snapshot, metric, p, scope, companions=False) for p in (period, since))
    if now.value is None or before.value is None:
        return unknown
    difference = now.value - before.value
    if metric.kind in WITHOUT_PARTS:
        least = plan_of(snapshot, period.last_month).coverage_least
        comparable = metric.kind not in COVERED or (
            _covered(now, least) and _covered(before, least)
        )
        moved = difference if comparable else None
        return Change(
            since, difference, comparable=comparable, moved=moved, movement=comparable
        )  # fmt: skip
    subjects = _subjects(snapshot, metric, period, since, scope)
    result = Change(since, difference, **_silence(subjects))
    result = _of_rate(result, subjects) if metric.kind == "rate" else _of_count(result, subjects)
    return replace(result, movement=_is_movement(result))


def _is_movement(changed: Change) -> bool:
    """Whether a figure moved by at least as much as reporting alone changed it."""
    if changed.difference is None or changed.moved is None:
        return False
    return abs(changed.difference - changed.moved) <= abs(changed.moved) + LEAST


def _covered(reading: Reading, least: float) -> bool:
    return reading.coverage is not None and reading.coverage >= least - 1e-9


def _of_count(changed: Change, subjects: pl.DataFrame) -> Change:
    step = pl.col("n_now") - pl.col("n_then")
    sums = dict(subjects.group_by("kind").agg(step.sum()).iter_rows())
    parts: dict[str, Any] = {name: round(sums.get(name) or 0.0, EXACT) for name in CLASSES}
    moved = parts["real"] + parts["entered"] + parts["left"]
    rounded = round(sum(parts.values()), EXACT)
    return replace(changed, **parts, difference=rounded, moved=round(moved, EXACT))


def _of_rate(changed: Change, subjects: pl.DataFrame) -> Change:
    """Of a rate: the change over those reported in both; a movement leaves out the silent alone."""
    real = _rate_change(subjects.filter(pl.col("kind") == "real"))
    heard = subjects.filter(~pl.col("kind").is_in(["newly_reported", "fell_silent"]))
    difference = changed.difference
    rest = difference - real if difference is not None and real is not None else None
    return replace(changed, real=real, rest=rest, moved=_rate_change(heard))


def _rate_change(subjects: pl.DataFrame) -> float | None:
    """The change of the rate over some subjects; None where one of the rates has no denominator."""
    names = ("n_now", "d_now", "n_then", "d_then")
    n_now, d_now, n_then, d_then = (float(subjects[name].sum() or 0) for name in names)
    return n_now / d_now - n_then / d_then if d_now and d_then else None


def _silence(subjects: pl.DataFrame) -> dict[str, Any]:
    """How many subjects fell silent and are newly reported, and the places of the silent."""
    silent = subjects.filter(pl.col("kind") == "fell_silent")
    heard = subjects.filter(pl.col("kind") == "newly_reported").height
    numbers: dict[str, Any] = {"silent": silent.height, "heard": heard}
    levels = [name for name in PLACES[:2] if name in subjects.columns]
    if not levels or silent.is_empty():
        return numbers
    named = subjects.drop_nulls("building").group_by(levels).agg(
        silent=(pl.col("kind") == "fell_silent").sum(), told=pl.col("told").any(),
    )  # fmt: skip
    named = named.filter(pl.col("silent") > 0)
    named = named.sort("silent", *levels, descending=[True, *(False for _ in levels)])
    places = tuple(
        ("/".join(str(row[name]) for name in levels if row[name]), int(row["silent"]))
        for row in named.iter_rows(named=True)
    )
    wholly = named.filter(~pl.col("told").fill_null(value=False)).height
    return {**numbers, "silent_in": places, "places_silent": wholly}


def _subjects(
    snapshot: Queries, metric: Metric, period: Period, since: Period, scope: Scope
) -> pl.DataFrame:
    """Each subject of either period with its `kind`, and its weights `n`, `d` now and then."""
    now = _weights(snapshot, metric, period, scope)
    then = _weights(snapshot, metric, since, scope).rename({"n": "n_then", "d": "d_then"})
    joined = now.rename({"n": "n_now", "d": "d_now"}).join(
        then,
        on=["subject", *metric.row_key],
        how="full",
        coalesce=True,
        suffix="_then",
        nulls_equal=True,
    )
    places = [
        pl.coalesce(f"{p}_then", p).alias(p) for p in ("building", "unit") if p in now.columns
    ]
    amounts = pl.col("n_now", "d_now", "n_then", "d_then").fill_null(0.0)
    known, known_then = pl.col("told"), pl.col("told_then")
    kind = (
        pl.when(known.is_null() & known_then.is_null()).then(pl.lit("real"))
        .when(known_then.is_null()).then(pl.lit("entered"))
        .when(known.is_null()).then(pl.lit("left"))
        .when(known & known_then).then(pl.lit("real"))
        .when(known).then(pl.lit("newly_reported"))
        .when(known_then).then(pl.lit("fell_silent"))
        .otherwise(pl.lit("unreported"))
    )  # fmt: skip
    return joined.with_columns(amounts, *places, kind=kind)


def _weights(snapshot: Queries, metric: Metric, period: Period, scope: Scope) -> pl.DataFrame:
    """Each subject of a period's population: its weights, its place, and whether all is reported."""
    own = of_scope(snapshot, period.last_month, scope.settlement)
    metric = bound(own, metric, period)
    months = months_read(own, metric, period)
    has = schema_of(own, metric)
    places = [name for name in PLACES[:2] if name in has]
    spread = ["department"] if scope.department else []
    keys = ["subject", *metric.row_key]
    rows = own.summed(
        metric.sql, [*keys, *places, *spread], AMOUNTS, spread, only=metric.only,
        since=months[0], until=months[-1],
    )  # fmt: skip
    for name in (*places, *spread):
        if (value := getattr(scope, name)) is not None:
            rows = rows.filter(pl.col(name) == value)
    sums = rows.group_by(keys).agg(pl.col(AMOUNTS).sum(), pl.col(places).last())
    belongs = pl.any_horizontal(pl.col(name) > 0 for name in AMOUNTS)
    return sums.filter(belongs).select(
        *keys, *places, n="numerator", d="denominator", told=pl.col("unreported") <= 0
    )
