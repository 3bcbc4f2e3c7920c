"""Stand-ins: what replaces the citizen ID of a person whose personal values were removed.

A stand-in has 34 characters: month of birth and digit of the sex are at the same positions as
in a citizen ID, and the person_id is at the end. So the snapshot's tables stay the same.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import polars as pl

from board import storage
from board.journal import end_removal
from board.ledgers import ledgers
from board.storage import KEY, SNAPSHOTS, passed

MARK = "------"
PERSON_ID = 16
CITIZEN = "citizen_id"


def person_ids(root: Path, citizens: pl.Series) -> pl.Series:
    """Citizen IDs → person IDs: HMAC-SHA-256 under the store's key, first 16 hex digits."""
    distinct = citizens.drop_nulls().unique()
    secret = (root / KEY).read_bytes() if distinct.len() else b""
    ids = pl.Series([_person_id(secret, citizen) for citizen in distinct], dtype=pl.String)
    return citizens.replace_strict(distinct, ids, default=None, return_dtype=pl.String)


def _person_id(secret: bytes, citizen: str) -> str:
    if citizen.startswith(MARK):
        return citizen[-PERSON_ID:]
    return hmac.digest(secret, citizen.encode(), "sha256").hex()[:PERSON_ID]


def is_stand_in(column: str = CITIZEN) -> pl.Expr:
    """Whether a column holds a stand-in instead of a citizen ID or name; null where it is null."""
    return pl.col(column).str.starts_with(MARK)


def stand_ins(root: Path, citizens: pl.Series, *, birth: bool) -> pl.Series:
    """Citizen IDs → stand-ins, with month of birth and sex if `birth`; stand-ins stay."""
    citizen = pl.col(CITIZEN)
    month = pl.when(born(citizen).is_not_null()).then(citizen.str.slice(6, 6))
    sex = pl.when(citizen.str.slice(16, 1).str.contains(r"^[0-9]$")).then(citizen.str.slice(16, 1))
    parts = [month.fill_null(MARK), sex.fill_null("-")] if birth else [pl.lit(MARK), pl.lit("-")]
    frame = pl.DataFrame({CITIZEN: citizens, "person_id": person_ids(root, citizens)})
    new = pl.concat_str(pl.lit(MARK), parts[0], pl.lit("----"), parts[1], pl.lit("-"), "person_id")
    values = pl.when(is_stand_in()).then(citizen).otherwise(new)
    return frame.select(values.alias(CITIZEN)).to_series()


def born(citizen: pl.Expr) -> pl.Expr:
    """The first day of the month of birth in a citizen ID or stand-in; null where it has none."""
    return (citizen.str.slice(6, 6) + "01").str.to_date("%Y%m%d", strict=False)


def male(citizen: pl.Expr) -> pl.Expr:
    """Whether a citizen ID or stand-in is a man's; null where it has no digit of the sex."""
    return citizen.str.slice(16, 1).cast(pl.Int64, strict=False) % 2 == 1


def with_citizen_ids(root: Path, rows: pl.DataFrame, *others: pl.DataFrame) -> pl.DataFrame:
    """Replace each stand-in by the person's citizen ID where a row, or one of `others`, has it.

    So rows of the same person have equal keys. Nulls and other stand-ins stay.
    """
    if CITIZEN not in rows.columns or not rows.select(is_stand_in().any()).item():
        return rows
    columns = [frame[CITIZEN] for frame in (rows, *others) if CITIZEN in frame.columns]
    citizens = pl.concat(columns).drop_nulls().unique()
    citizens = citizens.filter(~citizens.str.starts_with(MARK))
    matches = person_ids(root, rows[CITIZEN]).replace_strict(
        person_ids(root, citizens), citizens, default=None, return_dtype=pl.String
    )
    values = pl.when(is_stand_in()).then(pl.coalesce(matches, pl.col(CITIZEN)))
    return rows.with_columns(values.otherwise(pl.col(CITIZEN)).alias(CITIZEN))


def newest(root: Path, rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """The last row of every key; a stand-in and its citizen ID count as the same key."""
    comparable = with_citizen_ids(root, rows)
    if comparable is rows:
        return rows.unique(key, keep="last", maintain_order=True)
    return rows.filter(comparable.select(pl.struct(key).is_last_distinct()).to_series())


def office_ids(root: Path, names: pl.Series) -> pl.Series:
    """Names of those who act for the authorities → IDs, the same for every spelling with blanks."""
    return person_ids(root, names.str.replace_all(r"\s", ""))


def office_stand_ins(root: Path, names: pl.Series) -> pl.Series:
    """Such names → stand-ins, from which the same IDs follow; stand-ins stay."""
    return MARK + office_ids(root, names)


@cache
def in_office() -> frozenset[str]:
    """The columns, of any ledger, with the names of those who act for the authorities."""
    return frozenset(f.name for ledger in ledgers() for f in ledger.fields() if f.in_office)


def without_stand_ins(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with null in place of every stand-in."""
    named = [name for name in rows.columns if name == CITIZEN or name in in_office()]
    return rows.with_columns(
        pl.when(~is_stand_in(name)).then(pl.col(name)).alias(name) for name in named
    )


def remove_persons_files(root: Path, name: str) -> None:
    """Delete the persons files of every snapshot but `name`, and record the removal's end.

    Call it when a snapshot built after the removal is in use.
    """
    for folder in (root / SNAPSHOTS, root / "past" / SNAPSHOTS):
        for path in folder.glob("*.persons.duckdb"):
            if path.name != f"{name}.persons.duckdb":
                with suppress(FileNotFoundError):
                    path.unlink()
        if folder.is_dir():
            storage.sync_folder(folder)
    passed("old persons removed")
    end_removal(root)
