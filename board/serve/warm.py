"""What the first reader would otherwise wait for: imports, the snapshot, each page once."""

from __future__ import annotations

import asyncio

import streamlit as st


async def warm(app: st.App) -> None:
    """Load what the pages need before the first reader comes."""
    await asyncio.to_thread(load)


def load() -> None:
    """Import what Streamlit imports only when a table or a chart is first drawn."""
    import pandas  # noqa: F401
    import pyarrow  # noqa: F401
