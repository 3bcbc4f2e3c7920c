"""The head of every page: the finding as title, its stamp, and the bar at the same place."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from board.i18n import LANGUAGES, _
from board.numerals import day, place_name
from board.numerals import period as period_text
from board.sections import Section, View
from board.sections._words import noted, plain
from board.ui import address, scope, state

TONGUES = {"zh": "中", "en": "EN"}
HOURS_EAST = 8


def head(section: Section, view: View, title: str) -> None:
    """Title, stamp, scope, period and language; then what this run has to say."""
    offer = scope.offered(view.snapshot)
    with st.container(gap="xxsmall"):
        st.title(title, anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{stamp(view)}]", width="stretch")
            places = [key for key, p in offer.places.items() if _on(section, key, p.kind)]
            address.select("scope", _("范围"), places, place_name, 130)
            periods = [key for key, p in offer.periods.items() if _in(section, key, p.kind)]
            named = offer.periods
            address.select("period", _("时期"), periods, lambda k: period_text(named[k]), 160)
            address.switch("lang", _("语言"), LANGUAGES, TONGUES.__getitem__)
    for text in st.session_state[scope.NOTICES]:
        st.info(plain(text))


def _on(section: Section, key: str, kind: str) -> bool:
    return kind in section.scopes or key == st.session_state[address.widget("scope")]


def _in(section: Section, key: str, kind: str) -> bool:
    return kind in section.periods or key == st.session_state[address.widget("period")]


def stamp(view: View) -> str:
    """示例数据 · 数据截至 2024年9月30日 · 10月10日收录 · 第12版."""
    snapshot, through = view.snapshot, scope.offered(view.snapshot).through
    if through is None:
        return _("还没有数据")
    known = snapshot.known_at and datetime.fromisoformat(snapshot.known_at)
    return noted(
        f"**{_('示例数据')}**" if state.invented(snapshot) else "",
        _("数据截至 {day}", day=day(min(through.end, view.period.end))),
        _("{day}收录", day=day((known + timedelta(hours=HOURS_EAST)).date())) if known else "",
        _("第{n}版", n=snapshot.events),
    )
