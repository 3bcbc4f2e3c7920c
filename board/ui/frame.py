"""The frame of the whole board: language, logo, menu, what all pages say, then the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from board import access
from board.access import Reader, Sight
from board.i18n import _, language
from board.sections import GROUPS, Section, sections
from board.ui import address, panel, sidebar, state
from board.ui.reader import reader
from board.ui.scope import choose_language, theme

HERE = Path(__file__).resolve().parent.parent.parent
STATIC = HERE / "static"


def run() -> None:
    """One run of the board for one reader."""
    address.begin()
    choose_language()
    st.set_page_config(
        page_title=_("幸福小镇后续扶持督导"),
        page_icon=str(STATIC / "mark.svg"),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.logo(str(STATIC / f"logo-{language()}-{theme().name}.svg"), size="large")
    who = panel.attempted("store", reader)
    page = st.navigation(menu(who or Reader()), position="top")
    if who is None:
        st.error(_("数据暂时打不开。请联系管理员查看运行日志。代码 {name}", name="store"))
        return
    banner()
    sidebar.show(who)
    panel.guarded(page.url_path or opened(who)[0].key, page.run)
    address.write()


def menu(who: Reader) -> dict[str, list[st.Page]]:
    """The pages of the sections that the reader may open, under their groups."""
    pages: dict[str, list[st.Page]] = {_(group) if group else "": [] for group in GROUPS}
    for n, section in enumerate(opened(who)):
        page = st.Page(
            HERE / "pages" / f"{section.key}.py",
            title=_(section.label),
            default=n == 0,
            help=_(section.question),
        )
        pages[_(section.group) if section.group else ""].append(page)
    return {group: listed for group, listed in pages.items() if listed}


def opened(who: Reader) -> list[Section]:
    """The sections that the reader may open, in the menu's order.

    A department's are those with a figure of its own.
    """
    return [
        section
        for section in sections()
        if access.may_open(who, section.key)
        and (not who.sight.department or has_own(section, who.sight))
    ]


def has_own(section: Section, sight: Sight) -> bool:
    """Whether a section shows figures that a department may see, or none at all."""
    keys = {key for one in section.panels for key in one.metrics} | set(section.figures)
    return section.always or any(access.admitted(sight, key) for key in keys)


def banner() -> None:
    """Say when the pages show an older state than the ledgers hold, or one of the past."""
    snapshot = state.snapshot()
    if late := state.waiting(snapshot):
        st.warning(_("有 {n} 次收录或撤回还没有发布，页面仍是上一版的数字。", n=late))
