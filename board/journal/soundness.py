"""Find out the condition of a store: new, sound, interrupted during a write, or damaged."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from pathlib import Path
from typing import Literal

from board.i18n import N_, Message
from board.journal.facts import ADDING
from board.journal.known_heads import heads
from board.journal.reading import has_table, reading
from board.storage import BATCHES, CURRENT, FULL, JOURNAL, KEY, SNAPSHOTS, RefusedError, disk_fault

PAST = "past"
ADOPTED = "0"  # The folder of the shipped plan that the first load adopts.
PLACING = "placing"  # Lists the batch folders that an unfinished restore moves.
PUBLISHED = re.compile(r"(\d+)-[0-9a-f]{8}(?:\.persons)?\.duckdb")
# SQLite writes files next to the register even for reading: a full or faulty disk is not damage.
NO_ROOM = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMMAP")
State = Literal["new", "sound", "interrupted", "damaged"]


@dataclass(frozen=True)
class Damage:
    """One thing that is missing or surplus: a stable code, its path, and a message."""

    code: str
    where: str
    message: Message


@dataclass(frozen=True)
class Condition:
    """What an examination of a store shows, and the state that follows from it.

    `rows` is how many rows its journal has, `known` how many it must have had. `surplus` are
    batch folders without a journal row, `rubbish` folders without a manifest. `interrupted` is
    the folder of a load that stopped just before its row was written. `placing` says that a
    restore is unfinished, `unplaced` are the batch folders that it had moved.
    """

    rows: int = 0
    known: int = 0
    surplus: tuple[str, ...] = ()
    rubbish: tuple[str, ...] = ()
    interrupted: str = ""
    placing: bool = False
    unplaced: tuple[str, ...] = ()
    damages: tuple[Damage, ...] = field(default=())

    @property
    def readable(self) -> bool:
        """Whether the journal can be read, or the store is new and needs none."""
        return not any(damage.code.startswith("register_") for damage in self.damages)

    @property
    def state(self) -> State:
        """New, sound, interrupted or damaged."""
        if self.damages:
            return "damaged"
        if self.interrupted or self.placing:
            return "interrupted"
        return "sound" if self.rows else "new"


@dataclass(frozen=True)
class _Register:
    """What the register holds: its number of rows, the batches they name, or a fault."""

    rows: int = 0
    loaded: tuple[int, ...] = ()
    live: tuple[int, ...] = ()
    fault: str = ""


def condition(root: Path, register: Path | None = None) -> Condition:
    """The condition of the store at `root`; changes nothing.

    `register` is the folder that holds the register, if a copy is to be read.
    """
    # The register is read last, so that a batch loaded meanwhile is not a folder without a row.
    expected_rows = _expected_rows(root)
    with_manifest, rubbish = _folders(root)
    contents = _register(register or root)
    named = {str(number) for number in contents.loaded}
    placing = _placing(root)
    unplaced = tuple(n for n in with_manifest if n in (placing or ()) and not contents.rows)
    surplus = tuple(name for name in with_manifest if name not in {*named, *unplaced})
    following = {str(max(contents.loaded, default=0) + 1), ADOPTED}
    complete = not contents.fault and expected_rows <= contents.rows
    was_interrupted = len(surplus) == 1 and surplus[0] in following and complete
    observed = Condition(
        rows=contents.rows,
        known=expected_rows,
        surplus=surplus,
        rubbish=tuple(name for name in rubbish if name not in named),
        interrupted=surplus[0] if was_interrupted else "",
        placing=placing is not None,
        unplaced=unplaced,
    )
    batches = [name for name in with_manifest if name not in unplaced]
    return replace(observed, damages=tuple(_damages(root, observed, contents, batches)))


def require_sound(root: Path) -> Condition:
    """The condition of the store; RefusedError, which says what to do, if it is damaged."""
    state = condition(root)
    if state.damages:
        raise refusal(state.damages)
    return state


def refusal(damages: tuple[Damage, ...]) -> RefusedError:
    """The refusal that lists the damages of a store and says what to do."""
    messages = [damage.message for damage in damages]
    return RefusedError("damaged_store", DAMAGED, damages=reduce(_and, messages))


DAMAGED = N_(
    "台账库损坏：{damages}。没有改动任何内容。请先找回缺少的文件，或者把备份恢复到另一个空的位置"
    "（restore --store）；找不回来时，运行 python -m board repair 看看会怎样处理。"
)


def _and(first: Message, second: Message) -> Message:
    return Message(N_("{first}；{second}"), {"first": first, "second": second})


def _damages(
    root: Path, state: Condition, register: _Register, with_manifest: list[str]
) -> Iterator[Damage]:
    evidence = bool(with_manifest or state.known or (heads(root) and not state.placing))
    if register.fault and (evidence or register.fault == "unreadable"):
        message = Message(FAULTS[register.fault], {"file": JOURNAL})
        yield Damage(f"register_{register.fault}", JOURNAL, message)
    elif state.known > state.rows:
        gaps = {"file": JOURNAL, "rows": state.rows, "known": state.known}
        yield Damage("rows_missing", JOURNAL, Message(ROWS_MISSING, gaps))
    if state.surplus and not state.interrupted and not register.fault:
        message = Message(N_("批次文件夹 {names} 在日志里没有记录"), {"names": state.surplus})
        yield Damage("surplus_batches", f"{BATCHES}/{state.surplus[0]}", message)
    if lost := tuple(str(n) for n in register.live if not (root / BATCHES / str(n)).is_dir()):
        message = Message(N_("批次文件夹 {names} 不见了"), {"names": lost})
        yield Damage("batch_missing", f"{BATCHES}/{lost[0]}", message)
    if not (root / KEY).is_file() and (with_manifest or register.rows):
        yield Damage("key_missing", KEY, Message(N_("密钥文件 {file} 不见了"), {"file": KEY}))


ROWS_MISSING = N_(
    "日志 {file} 只有 {rows} 行，应有 {known} 行（可能是漏拷了 {file}-wal，或换成了旧的一份）"
)
FAULTS = {
    "missing": N_("日志文件 {file} 不见了"),
    "unreadable": N_("日志文件 {file} 读不出来"),
    "empty": N_("日志文件 {file} 里没有日志"),
}


def _register(root: Path) -> _Register:
    if not (root / JOURNAL).exists():
        return _Register(fault="missing")
    try:
        with reading(root) as connection:
            if not has_table(connection, "journal"):
                return _Register(fault="empty")
            last = connection.execute("select max(seq) from journal").fetchone()[0] or 0
            loads = [n for kind in ADDING for n in connection.execute(BATCHES_OF, {"kind": kind})]
            withdrawals = connection.execute(BATCHES_OF, {"kind": "withdraw"}).fetchall()
    except sqlite3.OperationalError as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        if name in NO_ROOM:
            raise FULL from None
        if name.startswith("SQLITE_IOERR"):
            raise (disk_fault(error) or error) from None
        if (root / JOURNAL).is_file() and os.access(root / JOURNAL, os.R_OK | os.W_OK):
            raise
        return _Register(fault="unreadable")
    except (sqlite3.Error, OSError):
        return _Register(fault="unreadable")
    loaded = tuple(number for (number,) in loads if isinstance(number, int))
    withdrawn = {number for (number,) in withdrawals}
    return _Register(last, loaded, tuple(n for n in loaded if n not in withdrawn))


BATCHES_OF = """
    select case when json_valid(payload) then json_extract(payload, '$.batch') end
    from journal
    where kind = $kind
