"""A field for a text whose length the server enforces: a browser may send a longer one."""

from __future__ import annotations

from typing import Literal

import streamlit as st


def text_field(
    label: str,
    most: int,
    *,
    key: str | None = None,
    placeholder: str | None = None,
    label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
    width: int | Literal["stretch"] = "stretch",
) -> str:
    """What was typed; Streamlit cuts it to `most` characters, here and not only in the browser."""
    typed = st.text_input(
        label, max_chars=most, key=key, placeholder=placeholder,
        label_visibility=label_visibility, width=width,
    )  # fmt: skip
    return typed or ""
