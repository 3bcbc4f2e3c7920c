"""Links from a panel to another page: a click on a mark, or a drop-down for the keyboard."""

from __future__ import annotations

from functools import partial

import streamlit as st

from board.i18n import _, language
from board.sections import DrillThrough, View, by_key
from board.ui import address, recheck
from board.ui.cache import cached

LEAVING = "leaving"


def may_follow(drill: DrillThrough | None, view: View) -> bool:
    """Whether the page that a drill-through leads to exists and the reader may open it."""
    page = by_key().get(drill.page) if drill else None
    return page is not None and page.opens_to(view.reader)


def offer(name: str, drill: DrillThrough, view: View) -> None:
    """The drop-down of all values; choosing one opens the other page."""
    if not may_follow(drill, view):
        return
    cache_key = ("way", name, view.identity, language())
    labels = dict(cached(cache_key, partial(drill.options, view)))
    if not labels:
        return
    key = f"{name}.way"
    st.session_state[key] = None
    st.selectbox(
        _(drill.label),
        list(labels),
        index=None,
        key=key,
        placeholder=_(drill.label),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        width=320,
        on_change=recheck.callback(_open_selected, key, drill),
    )


def _open_selected(key: str, drill: DrillThrough) -> None:
    value = st.session_state[key]
    if value is not None:
        leave(drill, str(value))


def leave(drill: DrillThrough, value: str) -> None:
    """In a callback: the next run opens the other page with this value."""
    st.session_state[LEAVING] = (drill.page, drill.name, value)


def follow() -> None:
    """At the start of a page, open the page that the last click leads to."""
    leaving = st.session_state.pop(LEAVING, None)
    if leaving:
        page, name, value = leaving
        st.switch_page(f"pages/{page}.py", query_params=address.link_parameters([(name, value)]))
