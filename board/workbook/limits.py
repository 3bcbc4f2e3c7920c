"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEBI = 1024 * 1024
# How the reading process ends when it can't say more.
TOO_HEAVY, UNEXPECTED = 3, 4


@dataclass(frozen=True)
class Limits:
    """The bounds of one file; beyond them it is refused and the refusal states the bound.

    `disk` and `inflated` are bytes, `memory` the bytes the reading process may hold,
    `seconds` its time on the wall and, doubled, on the processor.
    """

    disk: int = 100 * MEBI
    inflated: int = 512 * MEBI
    rows: int = 1_048_576
    columns: int = 16_384
    entries: int = 10_000
    ratio: int = 1_000
    sheets: int = 1_000
    memory: int = 1_024 * MEBI
    seconds: int = 240


class RefusedError(Exception):
    """A file that can't be read at all: the rule it breaks and the limit it passes."""

    def __init__(self, rule: str, limit: str | int = ""):
        super().__init__(rule)
        self.rule = rule
        self.limit = limit
