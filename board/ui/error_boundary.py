"""Trying something on a page: what fails is said calmly in its place and named in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

import streamlit as st

from board.i18n import _
from board.store import WithheldError

Made = TypeVar("Made")
log = logging.getLogger("board.ui")


def attempted(name: str, make: Callable[[], Made]) -> Made | None:
    """What `make` gives, or nothing: then its place and the kind of error are in the log.

    The text of an error may quote a cell of a ledger, so it goes nowhere. What may not be
    seen is no error.
    """
    try:
        return make()
    except WithheldError:
        return None
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        log.error("%s could not be shown: %s at %s", name, type(error).__name__, where)
        return None


def guarded(name: str, run: Callable[[], None]) -> None:
    """Run something; where it fails, say so calmly."""

    def done() -> bool:
        run()
        return True

    if not attempted(name, done):
        apologise(name)


def apologise(name: str) -> None:
    """Say that something can't be shown, with the word to look for in the log."""
    st.warning(_("这一部分暂时无法显示，其他部分不受影响。代码 {name}", name=name))
