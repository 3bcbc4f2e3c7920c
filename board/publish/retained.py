"""What stands for somebody whose personal values were removed: known again, but never named.

In a retained row a stand-in takes the citizen ID's place. It ends with the person_id, and has
the month of birth and the digit of the sex where a citizen ID has them, so that a table of the
snapshot made from it is the same.
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import polars as pl

from board import storage
from board.journal import end_removal
from board.storage import KEY, SNAPSHOTS, passed

MARK = "------"
PERSON_ID = 16
CITIZEN = "citizen_id"


def person_ids(root: Path, citizens: pl.Series) -> pl.Series:
    """Citizen IDs → person IDs: HMAC-SHA-256 under the store's key, first 16 hex digits."""
    known = citizens.drop_nulls().unique()
    secret = (root / KEY).read_bytes() if known.len() else b""
    hidden = [_person_id(secret, one) for one in known]
    ids = pl.Series(hidden, dtype=pl.String)
    return citizens.replace_strict(known, ids, default=None, return_dtype=pl.String)


def _person_id(secret: bytes, citizen: str) -> str:
    if citizen.startswith(MARK):
        return citizen[-PERSON_ID:]
    return hmac.digest(secret, citizen.encode(), "sha256").hex()[:PERSON_ID]


def is_stand_in(name: str = CITIZEN) -> pl.Expr:
    """Whether a column holds a stand-in instead of a citizen ID; null where it holds neither."""
    return pl.col(name).str.starts_with(MARK)


def stand_ins(root: Path, citizens: pl.Series, *, birth: bool) -> pl.Series:
    """Citizen IDs → stand-ins, with the month of birth and the sex where `birth` asks for them."""
    citizen = pl.col(CITIZEN)
    month = pl.when(born(citizen).is_not_null()).then(citizen.str.slice(6, 6))
    sex = pl.when(citizen.str.slice(16, 1).str.contains(r"^[0-9]$")).then(citizen.str.slice(16, 1))
    told = [month.fill_null(MARK), sex.fill_null("-")] if birth else [pl.lit(MARK), pl.lit("-")]
    frame = pl.DataFrame({CITIZEN: citizens, "person_id": person_ids(root, citizens)})
    made = pl.concat_str(pl.lit(MARK), told[0], pl.lit("----"), told[1], pl.lit("-"), "person_id")
    kept = pl.when(is_stand_in()).then(citizen).otherwise(made)
    return frame.select(kept.alias(CITIZEN)).to_series()


def born(citizen: pl.Expr) -> pl.Expr:
    """The month of birth that a citizen ID or a stand-in tells; null where it tells none."""
    return (citizen.str.slice(6, 6) + "01").str.to_date("%Y%m%d", strict=False)


def male(citizen: pl.Expr) -> pl.Expr:
    """Whether a citizen ID or a stand-in is a man's."""
    return citizen.str.slice(16, 1).cast(pl.Int64, strict=False) % 2 == 1


def recalled(root: Path, rows: pl.DataFrame, *others: pl.DataFrame) -> pl.DataFrame:
    """The rows with the citizen ID in place of a stand-in, where a row of theirs or others has it.

    It makes rows of one person comparable by their key; null and unknown stay what they are.
    """
    if CITIZEN not in rows.columns or not rows.select(is_stand_in().any()).item():
        return rows
    columns = [frame[CITIZEN] for frame in (rows, *others) if CITIZEN in frame.columns]
    told = pl.concat(columns).drop_nulls().unique()
    told = told.filter(~told.str.starts_with(MARK))
    citizens = person_ids(root, rows[CITIZEN]).replace_strict(
        person_ids(root, told), told, default=None, return_dtype=pl.String
    )
    again = pl.when(is_stand_in()).then(pl.coalesce(citizens, pl.col(CITIZEN)))
    return rows.with_columns(again.otherwise(pl.col(CITIZEN)).alias(CITIZEN))


def newest(root: Path, rows: pl.DataFrame, key: Sequence[str]) -> pl.DataFrame:
    """Of every key the last row, whether it has the person's citizen ID or a stand-in."""
    comparable = recalled(root, rows)
    if comparable is rows:
        return rows.unique(key, keep="last", maintain_order=True)
    return rows.filter(comparable.select(pl.struct(key).is_last_distinct()).to_series())


def without_stand_ins(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with nothing in place of a citizen ID that was removed."""
    if CITIZEN not in rows.columns:
        return rows
    return rows.with_columns(pl.when(~is_stand_in()).then(pl.col(CITIZEN)).alias(CITIZEN))


def forget(root: Path, name: str) -> None:
    """Remove the persons files of every snapshot but `name`, and end the removal.

    Call it once a snapshot made after a removal is in use.
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
