"""The batches on the ledgers page: what was loaded and when, and the form that withdraws one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
import streamlit as st

from board import publish
from board.access import Action, Reader, demand, may
from board.i18n import N_, _
from board.journal import Batch, Journal, acts
from board.ledgers import by_name
from board.numerals import clock
from board.sections.ledgers.page import title
from board.sections.words import joined, plain
from board.storage import RefusedError
from board.ui import recheck, state
from board.ui.forms.fields import text_field

STATES = {"live": N_("有效"), "withdrawn": N_("已撤回")}
RESULT = "withdrawn_said"
RECENT = 320


def show(who: Reader) -> None:
    """Every batch, newest first, and for readers who may withdraw the form for it."""
    stored = Journal(state.root()).batches()
    batches = [batch for batch in stored if not batch.plan and concerns(who, batch)]
    if not batches:
        return
    live = [batch for batch in batches if batch.state == "live"]
    st.header(finding(batches, live), anchor=False)
    if result := st.session_state.pop(RESULT, None):
        st.success(result)
    st.dataframe(frame(batches[::-1]), hide_index=True, height=RECENT, alt=_("批次"))
    if live and may(who, Action.WITHDRAW):
        withdrawal_form(
            live,
            lambda batch: _("第 {n} 批 · {when}", n=batch.number, when=clock(batch.recorded_at)),
            _("撤回后，页面改用其余各批的数据；批次和原因仍留在账上。"),
        )


def concerns(who: Reader, batch: Batch) -> bool:
    """Whether the reader may withdraw batches or may load one of the batch's ledgers."""
    return may(who, Action.WITHDRAW) or any(
        may(who, Action.LOAD, name) for name in (*batch.rows, *batch.unchanged)
    )


def finding(batches: Sequence[Batch], live: Sequence[Batch]) -> str:
    """共入库 42 批，其中 1 批已撤回."""
    withdrawn = len(batches) - len(live)
    if withdrawn:
        return _("共入库 {n} 批，其中 {gone} 批已撤回", n=len(batches), gone=withdrawn)
    return _("共入库 {n} 批", n=len(batches))


def frame(batches: Sequence[Batch]) -> pl.DataFrame:
    """A row a batch: number, time, contents, note, state, reason of its withdrawal."""
    return pl.DataFrame(
        {
            _("批次"): [batch.number for batch in batches],
            _("入库时间"): [clock(batch.recorded_at) for batch in batches],
            _("内容"): [contents(batch) for batch in batches],
            _("说明"): [batch.note for batch in batches],
            _("状态"): [_(STATES[batch.state]) for batch in batches],
            _("撤回原因"): [batch.reason or "" for batch in batches],
        }
    )


def contents(batch: Batch) -> str:
    """户台账 1,000、劳动力台账 4,440; 2024-03 无变动：户台账."""
    declared = by_name()
    if batch.unchanged:
        names = joined([title(declared[name]) for name in batch.unchanged if name in declared])
        return _("{month} 无变动：{ledgers}", month=batch.month, ledgers=names)
    return joined(
        [f"{title(declared[k])} {n:,}" for k, n in batch.rows.items() if k in declared and n]
    )


def withdrawal_form(live: Sequence[Batch], label: Callable[[Batch], str], consequence: str) -> None:
    """Choose a batch, give a reason, withdraw it; its rows stay in the journal.

    `label` names a batch, `consequence` says what a withdrawal leads to.
    """
    with (
        st.popover(_("撤回一批……"), type="tertiary"),
        st.form("withdraw", border=False, clear_on_submit=True),
    ):
        numbers = {batch.number: batch for batch in reversed(live)}
        labels = {number: label(batch) for number, batch in numbers.items()}
        selected = st.selectbox(_("批次"), list(numbers), format_func=labels.__getitem__)
        reason = text_field(_("撤回原因（必填）"), 200)
        st.markdown(consequence)
        if not st.form_submit_button(_("撤回")):
            return
        if not reason.strip():
            st.error(_("请写明撤回原因。"))
        elif selected in numbers:
            withdraw(selected, reason.strip(), recheck.now())


def withdraw(number: int, reason: str, who: Reader) -> None:
    """Withdraw a batch and publish without it."""
    try:
        demand(who, Action.WITHDRAW)
        with st.spinner(_("正在撤回并发布，请稍候……")):
            outcome = publish.withdraw(state.root(), number, reason)
            state.on_record(who, acts.Withdrawal(number), reason)
    except RefusedError as refusal:
        st.error(refusal_text(refusal))
        return
    if outcome.unpublished:
        st.error(_("第 {n} 批已撤回：{why}", n=number, why=refusal_text(outcome.unpublished)))
        return
    st.session_state[RESULT] = _("第 {n} 批已撤回，页面已更新。", n=number)
    st.rerun()


def refusal_text(refusal: RefusedError) -> str:
    """The reason of a refusal in the reader's language."""
    return plain(str(refusal.message))
