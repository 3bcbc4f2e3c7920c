"""The templates: one workbook a ledger, or all in one, made when asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from board import template
from board.i18n import _
from board.ledgers import Ledger, ledgers
from board.sections._words import plain
from board.sections.ledgers import CADENCE, title
from board.ui.marks import gray

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """A line a ledger: its name, who keeps it, how often, its template."""
    asked = st.query_params.get("ledger")
    st.subheader(_("第一步：下载模板"), anchor=False)
    with st.container(gap="xxsmall"):
        for ledger in sorted(ledgers(), key=lambda one: one.name != asked):
            words, button = st.columns([7, 2], gap="small", vertical_alignment="center")
            about = f"{_(ledger.keeper)} · {_(CADENCE[ledger.cadence])}"
            name = f"**{plain(title(ledger))}**"
            words.markdown(f"{name}  {gray(about)}")
            with button:
                offer(_("下载"), f"{ledger.sheet}.xlsx", [ledger])
        offer(_("一次下载全部模板"), f"{_('台账模板')}.xlsx", ledgers())


def offer(label: str, file: str, asked: Sequence[type[Ledger]]) -> None:
    """A button that makes the workbook when it is clicked."""
    st.download_button(
        label,
        partial(workbook, asked),
        file_name=file,
        mime=XLSX,
        key=f"template {file}",
        type="tertiary",
        on_click="ignore",
    )


def workbook(asked: Sequence[type[Ledger]]) -> bytes:
    """The template of these ledgers as one workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        template.write(path, asked)
        return path.read_bytes()
