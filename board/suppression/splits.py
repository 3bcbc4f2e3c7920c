"""Decide how a metric is split by place or category for who may not see small counts.

Which parts are shown tells nothing of where the few are. By place a metric is shown for every
place of a kind, or for none: for none where its count, or the rest of it, is small or 0 in a
single place and month. Of the categories of an axis the small ones are put together. Where two
neighbouring months would differ by few, all parts are rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import reduce
from typing import Any, Literal

import numpy as np
import polars as pl
from numpy.typing import NDArray

from board.metrics.axes import TOGETHER
from board.suppression.cells import LEAST
from board.suppression.families import Member, Whom

Counts = NDArray[np.float64]
Amount = Literal["people", "share", "other"]
# To what counts are rounded: the first of these with which every count stays unsure enough.
STEPS = {"persons": (10, 20, 50, 100), "households": (5, 10, 20, 50)}
# To what rates are rounded, as fractions.
RATE_STEPS = (0.01, 0.02, 0.05, 0.1)
# Categories put together are called by their names up to this number, else OTHER.
NAMED = 3
OTHER = "其他"
# The name of the whole among the parts: its months may be rounded too.
TOTAL = "total"


@dataclass(frozen=True)
class Split:
    """How the parts of a metric by one kind of place, or by the categories of an axis, are shown.

    Where `shown` is false, none is. `step` is what figures are rounded to, in the metric's unit;
    0 where they are exact. `together` are the labels that stand for one part (empty where 未填):
    their sum is shown where they are counts of people, else nothing of them. `coarser` has months
    of which other figures were published before: to what they are rounded, 0 where nothing is
    shown. `barred` are the months for whose small counts nothing is shown.
    """

    shown: bool = False
    step: float = 0.0
    together: tuple[str, ...] = ()
    summed: bool = False
    coarser: tuple[tuple[date, float], ...] = ()
    barred: tuple[date, ...] = field(default=(), compare=False)

    def within(self, months: Iterable[date]) -> Split:
        """How the parts are shown in figures of some months."""
        coarser = dict(self.coarser)
        steps = [coarser[month] for month in months if month in coarser]
        if not self.shown or 0.0 in steps:
            return HIDDEN
        return replace(self, step=max([self.step, *steps])) if steps else self

    def beside(self, other: Split) -> Split:
        """How parts are shown that stand for figures of two kinds: what either needs."""
        if not (self.shown and other.shown) or (
            self.together and other.together and self.together != other.together
        ):
            return HIDDEN
        return Split(
            shown=True, step=max(self.step, other.step),
            together=self.together or other.together, summed=self.summed or other.summed,
            coarser=coarsest(self.coarser, other.coarser),
        )  # fmt: skip


HIDDEN = Split()


def coarsest(*several: Iterable[tuple[date, float]]) -> tuple[tuple[date, float], ...]:
    """The coarsest step of every month: 0, nothing shown, before all others."""
    steps: dict[date, float] = {}
    for month, step in (one for each in several for one in each):
        before = steps.get(month, step)
        steps[month] = 0.0 if 0.0 in (before, step) else max(before, step)
    return tuple(sorted(steps.items()))


def amount_of(member: Member) -> Amount:
    """What a metric's figure is: a number of people, a share of them, or something else about them."""
    if member.kind == "rate":
        return "share"
    return "people" if member.kind == "count" and member.counts_people else "other"


def by_place(
    member: Member, whom: Whom, sums: pl.DataFrame, lived: pl.DataFrame, level: Sequence[str]
) -> Split:
    """How a metric is shown by building, or by unit.

    `sums` has n, d, u and e by month and place, `lived` the months and places with a household in
    register. A place of which nothing is reported in a month is passed over in that month.
    """
    if sums.is_empty() or not set(level) <= set(sums.columns):
        return HIDDEN
    by = ["period", *level]
    numbers = sums.group_by(by).agg(pl.col("n", "d", "u", "e").sum())
    months = numbers.select("period").unique()
    homes = lived.select(pl.col("month").alias("period"), *level).unique()
    homes = homes.join(months, on="period")
    cells = numbers.join(homes, on=by, how="full", coalesce=True)
    cells = cells.with_columns(pl.col("n", "d", "u", "e").fill_null(0.0))
    silent = (pl.col("u") > 0) & (pl.col("e") <= pl.col("u")) & (pl.col("n") == 0)
    cells = cells.filter(~silent).drop_nulls(level[0])
    if cells.is_empty():
        return HIDDEN
    few = cells.filter(_least(member) < LEAST[whom])
    if few.height:
        return Split(barred=tuple(sorted(few["period"].unique())))
    wide = {name: _wide(cells, level, name) for name in ("n", "d")}
    return _rounded(member, whom, wide, complete=True)


