"""What is older than a term is removed: workbooks and persons go, figures, hashes and record stay."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from board import intake, storage
from board.__main__ import main
from board.access import Reader, Role
from board.backup import backup, restore
from board.journal import AuditLog, Journal
from board.ledgers import by_name, ledgers
from board.metrics import Period, Scope
from board.publish import (
    as_known,
    faults,
    person_ids,
    public_rows,
    publish,
    rows_in_force,
    stand_ins,
    verify,
)
from board.retain import removal, retain
from board.sections import View
from board.sections.household import words
from board.sections.household.frames import HOUSEHOLD
from board.storage import RefusedError, steps
from board.store import WithheldError, open_store
from tests.support import settlement
from tests.support.retained import (  # fmt: skip
    DAY,
    GONE,
    KEPT,
    NEW,
    OLD,
    REASON,
    bytes_of,
    citizen,
    home,
    job,
    left,
    member,
    old_rows,
    removed,
    same,
    sent,
    tables,
)
from tests.support.spread import spread
from tests.support.stores import batch, frame

pytestmark = pytest.mark.usefixtures("workbooks_read_here")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An old batch of two households, withdrawn rows of one of them, and a new batch."""
    folder = tmp_path_factory.mktemp("retain")
    root = folder / "store"
    sent(folder, root, OLD, **old_rows())
    wrong = sent(folder, root, "2022-04-05T00:00:00", employment=[job(3, date(2022, 3, 1))])
    Journal(root).withdraw(wrong, "报错了月份", "2022-05-05T00:00:00")
    sent(folder, root, NEW, employment=[job(3, date(2024, 2, 1))])
    return root


@pytest.fixture
def store(loaded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(loaded, tmp_path / "store"))


def test_who_is_named_no_more_is_gone_from_every_file(store: Path) -> None:
    assert set(left(store, GONE)) == set(GONE)
    removed(store)
    assert left(store, GONE) == {}
    assert not list(store.rglob("received/*2022*"))
    assert verify(store) == []


def test_who_is_still_named_stays_with_the_household(store: Path) -> None:
    removed(store)
    assert set(left(store, KEPT)) == set(KEPT)
    held = tables(store, part=".persons")["persons_labour"]
    assert sorted(held["name"].drop_nulls()) == ["姓名3", "姓名4"]
    assert list(store.rglob("received/*2024*"))


def test_of_a_withdrawn_batch_every_person_goes(store: Path) -> None:
    assert citizen(3) in str(pl.read_parquet(store / "batches/2/employment.parquet").to_dicts())
    removed(store)
    assert left(store / "batches" / "2", [citizen(3), "填报3"]) == {}


# Of the times at which something was recorded, every 24th; every sixth and eighth in long runs.
@pytest.mark.parametrize("step", spread([24, 8, 6], [24]))
def test_no_table_of_the_snapshot_changes_today_or_at_an_earlier_time(
    tmp_path: Path, step: int
) -> None:
    root = settlement.copied(tmp_path)
    times = sorted({event.recorded_at for event in Journal(root).events()})[2::step]
    assert times
    now = tables(root)
    then = {at: tables(root, publish(root, at)) for at in times}
    past = {at: tables(root, as_known(root, at).name, folder="past") for at in times}
    publish(root)
    everything = storage.today()
    removed(root, everything)
    assert same(tables(root), now)
    assert verify(root) == []
    for at in times:
        assert same(tables(root, publish(root, at)), then[at])
        assert nobody_in(root)
        assert verify(root) == []
        assert same(tables(root, as_known(root, at).name, folder="past"), past[at])
    publish(root)
    assert same(tables(root), now)
    assert nobody_in(root)


def nobody_in(root: Path) -> bool:
    """No personal column that a ledger declares has a value in the persons file in use."""
    held = tables(root, part=".persons")
    for ledger in ledgers():
        for f in ledger.fields():
            if f.personal:
                assert held[f"persons_{ledger.name}"][f.name].null_count() == (
                    held[f"persons_{ledger.name}"].height
                ), f"{ledger.name}.{f.name}"
    return True


