"""The reader of this run: an account that signed in, or the role the program started with."""

from __future__ import annotations

import os
from dataclasses import replace

import streamlit as st

from board import access, plan_names
from board.access import LOCAL_DEPARTMENT, LOCAL_ROLE, Reader, Role
from board.accounts import HEADER, WARMING, signed_in
from board.sections import Section, sections
from board.ui import address, state

SHOWN_AS, SHOWN_FOR = "shown_as", "shown_for"


def reader() -> Reader:
    """The reader, looked up now; with `present=1` in the URL, in the mode for a shared screen.

    With accounts, the gate passes the hash of the session; the reader is NOBODY once it has ended.
    Without accounts, the reader has the role that the program was started with, and the gate admits
    requests from this machine only. Pages call `recheck.now()`, which starts the page over when
    the reader is not the one it was made for.
    """
    presenting = address.presenting()
    session_hash = st.context.headers.get(HEADER)
    if session_hash and session_hash != WARMING:
        who = signed_in(state.root(), session_hash, presenting)
    else:
        who = replace(Reader() if session_hash else local(), presenting=presenting)
    return replace(who, keepers=plan_names.keepers(state.root()))


def local() -> Reader:
    """The reader without accounts: the role the program was started with, or a chosen one.

    Where all people are invented it is a leader's until another is chosen. Where the program was started without a role, the reader may load the first batch.
    """
    configured = os.environ.get(LOCAL_ROLE)
    department = os.environ.get(LOCAL_DEPARTMENT, "")
    invented = may_switch()
    role = Role(configured or (Role.LEADER if invented else Role.VIEWER))
    if invented:
        role = st.session_state.get(SHOWN_AS, role)
        if role in (Role.DEPARTMENT, Role.KEEPER):
            department = st.session_state.get(SHOWN_FOR, department)
        if role is Role.DEPARTMENT and not department:
            department = named_departments()[0]
    return Reader("", role, department, begins=not configured and state.new())


def may_switch() -> bool:
    """Whether the reader may choose any role: without accounts, with invented people only."""
    if st.context.headers.get(HEADER):
        return False
    batches = state.snapshot().frame("invented")
    return bool((batches["invented"] & batches["only_invented"])[0])


def named_departments() -> list[str]:
    """The departments of the store's plans, in their order."""
    return plan_names.departments(state.root())


def open_sections(who: Reader) -> list[Section]:
    """The sections that the reader may open, in the menu's order.

    A department's reader may open those with a figure that the department may see.
    """
    return [
        section
        for section in sections()
        if section.opens_to(who) and (not who.permissions.department or has_own(section, who))
    ]


def has_own(section: Section, who: Reader) -> bool:
    """Whether a section has a figure that the department may see, no figure, or is always open."""
    keys = {key for panel in section.panels for key in panel.metrics} | set(section.figures)
    guard = access.for_reader(state.snapshot(), who.permissions).guard
    return not keys or section.always or any(access.admitted(guard, key) for key in keys)