"""


def _placing(root: Path) -> list[str] | None:
    """The batch folders that an unfinished restore moves; None if there is no such restore."""
    try:
        plan = json.loads((root / PLACING).read_bytes())
        return [str(name) for name in plan["batches"]]
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _folders(root: Path) -> tuple[list[str], list[str]]:
    """The batch folders with a manifest, and those without."""
    try:
        folders = sorted(path for path in (root / BATCHES).iterdir() if path.is_dir())
    except OSError:
        return [], []
    whole = [path.name for path in folders if (path / "manifest.json").exists()]
    return whole, [path.name for path in folders if path.name not in whole]


def _expected_rows(root: Path) -> int:
    """How many rows the journal must have had, by the head kept outside and the snapshots."""
    head = heads(root).get("journal")
    return max([head.rows if head else 0, _in_use(root), *_snapshots(root).values()])


def _in_use(root: Path) -> int:
    try:
        current = json.loads((root / CURRENT).read_bytes())
        return int(current["events"])
    except (OSError, ValueError, TypeError, KeyError):
        return 0


def _snapshots(root: Path) -> dict[str, int]:
    """Path of each snapshot file in the store → the number of journal rows in its name."""
    places = (SNAPSHOTS, f"{PAST}/{SNAPSHOTS}")
    files = [
        (f"{place}/{path.name}", PUBLISHED.fullmatch(path.name))
        for place in places
        if (root / place).is_dir()
        for path in sorted((root / place).iterdir())
    ]
    return {name: int(match[1]) for name, match in files if match}


def published_rows(root: Path, more_than: int) -> list[str]:
    """Paths in the store of the snapshot files built from more journal rows than `more_than`.

    CURRENT is included if it names more rows.
    """
    newer = [name for name, rows in _snapshots(root).items() if rows > more_than]
    return [*([CURRENT] if _in_use(root) > more_than else []), *newer]
