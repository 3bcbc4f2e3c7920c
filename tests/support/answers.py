"""What a test knows of an answer and its type does not say: that it is there, or a number."""

from __future__ import annotations

from typing import TypedDict, TypeVar

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """The value, which is not missing."""
    assert value is not None
    return value


def number(value: object) -> float:
    """A column's least, greatest, mean or total, which is a number."""
    assert isinstance(value, int | float)
    return value


class FindingAnswer(TypedDict):
    """A finding, as `check` and `load` give it."""

    file: str
    sheet: str | None
    cell: str | None
    ledger: str | None
    column: str | None
    rule: str
    severity: str
    found: str | None
    expected: str | None
    suggestion: str | None
    message_zh: str
    message_en: str


class CheckAnswer(TypedDict):
    """What `check` answers."""

    findings: list[FindingAnswer]
    counts: dict[str, int]
    rows: dict[str, int]
    replaces: dict[str, int]


class LoadAnswer(CheckAnswer):
    """What `load` answers."""

    batch: int | None
    snapshot: str | None


class FileAnswer(TypedDict):
    """A file of a batch."""

    name: str
    sha256: str


class BatchAnswer(TypedDict):
    """A batch, as `batches` lists it."""

    batch: int
    recorded_at: str
    entered_at: str
    back_dated: bool
    state: str
    files: list[FileAnswer]
    rows: dict[str, int]
    note: str
    reason: str | None
