"""Answer questions about people with small counts hidden, for the settlement only.

Each function takes the whole snapshot and hides what a reader who may not see small counts must
not see. A building or unit has no such answer and raises WithheldError, because places are not
combined with categories.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

import numpy as np
import polars as pl

from board.catalogue import METRICS
from board.metrics import Period, Scope, ledgers_held, shift
from board.questions import ENTERED, LEFT
from board.store import Snapshot, WithheldError, derived
from board.suppression.cells import LEAST, Cell, Table
from board.suppression.decide import shown_apart, split_of
from board.suppression.extras import flows_shown
from board.suppression.hiding import hide

# Concealing that a number is small may hide cells with at most this share of all people.
COST_LIMIT_SHARE = 0.2
JOBS = METRICS["employment_destination"]
HERE = "片区内"
Move = tuple[str, str]


def wages(snapshot: Snapshot, month: date, scope: Scope, axis: str) -> pl.DataFrame:
    """Quartiles of the monthly wage in the categories that are visible and not small.

    The columns are those of `board.questions.wages`, with `people` null: the numbers of wage
    earners would be a further table to protect beside that of those at work.
    """
    _require_settlement("wages", scope)
    categories = snapshot.frame("wages", month=month, axis=axis, building=None, unit=None)
    return categories.filter(
        shown_apart(snapshot, JOBS, axis, "category", month), pl.col("people") >= LEAST["persons"]
    ).with_columns(people=pl.lit(None, pl.Int64))


def county_flows(snapshot: Snapshot, month: date, scope: Scope) -> pl.DataFrame:
    """Those at work by county, over all buildings; the zone itself is one row.

    The columns are those of `board.questions.county_flows`, with `home` null.
    """
    _require_settlement("county_flows", scope)
    flows = snapshot.frame("county_flows", month=month, building=None, unit=None)
    county = ["county", "province", "longitude", "latitude"]
    away = (
        flows.filter(~pl.col("here"), shown_apart(snapshot, JOBS, "away", "county", month))
        .group_by(*county)
        .agg(pl.col("people").sum())
        .with_columns(here=pl.lit(False), people=_to(rounding(snapshot, "away", month)))
    )
    zone = flows.filter("here").select(pl.lit(None, pl.String).alias("county"), "people", "here")
    zone = zone.group_by("county", "here").agg(pl.col("people").sum())
    zone = zone.with_columns(people=_to(rounding(snapshot, "place", month)))
    places = split_of(snapshot, JOBS, "place").within([month])
    if not places.shown or HERE in places.together:
        zone = zone.clear()
    counties = pl.concat([zone, away], how="diagonal")
    return (
        counties.with_columns(home=pl.lit(None, pl.String))
        .select(flows.columns)
        .sort("people", "county", descending=[True, False])
    )


def rounding(snapshot: Snapshot, axis: str, *months: date) -> float:
    """To what the numbers of workers by an axis are rounded in months; 0 where they are exact."""
    return split_of(snapshot, JOBS, axis).within(months).step


def _to(step: float) -> pl.Expr:
    """The column `people` rounded to a multiple of a step."""
    people = pl.col("people")
    return ((people / step + 0.5).floor() * step).cast(pl.Int64) if step else people


def movements(
    snapshot: Snapshot, since: date, until: date, scope: Scope, axis: str
) -> pl.DataFrame:
    """The movements by place between a month and the same month a year before, small ones hidden.

    WithheldError for other months or axes, because the same people's movements there would reveal
    the hidden ones. The sums of each category are known from the figures of the two months.
    """
    _require_settlement("movements", scope)
    first = ledgers_held(snapshot)["employment"][1] or until
    if axis != "place" or since != max(shift(until, -12), first):
        raise WithheldError("movements")
    visible = derived(
        snapshot, ("movements", since, until), lambda: _movements(snapshot, since, until)
    )
    sides = [
        shown_apart(snapshot, JOBS, axis, side, since, until) for side in ("origin", "destination")
    ]
    visible = visible.filter(*sides)
    if visible.is_empty():
        raise WithheldError("movements")
    return visible.with_columns(people=_to(rounding(snapshot, axis, since, until)))


def _movements(snapshot: Snapshot, since: date, until: date) -> pl.DataFrame:
    params = {"since": since, "until": until, "axis": "place", "building": None, "unit": None}
    all_moves = snapshot.frame("movements", **params)
    counts = {(origin, to): people for origin, to, people in all_moves.rows()}
    origins, destinations = (sorted(set(all_moves[side])) for side in ("origin", "destination"))
    moves = [move for move in product(origins, destinations) if move != (ENTERED, LEFT)]
    hidden = _hidden_moves(moves, [counts.get(move, 0) for move in moves], origins, destinations)
    visible = [move not in hidden for move in all_moves.select("origin", "destination").rows()]
    return all_moves.filter(pl.Series(visible, dtype=pl.Boolean))


def _hidden_moves(
    moves: Sequence[Move],
    people: Sequence[int],
    origins: Sequence[str],
    destinations: Sequence[str],
) -> set[Move]:
    """The moves to hide, where readers know the sum of each origin and of each destination."""
    sums = [np.array([float(move[0] == name) for move in moves]) for name in origins]
    sums += [np.array([float(move[1] == name) for move in moves]) for name in destinations]
    cells = tuple(
        Cell(move, (row,), (row,), 1.0 + count)
        for move, count, row in zip(moves, people, np.eye(len(moves)), strict=True)
    )
    counts = np.array([people], dtype=float)
    cost_limit = COST_LIMIT_SHARE * counts.sum()
    table = Table(counts, cells, LEAST["persons"], tuple(sums), cost_limit)
    hidden = hide(table)[:, 0]
    return {move for move, is_hidden in zip(moves, hidden, strict=True) if is_hidden}


def require_flow(snapshot: Snapshot, months: Sequence[date], scope: Scope) -> None:
    """Raise WithheldError where the zero-employment flow of one of the months may not be shown."""
    _require_settlement("zero_moves", scope)
    shown = flows_shown(snapshot)
    if not all(Period(month) in shown for month in months):
        raise WithheldError("zero_moves")


def merged_incomes(
    snapshot: Snapshot, quarter: date, scope: Scope, step: float, bars: int
) -> pl.DataFrame:
    """`low, high, households`: bars of per-head income (yuan, year to date), none of them small.

    A bar below the threshold is merged with the next, so that nothing has to be hidden. `step` is
    the width of a bar in yuan and `bars` their number before merging.
    """
    _require_settlement("household_incomes", scope)
    incomes = snapshot.frame("household_incomes", since=quarter.replace(month=1), until=quarter)
    bar_of = (incomes["now"].drop_nulls() / step).floor().clip(0, bars - 1).cast(pl.Int64)
    rows, low, waiting = [], 0, 0
    for bar in range(bars):
        waiting += int((bar_of == bar).sum())
        if waiting >= LEAST["households"]:
            rows.append((low * step, (bar + 1) * step, waiting))
            low, waiting = bar + 1, 0
    if waiting and rows:
        first, _high, households = rows.pop()
        rows.append((first, bars * step, households + waiting))
    schema = {"low": pl.Float64, "high": pl.Float64, "households": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _require_settlement(query: str, scope: Scope) -> None:
    if scope.building:
        raise WithheldError(query)
