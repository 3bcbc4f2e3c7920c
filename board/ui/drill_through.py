"""Ways to another page: a clicked mark, or the same choice in a drop-down for the keyboard."""

from __future__ import annotations

from functools import partial

import streamlit as st

from board import access
from board.i18n import _, language
from board.sections import DrillThrough, View, sections
from board.ui import address, recheck
from board.ui.cache import remembered

LEAVING = "leaving"


def open_to(way: DrillThrough | None, view: View) -> bool:
    """Whether there is a page at the end of it that the reader may open."""
    return (
        way is not None
        and any(section.key == way.page for section in sections())
        and access.may_open(view.reader, way.page)
    )


def offer(name: str, way: DrillThrough, view: View) -> None:
    """The drop-down of all that can be opened; choosing one opens it."""
    if not open_to(way, view):
        return
    made = ("way", name, view.identity, language())
    labels = dict(remembered(made, partial(way.options, view)))
    if not labels:
        return
    key = f"{name}.way"
    st.session_state[key] = None
    st.selectbox(
        _(way.label),
        list(labels),
        index=None,
        key=key,
        placeholder=_(way.label),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=320,
        on_change=recheck.callback(_chosen, key, way),
    )


def _chosen(key: str, way: DrillThrough) -> None:
    value = st.session_state[key]
    if value is not None:
        leave(way, str(value))


def leave(way: DrillThrough, value: str) -> None:
    """From a callback: the run that follows opens the page."""
    st.session_state[LEAVING] = (way.page, way.name, value)


def follow() -> None:
    """Go where the reader's last click leads; the page there is drawn instead of this one."""
    leaving = st.session_state.pop(LEAVING, None)
    if leaving:
        page, name, value = leaving
        st.switch_page(f"pages/{page}.py", query_params=address.linked([(name, value)]))