def by_category(
    member: Member,
    whom: Whom,
    sums: pl.DataFrame,
    order: Sequence[str],
    *,
    complete: bool,
    stay: Iterable[str] = (),
) -> Split:
    """How a metric is shown by the categories of an axis, whose labels stand in `order`.

    `complete`: every person counted is in one category, so that a total gives the last of them.
    Those in `stay` stand together though none of them is small.
    """
    if sums.is_empty():
        return Split(shown=True)
    column = "d" if member.splits_all or member.kind != "count" else "n"
    wide = {name: _wide(sums, ["label"], name) for name in ("n", "d")}
    counts, labels = wide[column], _labels(sums)
    rests = {label: wide["d"][at] - wide["n"][at] for at, label in enumerate(labels)}
    rate = member.kind == "rate" and all((rest >= 0).all() for rest in rests.values())
    secrets = {
        label: (counts[at], *((wide["n"][at], rests[label]) if rate else ()))
        for at, label in enumerate(labels)
    }
    few = {label for label in secrets if any(_small(one, LEAST[whom]) for one in secrets[label])}
    few |= secrets.keys() & set(stay)
    together = _together(secrets, [label for label in order if label in secrets], few, LEAST[whom])
    if together is None:
        return Split(barred=tuple(sorted(sums["period"].unique())))
    summed = amount_of(member) == "people"
    kept = [at for at, label in enumerate(labels) if label not in together]
    shown = {name: rows[kept] for name, rows in wide.items()}
    if together and summed:
        added = {
            n: rows[[labels.index(t) for t in together]].sum(axis=0) for n, rows in wide.items()
        }
        shown = {name: np.vstack([rows, added[name]]) for name, rows in shown.items()}
    if not len(shown[column]):
        return HIDDEN
    split = _rounded(member, whom, {"n": shown[column], "d": shown["d"]}, complete=complete)
    return Split(split.shown, split.step, together, summed) if split.shown else HIDDEN


def _labels(sums: pl.DataFrame) -> list[str]:
    return sorted(sums["label"].unique())


def _wide(sums: pl.DataFrame, by: Sequence[str], number: str) -> Counts:
    """A number with a row a place or label, in the order of their names, and a column a month."""
    wide = sums.pivot(
        "period", index=by, values=number, aggregate_function="sum", sort_columns=True
    )
    return wide.sort(by).drop(by).fill_null(0.0).to_numpy().astype(np.float64)


def _least(member: Member) -> pl.Expr:
    """The smallest count of a place and month that a reader could learn from the figures."""
    numbers = [pl.col("d") if member.kind == "median" else pl.col("n")]
    if member.kind == "rate":
        numbers = [pl.col("n"), pl.col("d") - pl.col("n")]
    if amount_of(member) == "other":
        numbers = [pl.max_horizontal("n", "d")] if member.kind == "count" else [pl.col("d")]
    return pl.min_horizontal(numbers)


def _small(counts: Counts, least: float) -> bool:
    """Whether a number is above 0 and below the threshold in some month."""
    return bool(((counts > 0) & (counts < least)).any())


def _together(
    secrets: Mapping[str, tuple[Counts, ...]], order: Sequence[str], few: set[str], least: float
) -> tuple[str, ...] | None:
    """The categories that stand for one part, so that none is small; None where all would.

    A single one of the `few` takes the smaller of its neighbours along, so does a small sum.
    """
    while few:
        counts = [secrets[label][0] for label in few]
        if len(few) > 1 and not _small(reduce(np.add, counts), least):
            break
        beside = [
            label
            for at, label in enumerate(order)
            if label not in few and {*order[max(at - 1, 0) : at], *order[at + 1 : at + 2]} & few
        ]
        if not beside:
            return None
        few.add(min(beside, key=lambda label: float(secrets[label][0].mean())))
    return tuple(label for label in order if label in few)


def _rounded(member: Member, whom: Whom, wide: Mapping[str, Counts], *, complete: bool) -> Split:
    """How parts are shown of which none is small: exact, rounded, or not at all."""
    least, amount = LEAST[whom], amount_of(member)
    if amount == "other":
        return Split(shown=True)
    if amount == "share":
        fewest = float(wide["d"][wide["d"] > 0].min(initial=np.inf))
        step = next((one for one in RATE_STEPS if one * fewest >= least), None)
        return Split(shown=True, step=step) if step else HIDDEN
    counts = wide["n"]
    changes = np.abs(np.diff(counts, axis=1))
    if not _small(changes, least):
        return Split(shown=True)
    for one in STEPS[whom]:
        if not complete or unsure(counts, float(one), least):
            return Split(shown=True, step=float(one))
    return HIDDEN


def unsure(counts: Counts, step: float, least: float) -> bool:
    """Whether who knows the rounded counts and their exact sum can tell none closely.

    As closely as half the threshold: a count that rounding leaves between 10 and 14. The only
    part that has anybody is the sum itself, which is known.
    """
    shown = rounded(counts, step)
    low = np.where(shown > 0, np.maximum(shown - step / 2, least), 0.0)
    high = np.where(shown > 0, shown + step / 2 - 1, 0.0)
    total = counts.sum(axis=0)
    lowest = np.maximum(low, total - (high.sum(axis=0) - high))
    highest = np.minimum(high, total - (low.sum(axis=0) - low))
    wide_enough = highest - lowest + 1 >= least / 2
    alone = shown.sum(axis=0) == shown
    return bool((wide_enough | alone | (shown == 0)).all())


def rounded(value: Any, step: float) -> Any:
    """A number or an array rounded to a multiple of `step`, halves up; unchanged where it is 0."""
    if not step:
        return value
    # A rate is rounded in whole steps: 0.29 / 0.01 is a little less than 29.
    return np.round(np.floor(np.round(value / step, 9) + 0.5) * step, 9)


def name_of(labels: Sequence[str]) -> str:
    """The label of categories shown together: 区外＋境外, or 其他 for more than three."""
    return TOGETHER.join(labels) if len(labels) <= NAMED else OTHER
