"""Who reads this run: whoever signed in, or the role this machine was started with."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from board import access
from board.access import LOCAL_DEPARTMENT, LOCAL_ROLE, Permissions, Reader, Role
from board.accounts import HEADER, WARMING, signed_in
from board.reference import table
from board.sections import Section, sections
from board.ui import address, state

SHOWN_AS, SHOWN_FOR, AS = "shown_as", "shown_for", "as"


def reader() -> Reader:
    """Who reads, looked up now; in a shared screen's mode where the URL says `present=1`.

    Whoever signed in is known by the session that the gate lets through: NOBODY once it has
    ended. Without accounts it is the role this machine was started with; the gate lets nobody
    come without a session but who asks on this machine itself. Pages ask `fresh.now()`, which
    starts the page over when somebody else reads than it was made for.
    """
    presenting = address.presenting()
    hashed = st.context.headers.get(HEADER)
    if hashed and hashed != WARMING:
        return signed_in(state.root(), hashed, presenting)
    return replace(Reader() if hashed else local(), presenting=presenting)


def local() -> Reader:
    """Who reads without signing in: the role this machine was started with, or the one chosen.

    Whoever was given none may load the first batch.
    """
    given = os.environ.get(LOCAL_ROLE)
    role = Role(given or Role.VIEWER)
    department = os.environ.get(LOCAL_DEPARTMENT, "")
    if may_switch():
        # A widget that isn't drawn forgets its value; the reader's choice outlives it.
        role = st.session_state.get(SHOWN_AS, st.session_state.get(AS, role))
        st.session_state[AS] = role
        if role in (Role.DEPARTMENT, Role.KEEPER):
            department = st.session_state.get(SHOWN_FOR, department) or fallback(role)
    return Reader("", role, department, begins=not given and state.new())


def fallback(role: Role) -> str:
    """The department of who named none: a keeper may keep every ledger, a department is one."""
    return named_departments()[0] if role is Role.DEPARTMENT else ""


def may_switch() -> bool:
    """Whether a reader may look as any role: while nobody signs in and all people are invented."""
    if st.context.headers.get(HEADER):
        return False
    return bool(state.snapshot().frame("invented")["only_invented"][0])


def named_departments() -> list[str]:
    """The departments of the plan, in its order."""
    return [row["department"] for row in table("departments")]


def opened(who: Reader) -> list[Section]:
    """The sections that the reader may open, in the menu's order.

    A department's are those with a figure of its own.
    """
    return [
        section
        for section in sections()
        if access.may_open(who, section.key)
        and (not who.permissions.department or has_own(section, who.permissions))
    ]


def has_own(section: Section, permissions: Permissions) -> bool:
    """Whether a section shows figures that a department may see, or says none of its own."""
    keys = {key for one in section.panels for key in one.metrics} | set(section.figures)
    return not keys or section.always or any(access.admitted(permissions, key) for key in keys)
