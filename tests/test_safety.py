"""A full disk, a power cut, a reader meanwhile, a backup: the store stays what it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from board import storage
from board.backup import backup, restore
from board.journal import Journal
from board.publish import current, person_ids, publish, rows_in_force, up_to_date, verify
from board.storage import RefusedError, flushing, steps
from board.store import connect, open_store
from tests.support.answers import present
from tests.support.spread import spread
from tests.support.stores import batch, of_ledgers

PROJECT = Path(__file__).resolve().parent.parent
HOUSE = {
    "household_id": "H1", "settlement": "幸福小镇", "building": "1栋", "unit": "1单元",
    "room": "0101", "head_name": "甲", "size": 2, "category": "脱贫户", "status": "在册",
}  # fmt: skip
LOAD = """
import resource, sys
from pathlib import Path
from board import workbook
from board.__main__ import main
from tests.support.crashing import written_as_json
workbook.read = written_as_json
# A limit would cut bytecode short too, and every later process would trip over it.
sys.dont_write_bytecode = True
limit = int(sys.argv[3])
if limit:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(["load", sys.argv[1], "--store", sys.argv[2]]))
"""


def loading(file: Path, root: Path, limit: int = 0) -> subprocess.CompletedProcess[str]:
    """The load of a file in a process whose files may not grow beyond `limit`."""
    return subprocess.run(
        [sys.executable, "-c", LOAD, str(file), str(root), str(limit)],
        cwd=PROJECT,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )


def houses(folder: Path, *names: str) -> Path:
    """A file of households for `written_as_json`."""
    path = folder / f"{names[0]}.json"
    path.write_text(json.dumps(names))
    return path


# Full at the first byte, among the batch's files, or while the snapshot is built.
@pytest.mark.parametrize("limit", spread([100, 20_000, 60_000], [60_000]))
def test_a_disk_that_fills_while_writing_refuses_cleanly(tmp_path: Path, limit: int) -> None:
    root = tmp_path / "store"
    batch(root, households=[HOUSE])
    publish(root)
    many = houses(tmp_path, *(f"H{number * 7919}" for number in range(3000)))
    refused = loading(many, root, limit)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    assert "disk_full" in refused.stderr
    assert verify(root) == []
    before = len(of_ledgers(root))
    assert loading(many, root).returncode == 0
    assert len(of_ledgers(root)) == max(before, 2)
    assert verify(root) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_refuses_and_says_so(small_disk: Path, tmp_path: Path) -> None:
    root = small_disk / "store"
    batch(root, households=[HOUSE])
    publish(root)
    (small_disk / "ballast").write_bytes(b"x" * (durable_free(small_disk) - 100_000))
    refused = loading(houses(tmp_path, "H2"), root)
    assert refused.returncode == 1
    assert "disk_full" in refused.stderr
    assert len(of_ledgers(root)) == 1
    assert open_store(root).snapshot().events == 2
    (small_disk / "ballast").unlink()
    assert loading(houses(tmp_path, "H2"), root).returncode == 0
    assert verify(root) == []


def durable_free(place: Path) -> int:
    """The bytes left on a disk."""
    found = os.statvfs(place)
    return found.f_bavail * found.f_frsize


def test_everything_is_flushed_before_what_makes_it_real(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path.resolve()
    happened: list[str] = []
    flush, renamed = os.fsync, Path.rename

    def seen_flush(handle: int) -> None:
        path = os.readlink(f"/proc/self/fd/{handle}")
        happened.append(f"flush {Path(path).relative_to(root)}")
        flush(handle)

    def seen_rename(path: Path, to: Path) -> Path:
        happened.append(f"rename {Path(to).relative_to(root)}")
        return renamed(path, to)

    storage.prepare(root)
    monkeypatch.setattr(os, "fsync", seen_flush)
    monkeypatch.setattr(Path, "rename", seen_rename)
    monkeypatch.setattr(steps, "step", lambda name: happened.append(f"step {name}"))
    batch(root, households=[HOUSE])
    name = publish(root)

    def order(*events: str) -> list[int]:
        return [next(n for n, one in enumerate(happened) if one.endswith(e)) for e in events]

    committed = order(
        "households.parquet", "step batch synced", "rename batches/1", "flush batches",
        "flush staging", "step journal row written", "step journal row committed",
    )  # fmt: skip
    assert committed == sorted(committed)
    assert any(one.endswith("manifest.json") for one in happened[: committed[1]])
    published = order(
        "flush staging", "snapshot.duckdb", "step snapshot synced",
        f"rename snapshots/{name}.duckdb", "flush snapshots", "step current swapped",
    )  # fmt: skip
    assert published == sorted(published)
    assert happened.index("step current swapped") == len(happened) - 1


def test_a_reader_in_another_process_never_fails_meanwhile(tmp_path: Path) -> None:
    root = tmp_path / "store"
    batch(root, households=[HOUSE])
    publish(root)
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from board.store import open_store\n"
        "store, seen = open_store(Path(sys.argv[1])), set()\n"
        "print('ready', flush=True)\n"
        "while max(seen, default=0) < 7:\n"
        "    snapshot = store.snapshot()\n"
        "    assert snapshot.frame('ledgers_held').height\n"
        "    seen.add(snapshot.events)\n"
        "    time.sleep(0.005)\n"
        "print(len(seen), max(seen))\n"
    )
    reader = subprocess.Popen(
        [sys.executable, "-c", script, str(root)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert present(reader.stdout).readline() == "ready\n"
    for number in range(5):
        batch(root, households=[HOUSE | {"household_id": f"N{number}"}])
        publish(root)
    said, wrong = reader.communicate(timeout=60)
    assert (reader.returncode, wrong) == (0, "")
    # Of the first publishing the plan is a row too.
    assert int(said.split()[1]) == 7
    assert int(said.split()[0]) > 1


def test_a_publishing_that_fails_keeps_the_old_snapshot(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    name = publish(tmp_path)
    queries = tmp_path / "queries"
    (queries / "views").mkdir(parents=True)
    (queries / "views" / "10_wrong.sql").write_text("select '张三'::integer as wrong from labour")
    batch(tmp_path, households=[HOUSE | {"household_id": "H2"}], labour=[person("H1")])
    with pytest.raises(RefusedError) as refused:
        publish(tmp_path, queries=queries)
    assert refused.value.code == "publish_failed"
    assert "张三" not in refused.value.message.zh
    assert present(current(tmp_path)).snapshot == name
    assert not list((tmp_path / "staging").iterdir())


def person(household: str) -> dict[str, object]:
    """Somebody of a household."""
    return {
        "citizen_id": "990000199001010016", "name": "甲", "household_id": household,
        "work_ability": "普通劳动力", "lifted_out": True, "student": False,
        "willing_to_work": True, "willing_to_train": False, "resident": True,
    }  # fmt: skip


def test_a_backup_restores_the_same_store_elsewhere(tmp_path: Path) -> None:
    root, file, other = tmp_path / "store", tmp_path / "store.tar", tmp_path / "other"
    batch(root, at="2024-01-08T00:00:00", households=[HOUSE], labour=[person("H1")])
    second = batch(root, households=[HOUSE | {"size": 3}])
    Journal(root).withdraw(second, "录错了")
    publish(root)
    backup(root, file)
    assert file.stat().st_mode & 0o077 == 0
    restore(other, file)
    assert Journal(other).events() == Journal(root).events()
    assert verify(other) == []
    for ledger in ("households", "labour"):
        assert rows_in_force(other, ledger).equals(rows_in_force(root, ledger))
    people = rows_in_force(root, "labour")["citizen_id"]
    assert person_ids(other, people).equals(person_ids(root, people))
    assert open_store(other).snapshot().events == open_store(root).snapshot().events


def test_nothing_of_a_backup_stays_where_it_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(tmp_path / "store", households=[HOUSE])
    beside: list[str] = []

    def look(step: str) -> None:
        if step == "backup written":
            beside.extend(path.name for path in tmp_path.iterdir())

    monkeypatch.setattr(steps, "step", look)
    backup(tmp_path / "store", tmp_path / "backup.tar")
    assert beside == ["store"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "store"]


def test_a_file_is_made_whole_where_all_files_have_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flushing, "HANDLES", tmp_path / "not there")
    with flushing.new_file(tmp_path / "made") as file:
        file.write(b"whole")
    assert (tmp_path / "made").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["made"]


def test_a_backup_never_replaces_a_file_and_a_restore_never_a_store(tmp_path: Path) -> None:
    root, file = tmp_path / "store", tmp_path / "store.tar"
    batch(root, households=[HOUSE])
    backup(root, file)
    with pytest.raises(RefusedError, match="已存在"):
        backup(root, file)
    with pytest.raises(RefusedError) as refused:
        restore(root, file)
    assert refused.value.code == "store_not_empty"


@pytest.mark.parametrize("damage", ["cut", "other file", "changed row", "stranger"])
def test_a_damaged_backup_restores_nothing(tmp_path: Path, damage: str) -> None:
    root, file, other = tmp_path / "store", tmp_path / "store.tar", tmp_path / "other"
    batch(root, households=[HOUSE])
    backup(root, file)
    whole = file.read_bytes()
    if damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "other file":
        file.write_bytes(b"not a backup at all")
    elif damage == "changed row":
        file.write_bytes(whole.replace(b"PAR1", b"PAR2", 1))
    else:
        with tarfile.open(file, "a") as tar:
            tar.add(__file__, "../../outside")
    with pytest.raises(RefusedError) as refused:
        restore(other, file)
    assert refused.value.code == "damaged_backup"
    assert Journal(other).events() == []
    assert not list((other / "batches").iterdir())


def test_a_snapshot_of_another_house_is_rebuilt_and_not_suspected(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    publish(tmp_path)
    said = json.loads((tmp_path / "CURRENT").read_text())
    (tmp_path / "CURRENT").write_text(json.dumps(said | {"house": "older"}))
    assert [(p.severity, p.code) for p in verify(tmp_path)] == [("notice", "rebuild_needed")]
    up_to_date(tmp_path)
    assert verify(tmp_path) == []


def test_the_store_is_closed_to_everybody_else(tmp_path: Path) -> None:
    root = tmp_path / "store"
    batch(root, households=[HOUSE])
    publish(root)
    for path in [root, *root.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_the_work_of_the_living_is_left_alone(tmp_path: Path) -> None:
    storage.prepare(tmp_path)
    with storage.staging(tmp_path) as work:
        (tmp_path / "staging" / "work-dead").mkdir()
        (tmp_path / "batches" / "7").mkdir()
        assert Journal(tmp_path).recover() == ["7"]
        assert work.is_dir()
        assert not (tmp_path / "staging" / "work-dead").exists()


def test_a_query_can_touch_nothing_but_the_snapshot(tmp_path: Path) -> None:
    batch(tmp_path, households=[HOUSE])
    publish(tmp_path)
    queries = tmp_path / "queries"
    queries.mkdir()
    (queries / "outside.sql").write_text("select * from read_text('/etc/passwd')")
    (queries / "write.sql").write_text("copy households to '/tmp/out.csv'")
    (queries / "unlock.sql").write_text("set enable_external_access = true")
    connection = connect(tmp_path / "snapshots" / f"{present(current(tmp_path)).snapshot}.duckdb")
    for text in queries.glob("*.sql"):
        with pytest.raises(duckdb.Error):
            connection.execute(text.read_text())
    connection.close()
