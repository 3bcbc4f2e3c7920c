"""The named steps of writing, so that tests can observe them and stop at each."""

from __future__ import annotations

from collections.abc import Callable


def _nothing(name: str) -> None:
    """Do nothing: the default at every step."""


step: Callable[[str], None] = _nothing


def passed(name: str) -> None:
    """Report that a step of writing is done; tests replace `step`."""
    step(name)
