"""The templates: one workbook a ledger, or all in a zip, made when asked for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial

import streamlit as st

from board.i18n import _
from board.ledgers import Ledger, ledgers
from board.sections._words import plain
from board.sections.ledgers import CADENCE, title
from board.ui.marks import gray

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def show() -> None:
    """A line a ledger: its name, who keeps it, how often, its template."""
    asked = st.query_params.get("ledger")
    st.subheader(_("第一步：下载模板"), anchor=False)
    with st.container(gap="xxsmall"):
        for ledger in sorted(ledgers(), key=lambda one: one.name != asked):
            words, button = st.columns([7, 2], gap="small", vertical_alignment="center")
            about = f"{_(ledger.keeper)} · {_(CADENCE[ledger.cadence])}"
            words.markdown(f"**{plain(title(ledger))}**  {gray(about)}")
            with button:
                offer(_("下载"), f"{ledger.sheet}模板.xlsx", XLSX, partial(workbook, ledger))
        offer(_("一次下载全部模板"), f"{_('台账模板')}.zip", ZIP, every)


def offer(label: str, file: str, mime: str, make: Callable[[], bytes]) -> None:
    """A button whose file is made when it is clicked."""
    st.download_button(
        label,
        make,
        file_name=file,
        mime=mime,
        key=f"template {file}",
        type="tertiary",
        on_click="ignore",
    )


def workbook(ledger: type[Ledger]) -> bytes:
    """The ledger's empty workbook."""
    # Loads XlsxWriter, which no page needs before somebody asks for a template.
    from board import template

    with tempfile.TemporaryDirectory() as folder:
        return template.write([ledger.name], folder)[0].read_bytes()


def every() -> bytes:
    """All empty workbooks in one zip."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for ledger in ledgers():
            archive.writestr(f"{ledger.sheet}模板.xlsx", workbook(ledger))
    return packed.getvalue()
