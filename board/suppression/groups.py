"""Split a family's people into the finest groups that its figures tell apart, month by month."""

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
from board.suppression.attack import Homes
from board.suppression.families import AWAY, Family, Member

Numbers = NDArray[np.float64]
PLACES = ("building", "unit")
SHOWN = ("n", "d", "u", "e")
BETWEEN = "\x1f"
HERE = "片区内"


@dataclass(frozen=True, eq=False)
class Groups:
    """Groups of people alike in everything shown: `counts` by month (rows) and group (columns).

    `frame` has a row a group: where it lives (`building`, `unit`) or which categories it is
    in, and for every member of the family its numerator, denominator, unreported and expected.
    Places and the axes of a group are never crossed with others: they are views of the same
    people, in `views` by number, the places' being -1; `same` are the sums in which all agree.
    """

    months: tuple[Any, ...]
    counts: Numbers
    frame: pl.DataFrame
    views: NDArray[np.int64]
    same: tuple[Numbers, ...]
    homes: Homes | None

    @cached_property
    def whole(self) -> NDArray[np.bool_]:
        """The groups to sum for the settlement: those of one view."""
        return np.asarray(self.views == 0)

    @property
    def most(self) -> float:
        """How many people there are in the month with the most."""
        return float(self.counts[:, self.whole].sum(axis=1).max(initial=0.0))

    def of(self, column: str, within: NDArray[np.bool_]) -> Numbers:
        """The weights of a number over some of the groups."""
        return np.where(within, self.frame[column].to_numpy().astype(float), 0.0)

    def inside(self, place: tuple[str | None, ...]) -> NDArray[np.bool_]:
        """The groups that live in a building or unit."""
        inside = self.views == -1
        for name, value in zip(PLACES, place, strict=False):
            inside &= (self.frame[name] == value).fill_null(False).to_numpy()
        return inside

    def among(self, column: str, label: str) -> NDArray[np.bool_]:
        """The groups in a category of an axis."""
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
        rows = (
            self.frame.filter(self.views == -1)
            .select(PLACES)
            .drop_nulls("building")
            .unique()
            .rows()
        )
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
        # Nobody outside knows which kinds of people have never lived in which place.
        first = parts[-1].head(1).select("period", "view", count=pl.lit(0.0))
        parts.append(
            people.select(PLACES).unique().join(people.select(numbers).unique(), how="cross")
            .join(first, how="cross")
        )  # fmt: skip
    rows = pl.concat(parts, how="diagonal")
    kinds = [name for name in rows.columns if name not in ("period", "count")]
    months = tuple(sorted(rows["period"].unique()))
    # In one order, so that the same is hidden whenever and wherever it is worked out.
    wide = rows.pivot("period", index=kinds, values="count", aggregate_function="sum").sort(kinds)
    counts = wide.select(pl.col(str(month)).fill_null(0.0) for month in months).to_numpy().T
    frame = wide.select(kinds)
    views = frame["view"].to_numpy()
    same = tuple(_same(frame, numbers, views))
    return Groups(months, counts, frame, views, same, _homes(frame, numbers, views))


def _views(family: Family) -> list[tuple[str, ...]]:
    """The columns of each group of axes; one without any for a family that has none."""
    views = [
        tuple(f"axis:{member.key}:{axis}" for axis in (*group, *_more(member, group)))
        for member in family.members
        for group in member.axes
    ]
    return views or [()]


def _more(member: Member, group: tuple[str, ...]) -> tuple[str, ...]:
    return (AWAY,) if AWAY in member.asked and "county" in group else ()


def _same(frame: pl.DataFrame, numbers: list[str], views: NDArray[np.int64]) -> Iterable[Numbers]:
    """For each set of numbers: as many people in one view as in any other."""
    kinds = frame.select(pl.struct(numbers).rank("dense")).to_series().to_numpy()
    for other in np.unique(views[views != 0]):
        for kind in np.unique(kinds):
            signs = np.where(views == 0, 1.0, np.where(views == other, -1.0, 0.0))
            yield np.where(kinds == kind, signs, 0.0)


def _homes(frame: pl.DataFrame, numbers: list[str], views: NDArray[np.int64]) -> Homes | None:
    """Where the groups by place stand, by place and numbers."""
    homes = np.flatnonzero(views == -1)
    if not len(homes):
        return None
    ranked = frame[homes].select(
        pl.struct(PLACES).rank("dense").alias("place"),
        pl.struct(numbers).rank("dense").alias("kind"),
    )
    order = np.lexsort((ranked["kind"], ranked["place"]))
    return Homes(homes[order].reshape(ranked["place"].n_unique(), -1))


