"""Values that a session keeps only while one page is open."""

from __future__ import annotations

from typing import Any

import streamlit as st

VISIT = "visit"


def begin(page: str) -> None:
    """Start a page, by its key; the values of another page are deleted."""
    if st.session_state.get(VISIT, ("", {}))[0] != page:
        st.session_state[VISIT] = (page, {})


def values() -> dict[str, Any]:
    """The values of the open page, to read and to write."""
    page_values: dict[str, Any] = st.session_state.get(VISIT, ("", {}))[1]
    return page_values
