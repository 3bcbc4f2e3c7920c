"""What a run has to say above a page's contents."""

from __future__ import annotations

import streamlit as st

NOTICES = "notices"


def notice(text: str) -> None:
    """Say something above the page's contents in this run."""
    st.session_state[NOTICES].append(text)
