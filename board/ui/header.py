"""The head of every page: its finding as title, the date of the data, and the controls."""

from __future__ import annotations

from functools import partial

import streamlit as st

from board.i18n import _, language
from board.numerals import day, local, place_name
from board.numerals import period as period_text
from board.sections import Section, View
from board.sections.words import noted, plain
from board.ui import address, as_of, identity, presenting, scope, state, today
from board.ui.error_boundary import guarded
from board.ui.notices import NOTICES

TONGUES = {"zh": "中", "en": "EN"}
PLACE = {"zh": 130, "en": 172}  # px: 12栋4单元, Building 12 unit 4


def head(section: Section, view: View, title: str) -> None:
    """Title, date of the data, the controls, the reader's role; then the notices of this run."""
    with st.container(gap="xxsmall"):
        st.title(title, anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if not section.timeless:
                st.markdown(f":gray[{stamp(view)}]", width="content")
            if view.snapshot.events and not section.timeless:
                as_of.offer(_("第{n}版", n=view.snapshot.events), view.reader.permissions)
            st.space("stretch")
            if not section.timeless:
                address.select("scope", _("范围"), places(section, view), PLACE[language()])
                address.select("period", _("时期"), periods(section, view), 160)
            address.switch("lang", _("语言"), TONGUES)
            presenting.offer(view.reader)
            identity.offer(view.reader)
        guarded("today", partial(today.show, view))
    as_of.banner(view.snapshot)
    for text in st.session_state[NOTICES]:
        st.info(plain(text))


def places(section: Section, view: View) -> dict[str, str]:
    """The places that the page supports, and the current one."""
    current = st.session_state[address.widget("scope")]
    kinds, offer = section.scopes, scope.offered(view.snapshot)
    return {
        key: place_name(key)
        for key, place in offer.places.items()
        if place.kind in kinds or key == current
    }


def periods(section: Section, view: View) -> dict[str, str]:
    """The periods that the page supports, and the current one."""
    current = st.session_state[address.widget("period")]
    kinds, offer = section.periods, scope.offered(view.snapshot)
    return {
        key: period_text(when)
        for key, when in offer.periods.items()
        if when.kind in kinds or key == current
    }


def stamp(view: View) -> str:
    """示例数据 · 数据截至 2024年9月30日 · 10月10日入库."""
    snapshot, through = view.snapshot, scope.offered(view.snapshot).through
    if through is None:
        return _("还没有数据")
    return noted(
        f"**{_('示例数据')}**" if state.invented(snapshot) else "",
        _("数据截至 {day}", day=day(min(through.end, view.period.end))),
        _("{day}入库", day=day(local(snapshot.known_at))) if snapshot.known_at else "",
    )
