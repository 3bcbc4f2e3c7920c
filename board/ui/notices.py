"""Notices that a run shows above a page's contents."""

from __future__ import annotations

import streamlit as st

NOTICES = "notices"


def notice(text: str) -> None:
    """Show a notice above the page's contents in this run."""
    st.session_state[NOTICES].append(text)
