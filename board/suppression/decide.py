"""Decide which figures of a family are hidden: once for a snapshot, for all its periods."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from board.catalogue import METRICS
from board.metrics import UNKNOWN, Metric, filter_of, ledgers_held
from board.metrics.axes import categories
from board.metrics.bound import in_plan
from board.metrics.parts import history
from board.plans import in_plan as plan_of
from board.store import Snapshot, derived
from board.suppression.counted import LEVELS, Edition, counted_of
from board.suppression.decision import Decision
from board.suppression.editions import hidings_staying, parts_coarser, sums_from_january
from board.suppression.families import Family, Member, families_of, family_of
from board.suppression.kept import kept
from board.suppression.numbers import Numbers, numbers
from board.suppression.splits import TOTAL, Split, by_category, by_place
from board.suppression.stays import Stay, Stays
from board.suppression.totals import hidden_totals


@dataclass(frozen=True)
class Earlier:
    """What earlier editions leave to a new one.

    `stays` is what has to stay hidden; `edition(place, family)` the one in use so far, if it kept
    anything. `places` has the name of the plan or settlement of each schema, the same in every
    edition.
    """

    places: dict[str, str]
    stays: frozenset[Stay]
    edition: Callable[[str, str], Edition | None] = lambda _place, _family: None

    def of(self, schema: str, family: str) -> Stays:
        """What stays hidden of a family in a schema."""
        place = self.places.get(schema, schema)
        return Stays(frozenset(s for s in self.stays if (s.place, s.family) == (place, family)))


NOTHING = Earlier({}, frozenset())


@dataclass(frozen=True)
class Decided:
    """What is decided of a family: the edition, and what has newly to stay hidden for it."""

    edition: Edition
    stays: frozenset[Stay]


def decision(snapshot: Snapshot, family: Family) -> Decision:
    """What is hidden of a family, for all periods: as kept with the snapshot, else worked out."""
    name = family.people.name

    def make() -> Decision:
        known = kept(snapshot.frame("hidings"), snapshot.schema, name)
        return known or decide(snapshot, plan_families(snapshot)[name])

    return derived(snapshot, ("hidden", name), make)


def decisions(snapshot: Snapshot, earlier: Earlier = NOTHING) -> Iterator[tuple[str, Decided]]:
    """The name of every family whose ledgers have rows, and what is hidden of it.

    Without those that can't be decided on: who asks for them later gets the error.
    """
    held = ledgers_held(snapshot)
    for name, family in plan_families(snapshot).items():
        ledgers = {METRICS[one.catalogued].ledgers[0] for one in family.members}
        if any(held[ledger][0] for ledger in ledgers):
            with suppress(Exception):
                yield name, decided(snapshot, family, earlier)


def split_of(snapshot: Snapshot, metric: Metric, axis: str) -> Split:
    """How a metric about people is shown by an axis or a kind of place."""
    family = family_of(metric)
    return decision(snapshot, family).split(metric, axis) if family else Split(shown=True)


def shown_apart(
    snapshot: Snapshot, metric: Metric, axis: str, column: str, *months: date
) -> pl.Expr:
    """Which rows of some months have a category, in a column, that is shown under its own name.

    An empty text and null both stand for a category that was not filled in.
    """
    split = split_of(snapshot, metric, axis).within(months)
    return pl.lit(split.shown) & ~pl.col(column).fill_null("").is_in([*split.together])


def plan_families(snapshot: Snapshot) -> dict[str, Family]:
    """The families of the metrics as the plan counts them, with its filters, by their name."""

    def make() -> dict[str, Family]:
        plan = plan_of(snapshot)
        metrics = {key: in_plan(metric, plan) for key, metric in METRICS.items()}
        for one in plan.belongings:
            if one.filter and one.metric in METRICS:
                metric = METRICS[one.metric]
                filtered = replace(metric, filter=filter_of(metric, one.filter))
                metrics[f"{one.metric} {one.filter}"] = in_plan(filtered, plan)
        return {family.people.name: family for family in families_of(metrics)}

    return derived(snapshot, "families", make)


def decide(snapshot: Snapshot, family: Family) -> Decision:
    """Work out what to hide of a family, as if there were no earlier edition."""
    return decided(snapshot, family, NOTHING).edition.decision


def decided(snapshot: Snapshot, family: Family, earlier: Earlier) -> Decided:
    """Work out what to hide of a family, beside what earlier editions have shown."""
    name, schema = family.people.name, snapshot.schema
    people = numbers(snapshot, family)
    stocks = {m.key: _by_month(snapshot, METRICS[m.stock]) for m in family.members if m.stock}
    hidden = hidden_totals(people, family, stocks)
    stays = earlier.of(schema, name)
    place = earlier.places.get(schema, schema)

    def edition(staying: Stays) -> Edition:
        totals = hidden[0] | staying.months("total"), hidden[1] | staying.months("coverage")
        splits = _splits_of(snapshot, family, people, staying)
        decision = Decision(splits, *totals, frozenset(m.key for m in family.members))
        return Edition(decision, counted_of(people, family, decision))

    now, before = edition(stays), earlier.edition(place, name)
    if before is None:
        return Decided(now, frozenset())
    new = frozenset(hidings_staying(place, family, before, now))
    new |= frozenset(sums_from_january(place, family, before, now, stays.of("shown")))
    now = edition(Stays(stays.rows | new)) if new - stays.rows else now
    coarser = frozenset(parts_coarser(place, family, before, now, people.overlapping))
    if coarser - stays.rows:
        now = edition(Stays(stays.rows | new | coarser))
    return Decided(now, (new | coarser) - stays.rows)


def gone(family: Family, place: str, before: Edition, stays: Stays) -> frozenset[Stay]:
    """What has to stay hidden of a family that has no rows any more, should they come back."""
    return frozenset(
        (
            *sums_from_january(place, family, before, None, stays.of("shown")),
            *parts_coarser(place, family, before, None, ()),
        )
    )


def _splits_of(
    snapshot: Snapshot, family: Family, people: Numbers, stays: Stays
) -> dict[tuple[str, str], Split]:
    """How every metric of a family is shown by its places and axes."""
    splits: dict[tuple[str, str], Split] = {}
    lived = snapshot.frame("places_lived")
    for member in family.members:
        for axis, split in _splits(snapshot, family, member, people, lived, stays):
            key = (member.metric, axis)
            splits[key] = split.beside(splits[key]) if key in splits else split
        if coarser := stays.coarser(member.key, TOTAL):
            splits[member.key, TOTAL] = Split(shown=True, coarser=coarser)
    return splits


def _by_month(snapshot: Snapshot, metric: Metric) -> dict[date, float]:
    """A count of the whole by month."""
    sums = history(snapshot, in_plan(metric, plan_of(snapshot))).sums
    return {month: parts.numerator for (month, place), parts in sums.items() if not place}


def _splits(
    snapshot: Snapshot,
    family: Family,
    member: Member,
    people: Numbers,
    lived: pl.DataFrame,
    stays: Stays,
) -> Iterator[tuple[str, Split]]:
    """How a metric is shown by each kind of place and each axis."""
    if member.key in people.places and not member.whole_only:
        for level, columns in LEVELS.items():
            sums = people.places[member.key]
            split = by_place(member, family.whom, sums, lived, columns)
            yield level, _staying(split, member, level, stays)
    for axis in (*member.axes, *member.asked_axes):
        sums = people.categories[member.key, axis]
        named = [] if axis in member.asked_axes else _order(snapshot, member, axis, sums)
        order = [*named, *sorted(set(sums["label"]) - set(named))]
        complete = (member.key, axis) not in people.overlapping
        labels = stays.labels(member.metric, axis)
        split = by_category(member, family.whom, sums, order, complete=complete, stay=labels)
        yield axis, _staying(split, member, axis, stays)


def _staying(split: Split, member: Member, part: str, stays: Stays) -> Split:
    """A split with what stays hidden of it."""
    if stays.hides(member.metric, part):
        return Split(barred=split.barred)
    coarser = stays.coarser(member.metric, part)
    return replace(split, coarser=coarser) if split.shown and coarser else split


def _order(snapshot: Snapshot, member: Member, axis: str, sums: pl.DataFrame) -> list[str]:
    """The labels of an axis in their declared order, empty where 未填."""
    metric = METRICS[member.catalogued]
    listed = categories(snapshot, metric, axis, sums["label"].unique())
    return ["" if label == UNKNOWN else label for label in listed]
