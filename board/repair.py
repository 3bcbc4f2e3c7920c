"""Repair a damaged store: plan what is moved aside or acknowledged, then do it."""

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
    acknowledged_aside,
    breaks,
    condition,
    heads,
    published_rows,
)
from board.publish import words_struck
from board.storage import ASIDE, BATCHES, JOURNAL, REPLACED, set_aside

# set_aside: move it into aside/; withdraw: withdraw a batch whose folder is missing;
# acknowledge: change nothing, but record that somebody has seen it.
Do = Literal["set_aside", "withdraw", "acknowledge"]
REGISTER = (JOURNAL, f"{JOURNAL}-wal", f"{JOURNAL}-shm")


@dataclass(frozen=True)
class Step:
    """One thing that `repair` does: what to, where that is moved, and why."""

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
    """The steps that would make the store writable again; changes nothing."""
    return list(_steps(root, condition(root))) if root.is_dir() else []


def repair(root: Path, reason: str, by: str) -> list[Step]:
    """Carry out the plan, and write a journal row with the reason and who did it (`by`).

    Nothing is deleted. Returns the steps that were done, with the paths things were moved to.
    """
    with storage.writing(root, "repair"):
        before = condition(root)
        steps = list(_steps(root, before))
        if not steps:
            return []
        broken = _new_breaks(root, before)
        done = [_done(root, step) for step in steps]
        names = [step.to.removeprefix(f"{ASIDE}/") for step in done if step.do == "set_aside"]
        names += [
            step.what.removeprefix(f"{ASIDE}/")
            for step in done
            if step.do == "acknowledge" and step.what.startswith(f"{ASIDE}/")
        ]
        payload: dict[str, Any] = {
            "reason": words_struck(root, reason),
            "by": by,
            "aside": names,
            "breaks": broken,
            "steps": [[step.do, step.what, step.to] for step in done],
            "heads": {name: list(head) for name, head in heads(root).items()},
        }
        withdrawn = [int(step.what.rpartition("/")[2]) for step in done if step.do == "withdraw"]
        Journal(root).acknowledge(before, payload, withdrawn)
        storage.clear_staging(root)
        return done


def _steps(root: Path, state: Condition) -> Iterator[Step]:
    if not state.readable:
        yield from _register_steps(root)
    for name in (*state.surplus, *state.unplaced, *state.rubbish):
        yield Step("set_aside", f"{BATCHES}/{name}", f"{ASIDE}/batch-{name}-…", NO_ROW)
    if state.known > state.rows:
        yield from _snapshot_steps(root, state.rows)
    if any(damage.code == "batch_missing" for damage in state.damages):
        yield from _missing_batches(root)
    yield from _acknowledgements(root, state)


def _register_steps(root: Path) -> Iterator[Step]:
    """Move a register that can't be read aside, with the file that states its number of rows."""
    for name in (*REGISTER, HEADS):
        if (root / name).exists():
            yield Step("set_aside", name, f"{ASIDE}/{name}-…", UNREADABLE)


def _snapshot_steps(root: Path, rows: int) -> Iterator[Step]:
    """Move snapshots of missing journal rows aside, and CURRENT where it names one of them."""
    for name in published_rows(root, more_than=rows):
        yield Step("set_aside", name, f"{ASIDE}/{Path(name).name}-…", ROWS_GONE)


def _missing_batches(root: Path) -> Iterator[Step]:
    """Withdraw live batches whose folder is missing."""
    for batch in Journal(root).batches():
        if batch.state == "live" and not (root / BATCHES / str(batch.number)).is_dir():
            yield Step("withdraw", f"{BATCHES}/{batch.number}", "", FOLDER_GONE)


def _acknowledgements(root: Path, state: Condition) -> Iterator[Step]:
    """Acknowledge missing rows, breaks of the chain, and what recovery has moved aside."""
    if state.readable and state.known > state.rows:
        message = Message(LOST, {"first": state.rows + 1, "last": state.known})
        yield Step("acknowledge", f"{JOURNAL} {state.rows + 1}", "", message)
    for seq, _hashed in _new_breaks(root, state):
        yield Step("acknowledge", f"journal {seq}", "", BREAK)
    names = acknowledged_aside(Journal(root).events() if state.readable else [])
    for name in storage.aside(root):
        if name not in names and not name.startswith(REPLACED):
            yield Step("acknowledge", f"{ASIDE}/{name}", "", ASIDE_ALREADY)


def _new_breaks(root: Path, state: Condition) -> list[tuple[int, str]]:
    """The breaks of the journal's chain that nobody has acknowledged: row number and hash."""
    if not state.readable:
        return []
    accepted = acknowledged(Journal(root).events())
    return [place for place in breaks(Journal(root).rows()) if place not in accepted]


def _done(root: Path, step: Step) -> Step:
    """Carry a step out where it moves something; returns it with the new path."""
    if step.do != "set_aside":
        return step
    source = root / step.what
    name = f"batch-{source.name}" if source.parent.name == BATCHES else source.name
    place = set_aside(root, source, name)
    return replace(step, to=f"{ASIDE}/{place.name}")