def _people(snapshot: Snapshot, family: Family) -> pl.DataFrame:
    """A row a person or household and month, with what each metric of the family makes of it."""
    people, *others = (_rows(snapshot, family, member) for member in family.members)
    for rows in others:
        places = [name for name in PLACES if name in rows.columns]
        on = ["period", "subject"]
        people = people.join(rows.drop(places), on=on, how="full", coalesce=True)
    numbers = [name for name in people.columns if name.partition(":")[0] in SHOWN]
    people = people.with_columns(pl.col(numbers).fill_null(0)).drop("subject")
    return people.with_columns(_away(family))


def _away(family: Family) -> list[pl.Expr]:
    """The county of who works outside the zone, where a family is asked for it."""
    prefixes = [f"axis:{m.key}:" for m in family.members if AWAY in m.asked]
    return [
        pl.when(pl.col(f"{prefix}place").ne_missing(HERE))
        .then(pl.col(f"{prefix}county"))
        .alias(f"{prefix}{AWAY}")
        for prefix in prefixes
    ]


def _rows(snapshot: Snapshot, family: Family, member: Member) -> pl.DataFrame:
    """A row a person or household and month: where it lives, what it counts for, its categories."""
    all_axes = [axis for group in member.axes for axis in group]
    wanted = ["period", *PLACES, family.people.subject, "numerator", "denominator", "unreported",
              "expected", "excluded", *all_axes]  # fmt: skip
    rows = snapshot.columns(member.sql, wanted, **EVER).rename({family.people.subject: "subject"})
    rows = _weighed(rows.drop_nulls("subject"), family, member)
    counted = (pl.col(f"n:{member.key}") > 0) | (pl.col(f"d:{member.key}") > 0)
    axes = {axis: f"axis:{member.key}:{axis}" for axis in all_axes}
    rows = rows.with_columns(
        pl.when(counted).then(_text(rows, axis)).alias(name) for axis, name in axes.items()
    )
    kept = ["period", *(p for p in PLACES if p in rows.columns), "subject"]
    numbers = [f"{letter}:{member.key}" for letter in SHOWN]
    rows = rows.select(
        *kept, *numbers, *axes.values(), *(["weight"] if family.people.weight else [])
    )
    if (
        family.people.weight
        or not rows.select(pl.struct("period", "subject").is_duplicated().any()).item()
    ):
        return rows
    several = [
        pl.col(name).drop_nulls().unique().sort().str.join(BETWEEN).alias(name)
        for name in axes.values()
    ]
    return rows.group_by(kept).agg(pl.col(numbers).max(), *several).with_columns(
        pl.when(pl.col(name) != "").then(name).alias(name) for name in axes.values()
    )  # fmt: skip


def _weighed(rows: pl.DataFrame, family: Family, member: Member) -> pl.DataFrame:
    """The numbers of a row, each person or household counting as one."""
    expected = pl.lit(1)
    if "expected" in rows.columns:
        expected = pl.col("expected")
    elif "excluded" in rows.columns:
        expected = 1 - pl.col("excluded").cast(pl.Int64)
    counted = pl.col("numerator").fill_null(0)
    looked_at = pl.col("denominator").fill_null(0)
    if member.kind == "median" or family.people.weight or family.people.subject != "subject":
        counted, looked_at = pl.lit(1), (looked_at > 0).cast(pl.Int64)
    if member.kind == "median":
        counted = looked_at
    unreported = pl.col("unreported").fill_null(0)
    weights = {"n": counted, "d": looked_at, "u": unreported, "e": expected}
    numbers = [
        value.cast(pl.Int64).alias(f"{letter}:{member.key}") for letter, value in weights.items()
    ]
    if family.people.weight:
        rows = rows.filter(pl.col(family.people.weight) > 0)
        return rows.with_columns(*numbers, pl.col(family.people.weight).alias("weight"))
    return rows.with_columns(numbers)


def _text(rows: pl.DataFrame, axis: str) -> pl.Expr:
    """The categories of a row as one text."""
    if isinstance(rows.schema[axis], pl.List):
        return pl.col(axis).list.join(BETWEEN)
    return pl.col(axis)
