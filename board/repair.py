"""Repair a damaged store: say what would be moved aside or acknowledged, and do it when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from board import storage
from board.i18n import N_, Message
from board.journal import (
    HEADS,
    Condition,
    Journal,
    acknowledged,
    breaks,
    condition,
    heads,
    published_rows,
)
from board.storage import ASIDE, BATCHES, JOURNAL, REPLACED, set_aside

# set_aside: moved into aside/; withdraw: a batch whose folder is gone counts no more;
# acknowledge: it stays as it is, and somebody has seen it.
Do = Literal["set_aside", "withdraw", "acknowledge"]
REGISTER = (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm")


@dataclass(frozen=True)
class Step:
    """One thing that `repair` does: to what, where it goes, and why."""

    do: Do
    what: str
    to: str
    why: Message

    def as_dict(self) -> dict[str, str]:
        """The JSON of a step, its reason in both languages."""
        step = {"do": self.do, "what": self.what, "to": self.to}
        return {**step, "why_zh": self.why.zh, "why_en": self.why.en}


NO_ROW = Message(N_("日志里没有记录这一批"))
UNREADABLE = Message(N_("日志读不出来"))
ROWS_GONE = Message(N_("它出自日志里已经没有的行"))
FOLDER_GONE = Message(N_("文件夹不见了，这一批不再计入"))
LOST = N_("日志第 {first} 到 {last} 行没有了")
BREAK = Message(N_("这一行与前一行接不上"))
ASIDE_ALREADY = Message(N_("已经移到一边"))


def plan(root: Path) -> list[Step]:
    """What would be done to make the store one that can be written to again; changes nothing."""
    return list(_steps(root, condition(root))) if root.is_dir() else []


def repair(root: Path, reason: str, by: str) -> list[Step]:
    """Do what `plan` says, and write a journal row with the reason and who did it.

    Nothing is deleted. Gives the steps that were done, with the places things went to.
    """
    with storage.writing(root, "repair"):
        before = condition(root)
        steps = list(_steps(root, before))
        if not steps:
            return []
        broken = _new_breaks(root, before)
        done = [_done(root, step) for step in steps]
        known = [step.to.removeprefix(f"{ASIDE}/") for step in done if step.do == "set_aside"]
        known += [
            step.what.removeprefix(f"{ASIDE}/")
            for step in done
            if step.do == "acknowledge" and step.what.startswith(f"{ASIDE}/")
        ]
        payload: dict[str, Any] = {
            "reason": reason,
            "by": by,
            "aside": known,
            "breaks": broken,
            "steps": [[step.do, step.what, step.to] for step in done],
            "heads": {name: list(head) for name, head in heads(root).items()},
        }
        gone = [int(step.what.rpartition("/")[2]) for step in done if step.do == "withdraw"]
        Journal(root).acknowledge(before, payload, gone)
        storage.clear_staging(root)
        return done


def _steps(root: Path, found: Condition) -> Iterator[Step]:
    if not found.readable:
        yield from _register_steps(root)
    for name in (*found.surplus, *found.unplaced, *found.rubbish):
        yield Step("set_aside", f"{BATCHES}/{name}", f"{ASIDE}/batch-{name}-…", NO_ROW)
    if found.known > found.rows:
        yield from _snapshot_steps(root, found.rows)
    for damage in found.damages:
        if damage.code == "batch_missing":
            yield from _missing_batches(root)
    yield from _acknowledgements(root, found)


def _register_steps(root: Path) -> Iterator[Step]:
    """A register that can't be read goes aside, with the note of how long it was."""
    for name in (*REGISTER, HEADS):
        if (root / name).exists():
            yield Step("set_aside", name, f"{ASIDE}/{name}-…", UNREADABLE)


def _snapshot_steps(root: Path, rows: int) -> Iterator[Step]:
    """Snapshots made from journal rows that are gone, and the file that names one of them."""
    for name in published_rows(root, more_than=rows):
        yield Step("set_aside", name, f"{ASIDE}/{Path(name).name}-…", ROWS_GONE)


def _missing_batches(root: Path) -> Iterator[Step]:
    for batch in Journal(root).batches():
        if batch.state == "live" and not (root / BATCHES / str(batch.number)).is_dir():
            yield Step("withdraw", f"{BATCHES}/{batch.number}", "", FOLDER_GONE)


def _acknowledgements(root: Path, found: Condition) -> Iterator[Step]:
    """Rows that are gone, breaks of the chain, and what recovery has set aside."""
    if found.readable and found.known > found.rows:
        lost = Message(LOST, {"first": found.rows + 1, "last": found.known})
        yield Step("acknowledge", f"{JOURNAL} {found.rows + 1}", "", lost)
    for seq, _hashed in _new_breaks(root, found):
        yield Step("acknowledge", f"journal {seq}", "", BREAK)
    known = _known_aside(root, found)
    for name in storage.aside(root):
        if name not in known and not name.startswith(REPLACED):
            yield Step("acknowledge", f"{ASIDE}/{name}", "", ASIDE_ALREADY)


def _new_breaks(root: Path, found: Condition) -> list[tuple[int, str]]:
    """The breaks of the journal's chain that nobody has acknowledged."""
    if not found.readable:
        return []
    known = acknowledged(Journal(root).events())
    return [one for one in breaks(Journal(root).rows()) if one not in known]


def _known_aside(root: Path, found: Condition) -> set[str]:
    events = Journal(root).events() if found.readable else []
    return {name for e in events if e.kind == "repair" for name in e.payload.get("aside", [])}


def _done(root: Path, step: Step) -> Step:
    if step.do != "set_aside":
        return step
    source = root / step.what
    name = f"batch-{source.name}" if source.parent.name == BATCHES else source.name
    place = set_aside(root, source, name)
    return replace(step, to=f"{ASIDE}/{place.name}")
