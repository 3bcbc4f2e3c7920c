"""A field for a text whose length the server enforces: a browser may send a longer one."""

from __future__ import annotations

from typing import Any

import streamlit as st


def text_field(label: str, most: int, **more: Any) -> str:
    """What was typed, at most `most` characters of it."""
    return (st.text_input(label, max_chars=most, **more) or "")[:most]
