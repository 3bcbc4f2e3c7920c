"""Families: metrics that count the same persons or households, suppressed together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from board.catalogue import METRICS
from board.metrics import Metric, People
from board.store import Only, WithheldError

Whom = Literal["persons", "households"]
# An axis that no metric has: the county of those who work outside the zone.
AWAY = "away"


@dataclass(frozen=True)
class Member:
    """A metric of a family. A `rate` shows numerator and denominator, other kinds one number.

    `only` are the rows of the query that count; a metric with figures of several lengths of period
    is a member for each. `whole_only` is never shown by place. `axes` has the metric's axes in groups; a reader can relate the categories of one group.
    `splits_all` says that the axes split all rows considered, not only those that count.
    `asked_axes` are further axes by which pages count its people.
    """

    key: str
    sql: str
    kind: Literal["rate", "count", "median"]
    axes: tuple[tuple[str, ...], ...]
    splits_all: bool
    asked_axes: tuple[str, ...]
    only: tuple[Only, ...] = ()
    whole_only: bool = False


@dataclass(frozen=True)
class Family:
    """Metrics that count the same persons or households, in the order of the catalogue."""

    people: People
    members: tuple[Member, ...]

    @property
    def whom(self) -> Whom:
        """Whether it counts persons or households."""
        return "households" if self.people.whom == "households" else "persons"


def member_of(metric: Metric) -> Member:
    """The properties of a metric that suppression needs."""
    singles = tuple((axis,) for axis in metric.axes)
    kinds: dict[str, Literal["rate", "median"]] = {
        "rate": "rate", "median": "median", "gap": "median",
    }  # fmt: skip
    return Member(
        hidden_as(metric),
        metric.sql,
        kinds.get(metric.kind, "count"),
        # The components of a growth are amounts of money, not groups of people.
        () if metric.kind == "gap" else metric.linked_axes or singles,
        metric.splits == "denominator",
        metric.asked_axes,
        metric.only if metric.length else (),
        metric.whole_only,
    )


@cache
def families() -> tuple[Family, ...]:
    """Every family of the catalogue."""
    members: dict[People, list[Member]] = {}
    for metric in METRICS.values():
        if metric.people and metric.people.whom != "nobody" and not metric.hidden_with:
            lengths = metric.periods if metric.by_length else (None,)
            members.setdefault(metric.people, []).extend(
                member_of(replace(metric, length=length)) for length in lengths
            )
    return tuple(Family(people, tuple(group)) for people, group in members.items())


def family_of(metric: Metric) -> Family | None:
    """The family of a metric that counts persons or households; None where it counts nobody.

    WithheldError where the metric is about people but does not say whom it counts: a reader who
    may not see small counts may see nothing of it.
    """
    if metric.people is None:
        if metric.about_people:
            raise WithheldError(metric.key)
        return None
    if metric.people.whom == "nobody":
        return None
    return next(family for family in families() if family.people == metric.people)


def hidden_as(metric: Metric) -> str:
    """The key of the member of the family with which a metric is hidden: its own or another's."""
    own = f"{metric.key} {metric.length}" if metric.length else metric.key
    return metric.hidden_with or own


def hidden_for_good_as(metric: Metric) -> list[str]:
    """The keys of which one is enough to hide a place or category: those of every length."""
    if not metric.by_length:
        return [hidden_as(metric)]
    return [hidden_as(replace(metric, length=length)) for length in metric.periods]
