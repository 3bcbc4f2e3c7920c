"""Turn the cells of a table into typed columns, and find what is wrong in each cell and row."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from board.ledgers import Field, Ledger
from board.workbook.findings.fault import Fault, broken, fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet, letters
from board.workbook.table.header import Header
from board.workbook.table.rows import Body
from board.workbook.values.cell import Manner, value
from board.workbook.values.numbers import shown_number


def typed(
    body: Body,
    sheet: Sheet,
    header: Header,
    ledger: type[Ledger],
    manner: Manner,
    notes: Notes,
) -> pl.DataFrame:
    """The rows of a table with the columns of the ledger and `row`; faulty cells are null."""
    rows = body.rows.alias("row").to_frame()
    frame = rows
    wrong: dict[str, pl.Series] = {}
    for col, field in header.fields.items():
        dtype = ledger.columns()[field.name].dtype
        cells = body.column(col)
        column, faulty = _column(cells, rows, sheet, field, dtype, manner, notes, col)
        frame = frame.with_columns(column.alias(field.name))
        wrong[field.name] = faulty
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in ledger.schema_of_frame().items()
        if name not in frame.columns
    ]
    frame = frame.with_columns(missing).with_columns(pl.col("row").cast(pl.Int64))
    _row_rules(frame, wrong, header, ledger, notes)
    return frame.select(list(ledger.schema_of_frame()))


def _column(
    cells: pl.DataFrame,
    rows: pl.DataFrame,
    sheet: Sheet,
    field: Field,
    dtype: pl.DataType,
    manner: Manner,
    notes: Notes,
    col: int,
) -> tuple[pl.Series, pl.Series]:
    """The values of one column, aligned with `rows`, and where an error stands."""
    forms = pl.Series(sheet.formats, dtype=pl.String)
    cells = cells.with_columns(form=forms.gather(cells["format"]))
    kinds = cells.select("kind", "text", "form").unique(maintain_order=True)
    values: list[object] = []
    numbers: list[int | None] = []
    faults: dict[Fault, int] = {}
    for kind, text, form in kinds.iter_rows():
        found, wrong = value(field, kind, text, form, manner)
        values.append(found)
        numbers.append(None if wrong is None else faults.setdefault(wrong, len(faults)))
    known = kinds.with_columns(
        pl.Series("value", values, dtype=dtype, strict=True),
        pl.Series("fault", numbers, dtype=pl.UInt32),
    )
    read = cells.join(known, on=["kind", "text", "form"], how="left", maintain_order="left")
    if faults:
        faulty = read.filter(pl.col("fault").is_not_null())
        notes.add_all(faulty.select("row", "fault"), faults, field.name, col)
    errors = [number for wrong, number in faults.items() if wrong.severity == "error"]
    aligned = rows.join(
        read.select("row", "value", error=pl.col("fault").is_in(errors).fill_null(False)),
        on="row",
        how="left",
        maintain_order="left",
    )
    error = aligned["error"].fill_null(False)
    empty = aligned["value"].is_null() & ~error
    error = error | _unfilled(aligned["row"].filter(empty), empty, sheet, field, notes, col)
    return aligned["value"], error


def _unfilled(
    rows: pl.Series, empty: pl.Series, sheet: Sheet, field: Field, notes: Notes, col: int
) -> pl.Series:
    """Note the empty cells that may not be: merged ones, and those of a required column."""
    merged = _merged(rows, sheet, field, notes, col)
    if field.required:
        lacking = rows.filter(~rows.is_in(merged.implode()))
        if len(lacking):
            cells = lacking.alias("row").to_frame().with_columns(fault=pl.lit(0, pl.UInt32))
            missing = fault("required", field)
            notes.add_all(cells, [missing], field.name, col)
        return empty
    none = pl.zeros(len(empty), dtype=pl.UInt8, eager=True).cast(pl.Boolean)
    return none.scatter(empty.arg_true().filter(rows.is_in(merged.implode())), True)


def _merged(rows: pl.Series, sheet: Sheet, field: Field, notes: Notes, col: int) -> pl.Series:
    """Those of the empty cells of a column that are covered by a merged block."""
    blocks = sorted(
        (block[0] + (block[1] == col), block[2], block)
        for block in sheet.merged
        if block[1] <= col <= block[3] and (block[2] > block[0] or block[3] > block[1])
    )
    if not blocks or rows.is_empty():
        return rows.clear()
    starts = pl.Series([start for start, _, _ in blocks], dtype=pl.UInt32)
    at = starts.search_sorted(rows, side="right").cast(pl.Int64) - 1
    found = []
    for row, place in zip(rows, at, strict=True):
        if place >= 0 and row <= blocks[place][1]:
            top, left, bottom, right = blocks[place][2]
            shown = f"{letters(left)}{top}:{letters(right)}{bottom}"
            notes.add(fault("merged_cell", field, block=shown), field.name, row, col)
            found.append(row)
    return pl.Series(found, dtype=rows.dtype)


def _row_rules(
    frame: pl.DataFrame,
    wrong: dict[str, pl.Series],
    header: Header,
    ledger: type[Ledger],
    notes: Notes,
) -> None:
    """Note every row that breaks a rule of its ledger, unless a cell it needs is at fault already."""
    cols = {field.name: col for col, field in header.fields.items()}
    expressions = ledger.rule_expressions()
    for rule in ledger.row_rules():
        expression = expressions[rule.name]
        breaking = frame.select((~expression).fill_null(False)).to_series()
        for name in {rule.at, *expression.meta.root_names()}:
            if name in wrong:
                breaking = breaking & ~wrong[name]
        rows = frame["row"].filter(breaking)
        if not len(rows):
            continue
        texts = frame[rule.at].filter(breaking)
        faults: dict[Fault, int] = {}
        numbers = [faults.setdefault(broken(rule, shown(found)), len(faults)) for found in texts]
        cells = pl.DataFrame({"row": rows, "fault": pl.Series(numbers, dtype=pl.UInt32)})
        notes.add_all(cells, faults, rule.at, cols.get(rule.at, 0))


def shown(found: object) -> str:
    """A value as a cell shows it."""
    if isinstance(found, float):
        return shown_number(found)
    if isinstance(found, pl.Series):
        return "、".join(found)
    if isinstance(found, bool):
        return "是" if found else "否"
    return "" if found is None else str(found)


def frames(parts: Iterable[pl.DataFrame], ledger: type[Ledger]) -> pl.DataFrame:
    """The rows of every sheet of one ledger together."""
    return pl.concat([ledger.empty(), *parts])
