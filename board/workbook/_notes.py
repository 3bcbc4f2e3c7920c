"""Findings gathered while reading: singly, or a whole column at once."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from board.workbook._fault import Fault

SCHEMA = {
    "sheet": pl.String(), "cell": pl.String(), "ledger": pl.String(), "column": pl.String(),
    "rule": pl.String(), "severity": pl.String(), "found": pl.String(), "expected": pl.String(),
    "suggestion": pl.String(), "message_zh": pl.String(), "message_en": pl.String(),
}  # fmt: skip
_ORDER = {"order": pl.Int64(), "at_row": pl.Int64(), "at_col": pl.Int64()}


class Notes:
    """What is found in one sheet, in the order of its cells in the end."""

    def __init__(self, order: int = 0, sheet: str | None = None, ledger: str | None = None):
        self.place = {"order": order, "sheet": sheet, "ledger": ledger}
        self._frames: list[pl.DataFrame] = []
        self._rows: list[dict[str, object]] = []

    def add(
        self,
        fault: Fault,
        column: str | None = None,
        row: int | None = None,
        col: int | None = None,
    ) -> None:
        """Note a fault, at a cell when its row and column are given."""
        at = {"column": column, "at_row": row or 0, "at_col": col or 0}
        self._rows.append({**self.place, **at, **_fields(fault)})

    def add_all(self, cells: pl.DataFrame, faults: Iterable[Fault], column: str, col: int) -> None:
        """Note a fault for each row of `cells`: `row`, and `fault`, an index into `faults`."""
        words = pl.DataFrame([_fields(fault) for fault in faults], schema_overrides=_WORDS)
        words = words.with_columns(fault=pl.int_range(pl.len(), dtype=pl.UInt32))
        self._frames.append(
            cells.select(at_row=pl.col("row").cast(pl.Int64), fault=pl.col("fault").cast(pl.UInt32))
            .join(words, on="fault", how="left", maintain_order="left")
            .drop("fault")
            .with_columns(
                at_col=pl.lit(col, pl.Int64),
                column=pl.lit(column),
                **{name: pl.lit(value) for name, value in self.place.items()},
            )
        )

    def frame(self) -> pl.DataFrame:
        """All findings of the sheet, sheet-wide ones first, then cell by cell."""
        schema = {**_ORDER, **{name: kind for name, kind in SCHEMA.items() if name != "cell"}}
        parts = [pl.DataFrame(self._rows, schema=schema, orient="row")] + [
            frame.select(pl.col(name).cast(kind) for name, kind in schema.items())
            for frame in self._frames
        ]
        return pl.concat(parts)


_WORDS = {
    name: SCHEMA[name]
    for name in (
        "rule", "severity", "found", "expected", "suggestion", "message_zh", "message_en",
    )
}  # fmt: skip


def _fields(fault: Fault) -> dict[str, object]:
    return {name: getattr(fault, name) for name in _WORDS}


def ordered(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The findings of all sheets in order, their cells named."""
    parts = list(frames)
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    found = pl.concat(parts).sort("order", "at_row", "at_col", maintain_order=True)
    cols = found["at_col"].unique()
    from board.workbook._sheet import letters

    names = pl.DataFrame({"at_col": cols, "letters": [letters(col) for col in cols]})
    cell = pl.when(pl.col("at_row") > 0).then(
        pl.concat_str("letters", pl.col("at_row").cast(pl.String))
    )
    return (
        found.join(names, on="at_col", how="left", maintain_order="left")
        .with_columns(cell=cell)
        .select(list(SCHEMA))
    )
