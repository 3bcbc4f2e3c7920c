"""What the reader chose, kept in the URL: scope, period, language and a page's own choices.

Streamlit's own binding writes a widget's translated label into the URL; here the URL holds
the key, so a link means the same in both languages and reopens exactly what was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

KEPT = "kept"


def chosen(name: str) -> str | None:
    """The choice in force: what a widget was just set to, a link's own, or what was kept.

    A value in the URL counts when it is not the one written there by the last run.
    """
    kept: dict[str, str] = st.session_state.setdefault(KEPT, {})
    asked = st.query_params.get(name)
    if asked is not None and asked != kept.get(name):
        return asked
    set_now = st.session_state.get(widget(name))
    return str(set_now) if set_now is not None else kept.get(name)


def keep(name: str, value: str) -> None:
    """Make the choice the one in force: for the session, in the URL and in its widget."""
    kept: dict[str, str] = st.session_state.setdefault(KEPT, {})
    kept[name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value
    st.session_state[widget(name)] = value


def drop(name: str) -> None:
    """Take a choice out of the URL and forget it; for a callback or before its widget."""
    st.session_state.setdefault(KEPT, {}).pop(name, None)
    st.session_state.pop(widget(name), None)
    if name in st.query_params:
        del st.query_params[name]


def move_to(name: str, value: str) -> None:
    """Change a choice from a callback; the run that follows shows it."""
    st.session_state[widget(name)] = value
    st.session_state.setdefault(KEPT, {})[name] = value
    st.query_params[name] = value


def move_all(choices: Sequence[tuple[str, str]]) -> None:
    """Change several choices from a callback."""
    for name, value in choices:
        move_to(name, value)


def widget(name: str) -> str:
    """The key of the widget for a choice."""
    return f"choose_{name}"


def select(name: str, label: str, labels: Mapping[str, str], width: int) -> None:
    """A drop-down for a choice, value → label; its value was kept already in this run."""
    st.selectbox(
        label,
        list(labels),
        key=widget(name),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        required=True,
        width=width,
    )


def switch(name: str, label: str, labels: Mapping[str, str]) -> None:
    """A row of buttons for a choice, value → label; its value was kept already in this run."""
    st.segmented_control(
        label,
        list(labels),
        key=widget(name),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        required=True,
        width="content",
    )
