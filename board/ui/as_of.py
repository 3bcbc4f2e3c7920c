"""As it was known at an earlier time: chosen under the edition's number, kept in the URL."""

from __future__ import annotations

from datetime import date

import streamlit as st

from board.access import Permissions, ReaderSnapshot
from board.i18n import _
from board.numerals import clock, local
from board.store import Snapshot
from board.ui import address, recheck, state
from board.ui.notices import notice

AT = "at"
NOW = "now"


def chosen(permissions: Permissions) -> Snapshot | None:
    """The snapshot of the time the URL names; none when that is now.

    Who may not see counts of few sees one edition alone: what this one hides another shows.
    """
    asked = address.chosen(AT)
    if permissions.suppressed and asked not in (None, NOW):
        notice(_("隐去人数少的数时只看现在的台账：两个时候的数放在一起，会透出隐去的数。"))
        asked = None
    if asked in (None, NOW):
        address.drop(AT)
        return None
    moments = state.moments()
    if asked not in moments[1:]:
        if asked not in moments[:1]:
            notice(_("没有在“{at}”收录过台账，以下是现在所知的情况。", at=asked[:40]))
        address.drop(AT)
        return None
    with st.spinner(_("正在还原当时的数据，请稍候……")):
        snapshot = state.as_known(asked)
    address.keep(AT, asked)
    return snapshot


def offer(label: str, permissions: Permissions) -> None:
    """The edition, and under it the earlier ones to look at for who may."""
    if permissions.suppressed:
        st.markdown(f":gray[{label}]", width="content")
        return
    edition = st.popover(label, type="tertiary", key="editions", on_change="rerun")
    if not edition.open:
        return
    with edition:
        st.markdown(_("当时所知：选一次收录，全部页面改按那时已收录的台账显示。"))
        first, *earlier = state.moments() or [NOW]
        labels = {NOW: _("现在（{when}）", when=clock(first))} if first != NOW else {NOW: _("现在")}
        labels |= {moment: clock(moment) for moment in earlier}
        if address.widget(AT) not in st.session_state:
            st.session_state[address.widget(AT)] = NOW
        address.select(AT, _("当时所知"), labels, 220)


def banner(snapshot: ReaderSnapshot) -> None:
    """Say that the pages show the past, and the way back."""
    if snapshot.at is None or AT not in st.query_params:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = clock(snapshot.at)
        st.warning(_("以下是 {when} 所知的情况，此后的收录和更正都不在内。", when=when))
        st.button(_("回到现在"), on_click=recheck.callback(address.drop, AT))


def local_day(recorded_at: str) -> date:
    """The day of a time of the journal on the settlement's clock."""
    return local(recorded_at).date()
