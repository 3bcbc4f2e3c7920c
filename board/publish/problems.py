"""What `verify` finds, and how it goes on after a check that can't be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from board.i18n import N_, Message


@dataclass(frozen=True)
class Problem:
    """What is wrong, where. An `error` means tampering or loss; a `notice` asks for something or
    recalls what was acknowledged.
    """

    severity: str
    code: str
    where: str
    message: Message

    def as_dict(self) -> dict[str, str]:
        """The JSON of a problem, its message in both languages."""
        place = {"severity": self.severity, "code": self.code, "where": self.where}
        return {**place, "message_zh": self.message.zh, "message_en": self.message.en}


def error(code: str, where: str, text: str, /, **gaps: object) -> Problem:
    """Tampering or loss; `{where}` is a gap of every message."""
    return Problem("error", code, where, Message(text, {"where": where, **gaps}))


def notice(code: str, where: str, text: str, /, **gaps: object) -> Problem:
    """Something to do, or what was acknowledged."""
    return Problem("notice", code, where, Message(text, {"where": where, **gaps}))


def changed(where: str) -> Problem:
    """Something is not what was stored."""
    return error("changed", where, N_("{where} 与入库时不一致，可能损坏或被改动。"))


def proven(where: str, check: Iterator[Problem]) -> Iterator[Problem]:
    """The problems a check finds; one that can't be carried out is a problem of its own.

    Only the kind of error is told: its text may hold what a cell holds.
    """
    try:
        yield from check
    except Exception as stopped:
        text = N_("{where} 读不出来（{kind}），可能损坏或被改动。")
        yield error("unreadable", where, text, kind=type(stopped).__name__)
