"""The footer of a panel: caption, table, rows behind the figures, definitions."""

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
from board.sections.words import plain, quoted
from board.table import Table
from board.ui import address, blocks, downloads, recheck
from board.ui.cache import cached
from board.ui.error_boundary import apologise, attempted
from board.ui.status_markup import gray

WIDTH = 720
MANY, TALL = 12, 460


def draw_footer(
    section: Section, panel: Panel, view: View, caption: str, body: dict[str, Any] | Block
) -> None:
    """Draw the caption, and the buttons for table, rows, definitions and download."""
    # Where a list has a table of its own, that table has the download.
    body_table = None if panel.table and isinstance(body, Lines) else export.table_of(body)
    metrics = [METRICS[key] for key in panel.metrics if open_to(view, METRICS[key])]
    if not (caption or body_table or panel.table or panel.metrics):
        return
    name = f"{section.key}.{panel.key}"
    with st.container(horizontal=True, vertical_alignment="top", gap="small", wrap=False):
        if caption:
            st.markdown(gray(caption), width="stretch")
        if body_table and downloads.may_take(view.reader, body_table):
            downloads.table(section, panel, view, body_table)
        if panel.table:
            fold(name, "table", _("表格"), partial(table, section, panel, view))
        if metrics:
            rows_offered(name, section, view, metrics)
        if panel.metrics:
            fold(name, "words", _("口径"), partial(definitions, panel.metrics, view))


def fold(name: str, part: str, label: str, draw: Callable[[], None]) -> None:
    """A popover; `draw` runs only while it is open."""
    popover = st.popover(label, type="tertiary", key=f"{name}.{part}", on_change="rerun")
    if popover.open:
        with popover:
            draw()


def stamp_of(panel: Panel, view: View) -> Hashable:
    """What the panel depends on besides the view; a part of its cache key."""
    return panel.stamp(view) if panel.stamp else None


def table(section: Section, panel: Panel, view: View) -> None:
    """The numbers of the chart as a table, with its download."""
    name = f"{section.key}.{panel.key}"
    make = cast("Callable[[View], Table]", panel.table)
    key = ("table", name, view.identity, stamp_of(panel, view), language())
    numbers = attempted(f"{name}.table", lambda: cached(key, partial(make, view)))
    if numbers is None:
        apologise(f"{name}.table")
        return
    frame = numbers.in_words()
    st.dataframe(frame, hide_index=True, width=WIDTH, alt=_("与图相同的数字"))
    if not frame.is_empty():
        downloads.table(section, panel, view, numbers, of_chart=True)


def rows_offered(name: str, section: Section, view: View, metrics: Sequence[Metric]) -> None:
    """A button that opens a dialog with the rows behind the panel's figures."""
    clicked = st.button(_("明细"), type="tertiary", key=f"{name}.rows.open")
    if clicked or st.session_state.pop(f"{name}.rows", False):
        title = _(metrics[0].label) if len(metrics) == 1 else _(section.label)
        draw = partial(rows, name, section, view, metrics)
        recheck.dialog(_("{title}：数字背后的每一行", title=title), draw)


def rows(name: str, section: Section, view: View, metrics: Sequence[Metric]) -> None:
    """The rows behind one of the figures, each with its cell in a workbook, and their download."""
    metric, part = choose_part(name, metrics)
    key = ("rows", metric.key, part, view.identity, language())
    make = partial(behind, view, metric, part)
    block = attempted(f"{name}.rows", lambda: cached(key, make))
    if block is None:
        apologise(f"{name}.rows")
        return
    blocks.table(block, f"{name}.rows", height=TALL if block.frame.height > MANY else "auto")
    if not block.frame.is_empty() and downloads.may_take(view.reader, block):
        downloads.rows(name, section, metric, part, view, block)


def choose_part(name: str, metrics: Sequence[Metric]) -> tuple[Metric, Part]:
    """Let the reader choose the metric, and the part of it whose rows are shown."""
    metric, part = metrics[0], PARTS[0][0]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if len(metrics) > 1:
            labels = {each.key: _(each.label) for each in metrics}
            chosen_key = st.selectbox(
                _("指标"), list(labels), key=f"{name}.rows.metric", format_func=labels.__getitem__,
                label_visibility="collapsed", required=True, width=280,
            )  # fmt: skip
            metric = METRICS[str(chosen_key)]
        part_labels = {key: _(label) for key, label in PARTS}
        part = st.segmented_control(
            _("部分"), list(part_labels), key=f"{name}.rows.part", format_func=part_labels.__getitem__,
            default=part, label_visibility="collapsed", required=True,
        )  # fmt: skip
    return metric, part


def definitions(keys: Sequence[str], view: View) -> None:
    """The panel's metrics with their definitions, their targets and the words these rest on.

    Each has a link to the definitions page.
    """
    for key in keys:
        metric = METRICS[key]
        targets = [plain(quoted(target)) for target in view.plan.targets if target.metric == key]
        st.markdown("  \n".join([f"**{_(metric.label)}**", _(metric.definition), *targets]))
        address.page_link("definitions", _("公式、语句与来源"), [("metric", key)])
