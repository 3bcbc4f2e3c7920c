"""What stands in gray below a panel: caption, the same numbers, the rows behind them, the words."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, cast

import streamlit as st

from board import export
from board.catalogue import METRICS
from board.i18n import _, language
from board.metrics import Metric, Part
from board.sections import Block, Lines, Panel, Section, View
from board.sections.rows_behind import PARTS, behind, open_to
from board.table import Table
from board.ui import address, blocks, downloads, recheck
from board.ui.cache import remembered
from board.ui.error_boundary import apologise, attempted
from board.ui.status_markup import gray

WIDTH = 720
MANY, TALL = 12, 460


def foot(
    section: Section, panel: Panel, view: View, caption: str, body: dict[str, Any] | Block
) -> None:
    """The caption, beside it what opens: table, rows, words; and the download of a table."""
    # A list that has its twin is taken away from there.
    own = None if panel.table and isinstance(body, Lines) else export.table_of(body)
    counted = [METRICS[key] for key in panel.metrics if open_to(view, METRICS[key])]
    if not (caption or own or panel.table or panel.metrics):
        return
    name = f"{section.key}.{panel.key}"
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        if caption:
            st.markdown(gray(caption), width="stretch")
        if own and downloads.may_take(view.reader, own):
            downloads.table(section, panel, view, own)
        if panel.table:
            fold(name, "table", _("表格"), partial(table, section, panel, view))
        if counted:
            rows_offered(name, section, view, counted)
        if panel.metrics:
            fold(name, "words", _("口径"), partial(definitions, panel.metrics))


def fold(name: str, part: str, label: str, draw: Callable[[], None]) -> None:
    """Something a click away; nothing of it is made before."""
    popover = st.popover(label, type="tertiary", key=f"{name}.{part}", on_change="rerun")
    if popover.open:
        with popover:
            draw()


def stamped(panel: Panel, view: View) -> Hashable:
    """What the panel depends on besides the view."""
    return panel.stamp(view) if panel.stamp else None


def table(section: Section, panel: Panel, view: View) -> None:
    """The same numbers as the chart, as a table."""
    name = f"{section.key}.{panel.key}"
    make = cast("Callable[[View], Table]", panel.table)
    key = ("table", name, view.identity, stamped(panel, view), language())
    twin = attempted(f"{name}.table", lambda: remembered(key, partial(make, view)))
    if twin is None:
        apologise(f"{name}.table")
        return
    frame = twin.in_words()
    st.dataframe(frame, hide_index=True, width=WIDTH, alt=_("与图相同的数字"))
    if not frame.is_empty():
        downloads.table(section, panel, view, twin, twin=True)


def rows_offered(name: str, section: Section, view: View, counted: Sequence[Metric]) -> None:
    """A button that opens the rows behind the panel's figures over the page."""
    asked = st.button(_("明细"), type="tertiary", key=f"{name}.rows.open")
    if asked or st.session_state.pop(f"{name}.rows", False):
        title = _(counted[0].label) if len(counted) == 1 else _(section.label)
        draw = partial(rows, name, section, view, counted)
        recheck.dialog(_("{title}：数字背后的每一行", title=title), draw)


def rows(name: str, section: Section, view: View, counted: Sequence[Metric]) -> None:
    """The rows behind one of the figures, each with its cell in a workbook."""
    metric, part = asked_for(name, counted)
    key = ("rows", metric.key, part, view.identity, language())
    make = partial(behind, view, metric, part)
    listed = attempted(f"{name}.rows", lambda: remembered(key, make))
    if listed is None:
        apologise(f"{name}.rows")
        return
    blocks.table(listed, f"{name}.rows", height=TALL if listed.frame.height > MANY else "auto")
    if not listed.frame.is_empty() and downloads.may_take(view.reader, listed):
        downloads.rows(name, section, metric, part, view, listed)


def asked_for(name: str, counted: Sequence[Metric]) -> tuple[Metric, Part]:
    """Which figure, and which part of it."""
    metric, part = counted[0], PARTS[0][0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if len(counted) > 1:
            labels = {one.key: _(one.label) for one in counted}
            chosen = st.selectbox(
                _("指标"), list(labels), key=f"{name}.rows.metric", format_func=labels.__getitem__,
                label_visibility="collapsed", required=True, width=280,
            )  # fmt: skip
            metric = METRICS[str(chosen)]
        named = {key: _(label) for key, label in PARTS}
        part = st.segmented_control(
            _("部分"), list(named), key=f"{name}.rows.part", format_func=named.__getitem__,
            default=part, label_visibility="collapsed", required=True,
        )  # fmt: skip
    return metric, part


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
