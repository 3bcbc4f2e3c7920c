"""Keep an error inside its part of the page: a sentence in its place, a line in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import streamlit as st

from board.i18n import _
from board.sections.words import plain
from board.storage import RefusedError
from board.store import WithheldError

Result = TypeVar("Result")
log = logging.getLogger("board.ui")


def attempted(name: str, make: Callable[[], Result]) -> Result | None:
    """The result of `make`; None where it failed or where the reader may not see it."""
    try:
        return logged(name, make)
    except WithheldError:
        return None


def logged(name: str, make: Callable[[], Result]) -> Result | None:
    """The result of `make`; None where it failed: then the log gets the place and kind of error.

    The text of an error may quote a cell of a ledger, so it is not logged. Raises WithheldError
    where the reader may not see the result.
    """
    try:
        return make()
    except WithheldError:
        raise
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        log.error("%s could not be shown: %s at %s", name, type(error).__name__, where)
        return None


def guarded(name: str, run: Callable[[], None]) -> None:
    """Run a function; where it fails, show an apology in its place, or why the store refuses."""

    def completed() -> bool:
        try:
            run()
        except RefusedError as refusal:
            st.error(plain(refusal.message))
        return True

    if not attempted(name, completed):
        apologise(name)


def apologise(name: str) -> None:
    """Say that a part can't be shown, with its name as in the log."""
    st.warning(_("这一部分暂时无法显示，其他部分不受影响。代码 {name}", name=name))
