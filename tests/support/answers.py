"""What a test knows of an answer and its type does not say: that it is there, or a number."""

from __future__ import annotations

from typing import TypeVar

Value = TypeVar("Value")


def present(value: Value | None) -> Value:
    """The value, which is not missing."""
    assert value is not None
    return value


def number(value: object) -> float:
    """A column's least, greatest, mean or total, which is a number."""
    assert isinstance(value, int | float)
    return value
