"""The named steps of writing, so that tests can watch them and stop at each."""

from __future__ import annotations

from collections.abc import Callable


def _nothing(name: str) -> None:
    """What happens at a named step when nobody watches."""


step: Callable[[str], None] = _nothing


def passed(name: str) -> None:
    """Say that a named step of writing is done; `step` may be replaced to watch it."""
    step(name)
