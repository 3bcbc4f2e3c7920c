"""Count only some of a query's rows: those whose column holds given values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import polars as pl

AMOUNTS = ("numerator", "denominator", "missing", "unreported")


@dataclass(frozen=True)
class Only:
    """The rows whose `column` holds one of the `values`; of a column of lists, all of them.

    With `as_nothing` the other rows stay and count nothing: they say that the ledger was kept.
    """

    column: str
    values: tuple[str, ...]
    several: bool = False
    as_nothing: bool = False

    def of(self, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The rows of a query that count."""
        if not self.as_nothing:
            return rows.filter(self._condition)
        kept = [
            f"case when {self._condition} then {name} else 0 end as {name}"
            for name in AMOUNTS
            if name in rows.columns
        ]
        return rows.project(f"* replace ({', '.join(kept)})")

    def among(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame that count."""
        return frame.filter(self.condition)

    @property
    def condition(self) -> pl.Expr:
        """Whether a row of a frame counts."""
        column = pl.col(self.column)
        if self.several:
            return pl.all_horizontal(column.list.contains(value) for value in self.values)
        return column.is_in(self.values)

    @property
    def _condition(self) -> str:
        if self.several:
            return f'coalesce(list_has_all("{self.column}", [{_quoted(self.values)}]), false)'
        return f'coalesce("{self.column}" in ({_quoted(self.values)}), false)'


def _quoted(values: Sequence[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)
