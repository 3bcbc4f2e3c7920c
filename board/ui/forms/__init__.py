"""The forms of the ledgers page: templates, upload of workbooks, list of batches."""

from __future__ import annotations

import streamlit as st

from board.access import Action, may
from board.sections import View
from board.ui.forms import batches, no_change, templates, upload
from board.ui.panel import guarded


def ledger_forms(view: View) -> None:
    """Templates, upload and batches, as far as the reader may; each part fails alone."""
    who = view.reader
    if may(who, Action.LOAD):
        left, right = st.columns([5, 7], gap="large")
        with left:
            guarded("ledgers.templates", templates.show)
        with right:
            guarded("ledgers.upload", lambda: upload.show(who))
            guarded("ledgers.no_change", lambda: no_change.show(who))
    else:
        upload.show_result()
        guarded("ledgers.templates", templates.show)
    if may(who, Action.LOAD) or may(who, Action.WITHDRAW):
        guarded("ledgers.batches", lambda: batches.show(who))
