"""placeholder until the template exists."""

from __future__ import annotations

import streamlit as st

from board.access import Reader
from board.metrics import Period


def offer(ledger: str, period: Period, who: Reader) -> None:
    """Nothing."""
    st.button(f"{ledger} {period}", key=f"x{ledger}")
