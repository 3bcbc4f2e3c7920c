"""A snapshot as one reader may see it: what every page reads, and no page can go round it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from board.access.guard import Guard
from board.access.roles import Permissions
from board.metrics import Scope
from board.store import Snapshot, derived


class ReaderSnapshot:
    """The queries of a snapshot, answered as far as a reader's permissions go.

    It is no `Snapshot`, so that a type check refuses the whole one where a reader's is due.
    A query that may not be asked raises WithheldError; from an answer the rows of other places
    and departments are left out. `name`, `events`, `known_at`, `at` and `build_version` are those
    of the snapshot; `derived` holds what is worked out from the answers.
    """

    def __init__(self, whole: Snapshot, permissions: Permissions) -> None:
        self._whole = whole
        self.guard = Guard(permissions, whole.queries)
        self.permissions = permissions
        self.name, self.queries = whole.name, whole.queries
        self.events, self.known_at, self.at = whole.events, whole.known_at, whole.at
        self.build_version = whole.build_version
        self.derived: dict[Any, Any] = {}

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of queries/<query>.sql."""
        self.guard.admit(query, params)
        return self.guard.cut(query, self._whole.frame(query, **params))

    def fresh(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer, not cached."""
        self.guard.admit(query, params)
        return self.guard.cut(query, self._whole.fresh(query, **params))

    def personal(self, query: str, **params: Any) -> pl.DataFrame:
        """The answer of a query over persons, not masked."""
        self.guard.admit(query, params)
        return self.guard.cut(query, self._whole.personal(query, **params))

    def summed(
        self,
        query: str,
        by: Sequence[str],
        of: Sequence[str],
        spread: Sequence[str] = (),
        median: str = "",
        **params: Any,
    ) -> pl.DataFrame:
        """Sums over the rows of an answer, where all of them may be seen: a sum can't be cut."""
        self.guard.admit(query, params)
        return self._whole.summed(query, by, of, spread, median, **params)

    def contains(self, scope: Scope) -> bool:
        """Whether a place may be chosen."""
        return self.guard.contains(scope)

    def sees_small(self, scope: Scope) -> bool:
        """Whether counts below the threshold may be shown in a place."""
        return self.guard.sees_small(scope)


def for_reader(snapshot: Snapshot, permissions: Permissions) -> ReaderSnapshot:
    """The snapshot as these permissions show it; the same object for the same permissions."""
    return derived(
        snapshot, ("for reader", permissions), lambda: ReaderSnapshot(snapshot, permissions)
    )


def whole_of(snapshot: ReaderSnapshot) -> Snapshot:
    """The whole snapshot behind a reader's, for this folder alone: what it gives is suppressed next."""
    return snapshot._whole
