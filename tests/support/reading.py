"""Read a metric over a whole snapshot, or as the reader of a `ReaderSnapshot` sees it."""

from __future__ import annotations

from collections.abc import Sequence

from board import access, metrics
from board.access import Reader, ReaderSnapshot, Role
from board.metrics import Metric, Period, Reading, Scope
from board.sections import View
from board.store import Snapshot
from board.theme import LIGHT, Theme


def read(
    snapshot: Snapshot | ReaderSnapshot,
    metric: Metric,
    period: Period,
    scope: Scope,
    by: Sequence[str] = (),
) -> Reading:
    """The reading of either kind of snapshot."""
    if isinstance(snapshot, ReaderSnapshot):
        return access.read(snapshot, metric, period, scope, by)
    return metrics.read(snapshot, metric, period, scope, by)


def full_view(
    snapshot: Snapshot, period: Period, scope: Scope | None = None, theme: Theme = LIGHT
) -> View:
    """The view of a reader who sees every count and every household's code."""
    leader = Reader(role=Role.LEADER)
    return View.of(snapshot, period, scope or Scope(), theme, leader)
