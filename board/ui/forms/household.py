"""The forms of the household page: the search, and showing people's names for a reason."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from board.access import Action, Reader, demand, may
from board.i18n import N_, _
from board.journal import HOURLY, acts
from board.sections import View
from board.sections.household.frames import HOUSEHOLD
from board.sections.household.search import Found, lines, personal, search
from board.sections.words import plain
from board.storage import RefusedError
from board.ui import address, blocks, page_state, recheck, state
from board.ui.forms.fields import text_field
from board.ui.panel import guarded
from board.ui.scope import choose_scope
from board.ui.status_markup import gray

LAID_OPEN, LOOKED, ASKED, SEARCHED = "laid_open", "looked_at", "search_text", "searched"
REASONS = (
    N_("入户走访"), N_("核对台账"), N_("联系帮扶"), N_("研判返贫风险"), N_("其他"),
)  # fmt: skip
MIN_LENGTH = 4  # of a reason in the reader's own words, in characters


def choose_household() -> View:
    """The view of this run; names are shown only while that household's card is open."""
    view = choose_scope()
    code = address.chosen(HOUSEHOLD) or ""
    laid_open = page_state.values().get(LAID_OPEN, "")
    if laid_open != code or not may(view.reader, Action.UNMASK):
        page_state.values().pop(LAID_OPEN, None)
        laid_open = ""
    return replace(view, laid_open=laid_open)


def household(view: View) -> None:
    """The search form, and for an open household the form that shows its people's names."""
    guarded("household.search", lambda: search_form(view))
    code = view.choice(HOUSEHOLD)
    if code and view.reader.permissions.persons != "none":
        record_look(view.reader, code)
    if code and may(view.reader, Action.UNMASK):
        guarded("household.unmask", lambda: unmask_form(view, code))


def record_look(reader: Reader, code: str) -> None:
    """Record once, each time a card is opened, that the reader looked at it.

    What can't be recorded, as on a full disk, is not shown.
    """
    if page_state.values().get(LOOKED) == code:
        return
    try:
        state.on_record(reader, acts.Look(code))
    except RefusedError as refusal:
        st.error(plain(refusal.message))
        st.stop()
    page_state.values()[LOOKED] = code


def search_form(view: View) -> None:
    """The search field and the households it finds; the text is not kept in the URL."""
    persons = may(view.reader, Action.SEARCH)
    hint = (
        _("户编号、房号，或姓名、身份证和电话的后四位")
        if persons
        else _("户编号或房号，如 3栋2单元0502")
    )
    text = text_field(
        _("找一户"), 40, key=ASKED, placeholder=hint, label_visibility="collapsed", width=480
    )
    if not text.strip():
        return
    result = run_search(view, text)
    if result is None:
        st.warning(
            _("这一小时按姓名或尾号已找满 {n} 次，请过一会儿再找；按户编号、房号不限。", n=HOURLY)
        )
        return
    blocks.draw(lines(result, persons=persons), "household.found")


def run_search(view: View, text: str) -> Found | None:
    """The households that match a text; a search by person is recorded before it is shown.

    None where the searches of this hour are used up.
    """
    query = "".join(text.split())
    is_new = personal(view, query) and page_state.values().get(SEARCHED) != query
    if is_new and not state.searches_left(view.reader):
        return None
    result = search(view, query)
    if is_new:
        act = acts.Search(result.kinds, result.rows.height)
        if not state.search_on_record(view.reader, act):
            return None
        page_state.values()[SEARCHED] = query
    return result


def hide_names() -> None:
    """In a callback: hide the names again."""
    page_state.values().pop(LAID_OPEN, None)


def unmask_form(view: View, code: str) -> None:
    """Ask for a reason, then show the names until the reader leaves the card."""
    if view.laid_open:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                gray(_("姓名和电话已显示全，离开这一户就收起；这次查看已记录。")), width="content"
            )
            st.button(_("收起"), type="tertiary", on_click=recheck.callback(hide_names))
        return
    with (
        st.popover(_("显示全名"), type="tertiary", icon=":material/visibility:"),
        st.form("unmask", border=False),
    ):
        labels = {reason: _(reason) for reason in REASONS}
        reason = st.selectbox(_("为什么要看"), list(labels), None, format_func=labels.__getitem__,
                              placeholder=_("选一个原因"))  # fmt: skip
        note = text_field(_("说明（选“其他”时必填）"), 100)
        st.markdown(
            gray(_("谁、何时、为什么看了哪一户，都会记下来；身份证号里的出生日期始终不显示。"))
        )
        if not st.form_submit_button(_("显示")):
            return
        explanation = note.strip()
        if reason is None or (reason == REASONS[-1] and len(explanation) < MIN_LENGTH):
            st.error(_("请写明原因。"))
            return
        lay_open(recheck.now(), code, f"{reason} {explanation}".strip())


def lay_open(reader: Reader, code: str, why: str) -> None:
    """Record who wants to see a household's names and why, then show them."""
    demand(reader, Action.UNMASK)
    state.on_record(reader, acts.Unmasking(code), why)
    page_state.values()[LAID_OPEN] = code
    st.rerun()
