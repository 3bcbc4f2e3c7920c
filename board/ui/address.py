"""The reader's choices in the URL: scope, period, language, a page's own choices.

Streamlit's own binding writes a widget's translated label into the URL. Here the URL holds the
key, so a link means the same in both languages and opens the page with the same choices.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

KEPT, SHOWN = "kept", "shown"
PRESENT = "present"
# How much larger controls are on a shared screen; board/ui/assets/board.css has the same factor.
LARGER = 1.25


def chosen(name: str) -> str | None:
    """The current value of a choice: from the URL, from its widget, or from the session.

    A value in the URL counts when it differs from the one that the last run wrote there.
    """
    choices: dict[str, str] = st.session_state.setdefault(KEPT, {})
    if name in st.session_state.get(SHOWN, {}):
        return choices.get(name)
    from_link = st.query_params.get(name)
    if from_link is not None and from_link != choices.get(name):
        return from_link
    from_widget = st.session_state.get(widget(name))
    return str(from_widget) if from_widget is not None else choices.get(name)


def presenting() -> bool:
    """Whether this is a shared screen: `present=1` starts it, only `drop` ends it."""
    choices: dict[str, str] = st.session_state.setdefault(KEPT, {})
    if st.query_params.get(PRESENT) == "1":
        choices[PRESENT] = "1"
    return choices.get(PRESENT) == "1"


def begin() -> None:
    """At the start of a run, forget what an interrupted run did not write to the URL."""
    st.session_state.pop(SHOWN, None)


def keep(name: str, value: str) -> None:
    """Make a value the current one: in the session, in its widget and, after `write`, in the URL."""
    st.session_state.setdefault(KEPT, {})[name] = value
    st.session_state[widget(name)] = value
    st.session_state.setdefault(SHOWN, {})[name] = value


def write() -> None:
    """Write the choices of this run to the URL at once; each write adds an entry to the history."""
    updates: dict[str, str] = st.session_state.pop(SHOWN, {})
    if any(st.query_params.get(name) != value for name, value in updates.items()):
        st.query_params.update(updates)


def link_parameters(link: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """The URL parameters of a link that changes some choices and keeps the others."""
    return {**st.query_params.to_dict(), **dict(link)}


def page_link(page: str, label: str, link: Iterable[tuple[str, str]] = ()) -> None:
    """A link to a page by its key; it changes the choices in `link` and keeps the others."""
    st.page_link(f"pages/{page}.py", label=label, query_params=link_parameters(link))


def limit(parameters: Mapping[str, str]) -> None:
    """Remove all parameters from the URL but these."""
    if st.query_params.to_dict() != parameters:
        st.query_params.from_dict(parameters)


def drop(name: str) -> None:
    """Remove a choice from the URL and the session; call it in a callback or before its widget."""
    st.session_state.setdefault(KEPT, {}).pop(name, None)
    st.session_state.get(SHOWN, {}).pop(name, None)
    st.session_state.pop(widget(name), None)
    if name in st.query_params:
        del st.query_params[name]


def move_to(name: str, value: str) -> None:
    """Change a choice from a callback; the next run shows it."""
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
    """A drop-down for a choice; `labels` maps value to label. Call `keep` earlier in the run."""
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
    """A row of buttons for a choice; `labels` maps value to label. Call `keep` earlier in the run."""
    st.segmented_control(
        label,
        list(labels),
        key=widget(name),
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        required=True,
        width="content",
    )
