"""Split a family's people into the smallest groups that its figures distinguish, by month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from board.metrics.parts import EVER
from board.store import Snapshot
from board.suppression.attack import Numbers, PlaceGrid
from board.suppression.families import AWAY, Family, Member

PLACES = ("building", "unit")
SHOWN = ("n", "d", "u", "e")
BETWEEN = "\x1f"
HERE = "片区内"


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of people whom no shown figure distinguishes.

    `counts` has a row a month and a column a group. `frame` has a row a group: its place
    (`building`, `unit`) or its categories, and what each of its people adds to the numerator (n),
    denominator (d), unreported (u) and expected (e) of each metric.
    No figure crosses places with axes, or axes of different groups of axes. So each of them is a
    view that splits the same people in its own way: `views` has the number of each group's view,
    -1 for places. `same` are the sums that are equal in two views (weights whose sum is 0).
    """

    months: tuple[Any, ...]
    counts: Numbers
    frame: pl.DataFrame
    views: NDArray[np.int64]
    same: tuple[Numbers, ...]
    grid: PlaceGrid | None

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """The groups that make up the settlement: those of the first view."""
        return np.asarray(self.views == 0)

    @property
    def most(self) -> float:
        """The number of people in the month with the most people."""
        return float(self.counts[:, self.whole].sum(axis=1).max(initial=0.0))

    def of(self, column: str, within: NDArray[np.bool_]) -> Numbers:
        """The weights of a number, 0 outside some of the groups."""
        return np.where(within, self.frame[column].to_numpy().astype(float), 0.0)

    def inside(self, place: tuple[str | None, ...]) -> NDArray[np.bool_]:
        """Which groups live in a building or unit."""
        inside: NDArray[np.bool_] = self.views == -1
        for name, value in zip(PLACES, place, strict=False):
            inside &= (self.frame[name] == value).fill_null(False).to_numpy()
        return inside

    def among(self, column: str, label: str) -> NDArray[np.bool_]:
        """Which groups are in a category of an axis."""
        texts = self.frame[column]
        inside = (BETWEEN + texts + BETWEEN).str.contains(BETWEEN + label + BETWEEN, literal=True)
        return inside.fill_null(False).to_numpy()

    def labels(self, column: str) -> list[str]:
        """Every category of an axis."""
        texts = self.frame[column].drop_nulls().unique()
        return sorted({label for text in texts for label in text.split(BETWEEN)})

    def places(self) -> list[tuple[str, ...]]:
        """Every building and every unit."""
        if "building" not in self.frame.columns:
            return []
        placed = self.frame.filter(self.views == -1).select(PLACES)
        rows = placed.drop_nulls("building").unique().rows()
        return sorted({(building,) for building, _ in rows} | {row for row in rows if row[1]})


def groups(snapshot: Snapshot, family: Family) -> Groups:
    """The groups of a family over the whole history."""
    people = _people(snapshot, family)
    numbers = [name for name in people.columns if name.partition(":")[0] in SHOWN]
    weight = pl.col("weight").sum() if "weight" in people.columns else pl.len()
    by = [list(group) for group in _views(family)]
    if "building" in people.columns:
        by.append(list(PLACES))
    parts = [
        people.group_by("period", *numbers, *names)
        .agg(weight.cast(pl.Float64).alias("count"))
        .with_columns(view=-1 if "building" in names else number)
        for number, names in enumerate(by)
    ]
    if "building" in people.columns:
        # A reader doesn't know which kinds of people never lived in a place: groups of 0 people.
        first = parts[-1].head(1).select("period", "view", count=pl.lit(0.0))
        parts.append(
            people.select(PLACES).unique().join(people.select(numbers).unique(), how="cross")
            .join(first, how="cross")
        )  # fmt: skip
    rows = pl.concat(parts, how="diagonal")
    kinds = [name for name in rows.columns if name not in ("period", "count")]
    months = tuple(sorted(rows["period"].unique()))
    # Sorted, so that the decision is the same whenever and wherever it is made.
    wide = rows.pivot("period", index=kinds, values="count", aggregate_function="sum").sort(kinds)
    counts = wide.select(pl.col(str(month)).fill_null(0.0) for month in months).to_numpy().T
    frame = wide.select(kinds)
    views = frame["view"].to_numpy()
    same = tuple(_same(frame, numbers, views))
    return Groups(months, counts, frame, views, same, _grid(frame, numbers, views))


def _views(family: Family) -> list[tuple[str, ...]]:
    """The columns of each group of axes; one group without columns for a family without axes."""
    views = [
        tuple(f"axis:{member.key}:{axis}" for axis in (*group, *_away_axis(member, group)))
        for member in family.members
        for group in member.axes
    ]
    return views or [()]


def _away_axis(member: Member, group: tuple[str, ...]) -> tuple[str, ...]:
    return (AWAY,) if AWAY in member.asked_axes and "county" in group else ()


def _same(frame: pl.DataFrame, numbers: list[str], views: NDArray[np.int64]) -> Iterable[Numbers]:
    """The sums that are 0: people of each kind in the first view less those in another view."""
    kinds = frame.select(pl.struct(numbers).rank("dense")).to_series().to_numpy()
    for other in np.unique(views[views != 0]):
        for kind in np.unique(kinds):
            signs = np.where(views == 0, 1.0, np.where(views == other, -1.0, 0.0))
            yield np.where(kinds == kind, signs, 0.0)


