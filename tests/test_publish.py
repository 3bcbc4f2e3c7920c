"""Publishing: the rows in force, what is hidden, and that a snapshot is a function of the journal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from board import storage
from board.journal import Journal
from board.ledgers import ledgers
from board.publish import current, publish, rows_in_force, up_to_date, verify
from board.publish.build import row_counts
from board.store import NoSnapshotError, open_store
from tests.support.answers import present
from tests.support.stores import batch

HOUSE = {
    "household_id": "H1", "settlement": "幸福小镇", "building": "1栋", "unit": "1单元",
    "room": "0101", "head_name": "甲", "size": 2, "category": "脱贫户", "status": "在册",
}  # fmt: skip
PERSON = {
    "citizen_id": "99000019900101001X", "name": "甲", "household_id": "H1",
    "work_ability": "普通劳动力", "lifted_out": True, "student": False, "willing_to_work": True,
    "willing_to_train": False, "resident": True, "phone": "13800000000",
}  # fmt: skip


def table(root: Path, name: str) -> pl.DataFrame:
    """A table of the snapshot in use, whole."""
    from board.store import connect

    connection = connect(root / "snapshots" / f"{present(current(root)).snapshot}.duckdb")
    try:
        found: pl.DataFrame = connection.table(name).pl()
        return found
    finally:
        connection.close()


def test_an_empty_store_has_every_table_after_the_first_look(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshotError):
        open_store(tmp_path).snapshot()
    up_to_date(tmp_path)
    for ledger in ledgers():
        assert table(tmp_path, ledger.name).height == 0
    assert open_store(tmp_path).snapshot().events == 0
    assert verify(tmp_path) == []


def test_the_newest_live_batch_wins_and_a_withdrawn_one_counts_no_more(tmp_path: Path) -> None:
    batch(tmp_path, at="2024-01-05T00:00:00", households=[HOUSE])
    second = batch(tmp_path, at="2024-02-05T00:00:00", households=[HOUSE | {"size": 3}])
    assert rows_in_force(tmp_path, "households")["size"].to_list() == [3]
    publish(tmp_path)
    assert table(tmp_path, "households")["size"].to_list() == [3]
    Journal(tmp_path).withdraw(second, "录错了")
    publish(tmp_path)
    assert table(tmp_path, "households")["size"].to_list() == [2]
    assert table(tmp_path, "batches")["batch"].to_list() == [1, 0]


def test_an_empty_month_is_part_of_the_key(tmp_path: Path) -> None:
    later = HOUSE | {"effective_month": date(2024, 3, 1)}
    batch(tmp_path, households=[HOUSE, later])
    batch(tmp_path, households=[HOUSE | {"size": 9}])
    found = rows_in_force(tmp_path, "households")
    assert dict(zip(found["effective_month"], found["size"], strict=True)) == {
        None: 9,
        date(2024, 3, 1): 2,
    }


def test_as_known_at_a_date_is_the_shorter_journal(tmp_path: Path) -> None:
    batch(tmp_path, at="2024-01-05T00:00:00", households=[HOUSE])
    first = publish(tmp_path)
    batch(tmp_path, at="2024-02-05T00:00:00", households=[HOUSE | {"household_id": "H2"}])
    publish(tmp_path)
    assert table(tmp_path, "households").height == 2
    then = publish(tmp_path, at="2024-01-31T23:59:59")
    # Of the plan that publishing takes over nothing was known then.
    assert (then.split("-")[0], first.split("-")[0]) == ("1", "2")
    assert table(tmp_path, "households").height == 1
    assert verify(tmp_path) == []


def test_no_personal_column_is_in_the_snapshot_and_all_are_in_the_persons_file(
    tmp_path: Path,
) -> None:
    batch(tmp_path, households=[HOUSE], labour=[PERSON])
    publish(tmp_path)
    for ledger in ledgers():
        hidden = {f.name for f in ledger.fields() if f.personal}
        assert not hidden & set(table(tmp_path, ledger.name).columns)
    bytes_of_snapshot = next(tmp_path.glob("snapshots/*[0-9a-f].duckdb")).read_bytes()
    assert str(PERSON["citizen_id"]).encode() not in bytes_of_snapshot
    person = table(tmp_path, "labour")["person_id"].item()
    assert len(person) == 16
    assert person != table(tmp_path, "labour")["household_id"].item()


def test_the_same_journal_publishes_the_same_once(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    assert publish(tmp_path) == publish(tmp_path)


def test_an_open_store_moves_on_with_current(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    publish(tmp_path)
    store = open_store(tmp_path)
    before = store.snapshot()
    assert store.snapshot() is before
    batch(tmp_path, households=[HOUSE | {"household_id": "H2"}])
    publish(tmp_path)
    assert store.snapshot().events == before.events + 1


def test_verify_finds_a_changed_batch_a_changed_row_and_a_changed_snapshot(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    publish(tmp_path)
    path = tmp_path / "batches" / "1" / "households.parquet"
    whole = path.read_bytes()
    pl.read_parquet(path).with_columns(size=pl.lit(7, pl.Int64)).write_parquet(path)
    assert "changed" in {p.code for p in verify(tmp_path)}
    path.write_bytes(whole)
    assert verify(tmp_path) == []
    snapshot = next(tmp_path.glob("snapshots/*[0-9a-f].duckdb"))
    snapshot.write_bytes(snapshot.read_bytes() + b"x")
    assert [p.code for p in verify(tmp_path)] == ["changed"]
    publish(tmp_path)
    assert verify(tmp_path) == []


def test_nothing_in_the_journal_can_be_changed_or_removed(tmp_path: Path) -> None:
    import sqlite3

    batch(tmp_path, households=[HOUSE])
    connection = sqlite3.connect(tmp_path / storage.JOURNAL)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("delete from journal")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("update journal set kind = 'x'")
    connection.execute("drop trigger journal_keeps_words")
    connection.execute("update journal set recorded_at = '2020-01-01T00:00:00'")
    connection.commit()
    connection.close()
    assert "broken_chain" in {p.code for p in verify(tmp_path)}


def test_tables_of_any_name_are_counted() -> None:
    with duckdb.connect() as connection:
        connection.execute("""create table "it's; ""a"" b" as select 1 as n""")
        connection.execute("create table plain as from range(3)")
        counts = row_counts(connection)
    assert counts == {'main.it\'s; "a" b': 1, "main.plain": 3}
