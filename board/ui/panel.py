"""A panel on a page: its finding, its block or chart, and what stands in gray below."""

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
from board.ui.panel_footer import foot, stamped
from board.ui.scope import offered


@dataclass(frozen=True)
class Shown:
    """A panel made for a view: finding, block or plotly dict, caption."""

    finding: str
    body: dict[str, Any] | Block
    caption: str
    chart: Any = None


def may_show(section: Section, panel: Panel, view: View) -> bool:
    """Whether the reader may see a panel: one that would be withheld leaves no trace of itself."""
    if state.lacking(view.snapshot, panel.needs):
        return True
    try:
        _remembered(section, panel, chosen(panel, view))
    except WithheldError:
        return False
    except Exception:
        return True  # What fails is said in its place.
    return True


def show(section: Section, panel: Panel, view: View) -> None:
    """Put a panel on the page, or say calmly why it can't be there."""
    name = f"{section.key}.{panel.key}"
    with st.container(gap="small"):
        if absent := state.lacking(view.snapshot, panel.needs):
            missing(absent)
            return
        view = chosen(panel, view)
        made = attempted(name, lambda: _remembered(section, panel, view))
        if made is None:
            apologise(name)
            return
        st.subheader(made.finding, anchor=False)
        offer(panel.choices, view)
        _body(name, panel, view, made)
        if panel.drill_through:
            drill_through.offer(name, panel.drill_through, view)
        foot(section, panel, view, made.caption, made.body)


def _remembered(section: Section, panel: Panel, view: View) -> Shown:
    stamp = stamped(panel, view)
    key = ("panel", section.key, panel.key, view.identity, stamp, language())
    return remembered(key, partial(_made, panel, view))


def _made(panel: Panel, view: View) -> Shown:
    caption = panel.caption(view) if panel.caption else ""
    body = panel.body(view)
    chart = validated(body) if isinstance(body, dict) and body.get("data") else None
    return Shown(panel.finding(view), body, caption, chart)


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


def _body(name: str, panel: Panel, view: View, made: Shown) -> None:
    if not isinstance(made.body, dict):
        blocks.draw(made.body, name)
        return
    if made.chart is None:
        st.markdown(f":gray[{_('没有可画的数据。')}]")
        return
    layout = made.body.get("layout", {})
    key = f"{name}.chart"
    chooses = drill_through.open_to(panel.drill_through, view) or panel.click
    st.plotly_chart(
        made.chart,
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
