"""A panel on a page: its finding, its block or chart, and what stands in gray below."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar, cast

import streamlit as st

from board import ledgers
from board.catalogue import METRICS
from board.i18n import _, language
from board.sections import Block, Panel, Section, View
from board.sections._words import joined
from board.store import WithheldError
from board.theme import CONFIG
from board.ui import address, blocks, state, ways
from board.ui.choices import choose, offer
from board.ui.marks import gray
from board.ui.memory import remembered
from board.ui.scope import offered

Made = TypeVar("Made")
log = logging.getLogger("board.ui")


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
        if panel.way:
            ways.offer(name, panel.way, view)
        _foot(name, panel, view, made)


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


def stamped(panel: Panel, view: View) -> Hashable:
    """What the panel depends on besides the view."""
    return panel.stamp(view) if panel.stamp else None


def validated(figure: dict[str, Any]) -> Any:
    """The figure as plotly checked it: once here, where Streamlit would at every rerun.

    Checking is nine tenths of what a chart costs the server.
    """
    from plotly.graph_objects import Figure

    return Figure(figure)


def attempted(name: str, make: Callable[[], Made]) -> Made | None:
    """What `make` gives, or nothing: then its place and the kind of error are in the log.

    The text of an error may quote a cell of a ledger, so it goes nowhere. What may not be
    seen is no error.
    """
    try:
        return make()
    except WithheldError:
        return None
    except Exception as error:
        last = extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}:{last.lineno}"
        log.error("%s could not be shown: %s at %s", name, type(error).__name__, where)
        return None


def guarded(name: str, run: Callable[[], None]) -> None:
    """Run something; where it fails, say so calmly."""

    def done() -> bool:
        run()
        return True

    if not attempted(name, done):
        apologise(name)


def apologise(name: str) -> None:
    """Say that something can't be shown, with the word to look for in the log."""
    st.warning(_("这一部分暂时无法显示，其他部分不受影响。代码 {name}", name=name))


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
    chooses = ways.open_to(panel.way, view) or panel.click
    st.plotly_chart(
        made.chart,
        theme=None,
        key=key,
        config=CONFIG,
        height=layout.get("height", panel.height),
        alt=(layout.get("meta") or {}).get("alt"),
        on_select=partial(_drill, key, panel, view) if chooses else "ignore",
        selection_mode="points",
    )


def _drill(key: str, panel: Panel, view: View) -> None:
    """A clicked mark leads to what its customdata names: a page, the scope, or a choice."""
    places = offered(view.snapshot).places
    for point in st.session_state[key]["selection"]["points"]:
        named = point.get("customdata")
        named = named[0] if isinstance(named, list | tuple) and named else named
        if panel.way and ways.open_to(panel.way, view):
            ways.leave(panel.way, str(named))
            return
        if panel.click != "scope":
            address.move_to(panel.click, str(named))
            return
        for place in (named, f"{view.scope}/{named}", f"{view.scope.settlement}/{named}"):
            if place in places:
                address.move_to("scope", str(place))
                return


def _foot(name: str, panel: Panel, view: View, made: Shown) -> None:
    if not (made.caption or panel.table or panel.metrics):
        return
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        if made.caption:
            st.markdown(gray(made.caption), width="stretch")
        if panel.table:
            twin = st.popover(_("表格"), type="tertiary", key=f"{name}.table", on_change="rerun")
            if twin.open:
                with twin:
                    table(name, panel, view)
        if panel.metrics:
            words = st.popover(_("口径"), type="tertiary", key=f"{name}.words", on_change="rerun")
            if words.open:
                with words:
                    definitions(panel.metrics)


def table(name: str, panel: Panel, view: View) -> None:
    """The same numbers as the chart, as a table."""
    rows = cast("Callable[[View], Any]", panel.table)
    key = ("table", name, view.identity, stamped(panel, view), language())
    frame = attempted(f"{name}.table", lambda: remembered(key, partial(rows, view)))
    if frame is None:
        apologise(f"{name}.table")
    else:
        st.dataframe(frame, hide_index=True, width=720, alt=_("与图相同的数字"))


def definitions(keys: Sequence[str]) -> None:
    """What the panel's metrics mean, in words, with the way to the whole of it."""
    for key in keys:
        metric = METRICS[key]
        st.markdown(f"**{_(metric.label)}**  \n{_(metric.definition)}")
        st.page_link(
            "pages/definitions.py",
            label=_("公式、语句与来源"),
            query_params=address.linked([("metric", key)]),
        )
