"""Ways in which a store is damaged or touched, each as a function of its root; and its bytes."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from board.journal import HEADS, note_head
from board.publish import current
from board.storage import BATCHES, CURRENT, JOURNAL, KEY, SNAPSHOTS

Hurt = Callable[[Path], None]


def contents(root: Path, *, below: str = "") -> dict[str, str]:
    """Every file under a store → the SHA-256 of its bytes."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / below).rglob("*"))
        if path.is_file()
    }


def kept(root: Path) -> list[str]:
    """The bytes of all batches and workbooks, wherever in the store they lie now."""
    inside = ("*.parquet", "*.xlsx", "manifest.json")
    found = [path for pattern in inside for path in root.rglob(pattern) if path.is_file()]
    return sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in found)


def sql(*statements: str) -> Hurt:
    """Change the register past the program, its triggers taken away before and put back."""

    def hurt(root: Path) -> None:
        connection = sqlite3.connect(root / JOURNAL)
        triggers = connection.execute("select name, sql from sqlite_master where type = 'trigger'")
        held = triggers.fetchall()
        for name, _text in held:
            connection.execute(f"drop trigger {name}")
        for statement in statements:
            connection.execute(statement)
        tables = {name for (name,) in connection.execute("select name from sqlite_master")}
        for name, text in held:
            if name.split("_")[0] in tables:
                connection.execute(text)
        connection.commit()
        connection.close()

    return hurt


