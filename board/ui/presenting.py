"""The shared screen's mode: nothing personal within reach, large type, pages by arrow keys."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

import streamlit as st

from board import access, storage
from board.access import Reader
from board.i18n import _
from board.numerals import local
from board.sections import Section, sections
from board.sections.words import plain
from board.ui import address, recheck
from board.ui.address import PRESENT
from board.ui.reader import open_sections

TURNED = "turned_away"
WATERMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><pattern id="p" width="{wide}"'
    ' height="210" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)"><text y="120"'
    ' font-size="24" font-weight="700" font-family="sans-serif" fill="#5B6775" fill-opacity="0.17">'
    '{text}</text></pattern><rect width="100%" height="100%" fill="url(#p)"/></svg>'
)


def begin(who: Reader) -> None:
    """At a run's start: leave nothing in the address but what a shared screen may show."""
    if not who.presenting:
        return
    address.limit({n: v for n, v in st.query_params.to_dict().items() if n in allowed()})
    address.keep(PRESENT, "1")


def allowed() -> set[str]:
    """The parameters a page of the shared screen may have in its address."""
    declared = {
        choice.key
        for section in sections()
        if section.key in access.PRESENTABLE
        for choices in (section.choices, *(panel.choices for panel in section.panels))
        for choice in choices
    }
    return declared | set(recheck.SAFE)


def finish(who: Reader) -> None:
    """At a run's end: of the address only what this session found to be a choice stays."""
    if not who.presenting:
        return
    kept: dict[str, str] = st.session_state.get(address.KEPT, {})
    address.limit({n: v for n, v in st.query_params.to_dict().items() if kept.get(n) == v})


def enter() -> None:
    """From a callback: the run that follows is for a shared screen."""
    address.move_to(PRESENT, "1")


def leave() -> None:
    """From a callback: back to the reader's own screen."""
    address.drop(PRESENT)


def offer(who: Reader) -> None:
    """The button in a page's head, with its key."""
    if not who.presenting:
        st.button(
            _("投屏"), key="present", type="tertiary", icon=":material/present_to_all:",
            shortcut="P", on_click=recheck.callback(enter), help=_("在共用的屏幕上放：大字、不出现个人和户，方向键翻页"),
        )  # fmt: skip


def show(who: Reader, key: str) -> None:
    """Watermark, and the bar with the way to the pages before and after and out.

    A page that no shared screen shows is left for the first one that may be.
    """
    if not who.presenting:
        return
    pages = open_sections(who)
    if not access.may_open(who, key):
        st.session_state[TURNED] = key
        go(pages[0])
    with st.container(key="watermark"):
        watermark(who.name)
    walk(pages, key)
    if asked := st.session_state.pop(TURNED, None):
        labels = {section.key: _(section.label) for section in sections()}
        label = labels.get(asked, "")
        st.info(_("“{page}”不上共用的屏幕，已转到这一页。", page=label))


def go(section: Section) -> None:
    """Open a section's page in place of this one."""
    st.switch_page(f"pages/{section.key}.py", query_params=address.link_parameters())


def watermark(name: str) -> None:
    """Who reads and when, over the whole page.

    board/ui/assets/board.js moves the minute on while nobody touches anything: a run for it would be
    taken for somebody at the keys, and a session left alone would never end.
    """
    text = escape(f"{name or _('查看者')}　{local(storage.now()):%Y-%m-%d %H:%M}")
    drawn = WATERMARK.format(text=text, wide=24 * len(text) + 60)
    st.markdown(f"![](data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()})")


def walk(pages: Sequence[Section], key: str) -> None:
    """Where the page stands in the row of pages, and the keys that move."""
    at = next((n for n, section in enumerate(pages) if section.key == key), 0)
    with st.container(key="presenting", horizontal=True, vertical_alignment="center", gap="small"):
        back = st.button(
            _("上一页"), key="walk_back", type="tertiary", shortcut="Left", disabled=at == 0
        )
        st.markdown(f"{at + 1} / {len(pages)}　{plain(_(pages[at].label))}", width="content")
        on = st.button(
            _("下一页"), key="walk_on", type="tertiary", shortcut="Right",
            disabled=at == len(pages) - 1,
        )  # fmt: skip
        st.button(
            _("退出投屏"), key="walk_out", type="tertiary", shortcut="Escape",
            on_click=recheck.callback(leave),
        )  # fmt: skip
    if back or on:
        go(pages[at - 1 if back else at + 1])
