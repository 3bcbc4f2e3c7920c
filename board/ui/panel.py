"""A panel on a page: made first, drawn after every panel of the page is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from board import access, ledgers
from board.i18n import _, language
from board.metrics import Unit
from board.numerals import counted
from board.sections import Block, Panel, Section, View
from board.sections.words import joined, noted
from board.store import WithheldError
from board.theme import CONFIG
from board.ui import address, blocks, drill_through, recheck, state
from board.ui.cache import cached
from board.ui.choices import choose, offer
from board.ui.error_boundary import apologise as apologise
from board.ui.error_boundary import attempted as attempted
from board.ui.error_boundary import guarded as guarded
from board.ui.error_boundary import logged as logged
from board.ui.panel_footer import draw_footer, stamp_of
from board.ui.scope import offered


@dataclass(frozen=True)
class Content:
    """The content of a panel: finding, block or plotly dict, caption, validated chart."""

    finding: str
    body: dict[str, Any] | Block
    caption: str
    chart: Any = None


@dataclass(frozen=True)
class PreparedPanel:
    """A panel ready to draw: its content, or the reason why it has none.

    `absent` are the ledgers that it needs and that hold no row. Where `content` is None and
    `absent` is empty, making the panel failed and the log has the error.
    """

    panel: Panel
    view: View
    absent: tuple[str, ...] = ()
    content: Content | None = None


def make(section: Section, panel: Panel, view: View) -> PreparedPanel | None:
    """Make a panel for a view without drawing it; None where the reader may not see it.

    The page shows nothing of a panel that is withheld.
    """
    if absent := state.without_rows(view.snapshot, panel.needs):
        return PreparedPanel(panel, view, tuple(absent))

    def prepare() -> PreparedPanel:
        panel_view = with_choices(panel, view)
        return PreparedPanel(panel, panel_view, content=_cached_content(section, panel, panel_view))

    try:
        return logged(f"{section.key}.{panel.key}", prepare) or PreparedPanel(panel, view)
    except WithheldError:
        return None


def draw(section: Section, prepared: PreparedPanel) -> None:
    """Draw a panel, or say why it can't be shown."""
    name = f"{section.key}.{prepared.panel.key}"
    with st.container(gap="small"):
        if prepared.absent:
            missing(prepared.absent)
        elif prepared.content is None:
            apologise(name)
        else:
            _draw_content(section, prepared.panel, prepared.view, prepared.content)


def _draw_content(section: Section, panel: Panel, view: View, content: Content) -> None:
    name = f"{section.key}.{panel.key}"
    st.header(content.finding, anchor=False)
    offer(panel.choices, view)
    _body(name, panel, view, content)
    if panel.drill_through:
        drill_through.offer(name, panel.drill_through, view)
    draw_footer(section, panel, view, content.caption, content.body)


def _cached_content(section: Section, panel: Panel, view: View) -> Content:
    stamp = stamp_of(panel, view)
    key = ("panel", section.key, panel.key, view.identity, stamp, language())
    return cached(key, partial(content_of, panel, view))


def content_of(panel: Panel, view: View) -> Content:
    """A panel's sentences, its block or chart, and in its caption what figures don't say."""
    with access.noting_unsaid() as unsaid:
        caption = panel.caption(view) if panel.caption else ""
        body = panel.body(view)
        finding = panel.finding(view)
    chart = validated(body) if isinstance(body, dict) and body.get("data") else None
    if unsaid.hidden:
        caption = noted(caption, not_shown(finding + caption))
    if unsaid.rounded:
        caption = noted(caption, rounded(unsaid.rounded))
    return Content(finding, body, caption, chart)


def rounded(steps: Mapping[Unit, float]) -> str:
    """A remark to what numbers of categories and places are rounded."""
    amounts = [counted(step, unit) for unit, step in steps.items()]
    return _("分类、分地点的数取整到{amounts}", amounts=joined(amounts))


def not_shown(text: str) -> str:
    """A remark that some figures of the panel are not shown, where its text doesn't say so yet."""
    return "" if _("不单独显示").lower() in text.lower() else _("有的数不单独显示，空缺不是零")


def with_choices(panel: Panel, view: View) -> View:
    """The view with the values of the panel's choices and of the choices it follows."""
    return choose(panel.follows, choose(panel.choices, view), keep=False)


def validated(figure: dict[str, Any]) -> Any:
    """The figure as a plotly object, validated once; Streamlit would do it at every rerun.

    Validation is nine tenths of what a chart costs the server.
    """
    from plotly.graph_objects import Figure

    return Figure(figure)


def missing(absent: Sequence[str]) -> None:
    """Say which ledgers are missing, with a link to their templates."""
    titles = [title(name) for name in absent]
    st.markdown(f":gray[□ {_('缺少{ledgers}，这里还不能显示。', ledgers=joined(titles))}]")
    label = _("下载{ledger}模板", ledger=titles[0])
    address.page_link("ledgers", label, [("ledger", absent[0])])


def title(name: str) -> str:
    """A ledger's title in the reader's language."""
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
    clickable = drill_through.may_follow(panel.drill_through, view) or panel.click
    st.plotly_chart(
        content.chart,
        theme=None,
        key=key,
        config=CONFIG,
        height=layout.get("height", panel.height),
        alt=(layout.get("meta") or {}).get("alt"),
        on_select=recheck.callback(_drill, key, panel, view) if clickable else "ignore",
        selection_mode="points",
    )


def _drill(key: str, panel: Panel, view: View) -> None:
    """Open the page, or set the scope or choice, that the customdata of a clicked mark names."""
    places = offered(view.snapshot).places
    for point in st.session_state[key]["selection"]["points"]:
        value = point.get("customdata")
        value = value[0] if isinstance(value, list | tuple) and value else value
        if panel.drill_through and drill_through.may_follow(panel.drill_through, view):
            drill_through.leave(panel.drill_through, str(value))
            return
        if panel.click != "scope":
            address.move_to(panel.click, str(value))
            return
        for place in (value, f"{view.scope}/{value}", f"{view.scope.settlement}/{value}"):
            if place in places:
                address.move_to("scope", str(place))
                return
