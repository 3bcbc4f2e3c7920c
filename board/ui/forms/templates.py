"""Downloads of the ledgers' templates: one workbook a ledger, or all in a zip."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from functools import partial

import streamlit as st

from board import plan_names
from board.i18n import _
from board.ledgers import Ledger, ledgers
from board.sections.ledgers.page import CADENCE, title
from board.sections.words import noted, plain
from board.ui import recheck, state

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"


def show() -> None:
    """The first step of a new store: the templates of all ledgers."""
    st.header(_("第一步：下载模板"), anchor=False)
    buttons()


def folded() -> None:
    """All empty templates behind one line, open where the URL asks for one of them."""
    label = _("空白模板（{n} 本台账）", n=len(ledgers()))
    with st.expander(label, expanded="ledger" in st.query_params, icon=":material/description:"):
        buttons()


def buttons() -> None:
    """A button a ledger, the one in the URL first; its tooltip names the keeper and the cadence."""
    requested = st.query_params.get("ledger")
    kept = plan_names.keepers(state.root())
    with st.grid(3, min_column_width=160, gap="xxsmall"):
        for ledger in sorted(ledgers(), key=lambda ledger: ledger.name != requested):
            about = noted(_(kept.get(ledger.name, "")), _(CADENCE[ledger.cadence]))
            label = (
                f"**{plain(title(ledger))}**" if ledger.name == requested else plain(title(ledger))
            )
            offer(label, f"{ledger.sheet}模板.xlsx", XLSX, partial(workbook, ledger), about)
    offer(_("一次下载全部模板"), f"{_('台账模板')}.zip", ZIP, all_in_zip)


def offer(
    label: str, file: str, mime: str, make: Callable[[], bytes], about: str | None = None
) -> None:
    """A button whose file is made at the click."""
    recheck.download(label, make, file, mime, key=f"template {file}", about=about)


def workbook(ledger: type[Ledger]) -> bytes:
    """A ledger's empty workbook."""
    # The import loads XlsxWriter, which takes time and is needed at the click only.
    from board import template

    with tempfile.TemporaryDirectory() as folder:
        return template.write(
            [ledger.name], folder, plan_names.lists(state.root()), plan_names.keepers(state.root())
        )[0].read_bytes()


def all_in_zip() -> bytes:
    """All empty workbooks in one zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for ledger in ledgers():
            archive.writestr(f"{ledger.sheet}模板.xlsx", workbook(ledger))
    return buffer.getvalue()
