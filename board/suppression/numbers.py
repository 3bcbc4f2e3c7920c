"""Add up the people of a family by month: by kinds of people, by place and by category."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

import polars as pl

from board.metrics import ledgers_held
from board.metrics.parts import EVER
from board.store import Snapshot
from board.store.only import AMOUNTS
from board.suppression.families import AWAY, Family, Member

PLACES = ("building", "unit")
# What each person adds to a metric's numerator, denominator, unreported and expected rows.
SHOWN = ("n", "d", "u", "e")
HERE = "片区内"
# Rows of a ledger that are read at once at most; larger ledgers are read in spans of years.
ROWS_AT_ONCE = 300_000


@dataclass(frozen=True)
class Numbers:
    """The people of a family, added up by month.

    `kinds` has a row a month and kind of people: `count` people who add the same to every metric
    (columns such as `n:employment_rate`). `places` has for each metric the sums n, d, u, e by
    period, building and unit; `categories` for each metric and axis those by period and `label`.
    Where `overlapping` has a metric and axis, a person may be in several of its categories or in
    none, so that their sum is not the whole.
    """

    kinds: pl.DataFrame
    places: dict[str, pl.DataFrame] = field(default_factory=dict)
    categories: dict[tuple[str, str], pl.DataFrame] = field(default_factory=dict)
    overlapping: frozenset[tuple[str, str]] = frozenset()


def numbers(snapshot: Snapshot, family: Family) -> Numbers:
    """The sums of a family over the whole history; read in spans of years, one metric at a time."""
    kinds: list[pl.DataFrame] = []
    places: dict[str, list[pl.DataFrame]] = {}
    categories: dict[tuple[str, str], list[pl.DataFrame]] = {}
    overlapping: set[tuple[str, str]] = set()
    for span in _spans(snapshot):
        people: pl.DataFrame | None = None
        for member in family.members:
            rows = _rows(snapshot, family, member, span)
            if "building" in rows.columns:
                places.setdefault(member.key, []).append(_sums(rows, _places(rows)))
            for axis in (*member.axes, *member.asked_axes):
                listed = isinstance(rows.schema[axis], pl.List)
                if listed or rows.filter(pl.col("n") > 0)[axis].has_nulls():
                    overlapping.add((member.key, axis))
                by_label = _labelled(rows, axis)
                categories.setdefault((member.key, axis), []).append(_sums(by_label, ["label"]))
            people = _joined(people, _kinds_of(rows, member))
        if people is not None:
            by = [name for name in people.columns if name not in ("subject", "weight")]
            people = people.with_columns(pl.col(by[1:]).fill_null(0))
            kinds.append(people.group_by(by).agg(pl.col("weight").sum().alias("count")))
    return Numbers(
        pl.concat(kinds, how="diagonal"),
        {key: pl.concat(frames) for key, frames in places.items()},
        {key: pl.concat(frames) for key, frames in categories.items()},
        frozenset(overlapping),
    )


def _spans(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """The first and the last month to read at once: all months, or some years of a large store."""
    held = list(ledgers_held(snapshot).values())
    years = [month.year for _, *months in held for month in months if month]
    pieces = ceil(max((rows for rows, *_ in held), default=0) / ROWS_AT_ONCE)
    if pieces <= 1 or not years:
        yield EVER
        return
    first, last = min(years), max(years)
    step = max((last - first + 1) // pieces, 1)
    for year in range(first, last + 1, step):
        since = EVER["since"] if year == first else date(year, 1, 1)
        until = EVER["until"] if year + step > last else date(year + step - 1, 12, 1)
        yield {"since": since, "until": until}


def _places(rows: pl.DataFrame) -> list[str]:
    return [name for name in PLACES if name in rows.columns]


def _sums(rows: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The sums of n, d, u and e by month and some columns."""
    weighed = [
        (pl.col(name) * pl.col("weight")).sum().cast(pl.Float64).alias(name) for name in SHOWN
    ]
    return rows.group_by("period", *by).agg(weighed)


def _labelled(rows: pl.DataFrame, axis: str) -> pl.DataFrame:
    """The rows that count, with their category as `label`; one row for each where there are several."""
    counted = rows.filter((pl.col("n") > 0) | (pl.col("d") > 0))
    if isinstance(rows.schema[axis], pl.List):
        counted = counted.with_columns(pl.col(axis).list.unique()).explode(axis)
    return counted.with_columns(label=pl.col(axis)).drop(axis).drop_nulls("label")


def _kinds_of(rows: pl.DataFrame, member: Member) -> pl.DataFrame:
    """A row a person and month, with the numbers of a metric."""
    named = {name: f"{name}:{member.key}" for name in SHOWN}
    return rows.select("period", "subject", "weight", *SHOWN).rename(named)


def _joined(people: pl.DataFrame | None, rows: pl.DataFrame) -> pl.DataFrame:
    """The people of several metrics, side by side."""
    if people is None:
        return rows
    others = rows.rename({"weight": "other"})
    joined = people.join(others, on=["period", "subject"], how="full", coalesce=True)
    weight = pl.coalesce("weight", "other").alias("weight")
    return joined.with_columns(weight).drop("other")


def _rows(snapshot: Snapshot, family: Family, member: Member, span: dict[str, Any]) -> pl.DataFrame:
    """A row a person or household and month: place, n, d, u, e, `weight` and its categories."""
    columns = [
        "period",
        *PLACES,
        family.people.subject,
        *AMOUNTS,
        "expected",
        "excluded",
        *member.axes,
    ]
    columns += [only.column for only in member.only]
    columns += [family.people.weight] if family.people.weight else []
    rows = snapshot.columns(member.sql, list(dict.fromkeys(columns)), **span)
    for only in member.only:
        rows = only.among(rows)
    rows = rows.rename({family.people.subject: "subject"}).drop_nulls("subject")
    rows = _weighed(rows, family, member)
    rows = rows.with_columns(_asked(member))
    axes = [*member.axes, *member.asked_axes]
    keys = ["period", *_places(rows), "subject"]
    rows = rows.select(*keys, "weight", *SHOWN, *axes)
    if (
        family.people.weight
        or not rows.select(pl.struct("period", "subject").is_duplicated().any()).item()
    ):
        return rows
    # A person may count several times, once for each allowance; a household paid once a row not.
    each = pl.col(SHOWN)
    counted = each.sum() if family.people.subject == "subject" else each.max()
    listed = [
        (pl.col(axis).explode() if isinstance(rows.schema[axis], pl.List) else pl.col(axis))
        .filter(pl.lit(True)).drop_nulls().unique().sort().alias(axis)
        for axis in axes
    ]  # fmt: skip
    return rows.group_by(keys).agg(pl.col("weight").first(), counted, *listed)


def _asked(member: Member) -> list[pl.Expr]:
    """The county of those who work outside the zone, where pages count by it."""
    if AWAY not in member.asked_axes:
        return []
    return [pl.when(pl.col("place").ne_missing(HERE)).then(pl.col("county")).alias(AWAY)]


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
    unreported = pl.col("unreported").fill_null(0) if "unreported" in rows.columns else pl.lit(0)
    weights = {"n": counted, "d": considered, "u": unreported, "e": expected}
    weighed = [value.cast(pl.Int64).alias(name) for name, value in weights.items()]
    if family.people.weight:
        rows = rows.filter(pl.col(family.people.weight) > 0)
        return rows.with_columns(*weighed, pl.col(family.people.weight).alias("weight"))
    return rows.with_columns(*weighed, weight=pl.lit(1, pl.Int64))
