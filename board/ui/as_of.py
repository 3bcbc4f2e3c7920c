"""The view as of an earlier load: chosen in the page's head, kept in the URL."""

from __future__ import annotations

import streamlit as st

from board.access import Permissions, ReaderSnapshot
from board.i18n import _
from board.numerals import clock
from board.store import Snapshot
from board.ui import address, recheck, state
from board.ui.notices import notice

AT = "at"
NOW = "now"


def chosen(permissions: Permissions) -> Snapshot | None:
    """The snapshot as of the time in the URL; None for now.

    A reader of whom small counts are hidden, be it outside of some places, sees one edition only:
    two together would tell what each hides.
    """
    moment = address.chosen(AT)
    if permissions.one_edition and moment not in (None, NOW):
        notice(_("有些数不单独显示，所以只看现在的台账：两个时候的数放在一起，会透出这些数。"))
        moment = None
    if moment in (None, NOW):
        address.drop(AT)
        return None
    moments = state.moments()
    if moment not in moments[1:]:
        if moment not in moments[:1]:
            notice(_("地址所说的时间没有台账入库，以下是现在所知的情况。"))
        address.drop(AT)
        return None
    with st.spinner(_("正在还原当时的数据，请稍候……")):
        snapshot = state.as_known(moment)
    address.keep(AT, moment)
    return snapshot


def offer(label: str, permissions: Permissions) -> None:
    """The edition's number; who sees all small counts chooses an earlier edition under it."""
    if permissions.one_edition:
        st.markdown(f":gray[{label}]", width="content")
        return
    edition = st.popover(label, type="tertiary", key="editions", on_change="rerun")
    if not edition.open:
        return
    with edition:
        st.markdown(_("当时所知：选一次入库，全部页面改按那时已入库的台账显示。"))
        first, *earlier = state.moments() or [NOW]
        labels = {NOW: _("现在（{when}）", when=clock(first))} if first != NOW else {NOW: _("现在")}
        labels |= {moment: clock(moment) for moment in earlier}
        if address.widget(AT) not in st.session_state:
            st.session_state[address.widget(AT)] = NOW
        address.select(AT, _("当时所知"), labels, 220)


def banner(snapshot: ReaderSnapshot) -> None:
    """Say that the pages show an earlier time, with a button back to now."""
    if snapshot.at is None or AT not in st.query_params:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = clock(snapshot.at)
        st.warning(_("以下是 {when} 所知的情况，此后的入库和更正都不在内。", when=when))
        st.button(_("回到现在"), on_click=recheck.callback(address.drop, AT))
