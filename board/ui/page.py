"""A section as a page: head, figures, panels; all panels are made before any is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from board import access
from board.access import Reader
from board.catalogue import METRICS
from board.i18n import _, language
from board.sections import Card, Section, View, in_rows
from board.sections.cards import card
from board.sections.leading import page_of, shown_on
from board.ui import address, blocks, drill_through, header, identity, page_state, panel, state
from board.ui.cache import cached
from board.ui.choices import choose, offer
from board.ui.panel import PreparedPanel
from board.ui.reader import may_switch, open_sections
from board.ui.scope import with_supported_scope
from board.ui.status_markup import gray


def show(section: Section, view: View, first: Callable[[View], None] | None = None) -> None:
    """Draw a section's page; a part that fails shows an apology in its place.

    `first` draws what comes between the head and the section's own contents.
    """
    page_state.begin(section.key)
    drill_through.follow()
    if section not in (readable := open_sections(view.reader)):
        refuse(section, view.reader, readable[0])
        return
    view = choose(section.choices, with_supported_scope(section, view))
    for declared in section.shown(view):
        panel.attempted(
            f"{section.key}.{declared.key}.choices", partial(choose, declared.choices, view)
        )
    address.write()
    header.head(section, view, title(section, view))
    if first:
        first(view)
    if state.empty(view.snapshot) and not section.always:
        if not (first and view.reader.begins):
            first_steps(section)
        return
    offer(section.choices, view)
    figures(section, view)
    prepared = [panel.make(section, declared, view) for declared in section.shown(view)]
    draw(section, view, [ready for ready in prepared if ready])
    if hidden := prepared.count(None):
        st.markdown(gray(hidden_notice(hidden, view)))


def draw(section: Section, view: View, panels: Sequence[PreparedPanel]) -> None:
    """Draw panels row by row; on a shared screen each takes a row of its own."""
    by_key = {ready.panel.key: ready for ready in panels}
    declared = [ready.panel for ready in panels]
    for row in [[single] for single in declared] if view.reader.presenting else in_rows(declared):
        if len(row) == 1:
            panel.draw(section, by_key[row[0].key])
            continue
        columns = st.columns([part.width for part in row], gap="large")
        for column, part in zip(columns, row, strict=True):
            with column:
                panel.draw(section, by_key[part.key])


def refuse(section: Section, who: Reader, first: Section) -> None:
    """Say that the reader may not open this page, with a link to the first page they may."""
    label, role = _(section.label), _(who.role.label)
    identity.offer(who)
    st.title(_("“{page}”不对{role}开放", page=label, role=role), anchor=False)
    address.page_link(first.key, _("去{page}", page=_(first.label)))


def hidden_notice(count: int, view: View) -> str:
    """How many panels are hidden and why; with invented people, also how to see them."""
    if view.reader.presenting:
        return _("本页另有 {n} 项涉及个人或范围过小，投屏时不显示。", n=count)
    role = _(view.reader.role.label)
    sentence = _("本页另有 {n} 项涉及个人或范围过小，{role}看不到。", n=count, role=role)
    if not may_switch():
        return sentence
    return sentence + _("右上角可以换一种身份。")


def title(section: Section, view: View) -> str:
    """The page's finding; its label where the store is empty or the finding can't be made."""
    if state.empty(view.snapshot) and not section.always:
        return _("{page}：还没有台账数据", page=_(section.label))
    key = ("title", section.key, view.identity, language())
    finding = panel.attempted(
        f"{section.key}.headline", lambda: cached(key, partial(section.headline, view))
    )
    return finding or _(section.label)


def figures(section: Section, view: View) -> None:
    """The section's figures as cards."""
    if not section.figures:
        return
    key = ("figures", section.key, view.identity, language())
    section_cards = panel.attempted(
        f"{section.key}.figures", lambda: cached(key, partial(_cards, section, view))
    )
    if section_cards is None:
        panel.apologise(f"{section.key}.figures")
    elif section_cards:
        blocks.cards(section_cards, section.key, least=3)


def _cards(section: Section, view: View) -> tuple[Card, ...]:
    view = section.read_at(view) if section.read_at else view
    return tuple(
        replace(card(view, key), page=elsewhere(section, view, key))
        for key in section.figures
        if access.admitted(view.snapshot.guard, key)
    )


def elsewhere(section: Section, view: View, key: str) -> str:
    """The page that shows a figure in full; empty where it is this one."""
    return (
        ""
        if key in shown_on(section.key) and section.key != "overview"
        else page_of(view, METRICS[key])
    )


def first_steps(section: Section) -> None:
    """What to do in an empty store, and which ledgers this page needs."""
    needs = dict.fromkeys(name for declared in section.panels for name in declared.needs)
    if needs:
        panel.missing(list(needs))
    st.markdown(_("请先下载模板，填好后上传；或者用示例数据看一看：在终端里运行 `make run`。"))
    address.page_link("ledgers", _("去台账页：下载模板，上传台账"))
