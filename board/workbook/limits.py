"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEBI = 1024 * 1024
# Exit codes of the child process that can't write its result.
TOO_HEAVY, UNEXPECTED = 3, 4


@dataclass(frozen=True)
class Limits:
    """The limits of one file; a file beyond one is refused, and the refusal states the limit.

    `disk`, `inflated` (all parts unzipped) and `memory` (of the child process) are bytes.
    `seconds` is the elapsed time of the child; its processor time may be twice that.
    `entries` counts the parts of a zip; `ratio` is how many times its compressed size a
    large part may be.
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
    """A file that can't be read: the rule it breaks and the limit it exceeds."""

    def __init__(self, rule: str, limit: str | int = ""):
        super().__init__(rule)
        self.rule = rule
        self.limit = limit