def test_without_do_nothing_is_touched(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = bytes_of(store, "batches", "snapshots"), Journal(store).events()
    asked = ["retain", "--before", str(DAY), "--reason", REASON, "--store", str(store)]
    assert main([*asked, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert main(asked) == 0
    assert "什么都没有动" in capsys.readouterr().out
    assert (said["done"], said["snapshot"], said["persons"], said["households"]) == (
        False, None, 2, 1,
    )  # fmt: skip
    assert said["rows"] == {"employment": 2, "households": 1, "labour": 2}
    assert sum(file["bytes"] for file in said["files"] if file["removed"]) == said["bytes"] > 0
    assert (bytes_of(store, "batches", "snapshots"), Journal(store).events()) == before
    assert not AuditLog(store).all()
    assert not list((store / "staging").iterdir())


def test_what_was_removed_is_on_record_with_old_and_new_hash(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hashes = {
        path: storage.sha256(path) for path in (store / "batches").rglob("*") if path.is_file()
    }
    removed(store)
    assert "备份" in capsys.readouterr().err
    event = Journal(store).events()[-1]
    assert (event.kind, event.payload["reason"], event.payload["who"]) == (
        "retain", REASON, storage.account(),
    )  # fmt: skip
    changed = set()
    for one in event.payload["batches"]:
        for name, change in one["files"].items():
            path = store / "batches" / str(one["batch"]) / name
            changed.add(path)
            assert change["old"] == hashes[path]
            assert change["new"] == (storage.sha256(path) if path.exists() else None)
    kept = hashes.keys() - changed
    assert {path: storage.sha256(path) for path in kept} == {path: hashes[path] for path in kept}
    (look,) = AuditLog(store).all()
    assert (look.role, look.kind, look.phrase, look.why) == (
        "terminal", "retain", "before 2023-01-01", REASON,
    )  # fmt: skip


def test_a_second_time_there_is_nothing_left_to_remove(store: Path) -> None:
    removed(store)
    events = Journal(store).events()
    removed(store)
    assert Journal(store).events() == events


def test_a_later_day_removes_who_was_kept_before(store: Path) -> None:
    removed(store)
    removed(store, date(2025, 1, 1))
    assert left(store, [*GONE, *KEPT]) == {}
    assert verify(store) == []


@pytest.mark.parametrize(
    "given",
    [
        ["--before", "2099-01-01", "--reason", REASON],
        ["--before", "去年", "--reason", REASON],
        ["--before", "2023-01-01", "--reason", "到期 "],
        ["--before", "2023-01-01"],
        ["--reason", REASON],
    ],
)
def test_a_day_to_come_or_no_reason_is_wrong_usage(
    store: Path, given: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = bytes_of(store, "batches")
    assert main(["retain", *given, "--do", "--store", str(store)]) == 2
    assert capsys.readouterr().out == ""
    assert bytes_of(store, "batches") == before


def test_a_day_begins_by_the_settlements_clock(tmp_path: Path) -> None:
    early, late = tmp_path / "early", tmp_path / "late"
    batch(early, at="2022-12-31T15:59:59", households=[home("H01")])
    batch(late, at="2022-12-31T16:00:00", households=[home("H01")])
    assert removal(early, DAY).counts["households"] == 1
    assert removal(late, DAY).changes == ()


def later() -> dict[str, list[dict[str, object]]]:
    """Rows of those who were removed, sent again, one changed and one of another month."""
    return {
        "labour": [
            member(1, "H01", education="高中"),
            member(2, "H01", effective_month=date(2024, 4, 1)),
        ],
        "employment": [job(1, date(2022, 2, 1), wage=3500.0), job(2, date(2024, 3, 1))],
    }


def test_a_later_batch_replaces_a_retained_row_as_it_would_have(
    store: Path, tmp_path: Path
) -> None:
    twin = Path(shutil.copytree(store, tmp_path / "twin"))
    removed(store)
    findings = []
    for root in (store, twin):
        folder = tmp_path / f"from {root.name}"
        folder.mkdir()
        sent(folder, root, "2024-05-05T00:00:00", **later())
        files = sorted(folder.glob("*.csv"))
        findings.append(intake.check(files, root).as_dict())
    assert findings[0] == findings[1]
    assert findings[0]["replaces"] == {"employment": 2, "labour": 2}
    one, other = tables(store), tables(twin)
    for found in (one, other):
        found["batches"] = found["batches"].drop("entered_at")
        found.pop("snapshot")
    assert same(one, other)
    assert one["corrections"].filter(pl.col("ledger") == "employment")["new"].to_list() == ["3500"]
    assert verify(store) == []
    held = tables(store, part=".persons")["persons_labour"]
    assert sorted(held["name"].drop_nulls()) == ["姓名1", "姓名2", "姓名3", "姓名4"]
    # Known again is who sent a row; what was removed of an older row stays removed.
    assert held["name"].null_count() == 1


def test_a_row_may_name_somebody_who_was_removed(store: Path, tmp_path: Path) -> None:
    removed(store)
    path = tmp_path / f"{by_name()['employment'].sheet}.csv"
    sent(tmp_path, store, "2024-05-05T00:00:00", employment=[job(2, date(2024, 3, 1))])
    assert not path.exists()
    stranger = job(9, date(2024, 3, 1))
    with pytest.raises(AssertionError, match="不在劳动力台账中"):
        sent(tmp_path, store, "2024-06-05T00:00:00", employment=[stranger])


@pytest.mark.parametrize("number", spread([1, 3], [1]))
def test_a_retained_batch_can_be_withdrawn(store: Path, tmp_path: Path, number: int) -> None:
    twin = Path(shutil.copytree(store, tmp_path / "twin"))
    removed(store)
    for root in (store, twin):
        Journal(root).withdraw(number, "整批报错", "2024-05-05T00:00:00")
        publish(root)
    assert same(tables(store), tables(twin))
    assert verify(store) == []


def test_a_backup_of_a_retained_store_restores_it_without_the_persons(
    store: Path, tmp_path: Path
) -> None:
    removed(store)
    file, other = tmp_path / "store.tar", tmp_path / "other"
    backup(store, file)
    restore(other, file)
    assert verify(other) == []
    assert same(tables(other), tables(store))
    assert left(other, GONE) == {}
    assert set(left(other, KEPT)) == set(KEPT)
    assert Journal(other).events() == Journal(store).events()


@pytest.mark.parametrize("touch", ["a byte", "the old file", "the old workbook", "no file"])
def test_verify_accepts_what_the_journal_says_and_nothing_else(store: Path, touch: str) -> None:
    folder = store / "batches" / "1"
    labour, received = folder / "labour.parquet", next((folder / "received").iterdir())
    before, workbook = labour.read_bytes(), received.read_bytes()
    removed(store)
    assert verify(store) == []
    if touch == "a byte":
        labour.write_bytes(labour.read_bytes()[:-1] + b"0")
    elif touch == "the old file":
        labour.write_bytes(before)
    elif touch == "the old workbook":
        received.write_bytes(workbook)
    else:
        labour.unlink()
    place = "received" if touch == "the old workbook" else "labour.parquet"
    assert [(one.code, place in one.where) for one in faults(store)] == [("changed", True)]


def test_a_store_whose_journal_was_touched_is_left_as_it_is(store: Path) -> None:
    with closing(sqlite3.connect(store / "register.sqlite")) as connection:
        connection.execute("drop trigger journal_keeps_words")
        connection.execute("update journal set recorded_at = '2021-01-01T00:00:00' where seq = 1")
        connection.commit()
    before = bytes_of(store, "batches")
    with pytest.raises(RefusedError):
        retain(store, DAY, REASON)
    assert bytes_of(store, "batches") == before


@pytest.mark.parametrize("name", ["labour.parquet", "received", "manifest.json"])
def test_a_store_that_was_touched_is_left_as_it_is(store: Path, name: str) -> None:
    path = store / "batches" / "1" / name
    path = next(path.iterdir()) if path.is_dir() else path
    path.write_bytes(path.read_bytes() + b" ")
    before = bytes_of(store, "batches", "snapshots"), Journal(store).events()
    with pytest.raises(RefusedError) as refused:
        retain(store, DAY, REASON)
    assert refused.value.code == "store_damaged"
    assert (bytes_of(store, "batches", "snapshots"), Journal(store).events()) == before


def test_a_column_that_no_ledger_declares_goes_with_the_persons(tmp_path: Path) -> None:
    storage.prepare(tmp_path)
    with storage.staging(tmp_path) as work:
        rows = frame("households", [home("H01")]).with_columns(nickname=pl.lit("小甲"))
        rows.write_parquet(work / "households.parquet")
        manifest = {"files": [], "rows": {"households": 1}, "note": ""}
        Journal(tmp_path).commit(work, manifest, OLD)
    assert left(tmp_path, ["小甲"])
    removed(tmp_path)
    assert left(tmp_path, ["小甲"]) == {}


def test_nothing_taken_away_by_name_shows_what_stands_for_an_id(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    removed(store)
    capsys.readouterr()
    assert main(["export", "labour", "--persons", "--store", str(store)]) == 0
    rows = json.loads(capsys.readouterr().out)["labour"]
    assert {row["citizen_id"] for row in rows} == {None, citizen(3), citizen(4)}
    assert main(["export", "labour", "--store", str(store)]) == 0
    rows = json.loads(capsys.readouterr().out)["labour"]
    assert len({row["person_id"] for row in rows}) == 4


def test_a_reader_with_the_old_snapshot_open_moves_on_from_it(store: Path) -> None:
    publish(store, "2023-01-01T00:00:00")
    opened = open_store(store)
    names = {"household": "H01"}
    assert opened.snapshot().personal("persons/heads", **names)["head_name"].to_list() == [
        "户主H01"
    ]
    held = opened.snapshot()
    removed(store)
    assert opened.snapshot().at == "2023-01-01T00:00:00"
    assert opened.snapshot().personal("persons/heads", **names)["head_name"].to_list() == [None]
    again = (
        type(held)(store, held.name) if (store / f"snapshots/{held.name}.duckdb").exists() else None
    )
    if again is not None:
        with pytest.raises(WithheldError):
            again.personal("persons/heads", **names)


ODD = [
    citizen(1), citizen(2), "99000019900101001X", "P1", "", "990000199013010016",
    "99000019900101002", "9900001990010100一6", "990000+99001010016",
]  # fmt: skip


def test_a_row_with_a_stand_in_gives_the_same_public_row(tmp_path: Path) -> None:
    storage.prepare(tmp_path)
    for ledger in ledgers():
        if "citizen_id" not in ledger.schema_of_frame():
            continue
        rows = pl.concat(
            [ledger.empty(), pl.DataFrame({"citizen_id": [*ODD, None]})], how="diagonal"
        )
        stood = stand_ins(tmp_path, rows["citizen_id"], birth=ledger.name == "labour")
        cut = rows.with_columns(stood)
        assert public_rows(tmp_path, ledger, cut).equals(public_rows(tmp_path, ledger, rows))
        assert not set(cut["citizen_id"].drop_nulls()) & set(ODD)
        again = stand_ins(tmp_path, cut["citizen_id"], birth=ledger.name == "labour")
        assert again.equals(cut["citizen_id"])
        assert person_ids(tmp_path, cut["citizen_id"]).equals(
            person_ids(tmp_path, rows["citizen_id"])
        )


def test_a_personal_column_of_a_key_is_a_citizen_id() -> None:
    named = {f.name for ledger in ledgers() for f in ledger.fields() if f.personal and f.key}
    assert named == {"citizen_id"}


def test_rows_in_force_are_told_apart_by_the_person_whatever_stands_for_the_id(store: Path) -> None:
    before = rows_in_force(store, "employment").select("month", "batch", "row")
    removed(store)
    assert rows_in_force(store, "employment").select("month", "batch", "row").equals(before)


def test_everything_is_flushed_before_the_row_and_before_the_removal_is_forgotten(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = store.resolve()
    happened: list[str] = []
    flush, renamed, taken = os.fsync, Path.rename, Path.unlink

    def seen_flush(handle: int) -> None:
        path = Path(os.readlink(f"/proc/self/fd/{handle}"))
        happened.append(f"flush {path.relative_to(root) if path != root else 'store'}")
        flush(handle)

    def seen_rename(path: Path, to: Path) -> Path:
        happened.append(f"rename {Path(to).relative_to(root)}")
        return renamed(path, to)

    def seen_unlink(path: Path, **how: bool) -> None:
        happened.append(f"remove {path.relative_to(root)}")
        taken(path, **how)

    monkeypatch.setattr(os, "fsync", seen_flush)
    monkeypatch.setattr(Path, "rename", seen_rename)
    monkeypatch.setattr(Path, "unlink", seen_unlink)
    monkeypatch.setattr(steps, "step", lambda name: happened.append(f"step {name}"))
    retain(root, DAY, REASON)
    workbook = f"received/{by_name()['labour'].sheet}-2022-03-05.csv"

    def order(*events: str) -> list[int]:
        return [next(n for n, one in enumerate(happened) if one.endswith(e)) for e in events]

    written = order("1/labour.parquet", "plan.json", "step removal written", "rename retaining",
                    "flush store", "step removal in place", "step removal committed")  # fmt: skip
    assert written == sorted(written)
    placed = order("step removal committed", "rename batches/1/labour.parquet",
                   "flush batches/1", "step batch cut", "step removal done")  # fmt: skip
    assert placed == sorted(placed)
    gone = order("step removal committed", f"remove batches/1/{workbook}",
                 "flush batches/1/received", "step batch cut")  # fmt: skip
    assert gone == sorted(gone)


@pytest.mark.parametrize("role", [Role.LEADER, Role.TASK_FORCE])
def test_a_household_whose_persons_were_removed_keeps_its_card(store: Path, role: Role) -> None:
    removed(store)
    snapshot, reader = open_store(store).snapshot(), Reader(role=role)
    view = View.of(snapshot, Period.parse("2022-02"), Scope(), reader=reader)
    view = replace(view, laid_open="H01").choosing(**{HOUSEHOLD: "H01"})
    assert words.headline(view).startswith("H01")
    assert words.members(view).frame["姓名"].to_list() == ["", ""]
