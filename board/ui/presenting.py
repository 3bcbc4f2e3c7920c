"""The mode for a shared screen: no personal data, large type, pages by arrow keys."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape

import streamlit as st

from board import storage
from board.access import Reader
from board.i18n import _
from board.numerals import local
from board.sections import Section, by_key, sections
from board.sections.words import plain
from board.ui import address, recheck
from board.ui.address import PRESENT
from board.ui.reader import open_sections

REFUSED = "turned_away"
TURNING = "turning_to"
WATERMARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><pattern id="p" width="{wide}"'
    ' height="210" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)"><text y="120"'
    ' font-size="24" font-weight="700" font-family="sans-serif" fill="#5B6775" fill-opacity="0.17">'
    '{text}</text></pattern><rect width="100%" height="100%" fill="url(#p)"/></svg>'
)


def begin(who: Reader) -> None:
    """At the start of a run, remove from the URL what a shared screen may not show."""
    if not who.presenting:
        return
    address.limit({n: v for n, v in st.query_params.to_dict().items() if n in allowed_parameters()})
    address.keep(PRESENT, "1")


def allowed_parameters() -> set[str]:
    """The URL parameters that are allowed on a shared screen."""
    declared = {
        choice.key
        for section in sections()
        if section.presentable
        for choices in (section.choices, *(panel.choices for panel in section.panels))
        for choice in choices
    }
    return declared | set(recheck.SAFE)


def finish(who: Reader) -> None:
    """At the end of a run, keep in the URL only choices that this session has accepted."""
    if not who.presenting:
        return
    choices: dict[str, str] = st.session_state.get(address.KEPT, {})
    address.limit({n: v for n, v in st.query_params.to_dict().items() if choices.get(n) == v})


def enter() -> None:
    """In a callback: the next run is for a shared screen."""
    address.move_to(PRESENT, "1")


def leave() -> None:
    """In a callback: leave the mode."""
    address.drop(PRESENT)
    st.session_state.pop(TURNING, None)


def turn(section: Section | None) -> None:
    """In a callback: the next run opens the section's page.

    A run may be cut short by the next key. The session keeps where the last key led, so that a
    run cut short before it opened its page loses nothing, and a key pressed while the next page
    is still coming leads on from that page.
    """
    st.session_state[TURNING] = section


def offer(who: Reader) -> None:
    """The button that starts the mode, with its keyboard shortcut."""
    if not who.presenting:
        st.button(
            _("投屏"), key="present", type="tertiary", icon=":material/present_to_all:",
            shortcut="P", on_click=recheck.callback(enter), help=_("在共用的屏幕上放：大字、不出现个人和户，方向键翻页"),
        )  # fmt: skip


def show(who: Reader, key: str) -> None:
    """The watermark and the navigation bar.

    A page that may not be shown on a shared screen is replaced by the first page that may.
    """
    if not who.presenting:
        return
    pages = open_sections(who)
    if (target := st.session_state.get(TURNING)) in pages and target.key != key:
        open_page(target)
    st.session_state.pop(TURNING, None)
    if not by_key()[key].opens_to(who):
        st.session_state[REFUSED] = key
        open_page(pages[0])
    with st.container(key="watermark"):
        watermark(who.name)
    navigation_bar(pages, key)
    if refused_page := st.session_state.pop(REFUSED, None):
        label = _(by_key()[refused_page].label)
        st.info(_("“{page}”不上共用的屏幕，已转到这一页。", page=label))


def open_page(section: Section) -> None:
    """Open a section's page instead of this one."""
    st.switch_page(f"pages/{section.key}.py", query_params=address.link_parameters())


def watermark(name: str) -> None:
    """The reader's name and the time, over the whole page.

    board/ui/assets/board.js updates the minute: a rerun would count as the reader's activity, so
    a session left alone would never end.
    """
    text = escape(f"{name or _('一般用户')}　{local(storage.now()):%Y-%m-%d %H:%M}")
    image = WATERMARK.format(text=text, wide=24 * len(text) + 60)
    st.markdown(f"![](data:image/svg+xml;base64,{base64.b64encode(image.encode()).decode()})")


def navigation_bar(pages: Sequence[Section], key: str) -> None:
    """The page's number and the buttons, with shortcuts, for next, previous and leaving."""
    position = next((n for n, section in enumerate(pages) if section.key == key), 0)
    before = pages[position - 1] if position else None
    after = pages[position + 1] if position + 1 < len(pages) else None
    with st.container(key="presenting", horizontal=True, vertical_alignment="center", gap="small"):
        turn_button(_("上一页"), "walk_back", "Left", before)
        st.markdown(
            f"{position + 1} / {len(pages)}　{plain(_(pages[position].label))}", width="content"
        )
        turn_button(_("下一页"), "walk_on", "Right", after)
        st.button(
            _("退出投屏"), key="walk_out", type="tertiary", shortcut="Escape",
            on_click=recheck.callback(leave),
        )  # fmt: skip


def turn_button(label: str, key: str, shortcut: str, section: Section | None) -> None:
    """The button to a section's page; disabled where there is none."""
    st.button(
        label, key=key, type="tertiary", shortcut=shortcut, disabled=section is None,
        on_click=recheck.callback(turn, section),
    )  # fmt: skip
