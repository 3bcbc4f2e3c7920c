"""The problems that `verify` reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from board.i18n import N_, Message
from board.storage import RefusedError, disk_fault


@dataclass(frozen=True)
class Problem:
    """What is wrong and where.

    An `error` means tampering or loss. A `notice` asks for an action, or names something that
    was acknowledged.
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
    """A problem of tampering or loss; the message may use the gap `{where}`."""
    return Problem("error", code, where, Message(text, {"where": where, **gaps}))


def notice(code: str, where: str, text: str, /, **gaps: object) -> Problem:
    """A problem that asks for an action or was acknowledged."""
    return Problem("notice", code, where, Message(text, {"where": where, **gaps}))


def changed(where: str) -> Problem:
    """The error that something differs from what was stored."""
    return error("changed", where, N_("{where} 与入库时不一致，可能损坏或被改动。"))


def unfinished(where: str, fault: RefusedError) -> Problem:
    """The error that a check could not be done because of the disk: nothing is said of the store."""
    return error(fault.code, where, N_("{where} 没有查完：{fault}"), fault=fault.message)


def problems_of(where: str, check: Iterator[Problem]) -> Iterator[Problem]:
    """The problems of a check; an exception in the check becomes the error `unreadable`.

    The message names only the exception's class: its text may hold the content of a cell.
    """
    try:
        yield from check
    except Exception as exception:
        if fault := disk_fault(exception):
            yield unfinished(where, fault)
            return
        text = N_("{where} 读不出来（{kind}），可能损坏或被改动。")
        yield error("unreadable", where, text, kind=type(exception).__name__)
