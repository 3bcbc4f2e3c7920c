"""What a new edition must hide because viewers may have noted the figures of the one before.

Two editions of a month are neighbours as two months are: what they differ by is nobody or many.
A month is *linked* where no total of the family changed by the threshold or more: then what was
hidden in it stays hidden, since who knows how few rows changed could tell it from what is shown now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from board.suppression.attack import NOISE
from board.suppression.cells import LEAST
from board.suppression.counted import Edition
from board.suppression.families import Family, Member, Whom
from board.suppression.numbers import SHOWN
from board.suppression.splits import (
    RATE_STEPS,
    STEPS,
    TOTAL,
    Split,
    amount_of,
    rounded,
    unsure,
)
from board.suppression.stays import Stay

Counts = NDArray[np.float64]
# Categories that stand together, as one.
TOGETHER = "\0"


def hidings_staying(
    place: str, family: Family, before: Edition, now: Edition | None
) -> Iterator[Stay]:
    """What was hidden and stays so: splits, categories that stand together, totals, coverage."""
    if now is None:
        return
    stay = partial(Stay, place, family.people.name)
    linked = _linked(before, now, LEAST[family.whom])
    for kind, earlier, later in (
        ("total", before.decision.totals, now.decision.totals),
        ("coverage", before.decision.coverage, now.decision.coverage),
    ):
        for metric, month in earlier - later:
            if month in linked:
                yield stay("total" if kind == "total" else "coverage", metric, month=month)
    for member in family.members:
        for (metric, part), split in before.decision.splits.items():
            after = now.decision.splits.get((metric, part))
            if metric != member.metric or after is None or not after.shown:
                continue
            if not split.shown:
                if linked & set(before.of("barred", member.key, part)["month"]):
                    yield stay("split", metric, part)
            elif set(split.together) - set(after.together) and linked & _small_months(
                before, family.whom, member, part, split
            ):
                for label in split.together:
                    yield stay("together", metric, part, label)


def _linked(before: Edition, now: Edition, least: float) -> set[date]:
    """The months of both editions in which no total changed by the threshold or more."""
    joined = before.of("total").join(now.of("total"), on=["metric", "month"], suffix="_now")
    change = pl.max_horizontal((pl.col(name) - pl.col(f"{name}_now")).abs() for name in SHOWN)
    months = joined.group_by("month").agg(change.max().alias("change"))
    return set(months.filter(pl.col("change").fill_null(0.0) < least)["month"])


def _small_months(
    edition: Edition, whom: Whom, member: Member, part: str, split: Split
) -> set[date]:
    """The months in which one of the categories that stand together is small."""
    rows = edition.of("part", member.key, part).filter(pl.col("label").is_in(split.together))
    numbers = [pl.col("d" if member.splits_all or member.kind != "count" else "n")]
    if member.kind == "rate":
        numbers += [pl.col("n"), pl.col("d") - pl.col("n")]
    small = [(one > NOISE) & (one < LEAST[whom]) for one in numbers]
    return set(rows.filter(pl.any_horizontal(small))["month"])


def sums_from_january(
    place: str, family: Family, before: Edition, now: Edition | None, shown: Collection[Stay]
) -> Iterator[Stay]:
    """The sums from January that would differ by few from a sum that viewers were shown.

    A sum that changed, or that is gone, is remembered (`shown`): a later edition may come near to
    it again.
    """
    stay, least = partial(Stay, place, family.people.name), LEAST[family.whom]
    for member in family.members if family.people.grows else ():
        earlier = _shown(before, _sums(before, family, member), member)
        sums = _sums(now, family, member) if now else {}
        remembered = {(one.month, one.amount) for one in shown if one.metric == member.key}
        for month, value in earlier.items():
            if sums.get(month) != value:
                yield stay("shown", member.key, month=month, amount=value)
        # What is still so is a matter of this edition alone.
        noted = {(m, v) for m, v in {*earlier.items(), *remembered} if sums.get(m) != v}
        few = _of_few(before, now, family, member) if now and amount_of(member) == "other" else ()
        for month, value in _shown(now, sums, member).items() if now else ():
            near = {(m, v) for m, v in noted if m.year == month.year and 0 < abs(value - v) < least}
            near |= {(m, v) for m, v in noted if m == month and m in few}
            if not near:
                continue
            step = _step_of_sum(family.whom, member, month, value, near)
            if step:
                yield stay("coarser", member.key, TOTAL, month=month, amount=step)
            else:
                yield stay("total", member.key, month=month)


def _step_of_sum(
    whom: Whom, member: Member, month: date, value: float, near: Collection[tuple[date, float]]
) -> float:
    """To what a number of people is rounded so that it is the same as before; 0 where to nothing.

    Only where it is near to sums of the same month alone, and no amount of money or share.
    """
    if amount_of(member) != "people" or any(other != month for other, _value in near):
        return 0.0
    for step in map(float, STEPS[whom]):
        same = {float(rounded(one, step)) for one in (value, *(noted for _month, noted in near))}
        if len(same) == 1 and value >= step:
            return step
    return 0.0


def _of_few(before: Edition, now: Edition, family: Family, member: Member) -> set[date]:
    """The months whose sums of money are of few people more or less than before, or came back."""
    earlier, later = (_sums(one, family, member, "d") for one in (before, now))
    least = LEAST[family.whom]
    return {m for m, people in later.items() if abs(people - earlier.get(m, people)) < least}


def _sums(edition: Edition, family: Family, member: Member, number: str = "") -> dict[date, float]:
    """The sums from January of a metric, by month; of its denominator where `number` is d."""
    number = number or ("d" if member.kind == "median" else "n")
    rows = edition.of("total", member.key).sort("month")
    if family.people.grows == "months":
        rows = rows.with_columns(pl.col(number).cum_sum().over(pl.col("month").dt.year()))
    return dict(rows.select("month", number).iter_rows())


def _shown(edition: Edition, sums: dict[date, float], member: Member) -> dict[date, float]:
    """Those of the sums that an edition shows."""
    hidden = edition.decision.totals
    return {month: value for month, value in sums.items() if (member.key, month) not in hidden}


def parts_coarser(
    place: str,
    family: Family,
    before: Edition,
    now: Edition | None,
    overlapping: Collection[tuple[str, str]],
) -> Iterator[Stay]:
    """The months whose places or categories are rounded so that two editions tell no change of few."""
    for member in family.members:
        for (metric, part), split in before.decision.splits.items():
            after = now.decision.splits.get((metric, part)) if now else None
            if metric != member.metric or not split.shown or (after and not after.shown):
                continue
            complete = (member.key, part) not in overlapping
            for month, step in _coarser(
                family, member, part, (before, split), (now, after), complete
            ):
                yield Stay(place, family.people.name, "coarser", metric, part, "", month, step)


def _coarser(
    family: Family,
    member: Member,
    part: str,
    before: tuple[Edition, Split],
    now: tuple[Edition | None, Split | None],
    complete: bool,
) -> Iterator[tuple[date, float]]:
    """The months of a split in which it must be coarser, each with its step."""
    (earlier, split), (later, after) = before, now
    exact = amount_of(member) == "people" and not split.step
    held = set(earlier.of("total")["month"])
    kept = set(later.of("total")["month"]) if later and after else set[date]()
    if exact:
        # When the month comes back, it may differ by few from what was shown.
        yield from ((month, float(STEPS[family.whom][0])) for month in held - kept)
    if later is None or after is None:
        return
    joined = _beside(earlier, later, member, part, after).filter(
        pl.col("month").is_in(list(held & kept))
    )
    for month in sorted(set(joined["month"])):
        rows = joined.filter(pl.col("month") == month)
        steps = split.within([month]), after.within([month])
        if steps[1].shown:
            step = _step(family.whom, member, rows, steps, complete=complete)
            if step is not None and (not step or step > steps[1].step):
                yield month, step


def _beside(
    earlier: Edition, later: Edition, member: Member, part: str, split: Split
) -> pl.DataFrame:
    """The parts of both editions as the later one shows them, of the months that differ."""
    both = [
        one.of("part", member.key, part)
        .with_columns(pl.when(pl.col("label").is_in(split.together)).then(pl.lit(TOGETHER)).otherwise("label").alias("label"))
        .group_by("month", "label").agg(pl.col("n", "d").sum())
        for one in (earlier, later)
    ]  # fmt: skip
    joined = both[0].join(both[1], on=["month", "label"], how="full", coalesce=True, suffix="_now")
    joined = joined.with_columns(pl.col("n", "d", "n_now", "d_now").fill_null(0.0))
    if not split.summed:
        joined = joined.filter(pl.col("label") != TOGETHER)
    differ = (pl.col("n") != pl.col("n_now")) | (pl.col("d") != pl.col("d_now"))
    return joined.filter(differ.any().over("month"))


def _step(
    whom: Whom, member: Member, rows: pl.DataFrame, splits: tuple[Split, Split], *, complete: bool
) -> float | None:
    """To what a month's parts are rounded; 0 where none is shown, None where nothing need change.

    The first step by which no part that changed by few is rounded to another figure than before.
    """
    least, amount = LEAST[whom], amount_of(member)
    n, d, n_now, d_now = (rows[name].to_numpy() for name in ("n", "d", "n_now", "d_now"))
    changes = np.abs(n_now - n)
    if amount == "share":
        changes = np.maximum(changes, np.abs(d_now - d))
    few = (changes > 0) & (changes < least)
    if amount == "other":
        # Of money, who changed it: one household's 500 yuan are few as well.
        people = np.abs(d_now - d)
        few = (changes + people > 0) & (people < least)
    earlier, now = splits
    coarsest = max(earlier.step, now.step)
    exact = amount == "people" and not min(earlier.step, now.step)
    if not (few.any() or exact):
        return None
    if amount == "other":
        return 0.0
    before, after = (n, n_now) if amount == "people" else (_share(n, d), _share(n_now, d_now))
    for step in STEPS[whom] if amount == "people" else RATE_STEPS:
        moved = rounded(before, step) != rounded(after, step)
        if step < coarsest or (moved & few).any():
            continue
        if amount == "share" or (
            _open(after, step, least, complete=complete)
            and (not complete or _elsewhere(after, np.where(few, after - before, 0.0), step))
        ):
            return float(step)
    return 0.0


def _elsewhere(counts: Counts, changes: Counts, step: float) -> bool:
    """Whether one of the people by whom a part changed may belong to another part just as well.

    So it is where the other one is rounded to the same figure with one more (or one less).
    """
    people = counts > 0
    for way in (1.0, -1.0):
        room = people & (rounded(counts + way, step) == rounded(counts, step))
        others = room.sum() - room
        if (people & (changes * way > 0) & (others == 0)).any() and people.sum() > 1:
            return False
    return True


def _open(counts: Counts, step: float, least: float, *, complete: bool) -> bool:
    """Whether nobody is rounded to 0, and the exact sum of all parts tells none closely."""
    return not ((counts > 0) & (counts < step / 2)).any() and (
        not complete or unsure(counts[:, None], step, least)
    )


def _share(n: Counts, d: Counts) -> Counts:
    return np.divide(n, d, out=np.zeros_like(n), where=d > 0)
