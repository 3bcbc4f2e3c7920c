"""Compare every unit that a sheet states with those of the ledger's columns.

A unit may stand in the header, above it, in a row of units below it, in the name of the sheet or
the file, and in the number format of cells. Nothing is converted: where a unit is another than the
column's, that is an error at the header, since one of the two is wrong and nobody can tell which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import polars as pl

from board.ledgers import Field, Ledger
from board.ledgers.fields.cell import NUMBER, STRING
from board.ledgers.fields.numeric import Numeric
from board.ledgers.fields.spelling import cleaned, compact
from board.ledgers.fields.units import SEPARATORS, Unit, agrees, unit_of, units_in, without_unit
from board.workbook.findings.fault import fault
from board.workbook.findings.notes import Notes
from board.workbook.readers.sheet import Sheet
from board.workbook.table.header import Header

# A row of units stands so many rows below the header at most, a note on units so far below all.
_BELOW = 2
_LONGEST_TITLE = 120
_OF_COUNTS = Unit("个", "count", 1.0)


def note_units(
    sheet: Sheet,
    header: Header,
    rows: pl.Series,
    ledger: type[Ledger],
    names: Iterable[str],
    notes: Notes,
) -> None:
    """Note each column of numbers whose unit the sheet states otherwise than the ledger.

    `rows` are those of data, `names` are those of the file and of the sheet. What stands nearest
    to the numbers decides: a unit in the header goes before one in the title.
    """
    numeric = {col: field for col, field in header.fields.items() if isinstance(field, Numeric)}
    owns = {col: own for col, field in numeric.items() if (own := own_unit(field, ledger))}
    if not owns:
        return
    above = _above(sheet, header)
    below = _row_of_units(sheet, header, numeric)
    general = [unit for name in names for unit in units_in(name)] + _around(sheet, header, rows)
    by_format = _by_format(sheet, header)
    for col, own in owns.items():
        stated = {
            "unit_in_header": _in_header(header.texts[col]),
            "unit_in_row": below.get(col, []),
            "unit_above": _of_kind(own, [*above.get(col, []), *general]),
        }
        nearest = next((rule for rule, units in stated.items() if units), "")
        of_cells = {nearest: stated.get(nearest, []), "unit_of_format": by_format.get(col, [])}
        others = (
            (rule, u) for rule, units in of_cells.items() for u in units if not agrees(u, own)
        )
        if other := next(others, None):
            _note(notes, header, col, own, *other)


def _note(notes: Notes, header: Header, col: int, own: Unit, rule: str, stated: Unit) -> None:
    field = header.fields[col]
    text = cleaned(header.texts[col])
    problem = fault(rule, field, text, own.text, stated=stated.text, own=own.text)
    notes.add(problem, field.name, header.row, col)


def own_unit(field: Field, ledger: type[Ledger]) -> Unit | None:
    """The unit that a column of numbers is in by its declaration; None where it has none."""
    declared = unit_of(field.unit) if field.unit else None
    if declared is None and field.header.endswith(("月数", "时限")):
        declared = unit_of("月")
    if declared is None:
        return _OF_COUNTS if field.kind == "int" else None
    return Unit(field.unit or "月", declared.measures, declared.size, tuple(_per(field, ledger)))


def _per(field: Field, ledger: type[Ledger]) -> Iterator[str]:
    """What the amounts of a column are per: a month where its header says so, a person in a row of one."""
    if "月" in field.header:
        yield "月"
    kinds = {f.kind for f in ledger.fields() if f.required}
    if "quarter" in kinds:
        yield from ("季", "季度")
    if "人均" in field.header or "元/人" in field.note or "id" in kinds:
        yield "人"
    if (
        any(f.refers_to == "households" for f in ledger.fields() if f.required)
        and "id" not in kinds
    ):
        yield "户"


def _in_header(text: str) -> list[Unit]:
    """The units that a header states, in brackets or as what follows it."""
    units = units_in(text)
    title = without_unit(text)
    return units or units_in(
        compact(text)[len(title) :].lstrip(SEPARATORS) if title else "", anywhere=True
    )


def _of_kind(own: Unit, units: Iterable[Unit]) -> list[Unit]:
    """Of the units of a title those that speak of a column; a time there says how often it comes."""
    return [u for u in units if u.measures in ("", own.measures) and u.measures != "time"]


def _above(sheet: Sheet, header: Header) -> dict[int, list[Unit]]:
    """The units stated in the rows above the header, by column of the table.

    Where one row states several of a kind, each holds from its cell to the next one.
    """
    cells = sheet.cells.filter(pl.col("row") < header.row, pl.col("kind") == STRING)
    stated: dict[int, list[tuple[int, list[Unit]]]] = {}
    for row, col, text in cells.select("row", "col", "text").iter_rows():
        if len(text) <= _LONGEST_TITLE and (units := units_in(text, anywhere=True)):
            stated.setdefault(row, []).append((col, units))
    by_column: dict[int, list[Unit]] = {}
    for row in sorted(stated, reverse=True):
        for col in header.fields:
            by_column.setdefault(col, []).extend(_of_row(stated[row], col, by_column.get(col, [])))
    return by_column


def _of_row(
    statements: list[tuple[int, list[Unit]]], col: int, nearer: list[Unit]
) -> Iterator[Unit]:
    """The units that a row above the header states for a column, unless a row nearer to it does."""
    before = [units for start, units in statements if start <= col]
    chosen = (
        before[-1] if len(statements) > 1 and before else [u for _, us in statements for u in us]
    )
    known = {unit.measures for unit in nearer}
    yield from (unit for unit in chosen if unit.measures not in known)


def _around(sheet: Sheet, header: Header, rows: pl.Series) -> list[Unit]:
    """The units that a note beside the rows of data states: 注：金额单位为万元."""
    beside = sheet.cells.filter(
        pl.col("row") > header.row,
        ~pl.col("row").is_in(rows.implode()),
        pl.col("kind") == STRING,
        pl.col("text").str.len_chars() <= _LONGEST_TITLE,
        pl.col("text").str.contains("单\\s*位|计"),
    )
    texts = beside["text"].unique(maintain_order=True)
    return [unit for text in texts.head(50) for unit in units_in(text)]


def _row_of_units(
    sheet: Sheet, header: Header, numeric: Mapping[int, Field]
) -> dict[int, list[Unit]]:
    """The units of a row right below the header that holds units instead of numbers."""
    near = sheet.cells.filter(pl.col("row").is_between(header.row + 1, header.row + _BELOW))
    for row in sorted(near["row"].unique()):
        cells = near.filter(pl.col("row") == row, pl.col("col").is_in(list(numeric)))
        if cells.filter(pl.col("kind") == NUMBER).height:
            continue
        stated = {
            col: units
            for col, text in cells.select("col", "text").iter_rows()
            if (units := units_in(text, anywhere=True))
        }
        if stated and len(stated) * 2 >= cells.height:
            return stated
    return {}


def _by_format(sheet: Sheet, header: Header) -> dict[int, list[Unit]]:
    """The units that number formats of a column's numbers state."""
    used = [index for index, unit in enumerate(sheet.units) if unit]
    if not used:
        return {}
    cells = sheet.cells.filter(
        pl.col("row") > header.row, pl.col("kind") == NUMBER, pl.col("format").is_in(used)
    )
    by_column: dict[int, list[Unit]] = {}
    for col, number in cells.select("col", "format").unique(maintain_order=True).iter_rows():
        by_column.setdefault(col, []).extend(filter(None, [sheet.units[number]]))
    return by_column
