"""What `verify` finds, and how it goes on after a check that can't be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong, where. An `error` means tampering or loss; a `notice` asks for something or
    recalls what was acknowledged.
    """

    severity: str
    code: str
    where: str
    message_zh: str
    message_en: str


def changed(where: str) -> Problem:
    """Something is not what was stored."""
    return Problem(
        "error", "changed", where,
        f"{where} 与入库时不一致，可能损坏或被改动。",
        f"{where} is not what was stored; it may be damaged or changed.",
    )  # fmt: skip


def proven(where: str, check: Iterator[Problem]) -> Iterator[Problem]:
    """The problems a check finds; one that can't be carried out is a problem of its own.

    Only the kind of error is told: its text may hold what a cell holds.
    """
    try:
        yield from check
    except Exception as error:
        kind = type(error).__name__
        yield Problem(
            "error", "unreadable", where,
            f"{where} 读不出来（{kind}），可能损坏或被改动。",
            f"{where} can't be read ({kind}); it may be damaged or changed.",
        )  # fmt: skip
