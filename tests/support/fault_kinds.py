"""Which of many operations are tried: those that come from one place in the code are one kind."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

from tests.support.file_faults import GROWING, WAYS, WRITES, Way, likeness

# How many of the board's lines, innermost first, tell one place in the code from another.
LINES = 3


@dataclass(frozen=True)
class Operation:
    """One operation of a command: the `at`-th that is `like` this one, done from these lines."""

    command: str
    like: str
    at: int
    lines: tuple[str, ...]

    def can_fail(self, way: Way) -> bool:
        """Whether an operation such as this can fail in that way."""
        within = {"short": WRITES, "torn": WRITES, "full": GROWING}.get(way)
        return within is None or self.like.split()[0] in within


def operations(
    command: str, done: Iterable[str], done_from: Iterable[Iterable[str]]
) -> list[Operation]:
    """What a command did, each operation counted among those like it."""
    counted: dict[str, int] = {}
    made = []
    for operation, lines in zip(done, done_from, strict=True):
        like = likeness(operation)
        counted[like] = counted.get(like, 0) + 1
        made.append(Operation(command, like, counted[like], tuple(lines)))
    return made


Kinds = dict[tuple[str, ...], list[Operation]]


def kinds(every: Iterable[Operation], lines: int | None = LINES) -> Kinds:
    """Operations of all commands by kind: the call, the kind of file, the lines it comes from."""
    sorted_out: Kinds = {}
    for one in every:
        place = one.lines if lines is None else one.lines[-lines:]
        sorted_out.setdefault((one.like, *place), []).append(one)
    return sorted_out


def tried(every: list[Operation], way: Way) -> list[Operation]:
    """The operations that are made to fail in a way.

    Of each kind the first, the last and one at random. And of each kind by all its lines, not
    only the innermost, one by one of the ways: whoever catches an error may stand far out. Of
    each command at least one.
    """
    every = [one for one in every if one.can_fail(way)]
    chosen: dict[Operation, None] = {}
    for kind, members in kinds(every).items():
        chance = random.Random(f"{way} {kind}")
        chosen |= dict.fromkeys((members[0], members[-1], chance.choice(members)))
    for number, members in enumerate(kinds(every, None).values()):
        ways = [one for one in WAYS if one != "unread" and members[0].can_fail(one)]
        if way in ("unread", ways[number % len(ways)]):
            chosen[members[number % len(members)]] = None
    commands = {one.command for one in chosen}
    missing = {one.command: one for one in reversed(every) if one.command not in commands}
    return [*chosen, *missing.values()]
