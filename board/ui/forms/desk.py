"""A keeper's ledgers at the top of the ledgers page: what is due, the last load, template, 已核对."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from board import access, intake
from board.access import Action, Reader
from board.i18n import _
from board.intake import Due
from board.journal import Confirmation, Journal, acts, confirmations
from board.ledgers import by_name
from board.metrics import Period
from board.numerals import day, local
from board.numerals import period as period_name
from board.plans import plans
from board.sections.ledgers.page import CADENCE, title
from board.sections.words import joined, noted, plain
from board.storage import RefusedError, today
from board.ui import recheck, state
from board.ui.forms import prefilled
from board.ui.forms.batches import refusal_text
from board.ui.status_markup import gray, toned

SOON = 10  # days before the day on which a period is due
RESULT, REFUSED = "confirmed_said", "confirm_refused"


def show(who: Reader) -> None:
    """A line for each ledger that the reader loads, the one due first at the beginning."""
    journal = Journal(state.root())
    checked = confirmations(journal.events())
    last_month = max((plan.until for plan in plans(state.snapshot())), default=None)
    owed = intake.dues(
        access.ledgers_of(who), state.snapshot(), journal.batches(), today(), last_month
    )
    st.header(finding(owed, today()), anchor=False)
    if message := st.session_state.pop(RESULT, None):
        st.success(message)
    if refused := st.session_state.pop(REFUSED, None):
        st.error(refused)
    for due in owed:
        line(due, checked, who)


def finding(owed: Sequence[Due], now: date) -> str:
    """2本台账逾期未报：就业监测台账、任务台账; else the ledger that is due next."""
    late = [due for due in owed if due.due_on and due.missing and due.due_on < now]
    if late:
        names = joined([plain(title(by_name()[due.ledger])) for due in late[:4]])
        return _("{n} 本台账逾期未报：{names}", n=len(late), names=names + more(len(late) - 4))
    coming = [due for due in owed if due.due_on]
    if not coming:
        return _("方案期已过，没有规定要报的台账")
    soonest = min(due.due_on for due in coming if due.due_on)
    first = [plain(title(by_name()[due.ledger])) for due in coming if due.due_on == soonest]
    names = joined(first[:4]) + more(len(first) - 4)
    return _("没有逾期的台账；{day}前要报：{names}", day=day(soonest), names=names)


def more(count: int) -> str:
    """等; empty where no more are left."""
    return _(" 等") if count > 0 else ""


def line(due: Due, checked: Mapping[tuple[str, str], Confirmation], who: Reader) -> None:
    """One ledger: what is due and when, its last load, its template, the mark that it was checked."""
    ledger = by_name()[due.ledger]
    words = noted(_(CADENCE[ledger.cadence]), last_load(due), checked_words(due, checked))
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
        key=f"due_{due.ledger}",
    ):  # fmt: skip
        st.markdown(
            f"**{plain(title(ledger))}**　{standing(due, today())}  \n{gray(words)}",
            width="content",
        )
        with st.container(horizontal=True, width="content"):
            prefilled.offer(due, who)
            if (month := checkable(due)) and not checked_now(due, checked):
                mark_button(due.ledger, month, who)


def standing(due: Due, now: date) -> str:
    """■ 2025年1月 已逾期 20 天；共欠 3 期; ▲ 还有 5 天; ○ 3月10日前报; – 随时登记."""
    if due.next is None or due.due_on is None:
        return ""
    name = period_name(due.next)
    left = (due.due_on - now).days
    if due.missing and left < 0:
        text = _("{period}未报，逾期 {n} 天", period=name, n=-left)
        if others := len(due.missing) - 1:
            text = _("{text}，另欠 {n} 期", text=text, n=others)
        return toned(f"**■ {text}**", "bad")
    if due.missing:
        until = _("今天到期") if left == 0 else _("还有 {n} 天", n=left)
        text = _("{period}未报，{until}", period=name, until=until)
        return toned(f"**▲ {text}**", "warn" if left <= SOON else "mute")
    return _("○ {period}，{day}前报", period=name, day=day(due.due_on))


def last_load(due: Due) -> str:
    """上次：第 12 批，2月8日收到 2,378 行; 上次：第 13 批，报 2025-01 无变动."""
    batch = due.last
    if batch is None:
        return _("还没有报过")
    when = day(local(batch.recorded_at).date())
    if due.ledger in batch.unchanged:
        return _(
            "上次：第 {n} 批，{day}报 {month} 无变动", n=batch.number, day=when, month=batch.month
        )
    rows = f"{batch.rows[due.ledger]:,}"
    return _("上次：第 {n} 批，{day}收到 {rows} 行", n=batch.number, day=when, rows=rows)


def checkable(due: Due) -> Period | None:
    """What can be marked as checked: the newest period with rows, else the last load's month.

    As with registers, what is loaded by the 10th counts for the month before.
    """
    if due.received or due.last is None:
        return due.received
    month = intake.month_of_batch(due.ledger, due.last)
    return Period(month) if month else None


def last_check(due: Due, checked: Mapping[tuple[str, str], Confirmation]) -> Confirmation | None:
    """When the newest period of a ledger was marked as checked, for any of its months."""
    period = checkable(due)
    months = period.months if period else ()
    done = (checked.get((due.ledger, f"{month:%Y-%m}")) for month in months)
    return max((each for each in done if each), key=lambda each: each.at, default=None)


def checked_now(due: Due, checked: Mapping[tuple[str, str], Confirmation]) -> bool:
    """Whether the newest period was checked, and the ledger has had no batch since."""
    done = last_check(due, checked)
    return done is not None and done.later is None


def checked_words(due: Due, checked: Mapping[tuple[str, str], Confirmation]) -> str:
    """● 2025年1月已核对（2月9日）; ▲ 核对2025年1月以后又有第 13 批."""
    period, done = checkable(due), last_check(due, checked)
    if period is None or done is None:
        return ""
    name = period_name(period)
    if done.later is not None:
        return _("▲ 核对{period}以后又有第 {n} 批", period=name, n=done.later)
    return _("● {period}已核对（{day}）", period=name, day=day(local(done.at).date()))


def mark_button(ledger: str, period: Period, who: Reader) -> None:
    """The button that marks the newest period as checked."""
    st.button(
        _("标为已核对"),
        key=f"confirm {ledger}",
        type="tertiary",
        icon=":material/task_alt:",
        help=_(
            "{period}的数据与原始记录核对无误时按一下：记在日志里，不改任何数。",
            period=period_name(period),
        ),
        on_click=recheck.callback(confirm, ledger, period, who),
    )


def confirm(ledger: str, period: Period, who: Reader) -> None:
    """Mark a period of a ledger as checked, where the reader may load it."""
    month = f"{period.last_month:%Y-%m}"
    if period.last_month > today():
        month = f"{today():%Y-%m}"
    try:
        access.demand(who, Action.LOAD, ledger)
        intake.confirm([ledger], month, state.root(), state.snapshot())
        state.on_record(who, acts.Confirmation((ledger,), month))
    except RefusedError as refusal:
        st.session_state[REFUSED] = refusal_text(refusal)
        return
    name = plain(title(by_name()[ledger]))
    st.session_state[RESULT] = _(
        "{ledger}{period}已标为核对过。", ledger=name, period=period_name(period)
    )