def _grid(frame: pl.DataFrame, numbers: list[str], views: NDArray[np.int64]) -> PlaceGrid | None:
    """The groups by place, arranged by place and kind; None without places."""
    placed = np.flatnonzero(views == -1)
    if not len(placed):
        return None
    ranked = frame[placed].select(
        pl.struct(PLACES).rank("dense").alias("place"),
        pl.struct(numbers).rank("dense").alias("kind"),
    )
    order = np.lexsort((ranked["kind"], ranked["place"]))
    return PlaceGrid(placed[order].reshape(ranked["place"].n_unique(), -1))


def _people(snapshot: Snapshot, family: Family) -> pl.DataFrame:
    """A row a person or household and month, with the numbers and categories of each metric."""
    people, *others = (_rows(snapshot, family, member) for member in family.members)
    for rows in others:
        places = [name for name in PLACES if name in rows.columns]
        on = ["period", "subject"]
        people = people.join(rows.drop(places), on=on, how="full", coalesce=True)
    numbers = [name for name in people.columns if name.partition(":")[0] in SHOWN]
    people = people.with_columns(pl.col(numbers).fill_null(0)).drop("subject")
    return people.with_columns(_away(family))


def _away(family: Family) -> list[pl.Expr]:
    """The county of those who work outside the zone, where pages count by it."""
    prefixes = [f"axis:{m.key}:" for m in family.members if AWAY in m.asked_axes]
    return [
        pl.when(pl.col(f"{prefix}place").ne_missing(HERE))
        .then(pl.col(f"{prefix}county"))
        .alias(f"{prefix}{AWAY}")
        for prefix in prefixes
    ]


def _rows(snapshot: Snapshot, family: Family, member: Member) -> pl.DataFrame:
    """A row a person or household and month: its place, its numbers and categories of a metric."""
    all_axes = [axis for group in member.axes for axis in group]
    columns = ["period", *PLACES, family.people.subject, "numerator", "denominator", "unreported",
              "expected", "excluded", *all_axes]  # fmt: skip
    columns += [only.column for only in member.only]
    rows = snapshot.columns(member.sql, columns, **EVER)
    for only in member.only:
        rows = only.among(rows).drop(only.column)
    rows = rows.rename({family.people.subject: "subject"})
    rows = _weighed(rows.drop_nulls("subject"), family, member)
    counted = (pl.col(f"n:{member.key}") > 0) | (pl.col(f"d:{member.key}") > 0)
    axes = {axis: f"axis:{member.key}:{axis}" for axis in all_axes}
    rows = rows.with_columns(
        pl.when(counted).then(_text(rows, axis)).alias(name) for axis, name in axes.items()
    )
    keys = ["period", *(p for p in PLACES if p in rows.columns), "subject"]
    numbers = [f"{letter}:{member.key}" for letter in SHOWN]
    rows = rows.select(
        *keys, *numbers, *axes.values(), *(["weight"] if family.people.weight else [])
    )
    if (
        family.people.weight
        or not rows.select(pl.struct("period", "subject").is_duplicated().any()).item()
    ):
        return rows
    joined = [
        pl.col(name).drop_nulls().unique().sort().str.join(BETWEEN).alias(name)
        for name in axes.values()
    ]
    # A person may count several times, once for each allowance; a household paid once a row not.
    each = pl.col(numbers)
    counted = each.sum() if family.people.subject == "subject" else each.max()
    return rows.group_by(keys).agg(counted, *joined).with_columns(
        pl.when(pl.col(name) != "").then(name).alias(name) for name in axes.values()
    )  # fmt: skip


def _weighed(rows: pl.DataFrame, family: Family, member: Member) -> pl.DataFrame:
    """The rows with the numbers n, d, u and e; each person or household counts as 1."""
    expected = pl.lit(1)
    if "expected" in rows.columns:
        expected = pl.col("expected")
    elif "excluded" in rows.columns:
        expected = 1 - pl.col("excluded").cast(pl.Int64)
    counted = pl.col("numerator").fill_null(0)
    considered = pl.col("denominator").fill_null(0)
    if member.kind == "median" or family.people.weight or family.people.subject != "subject":
        counted, considered = pl.lit(1), (considered > 0).cast(pl.Int64)
    if member.kind == "median":
        counted = considered
    unreported = pl.col("unreported").fill_null(0)
    weights = {"n": counted, "d": considered, "u": unreported, "e": expected}
    numbers = [
        value.cast(pl.Int64).alias(f"{letter}:{member.key}") for letter, value in weights.items()
    ]
    if family.people.weight:
        rows = rows.filter(pl.col(family.people.weight) > 0)
        return rows.with_columns(*numbers, pl.col(family.people.weight).alias("weight"))
    return rows.with_columns(numbers)


def _text(rows: pl.DataFrame, axis: str) -> pl.Expr:
    """The category or categories of a row as one text."""
    if isinstance(rows.schema[axis], pl.List):
        return pl.col(axis).list.join(BETWEEN)
    return pl.col(axis)
