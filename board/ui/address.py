"""What the reader chose, kept in the URL: scope, period, language and a page's own choices.

Streamlit's own binding writes a widget's translated label into the URL; here the URL holds
the key, so a link means the same in both languages and reopens exactly what was seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

KEPT, SHOWN = "kept", "shown"
PRESENT = "present"
LARGER = 1.25  # the type of a shared screen's controls, against a desk's; board/ui/assets/board.css has it too


def chosen(name: str) -> str | None:
    """The choice in force: what a widget was just set to, a link's own, or what was kept.

    A value in the URL counts when it is not the one written there by the last run.
    """
    kept: dict[str, str] = st.session_state.setdefault(KEPT, {})
    if name in st.session_state.get(SHOWN, {}):
        return kept.get(name)
    asked = st.query_params.get(name)
    if asked is not None and asked != kept.get(name):
        return asked
    set_now = st.session_state.get(widget(name))
    return str(set_now) if set_now is not None else kept.get(name)


def presenting() -> bool:
    """Whether this is a shared screen: once it is, only leaving it in the page ends that."""
    kept: dict[str, str] = st.session_state.setdefault(KEPT, {})
    if st.query_params.get(PRESENT) == "1":
        kept[PRESENT] = "1"
    return kept.get(PRESENT) == "1"


def begin() -> None:
    """Forget what a run that was cut short had not written yet."""
    st.session_state.pop(SHOWN, None)


def keep(name: str, value: str) -> None:
    """Make the choice the one in force: for the session, its widget and, once written, the URL."""
    st.session_state.setdefault(KEPT, {})[name] = value
    st.session_state[widget(name)] = value
    st.session_state.setdefault(SHOWN, {})[name] = value


def write() -> None:
    """Put what this run kept into the URL, in one step: each would be one in the history."""
    shown: dict[str, str] = st.session_state.pop(SHOWN, {})
    if any(st.query_params.get(name) != value for name, value in shown.items()):
        st.query_params.update(shown)


def linked(link: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The parameters of a link to a page that changes these and keeps the rest."""
    return {**st.query_params.to_dict(), **dict(link)}


def limit(stays: Mapping[str, str]) -> None:
    """Leave nothing in the URL but these."""
    if st.query_params.to_dict() != stays:
        st.query_params.from_dict(stays)


def drop(name: str) -> None:
    """Take a choice out of the URL and forget it; for a callback or before its widget."""
    st.session_state.setdefault(KEPT, {}).pop(name, None)
    st.session_state.get(SHOWN, {}).pop(name, None)
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
        width=round(width * LARGER) if presenting() else width,
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
