"""Check queries and metrics against permissions, and filter the rows of answers by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from board.access.roles import Permissions
from board.access.subjects import subject_of
from board.catalogue import METRICS
from board.metrics import Metric, Scope
from board.store import QUERIES, WithheldError

PLACES = ("building", "unit")


@dataclass(frozen=True)
class Guard:
    """Checks queries and metrics against permissions; WithheldError where they don't allow one."""

    permissions: Permissions
    queries: Path = QUERIES
    keepers: Mapping[str, str] = field(default_factory=dict, compare=False)

    def admit(self, query: str, params: dict[str, Any]) -> None:
        """Raise WithheldError where the reader may not run the query with these parameters."""
        subject = subject_of(query, self.queries)
        if subject.grain == "persons" and self.permissions.persons == "none":
            raise WithheldError(query)
        if subject.grain == "households" and not self.permissions.households:
            raise WithheldError(query)
        if subject.grain == "groups" and not self.sees_small(_place(params)):
            raise WithheldError(query)
        if self.permissions.department and not subject.of_tasks and not self._keeps(subject.ledger):
            raise WithheldError(query)

    def admit_suppressed(self, query: str) -> None:
        """Raise WithheldError where the reader may not even have a suppressed answer of the query.

        That is so where another department keeps its ledger.
        """
        if self.permissions.department and not self._keeps(subject_of(query, self.queries).ledger):
            raise WithheldError(query)

    def cut(self, query: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of an answer that the reader may see, by the reader's places and department."""
        if self.permissions.department and subject_of(query, self.queries).of_tasks:
            frame = self._led(frame)
        if self.permissions.places and subject_of(query, self.queries).grain in (
            "households",
            "persons",
        ):
            frame = self._inside(query, frame)
        return frame

    def admit_metric(self, metric: Metric, scope: Scope) -> None:
        """Raise WithheldError where the reader may not see the metric in a scope."""
        department = self.permissions.department
        if scope.department:
            if department and scope.department != department:
                raise WithheldError(metric.key)
        elif department and not self._keeps(metric.ledgers[0]):
            raise WithheldError(metric.key)

    def sees_small(self, scope: Scope) -> bool:
        """Whether the reader may see counts below the threshold in a place."""
        return not self.permissions.suppressed and self.contains(scope)

    def contains(self, scope: Scope) -> bool:
        """Whether a place is one of the reader's places or lies in one; without any, always."""
        return not self.permissions.places or any(
            (scope.building, scope.unit)[: len(place)] == place for place in self.places
        )

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The reader's places as (building,) or (building, unit)."""
        return tuple(tuple(place.split("/")) for place in self.permissions.places)

    @property
    def own_places(self) -> list[Scope]:
        """The reader's places of which small counts may be seen, none inside another."""
        if self.permissions.suppressed:
            return []
        outer = [one for one in self.places if one[:1] not in self.places or len(one) == 1]
        return [Scope(building=one[0], unit=one[1] if len(one) > 1 else None) for one in outer]

    def _keeps(self, ledger: str) -> bool:
        return not ledger or self.keepers.get(ledger) == self.permissions.department

    def _led(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of tasks that the reader's department leads."""
        leads = "leads" if "leads" in frame.columns else "department"
        department = pl.lit(self.permissions.department)
        if isinstance(frame.schema[leads], pl.List):
            return frame.filter(pl.col(leads).list.contains(department))
        return frame.filter(pl.col(leads) == department)

    def _inside(self, query: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows that lie in the reader's places."""
        if not set(PLACES) <= set(frame.columns):
            raise WithheldError(query)
        conditions = [
            pl.all_horizontal(
                pl.col(name) == value for name, value in zip(PLACES, place, strict=False)
            )
            for place in self.places
        ]
        return frame.filter(pl.any_horizontal(conditions))


def _place(params: dict[str, Any]) -> Scope:
    """The place in a query's parameters; the settlement where they have none."""
    return Scope(building=params.get("building"), unit=params.get("unit"))


def admitted(guard: Guard, key: str) -> bool:
    """Whether a reader may see a metric for the whole plan, or for the reader's department."""
    metric, permissions = METRICS[key], guard.permissions
    widest = Scope(department=permissions.department) if permissions.department else Scope()
    scope = widest if widest.kind in metric.scopes else Scope()
    try:
        guard.admit_metric(metric, scope)
    except WithheldError:
        return False
    return True
