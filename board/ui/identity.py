"""Who reads the page: role and name in the bar, behind it the choice among roles and signing out."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from board.access import RIGHTS, Reader, Role
from board.accounts import LOCAL, Assignment, Session, Sessions
from board.i18n import _, language
from board.numerals import place_name
from board.sections.words import joined, plain
from board.storage import RefusedError
from board.ui import page_state, recheck, state
from board.ui.reader import SHOWN_AS, SHOWN_FOR, may_switch, named_departments

CHOSEN = "role_chosen"


def offer(who: Reader) -> None:
    """A button named after the reader's role; behind it name, links, and a choice of role."""
    if who.presenting:
        return
    role = _("身份：{role}", role=_(who.role.label))
    with st.popover(role, type="tertiary", key="identity", icon=":material/person:"):
        session = Sessions(state.root()).session(who.session, touch=False) if who.session else None
        for text in (f"**{plain(who.name)}**" * bool(who.name), _(who.department)):
            if text:
                st.markdown(text)
        if session and len(session.assignments) > 1:
            choose(session)
        if who.session:
            if session and session.via == LOCAL:
                st.link_button(_("改密码"), "/signin/password", type="tertiary")
            st.link_button(_("退出"), "/signin/out", type="tertiary")
        elif may_switch():
            switch(who)
        else:
            st.markdown(_("这台机器上没有建账号，按启动时指明的身份看。"))


def choose(session: Session) -> None:
    """The roles of the account; choosing one changes the role of the whole session."""
    labels = {assignment_label(assignment): assignment for assignment in session.assignments}
    st.session_state[CHOSEN] = assignment_label(session.chosen)
    st.radio(
        _("我的身份"), list(labels), key=CHOSEN,
        on_change=recheck.callback(change_role, session.hash, labels),
    )  # fmt: skip


def change_role(session_hash: str, labels: Mapping[str, Assignment]) -> None:
    """In a callback: the next run has the chosen role.

    Names shown in the former role are hidden again; showing them again makes a new audit entry.
    """
    try:
        Sessions(state.root()).choose(session_hash, labels[st.session_state[CHOSEN]])
    except RefusedError:
        return  # The role was removed meanwhile; the next run offers the remaining ones.
    st.session_state.pop(page_state.VISIT, None)


def assignment_label(assignment: Assignment) -> str:
    """台账填报人 · 社会事务局; 专班人员 · 3栋."""
    places = joined([place_name(place) for place in assignment.places])
    department = _(assignment.department) if assignment.department else ""
    return plain(
        " · ".join(part for part in (_(assignment.role.label), department, places) if part)
    )


def switch(who: Reader) -> None:
    """With invented people only: a choice among all roles, and among departments."""
    st.markdown(_("现在只有示例数据，可以换一种身份看同一块看板。"))
    role_key = offered(SHOWN_AS, who.role)
    roles = {role: _(role.label) for role in Role}
    st.radio(
        _("换一种身份"), list(roles), key=role_key, format_func=roles.__getitem__,
        on_change=recheck.callback(take, SHOWN_AS, role_key),
    )  # fmt: skip
    if RIGHTS[who.role].own_department:
        every = {} if RIGHTS[who.role].needs_department else {"": _("全部部门")}
        departments = every | {name: _(name) for name in named_departments()}
        department_key = offered(SHOWN_FOR, who.department)
        st.selectbox(
            _("部门"), list(departments), key=department_key, format_func=departments.__getitem__,
            on_change=recheck.callback(take, SHOWN_FOR, department_key),
        )  # fmt: skip


def offered(choice: str, value: str) -> str:
    """The key of a choice's widget, which has the value; one a language.

    Streamlit keeps a widget's value by the label, and a label of another language is no option.
    """
    key = f"{choice} {language()}"
    st.session_state[key] = value
    return key


def take(choice: str, key: str) -> None:
    """In a callback: keep what was chosen in a widget."""
    st.session_state[choice] = st.session_state[key]
