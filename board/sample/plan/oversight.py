"""Leaders in charge, the plan's mechanisms, and the follow-up of what meetings decided."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from board.sample import story
from board.sample.meetings import Meeting, meetings
from board.sample.register import Settlement
from board.sample.rows import ROWS, Row

FOLDER = Path(__file__).parent.parent
CONFIRMED_EVERY = 6
"""Months after which the state of a mechanism is confirmed."""
CANCELLED = "取消"


class Leader(ROWS.leaders):
    """A row of the leaders ledger."""


class Mechanism(ROWS.mechanisms):
    """A row of the mechanisms ledger."""


class Item(ROWS.follow_ups):
    """A row of the follow-ups ledger."""


def leaders(_town: Settlement, _months: list[date], _seed: int) -> Iterator[tuple[date, Row]]:
    """The leaders in charge from a day on, and again with the last day of those who left."""
    for rank, since, until, post, name in story.LEADERS:
        leader = Leader(rank, since, post, name)
        yield since.replace(day=1), leader
        if until:
            yield until.replace(day=1), leader._replace(until=until)


def mechanisms(_town: Settlement, months: list[date], _seed: int) -> Iterator[tuple[date, Row]]:
    """A mechanism's row at each change of its state, and every half-year after that."""
    for entry in _entries("mechanisms.csv"):
        steps = [step.split(" ") for step in entry["steps"].split("、")]
        changes = [(state, date.fromisoformat(day)) for state, day in steps]
        founded = next((day for state, day in changes if state == "运行中"), None)
        for number, (state, day) in enumerate(changes):
            row = Mechanism(
                entry["measure"], entry["name"], day, state,
                founded if state in ("运行中", "停止") else None, entry["note"],
            )  # fmt: skip
            until = changes[number + 1][1] if number + 1 < len(changes) else date.max
            yield day.replace(day=1), row
            for month in months:
                later = month + timedelta(days=19)
                if day < month and later < until and _is_due(day, month):
                    yield month, row._replace(updated_on=later)


def _is_due(day: date, month: date) -> bool:
    return story.months_between(day, month) % CONFIRMED_EVERY == 0


def follow_ups(_town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """An item's row when it is raised, when it is overdue, when it is done, and when accepted."""
    held = {
        (month, meeting.kind): meeting
        for month, rows in meetings(len(months), seed).items()
        for meeting in rows
        if meeting.held_on.replace(day=1) == month
    }
    for number, entry in enumerate(_entries("follow_ups.csv"), 1):
        meeting = held.get((date.fromisoformat(f"{entry['month']}-01"), entry["meeting"]))
        if meeting:
            for row in _history(_item(number, entry, meeting), entry):
                yield row.updated_on.replace(day=1), row


def _item(number: int, entry: dict[str, str], meeting: Meeting) -> Item:
    """An item as the meeting raised it."""
    return Item(
        item_id=f"DB{number:03}",
        updated_on=meeting.held_on,
        kind=entry["kind"],
        meeting_id=meeting.meeting_id,
        raised_on=meeting.held_on,
        content=entry["content"],
        measure=entry["measure"],
        metric=entry["metric"] or None,
        scope=entry["scope"] or None,
        leader=meeting.chair,
        leads=entry["leads"].split("、"),
        supports=entry["supports"].split("、") if entry["supports"] else None,
        due=meeting.held_on + timedelta(days=int(entry["days"])),
        done_when=entry["done_when"],
        state="推进中",
    )


def _history(item: Item, entry: dict[str, str]) -> Iterator[Item]:
    """The item's rows, oldest first: at most four."""
    yield item
    after = entry["done_after"]
    if after == CANCELLED:
        told_on = item.due - timedelta(days=10)
        yield item._replace(
            state="已取消", progress="方案不再单列，并入其他项目", updated_on=told_on
        )
        return
    done_on = item.raised_on + timedelta(days=int(after)) if after else None
    if done_on is None or done_on > item.due:
        told_on = item.due + timedelta(days=1)
        yield item._replace(progress="到期未办结，正在推进", updated_on=told_on)
    if done_on is None:
        return
    done = item._replace(
        state="已办结", progress="已按要求办结", evidence=f"{item.item_id}办结情况",
        done_on=done_on, updated_on=done_on,
    )  # fmt: skip
    yield done
    if entry["accepted_after"]:
        accepted_on = done_on + timedelta(days=int(entry["accepted_after"]))
        yield done._replace(
            state="已销号", accepted_on=accepted_on, updated_on=accepted_on,
            accepted_by=story.leader_on("处级领导", accepted_on),
        )  # fmt: skip


def _entries(name: str) -> list[dict[str, str]]:
    """The rows of a table in the sample's folder."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
