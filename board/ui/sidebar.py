"""The sidebar: as whom the board is shown, and to whom else it can be."""

from __future__ import annotations

import streamlit as st

from board.access import Reader, Role
from board.accounts import Accounts
from board.i18n import _
from board.sections._words import plain
from board.ui import state
from board.ui.reader import SHOWN_AS, SHOWN_FOR, may_switch, named_departments


def show(who: Reader) -> None:
    """Say who reads; over the invented settlement, let anyone look as any role."""
    if who.presenting:
        return
    with st.sidebar:
        st.markdown(f"**{_('身份：{role}', role=_(who.role.label))}**")
        if who.name:
            st.markdown(plain(who.name))
        if who.department:
            st.markdown(f":gray[{_(who.department)}]")
        if who.session:
            if Accounts(state.root()).account(who.name):
                st.link_button(_("改密码"), "/signin/password", type="tertiary")
            st.link_button(_("退出"), "/signin/out", type="tertiary")
        if may_switch():
            switch(who)


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
