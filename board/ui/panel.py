"""A panel on a page: made first, drawn once every panel of the page is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from board import ledgers
from board.i18n import _, language
from board.sections import Block, Panel, Section, View
from board.sections.words import joined
from board.store import WithheldError
from board.theme import CONFIG
from board.ui import address, blocks, drill_through, recheck, state
from board.ui.cache import remembered
from board.ui.choices import choose, offer
from board.ui.error_boundary import apologise as apologise
from board.ui.error_boundary import attempted as attempted
from board.ui.error_boundary import guarded as guarded
from board.ui.error_boundary import logged as logged
from board.ui.panel_footer import foot, stamped
from board.ui.scope import offered


@dataclass(frozen=True)
class Content:
    """What a panel shows in a view: finding, block or plotly dict, caption, checked chart."""

    finding: str
    body: dict[str, Any] | Block
    caption: str
    chart: Any = None


@dataclass(frozen=True)
class MadePanel:
    """A panel ready to draw: its content, or why there is none.

    `absent` are the ledgers without which it shows nothing. Without content and without absent
    ledgers its making failed; the log has the error.
    """

    panel: Panel
    view: View
    absent: tuple[str, ...] = ()
    content: Content | None = None


def make(section: Section, panel: Panel, view: View) -> MadePanel | None:
    """Make a panel for a view, drawing nothing; None where the reader may not see it.

    A panel that is withheld leaves no trace of itself on the page.
    """
    if absent := state.lacking(view.snapshot, panel.needs):
        return MadePanel(panel, view, tuple(absent))

    def ready() -> MadePanel:
        own = chosen(panel, view)
        return MadePanel(panel, own, content=_cached(section, panel, own))

    try:
        return logged(f"{section.key}.{panel.key}", ready) or MadePanel(panel, view)
    except WithheldError:
        return None


def draw(section: Section, made: MadePanel) -> None:
    """Put a panel on the page, or say calmly why it can't be there."""
    name = f"{section.key}.{made.panel.key}"
    with st.container(gap="small"):
        if made.absent:
            missing(made.absent)
        elif made.content is None:
            apologise(name)
        else:
            _draw_content(section, made.panel, made.view, made.content)


def _draw_content(section: Section, panel: Panel, view: View, content: Content) -> None:
    name = f"{section.key}.{panel.key}"
    st.subheader(content.finding, anchor=False)
    offer(panel.choices, view)
    _body(name, panel, view, content)
    if panel.drill_through:
        drill_through.offer(name, panel.drill_through, view)
    foot(section, panel, view, content.caption, content.body)


def _cached(section: Section, panel: Panel, view: View) -> Content:
    stamp = stamped(panel, view)
    key = ("panel", section.key, panel.key, view.identity, stamp, language())
    return remembered(key, partial(_made, panel, view))


def _made(panel: Panel, view: View) -> Content:
    caption = panel.caption(view) if panel.caption else ""
    body = panel.body(view)
    chart = validated(body) if isinstance(body, dict) and body.get("data") else None
    return Content(panel.finding(view), body, caption, chart)


def chosen(panel: Panel, view: View) -> View:
    """The view with the choices of the panel, and of those it follows."""
    return choose(panel.follows, choose(panel.choices, view), keep=False)


def validated(figure: dict[str, Any]) -> Any:
    """The figure as plotly checked it: once here, where Streamlit would at every rerun.

    Checking is nine tenths of what a chart costs the server.
    """
    from plotly.graph_objects import Figure

    return Figure(figure)


def missing(absent: Sequence[str]) -> None:
    """Say which ledgers are missing and lead to their templates."""
    named = [title(name) for name in absent]
    st.markdown(f":gray[□ {_('缺少{ledgers}，这里还不能显示。', ledgers=joined(named))}]")
    st.page_link(
        "pages/ledgers.py",
        label=_("下载{ledger}模板", ledger=named[0]),
        query_params=address.linked([("ledger", absent[0])]),
    )


def title(name: str) -> str:
    """A ledger's name as its sheet says it, or in English."""
    ledger = ledgers.by_name()[name]
    return ledger.title_en if language() == "en" else f"《{ledger.sheet}》"


def _body(name: str, panel: Panel, view: View, content: Content) -> None:
    if not isinstance(content.body, dict):
        blocks.draw(content.body, name)
        return
    if content.chart is None:
        st.markdown(f":gray[{_('没有可画的数据。')}]")
        return
    layout = content.body.get("layout", {})
    key = f"{name}.chart"
    chooses = drill_through.open_to(panel.drill_through, view) or panel.click
    st.plotly_chart(
        content.chart,
        theme=None,
        key=key,
        config=CONFIG,
        height=layout.get("height", panel.height),
        alt=(layout.get("meta") or {}).get("alt"),
        on_select=recheck.callback(_drill, key, panel, view) if chooses else "ignore",
        selection_mode="points",
    )


def _drill(key: str, panel: Panel, view: View) -> None:
    """A clicked mark leads to what its customdata names: a page, the scope, or a choice."""
    places = offered(view.snapshot).places
    for point in st.session_state[key]["selection"]["points"]:
        named = point.get("customdata")
        named = named[0] if isinstance(named, list | tuple) and named else named
        if panel.drill_through and drill_through.open_to(panel.drill_through, view):
            drill_through.leave(panel.drill_through, str(named))
            return
        if panel.click != "scope":
            address.move_to(panel.click, str(named))
            return
        for place in (named, f"{view.scope}/{named}", f"{view.scope.settlement}/{named}"):
            if place in places:
                address.move_to("scope", str(place))
                return
