"""Decide which figures of a family are hidden: once for a snapshot, for all its periods."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date

import polars as pl

from board.catalogue import METRICS
from board.metrics import UNKNOWN, Metric, filter_of, ledgers_held
from board.metrics.axes import categories
from board.metrics.bound import in_plan
from board.metrics.parts import history
from board.plans import in_plan as plan_of
from board.store import Snapshot, derived
from board.suppression.decision import Decision
from board.suppression.families import Family, Member, families_of, family_of
from board.suppression.kept import kept
from board.suppression.numbers import PLACES, Numbers, numbers
from board.suppression.splits import Split, by_category, by_place
from board.suppression.totals import hidden_totals

LEVELS = {"building": PLACES[:1], "unit": PLACES}


def decision(snapshot: Snapshot, family: Family) -> Decision:
    """What is hidden of a family, for all periods: as kept with the snapshot, else worked out."""
    name = family.people.name

    def make() -> Decision:
        known = kept(snapshot.frame("hidings"), snapshot.schema, name)
        return known or decide(snapshot, plan_families(snapshot)[name])

    return derived(snapshot, ("hidden", name), make)


def decisions(snapshot: Snapshot) -> Iterator[tuple[str, Decision]]:
    """The name of every family whose ledgers have rows, and what is hidden of it.

    Without those that can't be decided on: who asks for them later gets the error.
    """
    held = ledgers_held(snapshot)
    for name, family in plan_families(snapshot).items():
        ledgers = {METRICS[one.catalogued].ledgers[0] for one in family.members}
        if any(held[ledger][0] for ledger in ledgers):
            with suppress(Exception):
                yield name, decide(snapshot, family)


def split_of(snapshot: Snapshot, metric: Metric, axis: str) -> Split:
    """How a metric about people is shown by an axis or a kind of place."""
    family = family_of(metric)
    return decision(snapshot, family).split(metric, axis) if family else Split(shown=True)


def shown_apart(snapshot: Snapshot, metric: Metric, axis: str, column: str) -> pl.Expr:
    """Which rows have a category, in a column, that is shown under its own name.

    An empty text and null both stand for a category that was not filled in.
    """
    split = split_of(snapshot, metric, axis)
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
    """Work out what to hide of a family."""
    people = numbers(snapshot, family)
    stocks = {m.key: _by_month(snapshot, METRICS[m.stock]) for m in family.members if m.stock}
    totals, coverage = hidden_totals(people, family, stocks)
    splits: dict[tuple[str, str], Split] = {}
    lived = snapshot.frame("places_lived")
    for member in family.members:
        for axis, split in _splits(snapshot, family, member, people, lived):
            key = (member.metric, axis)
            splits[key] = split.beside(splits[key]) if key in splits else split
    return Decision(splits, totals, coverage, frozenset(m.key for m in family.members))


def _by_month(snapshot: Snapshot, metric: Metric) -> dict[date, float]:
    """A count of the whole by month."""
    sums = history(snapshot, in_plan(metric, plan_of(snapshot))).sums
    return {month: parts.numerator for (month, place), parts in sums.items() if not place}


def _splits(
    snapshot: Snapshot, family: Family, member: Member, people: Numbers, lived: pl.DataFrame
) -> list[tuple[str, Split]]:
    """How a metric is shown by each kind of place and each axis."""
    splits = []
    if member.key in people.places and not member.whole_only:
        for level, columns in LEVELS.items():
            sums = people.places[member.key]
            splits.append((level, by_place(member, family.whom, sums, lived, columns)))
    for axis in (*member.axes, *member.asked_axes):
        sums = people.categories[member.key, axis]
        named = [] if axis in member.asked_axes else _order(snapshot, member, axis, sums)
        order = [*named, *sorted(set(sums["label"]) - set(named))]
        complete = (member.key, axis) not in people.overlapping
        split = by_category(member, family.whom, sums, order, complete=complete)
        splits.append((axis, split))
    return splits


def _order(snapshot: Snapshot, member: Member, axis: str, sums: pl.DataFrame) -> list[str]:
    """The labels of an axis in their declared order, empty where 未填."""
    metric = METRICS[member.catalogued]
    listed = categories(snapshot, metric, axis, sums["label"].unique())
    return ["" if label == UNKNOWN else label for label in listed]
