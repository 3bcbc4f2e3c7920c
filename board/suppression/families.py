"""Which metrics count the same persons or households: what is hidden of them is decided together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from board.catalogue import METRICS
from board.metrics import Metric, People
from board.store import WithheldError

Whom = Literal["persons", "households"]
# Counties of those who work outside the zone itself, an axis that no metric has.
AWAY = "away"


@dataclass(frozen=True)
class Member:
    """A metric of a family. A `rate` shows numerator and denominator, the others one number.

    `axes` holds the metric's axes in groups: those of one group are known to hang together.
    `every` says that the axes split all rows the metric looked at, not those it counts.
    `asked` are further axes by which pages ask for its people.
    """

    key: str
    sql: str
    kind: Literal["rate", "count", "median"]
    axes: tuple[tuple[str, ...], ...]
    every: bool
    asked: tuple[str, ...]


@dataclass(frozen=True)
class Family:
    """The metrics over the same persons or households, in the order of the catalogue."""

    people: People
    members: tuple[Member, ...]

    @property
    def name(self) -> str:
        """What its cached results are kept by."""
        return self.people.name

    @property
    def whom(self) -> Whom:
        """Whether it counts persons or households."""
        return "households" if self.people.whom == "households" else "persons"


def member_of(metric: Metric) -> Member:
    """What of a metric matters for hiding small counts of it."""
    singles = tuple((axis,) for axis in metric.axes)
    kinds: dict[str, Literal["rate", "median"]] = {
        "rate": "rate", "median": "median", "gap": "median",
    }  # fmt: skip
    return Member(
        metric.key,
        metric.sql,
        kinds.get(metric.kind, "count"),
        # The parts of a growth are amounts of money, no groups of people.
        () if metric.kind == "gap" else metric.linked_axes or singles,
        metric.splits == "denominator",
        metric.asked_axes,
    )


@cache
def families() -> tuple[Family, ...]:
    """Every family of the catalogue."""
    members: dict[People, list[Member]] = {}
    for metric in METRICS.values():
        if metric.people and metric.people.whom != "nobody" and not metric.hidden_with:
            members.setdefault(metric.people, []).append(member_of(metric))
    return tuple(Family(people, tuple(group)) for people, group in members.items())


def family_of(metric: Metric) -> Family | None:
    """The family of a metric that counts persons or households; None where it counts nobody.

    WithheldError where the metric reads a ledger about people and does not say whom it counts:
    nothing of it may be shown to a reader who may not see small counts.
    """
    if metric.people is None:
        if metric.about_people:
            raise WithheldError(metric.key)
        return None
    if metric.people.whom == "nobody":
        return None
    return next(family for family in families() if family.people == metric.people)


def hidden_as(metric: Metric) -> str:
    """The key of the metric that stands for it in its family: its own, or another's."""
    return metric.hidden_with or metric.key
