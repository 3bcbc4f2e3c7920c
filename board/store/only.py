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

    With `as_nothing` the other rows stay and count nothing: they say that the ledger was kept. A
    row whose column is empty may be one of them: what it would count is unreported.
    """

    column: str
    values: tuple[str, ...]
    several: bool = False
    as_nothing: bool = False

    def of(self, rows: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
        """The rows of a query that count."""
        if not self.as_nothing:
            return rows.filter(self._condition)
        unknown = f'"{self.column}" is null'
        if self.several:
            unknown = f'coalesce(len("{self.column}"), 0) = 0'
        may_count = {
            "missing": "missing + numerator",
            "unreported": "(missing + numerator > 0)::integer",
        }
        kept = [
            f"case when {self._condition} then {name} when {unknown} then {may_count.get(name, 0)}"
            f" else 0 end as {name}"
            for name in AMOUNTS
            if name in rows.columns
        ]
        return rows.project(f"* replace ({', '.join(kept)})")

    def among(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a frame that count, with those that may."""
        if not self.as_nothing or "numerator" not in frame.columns:
            return frame.filter(self.condition)
        column = pl.col(self.column)
        empty = column.list.len().fill_null(0) == 0 if self.several else column.is_null()
        may_count = pl.col("numerator") + pl.col("missing")
        unknown = frame.filter(empty, may_count > 0).with_columns(
            missing=may_count, unreported=1, numerator=0, denominator=0
        )
        return pl.concat([frame.filter(self.condition), unknown], how="vertical_relaxed")

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