def without_register(root: Path) -> None:
    """The register is gone."""
    for name in (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm"):
        (root / name).unlink(missing_ok=True)


def written(name: str, content: bytes) -> Hurt:
    """A file with other bytes in it."""

    def hurt(root: Path) -> None:
        if name == JOURNAL:
            without_register(root)
        (root / name).write_bytes(content)

    return hurt


def gone(name: str) -> Hurt:
    """A file or folder that is not there any more."""

    def hurt(root: Path) -> None:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return hurt


def flipped(name: str, at: int = -200) -> Hurt:
    """A file with one byte changed; a pattern names the first that fits."""

    def hurt(root: Path) -> None:
        path = sorted(root.glob(name))[0]
        whole = bytearray(path.read_bytes())
        whole[max(at, -len(whole))] ^= 1
        path.write_bytes(bytes(whole))

    return hurt


def cut(name: str) -> Hurt:
    """A file of which only the first half is left."""

    def hurt(root: Path) -> None:
        path = sorted(root.glob(name))[0]
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return hurt


def copied_batch(*numbers: str) -> Hurt:
    """Batch folders that no journal row names."""

    def hurt(root: Path) -> None:
        for number in numbers:
            shutil.copytree(root / BATCHES / "1", root / BATCHES / number)

    return hurt


def folder_for_register(root: Path) -> None:
    """A folder where the register was."""
    without_register(root)
    (root / JOURNAL).mkdir()


def told_of_more(root: Path) -> None:
    """CURRENT speaks of journal rows that are not there."""
    said = json.loads((root / CURRENT).read_text())
    (root / CURRENT).write_text(json.dumps(said | {"events": said["events"] + 2}))


CUT_ROWS = "delete from journal where seq > (select max(seq) - 2 from journal)"
CUT_ROW = "delete from journal where seq = (select max(seq) from journal)"

# What makes a store one that nothing may be written to.
DAMAGES: dict[str, Hurt] = {
    "register gone": without_register,
    "register garbage": written(JOURNAL, b"no database at all " * 500),
    "register empty": written(JOURNAL, b""),
    "register cut": lambda root: written(JOURNAL, (root / JOURNAL).read_bytes()[:5000])(root),
    "register a folder": folder_for_register,
    "register without journal": sql("drop table journal"),
    "register without tables": sql("drop table journal", "drop table looks"),
    "register older by two rows": sql(CUT_ROWS),
    "register older by a row": sql(CUT_ROW),
    "register of another store": sql("delete from journal"),
    "two batches too many": copied_batch("5", "6"),
    "a batch of another number": copied_batch("99"),
    "a batch's folder gone": gone(f"{BATCHES}/2"),
    "key gone": gone(KEY),
    "a head that knows more": lambda root: note_head(root, "journal", 40, "0" * 64),
    "a snapshot that knows more": told_of_more,
}


def renamed_snapshot(root: Path) -> None:
    """The snapshot in use under another name."""
    found = current(root)
    assert found is not None
    (root / SNAPSHOTS / f"{found.snapshot}.duckdb").rename(root / SNAPSHOTS / "other.duckdb")


def forged_snapshot(root: Path) -> None:
    """The snapshot in use no database at all, with the hash of what it is now."""
    said = json.loads((root / CURRENT).read_text())
    file = root / SNAPSHOTS / f"{said['snapshot']}.duckdb"
    file.write_bytes(b"no database " * 1000)
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    (root / CURRENT).write_text(json.dumps(said | {"sha256": sha}))


def emptied_looks(root: Path) -> None:
    """The record of looks emptied, and the note of how long it was set back."""
    sql("delete from looks", "delete from sqlite_sequence")(root)
    note_head(root, "looks", 0, "0" * 64, back=True)


def extra_file(name: str) -> Hurt:
    """A file too many."""

    def hurt(root: Path) -> None:
        (root / name).write_bytes(b"more")

    return hurt


def linked(root: Path) -> None:
    """A link where a batch's rows were."""
    path = root / BATCHES / "1" / "households.parquet"
    path.rename(root / "elsewhere.parquet")
    path.symlink_to(root / BATCHES / "2" / "households.parquet")


# What else may have been done to a store: `verify` names each.
TOUCHED: dict[str, Hurt] = DAMAGES | {
    "a row's kind": sql("update journal set kind = 'note' where seq = 1"),
    "a row's payload": sql("update journal set payload = replace(payload, '一月', '二月')"),
    "a row's payload no JSON": sql("update journal set payload = 'gone' where seq = 1"),
    "a row's payload of another shape": sql("update journal set payload = '[1]' where seq = 2"),
    "a row's payload without batch": sql("update journal set payload = '{}' where seq = 2"),
    "a row's time": sql("update journal set recorded_at = '2020-01-01T00:00:00' where seq = 2"),
    "a row's hash": sql("update journal set hash = upper(hash) where seq = 2"),
    "a row in the middle gone": sql("delete from journal where seq = 2"),
    "a look changed": sql("update looks set who = 'other' where seq = 1"),
    "a look gone": sql("delete from looks where seq = 1"),
    "the last look gone": sql("delete from looks where seq = (select max(seq) from looks)"),
    "looks emptied": sql("delete from looks", "delete from sqlite_sequence"),
    "looks emptied, their head too": emptied_looks,
    "looks dropped": sql("drop table looks"),
    "an account's role": sql("update accounts set role = 'viewer'"),
    "an account's password": sql("update accounts set password = 'x'"),
    "an account gone": sql("delete from accounts"),
    "an account put in": sql(
        "insert into accounts values ('乙', 'x', 'admin', '', '', 1, '2024-01-01T00:00:00')"
    ),
    "accounts dropped": sql("drop table accounts"),
    "a batch's rows flipped": flipped(f"{BATCHES}/1/*.parquet"),
    "a batch's rows cut": cut(f"{BATCHES}/1/*.parquet"),
    "a batch's rows gone": gone(f"{BATCHES}/1/households.parquet"),
    "a batch's rows a link": linked,
    "a batch's manifest flipped": flipped(f"{BATCHES}/1/manifest.json", 20),
    "a batch's manifest no JSON": written(f"{BATCHES}/1/manifest.json", b"{"),
    "a batch's manifest gone": gone(f"{BATCHES}/1/manifest.json"),
    "a file too many in a batch": extra_file(f"{BATCHES}/1/more.parquet"),
    "a load broken off": copied_batch("5"),
    "a folder without manifest": lambda root: (root / BATCHES / "x").mkdir(),
    "the snapshot flipped": flipped(f"{SNAPSHOTS}/*[0-9a-f].duckdb"),
    "the snapshot cut": cut(f"{SNAPSHOTS}/*[0-9a-f].duckdb"),
    "the snapshot forged": forged_snapshot,
    "the snapshot renamed": renamed_snapshot,
    "the persons flipped": flipped(f"{SNAPSHOTS}/*.persons.duckdb"),
    "the persons gone": lambda root: next((root / SNAPSHOTS).glob("*.persons.duckdb")).unlink(),
    "CURRENT no JSON": written(CURRENT, b"{"),
    "CURRENT of another shape": written(CURRENT, b"[1, 2]"),
    "CURRENT with another hash": flipped(CURRENT, 45),
    "key changed": written(KEY, b"0" * 64),
    "heads gone": gone(HEADS),
    "heads garbage": written(HEADS, b"\xff" * 168),
    "heads of other rows": lambda root: note_head(root, "looks", 1, "f" * 64, back=True),
}
