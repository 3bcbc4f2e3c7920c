"""The sidebar: as whom the board is shown, and which of their roles a reader may choose."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from board.access import Reader, Role
from board.accounts import LOCAL, Assignment, Session, Sessions
from board.i18n import _
from board.numerals import place_name
from board.sections.words import joined, plain
from board.storage import RefusedError
from board.ui import page_state, recheck, state
from board.ui.reader import SHOWN_AS, SHOWN_FOR, may_switch, named_departments

CHOSEN = "role_chosen"


def show(who: Reader) -> None:
    """Say who reads; let them choose among their own roles, over the invented settlement any."""
    if who.presenting:
        return
    session = Sessions(state.root()).session(who.session, touch=False) if who.session else None
    with st.sidebar:
        st.markdown(f"**{_('身份：{role}', role=_(who.role.label))}**")
        if who.name:
            st.markdown(plain(who.name))
        if who.department:
            st.markdown(f":gray[{_(who.department)}]")
        if session and len(session.assignments) > 1:
            choose(session)
        if who.session:
            if session and session.via == LOCAL:
                st.link_button(_("改密码"), "/signin/password", type="tertiary")
            st.link_button(_("退出"), "/signin/out", type="tertiary")
        if may_switch():
            switch(who)


def choose(session: Session) -> None:
    """The roles of one's own; another holds for the whole session, from this click on."""
    labels = {named(one): one for one in session.assignments}
    st.session_state[CHOSEN] = named(session.chosen)
    st.radio(
        _("我的身份"), list(labels), key=CHOSEN,
        on_change=recheck.callback(chosen, session.hash, labels),
    )  # fmt: skip


def chosen(hashed: str, labels: Mapping[str, Assignment]) -> None:
    """From a callback: the run that follows reads in the role chosen.

    What was opened in the former role is closed: opening it again is a look of its own.
    """
    try:
        Sessions(state.root()).choose(hashed, labels[st.session_state[CHOSEN]])
    except RefusedError:
        return  # It was taken away meanwhile; the run that follows offers what is left.
    st.session_state.pop(page_state.VISIT, None)


def named(one: Assignment) -> str:
    """台账填报人 · 社会事务局; 专班人员 · 3栋."""
    places = joined([place_name(place) for place in one.places])
    department = _(one.department) if one.department else ""
    return plain(" · ".join(part for part in (_(one.role.label), department, places) if part))


def switch(who: Reader) -> None:
    """The roles to look as, and for some of them the department."""
    st.markdown(_("现在只有示例数据，可以换一种身份看同一块看板。"))
    st.session_state.setdefault(SHOWN_AS, who.role)
    labels = {role: _(role.label) for role in Role}
    st.radio(_("换一种身份"), list(labels), key=SHOWN_AS, format_func=labels.__getitem__)
    if who.role in (Role.DEPARTMENT, Role.KEEPER):
        every = {"": _("全部部门")} if who.role is Role.KEEPER else {}
        named = every | {name: _(name) for name in named_departments()}
        st.session_state.setdefault(SHOWN_FOR, who.department)
        if st.session_state[SHOWN_FOR] not in named:
            st.session_state[SHOWN_FOR] = who.department
        st.selectbox(_("部门"), list(named), key=SHOWN_FOR, format_func=named.__getitem__)
