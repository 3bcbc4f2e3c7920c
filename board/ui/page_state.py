"""What a session holds only while one page is shown: gone as soon as another one is."""

from __future__ import annotations

from typing import Any

import streamlit as st

VISIT = "visit"


def begin(page: str) -> None:
    """A page is shown, by its key: what was held for another one is forgotten."""
    if st.session_state.get(VISIT, ("", {}))[0] != page:
        st.session_state[VISIT] = (page, {})


def held() -> dict[str, Any]:
    """What is held for the page shown last; to be read and written."""
    found: dict[str, Any] = st.session_state.get(VISIT, ("", {}))[1]
    return found
