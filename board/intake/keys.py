"""Checks over keys: the same key twice, a key that another ledger must hold, what a row replaces."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

import polars as pl

from board.findings import Finding
from board.i18n import N_, Message
from board.intake.frames import Load, Rule, shown
from board.ledgers import Ledger, by_name

SUGGESTED_UP_TO = 50


def twice(load: Load) -> Iterator[Finding]:
    """The same key twice in one load, naming both cells."""
    for name, rows in load.new.items():
        ledger = by_name()[name]
        key = list(ledger.key())
        first = [pl.col(c).first().over(key).alias(f"first_{c}") for c in ("file", "sheet", "row")]
        whole = rows.drop_nulls([f.name for f in ledger.fields() if f.key and f.required])
        doubled = whole.filter(pl.struct(key).is_duplicated()).with_columns(
            *first, pl.int_range(pl.len()).over(key).alias("nth")
        )
        column = next(f.name for f in ledger.fields() if f.key and f.required)
        told = [_with_first(load, ledger, column, row) for row in doubled.iter_rows(named=True)]
        yield from _twice(name, column).tell(
            load, pl.DataFrame([row for row in told if row["nth"]], infer_schema_length=None)
        )


def _with_first(
    load: Load, ledger: type[Ledger], column: str, row: dict[str, object]
) -> dict[str, object]:
    first = {c: row[f"first_{c}"] for c in ("file", "sheet", "row")}
    cell = load.cell(ledger.name, first, column) or f"row {first['row']}"
    place = {"file": row["file"], "sheet": row["sheet"], "row": row["row"], "nth": row["nth"]}
    return place | {
        "found": shown(ledger, row),
        "first": f"{first['file']} · {first['sheet']} · {cell}",
    }


def _twice(ledger: str, column: str) -> Rule:
    return Rule(
        "duplicate_key", ledger, column, "error", N_("同一次导入中每个键只出现一次"),
        N_("与 {first} 的键相同，同一次导入中每个键只能出现一次。"),
    )  # fmt: skip


def references(load: Load) -> Iterator[Finding]:
    """A household, person or asset that no register holds, neither stored nor in this load."""
    for name, rows in load.new.items():
        for f in by_name()[name].fields():
            if not f.refers_to:
                continue
            target = by_name()[f.refers_to]
            known = load.together(f.refers_to)[f.name].unique()
            lost = rows.filter(
                pl.col(f.name).is_not_null() & ~pl.col(f.name).is_in(known.implode())
            )
            if lost.height:
                nearest = _nearest(lost[f.name], known, personal=f.personal)
                told = lost.select("file", "sheet", "row", pl.col(f.name).alias("found"))
                told = told.with_columns(suggestion=nearest)
                rule = _reference(name, f.name, f.header, target)
                yield from rule.tell(load, told)


def _nearest(lost: pl.Series, known: pl.Series, *, personal: bool) -> pl.Series:
    """The known value most like each lost one; none for persons, and none where many are lost."""
    if personal or lost.len() > SUGGESTED_UP_TO:
        return pl.Series([None] * lost.len(), dtype=pl.String)
    values = known.drop_nulls().to_list()
    return pl.Series(
        [next(iter(difflib.get_close_matches(one, values, 1, 0.6)), None) for one in lost],
        dtype=pl.String,
    )


def _reference(ledger: str, column: str, header: str, target: type[Ledger]) -> Rule:
    return Rule(
        "unknown_reference", ledger, column, "error", N_("{register}中已有的{header}"),
        N_("{header}不在{register}中：请先补录{register}，或在同一次导入中一并提交。"),
        target.name, {"header": header, "register": target.sheet_title()},
    )  # fmt: skip


def replaced(load: Load) -> dict[str, int]:
    """How many stored rows of each ledger this load replaces."""
    return {
        name: count for name, rows in load.new.items() if (count := _old(load, name, rows).height)
    }


def lacking(load: Load) -> Iterator[Finding]:
    """An optional column that a new sheet lacks though a row it replaces had it filled."""
    for name, rows in load.new.items():
        old = _old(load, name, rows)
        if not old.height:
            continue
        optional = [f for f in by_name()[name].fields() if not f.required and not f.key]
        for (file, sheet), columns in load.columns.get(name, {}).items():
            here = old.filter((pl.col("new_file") == file) & (pl.col("new_sheet") == sheet))
            for f in (f for f in optional if f.name not in columns):
                lost = here.height - here[f.name].null_count()
                if lost:
                    yield _lacks(name, f.name, f.header, file, sheet, lost)


def _old(load: Load, ledger: str, rows: pl.DataFrame) -> pl.DataFrame:
    """The stored rows that new ones replace, with the new rows' file and sheet."""
    key = list(by_name()[ledger].key())
    new = rows.select(*key, pl.col("file").alias("new_file"), pl.col("sheet").alias("new_sheet"))
    return load.stored(ledger).join(new.unique(key), on=key, how="inner", nulls_equal=True)


def _lacks(ledger: str, column: str, header: str, file: str, sheet: str, lost: int) -> Finding:
    return Finding(
        file=file, sheet=sheet, cell=None, ledger=ledger, column=column, rule="column_lacking",
        severity="warning", found=str(lost), expected=header, suggestion=None,
        message=Message(
            N_("本表没有“{header}”一列，而被替换的{count}行原来填有该项，替换后为空。"),
            {"header": header, "count": lost},
        ),
    )  # fmt: skip
