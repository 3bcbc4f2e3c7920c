"""Families: metrics that count the same persons or households, suppressed together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from board.catalogue import METRICS
from board.metrics import HOUSEHOLDS, PERSONS, Metric, People
from board.store import Only, WithheldError

Whom = Literal["persons", "households"]
# An axis that no metric has: the county of those who work outside the zone.
AWAY = "away"


@dataclass(frozen=True)
class Member:
    """A metric of a family. A `rate` shows numerator and denominator, other kinds one number.

    `only` are the rows of the query that count; a metric with figures of several lengths of period
    is a member for each (`length`). `whole_only` is never shown by place. `counts_people` says
    that its figure is a number of persons or households, not of money. `splits_all` says that the
    axes split all rows considered, not only those that count. `asked_axes` are further axes by
    which pages count its people. `stock` is the metric that becomes smaller by what this one counts.
    """

    key: str
    metric: str
    sql: str
    kind: Literal["rate", "count", "median"]
    axes: tuple[str, ...]
    splits_all: bool
    asked_axes: tuple[str, ...]
    counts_people: bool
    only: tuple[Only, ...] = ()
    whole_only: bool = False
    stock: str = ""

    @property
    def catalogued(self) -> str:
        """The metric's key in the catalogue: without the filter of a plan."""
        return self.metric.partition(" ")[0]


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
    kinds: dict[str, Literal["rate", "median"]] = {
        "rate": "rate", "median": "median", "gap": "median",
    }  # fmt: skip
    return Member(
        hidden_as(metric),
        split_as(metric),
        metric.sql,
        kinds.get(metric.kind, "count"),
        # The components of a growth are amounts of money, not groups of people.
        () if metric.kind == "gap" else metric.axes,
        metric.splits == "denominator",
        metric.asked_axes,
        metric.unit in (PERSONS, HOUSEHOLDS),
        metric.only,
        metric.whole_only,
        metric.stock,
    )


@cache
def families() -> tuple[Family, ...]:
    """Every family of the catalogue, its metrics without a plan's filters."""
    return families_of(METRICS)


def families_of(metrics: Mapping[str, Metric]) -> tuple[Family, ...]:
    """The families of some metrics."""
    members: dict[People, dict[str, Member]] = {}
    for metric in metrics.values():
        if metric.people and metric.people.whom != "nobody" and not metric.hidden_with:
            lengths = metric.periods if metric.by_length else (None,)
            for length in lengths:
                member = member_of(replace(metric, length=length))
                members.setdefault(metric.people, {})[member.key] = member
    return tuple(Family(people, tuple(group.values())) for people, group in members.items())


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


def split_as(metric: Metric) -> str:
    """The key with which the parts of a metric are hidden: of every length of period alike."""
    filtered = "".join(
        f" {only.column}={'、'.join(only.values)}" for only in replace(metric, length=None).only
    )
    return metric.hidden_with or metric.key + filtered


def hidden_as(metric: Metric) -> str:
    """The key of the member of the family with which a metric is hidden: its own or another's."""
    key = split_as(metric)
    return f"{key} {metric.length}" if metric.length and not metric.hidden_with else key
