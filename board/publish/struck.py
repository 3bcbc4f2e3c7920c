"""The table `struck_texts` of a snapshot: what shared screens show in place of a text that names a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl

from board.journal import Journal
from board.ledgers import Ledger
from board.ledgers.fields.persons import Persons, struck, struck_texts, without_numbers
from board.publish.rows import remembered_rows
from board.storage import RefusedError

SCHEMA = {"text": pl.String(), "struck": pl.String()}
# The register columns that say who a person is: name, household code, room.
PERSONS = {
    "households": ("head_name", "household_id", "room"),
    "labour": ("name", "household_id", None),
}
NAMES = ("file", "sheet")  # Words of who sent a file: they stand beside every row.


def persons_of(rows: Callable[[str], pl.DataFrame]) -> Persons:
    """The persons whom the registers hold; `rows(ledger)` gives a register's rows in force."""
    registers = {name: rows(name) for name in PERSONS}
    rooms = dict(registers["households"].select("household_id", "room").iter_rows())
    return Persons.of(
        (name, code, room if room is not None else rooms.get(code))
        for register, (named, coded, lives) in PERSONS.items()
        for name, code, room in _columns(registers[register], named, coded, lives)
    )


def _columns(
    rows: pl.DataFrame, named: str, coded: str, lives: str | None
) -> Iterable[tuple[str | None, str | None, str | None]]:
    room = pl.col(lives) if lives else pl.lit(None, pl.String)
    return rows.select(name=named, code=coded, room=room).unique(maintain_order=True).iter_rows()


def texts_of(ledger: type[Ledger], rows: pl.DataFrame) -> pl.Series:
    """The distinct texts of a ledger that shared screens may show."""
    shown = [f.name for f in ledger.fields() if f.is_free_text and f.shared]
    columns = [rows[name] for name in (*shown, *NAMES) if rows[name].dtype == pl.String]
    return pl.concat([column.alias("text") for column in columns]).drop_nulls().unique()


def struck_rows(texts: Iterable[pl.Series], persons: Persons) -> pl.DataFrame:
    """A row a text that names a person, with the text that shared screens show."""
    replaced = struck_texts(pl.concat([pl.Series("text", [], pl.String), *texts]), persons)
    return pl.DataFrame(sorted(replaced.items()), schema=SCHEMA, orient="row")


def words_struck(root: Path, text: str) -> str:
    """A reason or note without the numbers, names and codes of persons that the registers hold.

    Where the registers can't be read, numbers alone are replaced.
    """
    if not text:
        return text
    try:
        batches = Journal(root).batches()
        return struck(text, persons_of(lambda name: remembered_rows(root, name, batches)))
    except (OSError, sqlite3.Error, RefusedError, pl.exceptions.PolarsError):
        return without_numbers(text)
