"""Checks of keys: duplicates, references to other ledgers, and the rows a load replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from board.findings import LISTED, Finding, unlisted
from board.i18n import N_, Message
from board.intake.frames import Load, Rule, key_text
from board.ledgers import Ledger, by_name

SUGGESTED_UP_TO = 50


def duplicate_keys(load: Load) -> Iterator[Finding]:
    """Rows with a key that an earlier row of the load has, naming both cells."""
    for name, rows in load.new.items():
        ledger = by_name()[name]
        key = list(ledger.key())
        first = [pl.col(c).first().over(key).alias(f"first_{c}") for c in ("file", "sheet", "row")]
        complete = rows.drop_nulls([f.name for f in ledger.fields() if f.key and f.required])
        repeated = complete.filter(pl.struct(key).is_duplicated()).with_columns(
            *first, pl.int_range(pl.len()).over(key).alias("nth")
        )
        later = repeated.filter(pl.col("nth") > 0)
        column = next(f.name for f in ledger.fields() if f.key and f.required)
        # One more than are listed: it stands for all the others.
        rows_listed = later.head(LISTED + 1).iter_rows(named=True)
        places = [_with_first(load, ledger, column, row) for row in rows_listed]
        listed = _duplicate_key(name, column).findings(
            load, pl.DataFrame(places, infer_schema_length=None)
        )
        for number, finding in enumerate(listed):
            yield finding if number < LISTED else unlisted(finding, later.height - LISTED)


def _with_first(
    load: Load, ledger: type[Ledger], column: str, row: dict[str, object]
) -> dict[str, object]:
    """The place and key of a row, with the place of the first row that has the key."""
    first = {c: row[f"first_{c}"] for c in ("file", "sheet", "row")}
    cell = load.cell(ledger.name, first, column) or f"row {first['row']}"
    place = {"file": row["file"], "sheet": row["sheet"], "row": row["row"], "nth": row["nth"]}
    return place | {
        "found": key_text(ledger, row),
        "first": f"{first['file']} · {first['sheet']} · {cell}",
    }


def _duplicate_key(ledger: str, column: str) -> Rule:
    return Rule(
        "duplicate_key", ledger, column, "error", N_("同一次导入中每个键只出现一次"),
        N_("与 {first} 的键相同，同一次导入中每个键只能出现一次。"),
    )  # fmt: skip


def references(load: Load) -> Iterator[Finding]:
    """Households, persons and assets that are in no register, neither stored nor in this load."""
    for name, rows in load.new.items():
        for f in by_name()[name].fields():
            if not f.refers_to:
                continue
            target = by_name()[f.refers_to]
            registered = load.together(f.refers_to)[f.name].unique()
            unmatched = rows.filter(
                pl.col(f.name).is_not_null() & ~pl.col(f.name).is_in(registered.implode())
            )
            if unmatched.height:
                nearest = _nearest(unmatched[f.name], registered, personal=f.personal)
                faults = unmatched.select("file", "sheet", "row", pl.col(f.name).alias("found"))
                faults = faults.with_columns(suggestion=nearest)
                rule = _reference(name, f.name, f.header, target)
                yield from rule.findings(load, faults)


def _nearest(unmatched: pl.Series, registered: pl.Series, *, personal: bool) -> pl.Series:
    """The registered code that differs from each unmatched one in writing only, or null.

    Another number is another household: H12 is no slip of H13, while h-012 is H12. All are null
    for persons, and where more than `SUGGESTED_UP_TO` values are unmatched.
    """
    if personal or unmatched.len() > SUGGESTED_UP_TO:
        return pl.Series([None] * unmatched.len(), dtype=pl.String)
    by_parts: dict[tuple[str, ...], list[str]] = {}
    for code in registered.drop_nulls().to_list():
        by_parts.setdefault(_parts(code), []).append(code)
    alike = [by_parts.get(_parts(code), []) for code in unmatched]
    only = [codes[0] if len(codes) == 1 else None for codes in alike]
    return pl.Series(only, dtype=pl.String)


def _parts(code: str) -> tuple[str, ...]:
    """The words and numbers of a code, without zeros before a number: H001 has h and 1."""
    parts = re.findall(r"\d+|[^\W\d_]+", code.casefold())
    return tuple(part.lstrip("0") if part.isdigit() else part for part in parts)


def _reference(ledger: str, column: str, header: str, target: type[Ledger]) -> Rule:
    return Rule(
        "unknown_reference", ledger, column, "error", N_("{register}中已有的{header}"),
        N_("{header}不在{register}中：请先补录{register}，或在同一次导入中一并提交。"),
        target.name, {"header": header, "register": target.sheet_title()},
    )  # fmt: skip


def replaced(load: Load) -> dict[str, int]:
    """Ledger → number of stored rows that this load replaces; ledgers without any are left out."""
    return {
        name: count for name, rows in load.new.items() if (count := _old(load, name, rows).height)
    }


def missing_columns(load: Load) -> Iterator[Finding]:
    """Optional columns that a new sheet lacks though a row it replaces has a value there."""
    for name, rows in load.new.items():
        old = _old(load, name, rows)
        if not old.height:
            continue
        optional = [f for f in by_name()[name].fields() if not f.required and not f.key]
        for (file, sheet), columns in load.columns.get(name, {}).items():
            replaced_rows = old.filter(
                (pl.col("new_file") == file) & (pl.col("new_sheet") == sheet)
            )
            for f in (f for f in optional if f.name not in columns):
                count = replaced_rows.height - replaced_rows[f.name].null_count()
                if count:
                    yield _missing_column(name, f.name, f.header, file, sheet, count)


def _old(load: Load, ledger: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The stored rows that new rows replace, with the file and sheet of the new row."""
    key = list(by_name()[ledger].key())
    new = rows.select(*key, pl.col("file").alias("new_file"), pl.col("sheet").alias("new_sheet"))
    return load.stored(ledger).join(new.unique(key), on=key, how="inner", nulls_equal=True)


def _missing_column(
    ledger: str, column: str, header: str, file: str, sheet: str, count: int
) -> Finding:
    return Finding(
        file=file, sheet=sheet, cell=None, ledger=ledger, column=column, rule="column_lacking",
        severity="warning", found=str(count), expected=header, suggestion=None,
        message=Message(
            N_("本表没有“{header}”一列，而被替换的{count}行原来填有该项，替换后为空。"),
            {"header": header, "count": count},
        ),
    )  # fmt: skip
