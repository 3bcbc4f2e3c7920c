"""What may be asked of people by who may not see few: for the settlement alone, without the few."""

from __future__ import annotations

from datetime import date
from itertools import product

import numpy as np
import polars as pl

from board.disclosure import LEAST, Cell, Table, hide
from board.metrics import WORTH, Period, Scope, flows_told, held, hidden_categories, shift
from board.metrics.parts import kept
from board.store import Snapshot, WithheldError

JOBS = "employment_destination"
ENTERED, LEFT = "新进入监测", "退出监测"
UNKNOWN = "未填"


def sees_all(snapshot: Snapshot, scope: Scope) -> bool:
    """Whether the reader may see few people in a place."""
    return snapshot.guard is None or snapshot.guard.sees_small(scope)


def behind(snapshot: Snapshot, query: str, scope: Scope) -> Snapshot:
    """The whole snapshot, for an answer that will be covered; WithheldError where there is none.

    Places are never crossed with anything else, so only the settlement has such an answer.
    """
    if snapshot.guard is not None:
        snapshot.guard.admit_covered(query)
    if scope.building:
        raise WithheldError(query)
    return snapshot.whole


def wages(snapshot: Snapshot, month: date, scope: Scope, axis: str) -> pl.DataFrame:
    """Quartiles of the categories that may be seen and are of many; nobody is told of how many.

    How many earn what they earn would be a table beside that of those at work.
    """
    whole = behind(snapshot, "wages", scope)
    found = whole.frame("wages", month=month, axis=axis, building=None, unit=None)
    gone = [label or UNKNOWN for label in hidden_categories(whole, JOBS, axis)]
    return found.filter(
        ~pl.col("category").is_in(gone), pl.col("people") >= LEAST["persons"]
    ).with_columns(people=pl.lit(None, pl.Int64))


def county_flows(snapshot: Snapshot, month: date, scope: Scope) -> pl.DataFrame:
    """Those at work by county, whichever building they live in, the zone itself as one."""
    whole = behind(snapshot, "county_flows", scope)
    found = whole.frame("county_flows", month=month, building=None, unit=None)
    gone = list(hidden_categories(whole, JOBS, "away"))
    at = ["county", "province", "longitude", "latitude"]
    away = (
        found.filter(~pl.col("here"), ~pl.col("county").fill_null("").is_in(gone))
        .group_by(*at)
        .agg(pl.col("people").sum())
        .with_columns(here=pl.lit(False))
    )
    zone = found.filter("here").select(pl.lit(None, pl.String).alias("county"), "people", "here")
    zone = zone.group_by("county", "here").agg(pl.col("people").sum())
    if "片区内" in hidden_categories(whole, JOBS, "place"):
        zone = zone.clear()
    told = pl.concat([zone, away], how="diagonal").with_columns(home=pl.lit(None, pl.String))
    return told.select(found.columns).sort("people", "county", descending=[True, False])


def movements(
    snapshot: Snapshot, since: date, until: date, scope: Scope, axis: str
) -> pl.DataFrame:
    """The movements of many between a month and the same one a year before, by place.

    Between other months, or by other categories, the same people's movements would tell
    those that are hidden. How many came from and went to each category is known anyhow.
    """
    whole = behind(snapshot, "movements", scope)
    first = held(whole)["employment"][1] or until
    if axis != "place" or since != max(shift(until, -12), first):
        raise WithheldError("movements")
    found = kept(whole, ("movements told", since, until), lambda: _movements(whole, since, until))
    gone = [label or UNKNOWN for label in hidden_categories(whole, JOBS, axis)]
    found = found.filter(~pl.col("origin").is_in(gone), ~pl.col("destination").is_in(gone))
    if found.is_empty():
        raise WithheldError("movements")
    return found


def _movements(whole: Snapshot, since: date, until: date) -> pl.DataFrame:
    asked = {"since": since, "until": until, "axis": "place", "building": None, "unit": None}
    found = whole.frame("movements", **asked)
    counts = {(origin, to): people for origin, to, people in found.rows()}
    origins, destinations = (sorted(set(found[side])) for side in ("origin", "destination"))
    ways = [way for way in product(origins, destinations) if way != (ENTERED, LEFT)]
    sums = [np.array([float(way[0] == name) for way in ways]) for name in origins]
    sums += [np.array([float(way[1] == name) for way in ways]) for name in destinations]
    cells = tuple(
        Cell(way, (row,), (row,), 1.0 + counts.get(way, 0))
        for way, row in zip(ways, np.eye(len(ways)), strict=True)
    )
    least = LEAST["persons"]
    people = np.array([[float(counts.get(way, 0)) for way in ways]])
    table = Table(people, cells, least, tuple(sums), worth=WORTH * people.sum())
    gone = [ways[n] for n in np.flatnonzero(hide(table)[:, 0])]
    kept_ways = [way not in gone for way in found.select("origin", "destination").rows()]
    return found.filter(pl.Series(kept_ways, dtype=pl.Boolean))


def flow_told(snapshot: Snapshot, months: list[date], scope: Scope) -> None:
    """WithheldError where a month's flow has few in it."""
    told = flows_told(behind(snapshot, "zero_moves", scope))
    if not all(Period(month) in told for month in months):
        raise WithheldError("zero_moves")


def incomes(
    snapshot: Snapshot, quarter: date, scope: Scope, step: float, bars: int
) -> pl.DataFrame:
    """`low, high, households` by per-head income of the year to date, no bar of few.

    A bar of few is one with the next, so that nothing needs to be hidden.
    """
    whole = behind(snapshot, "household_incomes", scope)
    found = whole.frame("household_incomes", since=quarter.replace(month=1), until=quarter)
    at = (found["now"].drop_nulls() / step).floor().clip(0, bars - 1).cast(pl.Int64)
    rows, low, waiting = [], 0, 0
    for bar in range(bars):
        waiting += int((at == bar).sum())
        if waiting >= LEAST["households"]:
            rows.append((low * step, (bar + 1) * step, waiting))
            low, waiting = bar + 1, 0
    if waiting and rows:
        first, _high, households = rows.pop()
        rows.append((first, bars * step, households + waiting))
    schema = {"low": pl.Float64, "high": pl.Float64, "households": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")
