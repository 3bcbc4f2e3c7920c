"""The guard before the store: closed by default, it lets through what a sight may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from board.access.queries import told
from board.access.roles import Permissions
from board.catalogue import METRICS
from board.ledgers import by_name
from board.metrics import Metric, Scope
from board.store import Snapshot, WithheldError

PLACES = ("building", "unit")


@dataclass(frozen=True)
class Guard:
    """Lets a sight ask what it may and cuts the answer to the places and tasks that are its own."""

    permissions: Permissions

    def admit(self, query: str, params: dict[str, Any]) -> None:
        """Raise WithheldError where the sight may not ask this query."""
        found = told(query)
        if found.grain == "persons" and self.permissions.persons == "none":
            raise WithheldError(query)
        if found.grain == "households" and not self.permissions.households:
            raise WithheldError(query)
        if found.grain == "groups" and (self.permissions.suppressed or not self._own_place(params)):
            raise WithheldError(query)
        if self.permissions.department and not found.led and not self._kept(found.ledger):
            raise WithheldError(query)

    def admit_covered(self, query: str) -> None:
        """Raise WithheldError where the ledger isn't one of the sight's department."""
        if self.permissions.department and not self._kept(told(query).ledger):
            raise WithheldError(query)

    def cut(self, query: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Those rows of an answer that lie in the sight's places and are its department's."""
        if self.permissions.department and told(query).led:
            frame = self._led(frame)
        if self.permissions.places and told(query).grain in ("households", "persons"):
            frame = self._inside(query, frame)
        return frame

    def admit_metric(self, metric: Metric, scope: Scope) -> None:
        """Raise WithheldError where the sight may not see this metric there."""
        own = self.permissions.department
        if scope.department:
            if own and scope.department != own:
                raise WithheldError(metric.key)
        elif own and not self._kept(metric.ledgers[0]):
            raise WithheldError(metric.key)

    def sees_small(self, scope: Scope) -> bool:
        """Whether counts of few may be shown there: not to everyone, and to some of their own."""
        return not self.permissions.suppressed and self.contains(scope)

    def contains(self, scope: Scope) -> bool:
        """Whether a place is one of the sight's own or lies in one."""
        return not self.permissions.places or any(
            (scope.building, scope.unit)[: len(own)] == own for own in self.places
        )

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """The sight's own places as (building,) or (building, unit)."""
        return tuple(tuple(place.split("/")) for place in self.permissions.places)

    def _own_place(self, params: dict[str, Any]) -> bool:
        """Whether the query is asked for a place of the sight's own."""
        building, unit = params.get("building"), params.get("unit")
        return self.contains(Scope(building=building, unit=unit))

    def _kept(self, ledger: str) -> bool:
        return not ledger or by_name()[ledger].keeper == self.permissions.department

    def _led(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Tasks that the sight's department leads."""
        leads = "leads" if "leads" in frame.columns else "department"
        own = pl.lit(self.permissions.department)
        if isinstance(frame.schema[leads], pl.List):
            return frame.filter(pl.col(leads).list.contains(own))
        return frame.filter(pl.col(leads) == own)

    def _inside(self, query: str, frame: pl.DataFrame) -> pl.DataFrame:
        if not set(PLACES) <= set(frame.columns):
            raise WithheldError(query)
        own = [
            pl.all_horizontal(
                pl.col(name) == value for name, value in zip(PLACES, place, strict=False)
            )
            for place in self.places
        ]
        return frame.filter(pl.any_horizontal(own))


@cache
def guard(permissions: Permissions) -> Guard:
    """The guard of a sight, one and the same whenever it is asked for."""
    return Guard(permissions)


def seen(snapshot: Snapshot, permissions: Permissions) -> Snapshot:
    """The snapshot as the sight may see it."""
    return snapshot.seen(guard(permissions))


def admitted(permissions: Permissions, key: str) -> bool:
    """Whether a metric may be seen for the town as a whole, or for the sight's own department."""
    metric = METRICS[key]
    own = Scope(department=permissions.department) if permissions.department else Scope()
    scope = own if own.kind in metric.scopes else Scope()
    try:
        guard(permissions).admit_metric(metric, scope)
    except WithheldError:
        return False
    return True
