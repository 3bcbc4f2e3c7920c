"""The frame of every page: language, logo, menu, warnings about the store, then the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from board import publish
from board.access import Reader
from board.accounts import NOBODY
from board.i18n import _
from board.plans import in_plan, plans, speak_of
from board.sections import GROUPS, sections
from board.sections.words import plain
from board.ui import address, panel, presenting, recheck, state
from board.ui.logo import logo
from board.ui.reader import open_sections
from board.ui.scope import choose_language, theme

ASSETS = Path(__file__).resolve().parent / "assets"
PAGES = Path(__file__).resolve().parents[2] / "pages"


def run() -> None:
    """One run of the board for one reader."""
    address.begin()
    who = panel.attempted("store", recheck.begin)
    choose_language()
    name = publish.board_name(state.root())
    st.set_page_config(
        page_title=name,
        page_icon=str(ASSETS / "mark.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(logo(name, theme()), size="large")
    if damage := panel.attempted("store.condition", state.damage):
        st.error(plain(damage))
    if who is None:
        st.navigation(menu(Reader()), position="top")
        st.error(_("数据暂时打不开。请联系管理员查看运行日志。代码 {name}", name="store"))
        return
    if who == NOBODY:
        st.navigation(menu(Reader()), position="hidden")
        st.info(_("登录已经结束，请重新登录。"))
        return
    panel.attempted("plan", speak_of_present_plan)
    presenting.begin(who)
    page = st.navigation(menu(who), position="hidden" if who.presenting else "top")
    first = open_sections(who)[0]
    if not page.url_path and first is not sections()[0]:
        st.switch_page(f"pages/{first.key}.py", query_params=address.link_parameters())
    key = page.url_path or first.key
    presenting.show(who, key)
    banner()
    recheck.show_refusal()
    panel.guarded(key, page.run)
    address.write()
    presenting.finish(who)


def speak_of_present_plan() -> None:
    """Name departments as the plans do around the page too: a view is made inside it only."""
    snapshot = state.snapshot()
    speak_of(in_plan(snapshot), plans(snapshot))


def menu(who: Reader) -> dict[str, list[st.Page]]:
    """The pages of all sections by group; pages that the reader may not open are hidden.

    Hidden pages stay registered, or Streamlit would answer their addresses with its own page in
    English. For the same reason the default page is the same for every reader.
    """
    pages: dict[str, list[st.Page]] = {_(group) if group else "": [] for group in GROUPS}
    visible = open_sections(who)
    for n, section in enumerate(sections()):
        page = st.Page(
            PAGES / f"{section.key}.py",
            title=_(section.label),
            default=n == 0,
            visibility="visible" if section in visible else "hidden",
            help=_(section.question),
        )
        pages[_(section.group) if section.group else ""].append(page)
    return {group: section_pages for group, section_pages in pages.items() if section_pages}


def banner() -> None:
    """Warn where the published snapshot is older than the ledgers."""
    snapshot = state.snapshot()
    if changes := state.unpublished_changes(snapshot):
        st.warning(_("有 {n} 次入库或撤回还没有发布，页面仍是上一版的数字。", n=changes))
