"""Turn the cells of a table into typed columns, and note what is wrong in a cell or row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from board.findings import LISTED
from board.ledgers import Field, Ledger
from board.ledgers.fields.cell import Cell, Context, Fault
from board.ledgers.fields.shown import shown
from board.workbook.findings.fault import broken, fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet, letters
from board.workbook.table.header import Header
from board.workbook.table.rows import Body

# So many different texts of a column are named in a notice.
_TOLD = 4


def typed(
    body: Body,
    sheet: Sheet,
    header: Header,
    ledger: type[Ledger],
    context: Context,
    notes: Notes,
) -> pl.DataFrame:
    """The rows of a table: the ledger's columns and the row's number; a faulty cell is null."""
    rows = body.rows.alias("row").to_frame()
    frame = rows
    errors: dict[str, pl.Series] = {}
    for col, field in header.fields.items():
        column, faulty = _column(body.column(col), rows, sheet, field, context, notes, col)
        frame = frame.with_columns(column.alias(field.name))
        errors[field.name] = body.rows.filter(faulty)
    missing = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in ledger.schema_of_frame().items()
        if name not in frame.columns
    ]
    frame = frame.with_columns(missing).with_columns(pl.col("row").cast(pl.Int64))
    invalid = ledger.filter(frame)[1].details()
    _note_unfilled(invalid, errors, header, notes)
    _note_row_rules(invalid, errors, header, ledger, notes)
    return frame.select(list(ledger.schema_of_frame()))


def _column(
    cells: pl.DataFrame,
    rows: pl.DataFrame,
    sheet: Sheet,
    field: Field,
    context: Context,
    notes: Notes,
    col: int,
) -> tuple[pl.Series, pl.Series]:
    """The values of one column, one for each of `rows`, and which of them are errors."""
    forms = pl.Series(sheet.formats, dtype=pl.String)
    cells = cells.with_columns(form=forms.gather(cells["format"]))
    kinds = cells.select("kind", "text", "form").unique(maintain_order=True)
    values: list[object] = []
    numbers: list[int | None] = []
    faults: dict[Fault, int] = {}
    met: Counter[str] = Counter()
    for kind, text, form in kinds.iter_rows():
        cell, problem = field.value(Cell(kind, text, form), context)
        if problem is not None:
            met[problem.rule] += 1
            if met[problem.rule] > LISTED:
                # As many as are listed have been met: of the others only the rule counts.
                if context.suggesting:
                    context = replace(context, suggesting=False)
                problem = Fault(problem.rule, problem.severity, None, None, None)
        values.append(cell)
        numbers.append(None if problem is None else faults.setdefault(problem, len(faults)))
    results = kinds.with_columns(
        pl.Series("value", values, dtype=field.dtype, strict=True),
        pl.Series("fault", numbers, dtype=pl.UInt32),
    )
    cells_and_values = cells.join(
        results, on=["kind", "text", "form"], how="left", maintain_order="left"
    )
    if faults:
        faulty = cells_and_values.filter(pl.col("fault").is_not_null()).select("row", "fault")
        _note_faults(faulty, list(faults), field, notes, col)
    errors = [number for problem, number in faults.items() if problem.severity == "error"]
    aligned = rows.join(
        cells_and_values.select(
            "row", "value", error=pl.col("fault").is_in(errors).fill_null(False)
        ),
        on="row",
        how="left",
        maintain_order="left",
    )
    error = aligned["error"].fill_null(False)
    empty = aligned["row"].filter(aligned["value"].is_null() & ~error)
    merged = _merged(empty, sheet, field, notes, col)
    return aligned["value"], error | aligned["row"].is_in(merged.implode())


def _note_faults(
    faulty: pl.DataFrame, faults: list[Fault], field: Field, notes: Notes, col: int
) -> None:
    """Note every fault at its cell; notices of a rule once for the column, at their first cell."""
    by_rule: dict[str, list[int]] = {}
    for number, problem in enumerate(faults):
        if problem.severity == "notice":
            by_rule.setdefault(problem.rule, []).append(number)
    for numbers in by_rule.values():
        cells = faulty.filter(pl.col("fault").is_in(numbers))
        texts = [
            faults[number].found or "" for number in cells["fault"].unique(maintain_order=True)
        ]
        text = "”“".join([*texts[:_TOLD], *(["…"] if len(texts) > _TOLD else [])])
        gaps = (("count", cells.height),)
        notes.add(
            replace(faults[numbers[0]], found=text, gaps=gaps), field.name, cells["row"][0], col
        )
    notices = [number for numbers in by_rule.values() for number in numbers]
    notes.add_all(faulty.filter(~pl.col("fault").is_in(notices)), faults, field.name, col)


def _merged(rows: pl.Series, sheet: Sheet, field: Field, notes: Notes, col: int) -> pl.Series:
    """Those of the empty `rows` of a column that a merged block covers; they are noted."""
    blocks = sorted(
        (block[0] + (block[1] == col), block[2], block)
        for block in sheet.merged
        if block[1] <= col <= block[3] and (block[2] > block[0] or block[3] > block[1])
    )
    if not blocks or rows.is_empty():
        return rows.clear()
    starts = pl.Series([start for start, _, _ in blocks], dtype=pl.UInt32)
    positions = starts.search_sorted(rows, side="right").cast(pl.Int64) - 1
    covered = []
    for row, position in zip(rows, positions, strict=True):
        if position >= 0 and row <= blocks[position][1]:
            top, left, bottom, right = blocks[position][2]
            reference = f"{letters(left)}{top}:{letters(right)}{bottom}"
            notes.add(fault("merged_cell", field, block=reference), field.name, row, col)
            covered.append(row)
    return pl.Series(covered, dtype=rows.dtype)


def _note_unfilled(
    invalid: pl.DataFrame, errors: dict[str, pl.Series], header: Header, notes: Notes
) -> None:
    """Note every empty cell of a required column; `errors`, the rows with an error, grow by them."""
    for col, field in header.fields.items():
        if field.required:
            rows = _breaking(invalid, f"{field.name}|nullability", errors[field.name])
            cells = rows.to_frame().with_columns(fault=pl.lit(0, pl.UInt32))
            notes.add_all(cells, [fault("required", field)], field.name, col)
            errors[field.name] = pl.concat([errors[field.name], rows])


def _note_row_rules(
    invalid: pl.DataFrame,
    errors: dict[str, pl.Series],
    header: Header,
    ledger: type[Ledger],
    notes: Notes,
) -> None:
    """Note every row that breaks a row rule, except where a cell of the rule is an error."""
    cols = {field.name: col for col, field in header.fields.items()}
    for rule in ledger.row_rules():
        doubtful = [errors[name] for name in {rule.at, *rule.columns} & errors.keys()]
        rows = _breaking(invalid, rule.name, *doubtful)
        values = invalid.filter(pl.col("row").is_in(rows.implode()))[rule.at]
        faults: dict[Fault, int] = {}
        numbers = []
        for cell in values:
            text = shown(cell) if len(faults) < LISTED else ""
            numbers.append(faults.setdefault(broken(rule, text), len(faults)))
        cells = pl.DataFrame({"row": rows, "fault": pl.Series(numbers, dtype=pl.UInt32)})
        notes.add_all(cells, faults, rule.at, cols.get(rule.at, 0))


def _breaking(invalid: pl.DataFrame, rule: str, *errors: pl.Series) -> pl.Series:
    """The numbers of the rows that break a rule of dataframely, without those in `errors`."""
    rows = invalid.filter(pl.col(rule) == "invalid")["row"].cast(pl.UInt32)
    for numbers in errors:
        rows = rows.filter(~rows.is_in(numbers.implode()))
    return rows


def combined(parts: Iterable[pl.DataFrame], ledger: type[Ledger]) -> pl.DataFrame:
    """One frame with the rows of all sheets of a ledger."""
    return pl.concat([ledger.empty(), *parts])
