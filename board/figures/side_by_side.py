"""Places row by row, figures column by column: each column on one scale, the eye follows a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import (
    Spec,
    bold,
    empty,
    escape,
    figure,
    hover,
    line,
    note,
    width,
    wrapped,
)
from board.figures.shared.rows import hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import _, language
from board.metrics import Metric, Reading, Status
from board.numerals import counted, place_name, shown
from board.theme import Theme

ROW, LINE = 34, 17
GUTTER, WORDS = 0.025, 0.5  # of the plot between two columns; of a column, for its figures
NAMED = ("yuan", "percentage_points", "days", "square_metres")  # units a metric's name leaves open
HEAD, SMALL_HEAD = 14, 11  # px: a column's name, and an English one in large type
COLUMN = 112  # px a name may take: half of what a column has at 1366, for large type as well


def side_by_side(
    columns: Sequence[Sequence[Reading]],
    whole: Sequence[Reading],
    theme: Theme,
    *,
    current: str = "",
) -> dict[str, Any]:
    """One metric a column, one place a row in the same order; customdata is the place's scope.

    `whole` has each column's reading for the place around them: the last row, and the line
    through a column of rates. The row whose scope is `current` is in the accent.
    """
    if not columns or not columns[0]:
        return empty(theme, _("没有可画的数据。"))
    places = [str(reading.scope) for reading in columns[0]]
    labels = [named(reading.label) for reading in columns[0]]
    around = place_name(whole[0].scope)
    left = left_margin([*labels, around])
    wide = (1 - GUTTER * (len(columns) - 1)) / len(columns)
    data: list[Spec] = []
    notes = row_names([*labels, around], left, theme)
    type_size = HEAD if theme.times == 1 or language() != "en" else SMALL_HEAD
    names = [title(reading.metric, type_size) for reading in whole]
    own: dict[str, Any] = {}
    for n, column in enumerate(columns):
        start = n * (wide + GUTTER)
        ending = "" if n == 0 else str(n + 1)
        own[f"xaxis{ending}"] = scale(column, start, start + wide * (1 - WORDS))
        data += drawn(column, whole[n], ending, places, current, theme)
        notes += figures_of([*column, whole[n]], start + wide, theme)
        notes.append(heading(names[n], start, type_size, theme))
    head = 14 + LINE * max(name.count("<br>") + 1 for name in names)
    return figure(
        data, theme, alt(columns, whole, labels, around), head + ROW * (len(labels) + 1) + 4,
        annotations=notes, shapes=hairlines(len(labels) + 1, top=True),
        yaxis=row_axis(len(labels) + 1), margin={"l": left, "r": 4, "t": head, "b": 4}, **own,
    )  # fmt: skip


def scale(column: Sequence[Reading], start: float, end: float) -> Spec:
    """A column's axis: from nought, or from the least where some are below it."""
    known = [reading.value for reading in column if reading.value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return {"visible": False, "domain": [start, end], "range": [low, high or low + 1]}


def drawn(
    column: Sequence[Reading], whole: Reading, ending: str, places: Sequence[str], current: str,
    theme: Theme,
) -> list[Spec]:  # fmt: skip
    """A column's bars, and for rates the line where the whole stands."""
    axis = {"xaxis": f"x{ending}"}
    lit = [theme.accent if current in ("", place) else theme.light for place in places]
    bar = {
        "type": "bar", "orientation": "h", "x": [reading.value for reading in column],
        "y": list(range(len(column))), "width": 0.46, "marker": {"color": lit},
    }  # fmt: skip
    found = [bar | axis | hover([said(reading) for reading in column], places)]
    kinds = ("rate", "median", "gap", "growth")
    if whole.metric.kind in kinds and whole.value is not None:
        ends = [-0.5, len(column) - 0.5]
        found.append(line([whole.value] * 2, ends, theme.grey, 1.5, stroke={"dash": "dot"}) | axis)
    return found


def figures_of(readings: Sequence[Reading], right: float, theme: Theme) -> list[Spec]:
    """A column's figures, right-aligned, with the mark of a status that a target gives them."""
    found = []
    for row, reading in enumerate(readings):
        mark = "" if reading.status in (Status.NO_TARGET, Status.NOT_DUE) else reading.status.mark
        tone = theme.tone(reading.status.tone)
        text = shown(reading.value, reading.metric.unit, signed=reading.metric.kind == "gap")
        if reading.value is None:
            text = _(reading.status.word)
        over = {"bgcolor": theme.ground} if reading.value is None else {}
        ahead = f'<span style="color:{tone}">{mark}</span> ' if mark else ""
        found.append(
            {"xref": "paper", "x": right, "y": row, "text": ahead + bold(text), "xanchor": "right",
             "yanchor": "middle", "font": {"size": 15, "color": theme.ink}, **over}
        )  # fmt: skip
    return found


def title(metric: Metric, size: int) -> str:
    """A column's name, with its unit where the name leaves that open, on as many lines as needed."""
    name = _(metric.label)
    unit = _("（{unit}）", unit=_(metric.unit.label)) if metric.unit.key in NAMED else ""
    if width(name + unit, size) <= COLUMN:
        return escape(name + unit)
    return "<br>".join(wrapped(part, size, COLUMN) for part in (name, unit.strip()) if part)


def heading(name: str, start: float, size: int, theme: Theme) -> Spec:
    """A column's name over its bars."""
    own = {"xref": "paper", "yref": "paper", "yanchor": "bottom", "yshift": 6, "align": "left"}
    return note(start, 1, name, font={"size": size, "color": theme.mute}, **own)


def said(reading: Reading) -> str:
    """A bar in a hover."""
    metric = reading.metric
    text = counted(reading.value, metric.unit)
    if reading.value is None:
        text = _(reading.status.word)
    return f"{bold(named(reading.label))}<br>{escape(_(metric.label))} {escape(text)}"


def alt(
    columns: Sequence[Sequence[Reading]], whole: Sequence[Reading], labels: Sequence[str],
    around: str,
) -> str:  # fmt: skip
    """Every column in a sentence."""
    told = []
    for column, over in zip(columns, whole, strict=True):
        rows = _("，").join(
            f"{label} {shown(reading.value, reading.metric.unit)}"
            for label, reading in zip([*labels, around], [*column, over], strict=True)
        )
        told.append(_("{label}：{rows}", label=_(over.metric.label), rows=rows))
    return _("并列比较图。{columns}。", columns=_("；").join(told))
