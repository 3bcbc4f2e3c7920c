"""The forms of the ledgers page: the keeper's ledgers, upload of workbooks, templates, batches."""

from __future__ import annotations

import streamlit as st

from board.access import Action, Reader, may
from board.i18n import _
from board.sections import View
from board.ui import state
from board.ui.forms import batches, desk, no_change, templates, upload
from board.ui.panel import guarded


def ledger_forms(view: View) -> None:
    """The reader's ledgers, upload, templates and batches, as far as the reader may.

    Each part fails alone.
    """
    who = view.reader
    if may(who, Action.LOAD):
        at_work(who)
    else:
        upload.show_result()
        guarded("ledgers.templates", templates.folded)
    if may(who, Action.LOAD) or may(who, Action.WITHDRAW):
        guarded("ledgers.batches", lambda: batches.show(who))


def first_batch(view: View) -> None:
    """On the first page of an empty store: three steps, for whoever may load the first batch."""
    if view.reader.begins and state.empty(view.snapshot):
        st.markdown(
            _(
                "三步：下载模板照样填；把填好的文件放到右边，逐格核对；没有错误就入库，各页马上有数。"
            )
        )
        at_work(view.reader)


def at_work(who: Reader) -> None:
    """What is due beside the place for files; what a check of the files found below both."""
    left, right = st.columns([7, 5], gap="large")
    below = st.container()
    nothing_yet = who.begins or state.empty(state.snapshot())
    with left:
        if nothing_yet:
            guarded("ledgers.templates", templates.show)
        else:
            guarded("ledgers.desk", lambda: desk.show(who))
    with right:
        guarded("ledgers.upload", lambda: upload.show(who, below))
        guarded("ledgers.no_change", lambda: no_change.show(who))
    if not nothing_yet:
        guarded("ledgers.templates", templates.folded)
