"""The frame of the whole board: language, logo, menu, what all pages say, then the page."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from board.i18n import _, language
from board.sections import GROUPS, sections
from board.ui import address, panel, state
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
        initial_sidebar_state="auto",
    )
    st.logo(str(STATIC / f"logo-{language()}-{theme().name}.svg"), size="large")
    page = st.navigation(menu(), position="top")
    if panel.attempted("store", state.snapshot) is None:
        st.error(_("数据暂时打不开。请联系管理员查看运行日志。代码 {name}", name="store"))
        return
    banner()
    panel.guarded(page.url_path or sections()[0].key, page.run)
    address.write()


def menu() -> dict[str, list[st.Page]]:
    """The pages of every section, under their groups."""
    pages: dict[str, list[st.Page]] = {_(group) if group else "": [] for group in GROUPS}
    for n, section in enumerate(sections()):
        page = st.Page(
            HERE / "pages" / f"{section.key}.py",
            title=_(section.label),
            default=n == 0,
            help=_(section.question),
        )
        pages[_(section.group) if section.group else ""].append(page)
    return {group: listed for group, listed in pages.items() if listed}


def banner() -> None:
    """Say when the pages show an older state than the ledgers hold, or one of the past."""
    snapshot = state.snapshot()
    if late := state.waiting(snapshot):
        st.warning(_("有 {n} 次收录或撤回还没有发布，页面仍是上一版的数字。", n=late))
