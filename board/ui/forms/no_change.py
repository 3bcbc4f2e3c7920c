"""The form that notes registers as unchanged in a month, beside the upload."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from board import access, intake
from board.access import Action, Reader
from board.i18n import N_, _
from board.journal import acts
from board.ledgers import by_name
from board.metrics import shift
from board.numerals import month as month_name
from board.sections.ledgers.page import title
from board.sections.words import joined, plain
from board.storage import RefusedError, today
from board.ui import recheck, state
from board.ui.forms import upload
from board.ui.forms.batches import refusal_text

LOOK_BACK = 3


def show(who: Reader) -> None:
    """Choose a month and registers, and note that nothing changed in them."""
    allowed = [name for name in intake.registers() if name in access.ledgers_of(who)]
    if not allowed or who.begins:
        return
    titles = {name: title(by_name()[name]) for name in allowed}
    this_month = today().replace(day=1)
    months = [shift(this_month, -n) for n in range(LOOK_BACK)]
    names = {month: month_name(month) for month in months}
    with (
        st.popover(_("登记册没有变动……"), type="tertiary"),
        st.form("no_change", border=False, clear_on_submit=True),
    ):
        st.markdown(_("没有新登记、也没有变更的登记册，不用上传文件，报一次无变动就算按期。"))
        chosen = st.selectbox(_("哪个月"), months, format_func=names.__getitem__)
        ledgers = st.multiselect(_("登记册"), allowed, format_func=titles.__getitem__)
        if not st.form_submit_button(_("报无变动")):
            return
        if not ledgers:
            st.error(_("请选择登记册。"))
        else:
            note(recheck.now(), ledgers, f"{chosen:%Y-%m}")


def note(who: Reader, ledgers: Sequence[str], month: str) -> None:
    """Note these registers as unchanged in a month, where the reader may load all of them."""
    try:
        for name in ledgers:
            access.demand(who, Action.LOAD, name)
        with st.spinner(_("正在入库并发布，请稍候……")):
            outcome = intake.note_no_change(ledgers, month, state.root())
            if outcome.batch and not outcome.already:
                state.on_record(who, acts.Load(outcome.batch))
    except RefusedError as refusal:
        st.error(refusal_text(refusal))
        return
    names = joined([plain(title(by_name()[name])) for name in ledgers])
    words = (
        N_("早已报过（第 {n} 批）：{ledgers}无变动，没有新增。")
        if outcome.already
        else N_("已入库（第 {n} 批）：{ledgers}无变动。")
    )
    st.session_state[upload.LOADED] = _(words, n=outcome.batch, ledgers=names)
    st.rerun()
