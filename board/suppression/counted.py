"""The sums of a snapshot that viewers see something of, kept for the next publish to compare with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from board.suppression.decision import Decision
from board.suppression.families import Family, Member
from board.suppression.kept import kept
from board.suppression.numbers import PLACES, SHOWN, Numbers

LEVELS = {"building": PLACES[:1], "unit": PLACES}
# A row is a month's total of a metric (`total`), one of its places or categories (`part`, where
# the split is shown), or a month for whose small counts a split is not shown (`barred`).
COUNTED: dict[str, pl.DataType] = {
    "schema": pl.String(), "place": pl.String(), "family": pl.String(), "kind": pl.String(),
    "metric": pl.String(), "part": pl.String(), "label": pl.String(), "month": pl.Date(),
    "n": pl.Float64(), "d": pl.Float64(), "u": pl.Float64(), "e": pl.Float64(),
}  # fmt: skip
NO_ROWS = pl.DataFrame(schema=COUNTED)


@dataclass(frozen=True)
class Edition:
    """What an edition decided of a family, and the sums it was decided from."""

    decision: Decision
    counted: pl.DataFrame

    def of(self, kind: str, metric: str = "", part: str = "") -> pl.DataFrame:
        """The sums of a kind: of a metric and a part, where they are named."""
        rows = self.counted.filter(pl.col("kind") == kind)
        if metric:
            rows = rows.filter(pl.col("metric") == metric, pl.col("part") == part)
        return rows


def edition(
    hidings: pl.DataFrame, counted: pl.DataFrame, place: str, family: str
) -> Edition | None:
    """What an earlier snapshot's tables hold of a family in a place; None where they hold nothing."""
    own = counted.filter(pl.col("place") == place, pl.col("family") == family)
    decision = kept(hidings, own["schema"][0], family) if own.height else None
    return Edition(decision, own) if decision else None


def counted_of(people: Numbers, family: Family, decision: Decision) -> pl.DataFrame:
    """The sums of a family: totals of every metric, and the parts of those that are split."""
    frames = [_totals(people, family)]
    for member in family.members:
        for part in (*LEVELS, *member.axes, *member.asked_axes):
            split = decision.splits.get((member.metric, part))
            rows = _parts(people, member, part) if split and split.shown else None
            if rows is not None:
                frames.append(_named(rows, "part", member, part))
            elif split and split.barred:
                barred = pl.DataFrame({"month": split.barred}, schema={"month": pl.Date})
                frames.append(_named(barred, "barred", member, part))
    rows = pl.concat([frame for frame in frames if frame.height] or [NO_ROWS], how="diagonal")
    return pl.concat([NO_ROWS, rows], how="diagonal")


def _totals(people: Numbers, family: Family) -> pl.DataFrame:
    """The sums of every month and metric."""
    columns = [f"{name}:{one.key}" for one in family.members for name in SHOWN]
    columns = [name for name in columns if name in people.kinds.columns]
    weighed = people.kinds.select(
        pl.col("period").alias("month"), pl.col(columns).fill_null(0) * pl.col("count")
    )
    sums = weighed.group_by("month").agg(pl.col(columns).sum().cast(pl.Float64))
    frames = [
        _named(sums.select("month", *_renamed(one, columns)), "total", one, "")
        for one in family.members
    ]
    return pl.concat(frames, how="diagonal")


def _renamed(member: Member, columns: list[str]) -> Iterator[pl.Expr]:
    for name in SHOWN:
        if (column := f"{name}:{member.key}") in columns:
            yield pl.col(column).alias(name)


def _parts(people: Numbers, member: Member, part: str) -> pl.DataFrame | None:
    """The sums of a metric by month and place, or category."""
    if part not in LEVELS:
        sums = people.categories[member.key, part]
    else:
        sums = people.places[member.key].drop_nulls(LEVELS[part][0])
        sums = sums.with_columns(
            label=pl.concat_str(LEVELS[part], separator="/", ignore_nulls=True)
        )
    grouped = sums.group_by("period", "label").agg(pl.col("n", "d").sum())
    return grouped.rename({"period": "month"})


def _named(rows: pl.DataFrame, kind: str, member: Member, part: str) -> pl.DataFrame:
    return rows.with_columns(kind=pl.lit(kind), metric=pl.lit(member.key), part=pl.lit(part))
