"""What every page says about today: whether the plans have ended, and whether the data are old."""

from __future__ import annotations

from datetime import date

import streamlit as st

from board import metrics, plans
from board.i18n import _
from board.numerals import month
from board.plans import Plan
from board.sections import View, by_key
from board.sections.measures.page import CLOSING, PART
from board.storage import today
from board.ui import address, scope
from board.ui.status_markup import toned

PATIENCE = 2  # Months; data older than that are said to be old. A definition of the board.


def show(view: View) -> None:
    """The sentences that hold today, below the date of the data; nothing where none does.

    They are made in every run, never cached: the day may change while the data do not.
    """
    day = today()
    ended = ended_plan(view, day)
    sentences = [sentence for sentence in (without_plan(view), data_stopped(view, day)) if sentence]
    if not (ended or sentences):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if ended:
            tell(_("方案已于 {month} 结束", month=month(ended.until)))
            if by_key()["measures"].opens_to(view.reader):
                address.page_link("measures", _("看收官"), closing_view(view, ended))
        for sentence in sentences:
            tell(sentence)


def tell(sentence: str) -> None:
    """A sentence with the mark of what needs attention."""
    st.markdown(toned(f"▲ {sentence}", "warn"), width="content")


def ended_plan(view: View, day: date) -> Plan | None:
    """The last of the plans in force, where the view's period or today lies after all of them."""
    known = [plan for plan in plans.plans(view.snapshot) if plan.in_force]
    if not known:
        return None
    last = max(known, key=lambda plan: plan.until)
    return last if last.until < max(day.replace(day=1), view.period.last_month) else None


def closing_view(view: View, plan: Plan) -> list[tuple[str, str]]:
    """The choices that show what became of a plan's targets: at its end, where data reach it."""
    quarter = str(metrics.containing(plan.until, "quarter"))
    reached = quarter in scope.offered(view.snapshot).periods
    return [(PART.key, CLOSING), *([("period", quarter)] if reached else [])]


def without_plan(view: View) -> str:
    """That no plan is in force; empty where the view's period goes by one that is."""
    return "" if view.plan.in_force else _("没有有效的方案，各项数字没有目标")


def data_stopped(view: View, day: date) -> str:
    """数据停在 2025年12月，距今 11 个月; empty for recent data and for the view of an earlier time."""
    known = metrics.periods(view.snapshot, "month")
    if not known or view.snapshot.at is not None:
        return ""
    last = known[-1].last_month
    age = (day.year - last.year) * 12 + day.month - last.month
    if age <= PATIENCE:
        return ""
    return _("数据停在 {month}，距今 {n} 个月", month=month(last), n=age)
