"""What stands before a snapshot for a reader."""

from __future__ import annotations

from typing import Any, Protocol

import polars as pl


class WithheldError(Exception):
    """What was asked may not be seen by who asks; its text is the query's name, no more."""


class Guard(Protocol):
    """What stands before a snapshot for a reader: says what may be asked, and cuts the answer."""

    def admit(self, query: str, params: dict[str, Any]) -> None:
        """Raise WithheldError where the query may not be asked."""

    def admit_covered(self, query: str) -> None:
        """Raise WithheldError where not even an answer without counts of few may be had."""

    def cut(self, query: str, frame: pl.DataFrame) -> pl.DataFrame:
        """Those rows of the answer that may be seen."""

    def admit_metric(self, metric: Any, scope: Any) -> None:
        """Raise WithheldError where the metric may not be seen in a place."""

    def contains(self, scope: Any) -> bool:
        """Whether a place may be chosen."""

    def sees_small(self, scope: Any) -> bool:
        """Whether counts of few may be seen in a place."""
