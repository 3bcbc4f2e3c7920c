"""Which department delivers: bars, counts and its measures in one figure of shared rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from board.figures._parts import (
    Spec,
    bold,
    coloured,
    dots,
    empty,
    escape,
    figure,
    hover,
    paper,
    rule,
)  # fmt: skip
from board.figures._rows import left_margin, row_names
from board.figures._words import named
from board.i18n import _, language
from board.metrics import Unit
from board.numerals import counted, shown
from board.theme import CLEAR, Theme

Cell = Literal["done", "overdue", "not_due"]
WHOLE_PERCENT = Unit("fraction", "%", 0)
DAYS = Unit("days", "天")
ROW = 54
TOP = 112
BARS = (0, 0.215)
EDGES = (0.252, 0.288, 0.342, 0.399, 0.455)
NUMBERS = (0.218, 0.456)
GRID = (0.49, 1)


@dataclass(frozen=True)
class Delivery:
    """What one department owed by the period's end and what became of it.

    `due`, `done`, `on_time` and `overdue` count tasks, `oldest` is the days the most
    overdue one is late, `measures` says how it stands with each measure it leads.
    """

    department: str
    due: int
    done: int
    on_time: int
    overdue: int
    oldest: int | None = None
    measures: Mapping[str, Cell] = field(default_factory=dict, hash=False)


Chapters = Sequence[tuple[str, Sequence[str]]]


def department_matrix(
    rows: Sequence[Delivery], total: Delivery, chapters: Chapters, theme: Theme
) -> dict[str, Any]:
    """Rows in the order given, the total last, measures grouped by (chapter, numbers).

    customdata is [department] on the bars and [department, measure] on the marks.
    """
    if not rows:
        return empty(theme, _("没有可画的数据。"))
    labels = [named(row.department) for row in rows]
    left = left_margin([*labels, _("合计")], most=130)
    count = len(rows) + 1
    plot = ROW * count
    measures = [number for _title, numbers in chapters for number in numbers]
    return figure(
        [*delivery_bars(rows, theme), *numbers([*rows, total], theme),
         *measure_marks(rows, measures, theme)],
        theme, matrix_alt(rows, total), plot + TOP + 4,
        annotations=[
            *row_names(labels, left, theme), total_name(count - 1, left, theme),
            *headings(theme), *chapter_heads(chapters, theme),
        ],
        shapes=[*lines_between(count, theme), *chapter_lines(chapters, measures, plot)],
        barmode="overlay",
        xaxis={"domain": list(BARS), "visible": False,
               "range": [0, max((row.due for row in rows), default=1) * 1.02 or 1]},
        xaxis2={"domain": list(GRID), "range": [-0.6, len(measures) - 0.4], "side": "top",
                "tickvals": list(range(len(measures))), "ticktext": list(measures), "ticks": "",
                "showline": False, "tickangle": 0, "tickfont": {"size": 12, "color": theme.mute}},
        xaxis3={"domain": list(NUMBERS), "visible": False, "range": list(NUMBERS)},
        yaxis={"range": [count - 0.5, -0.5], "visible": False},
        margin={"l": left, "r": 4, "t": TOP, "b": 4},
    )  # fmt: skip


def delivery_bars(rows: Sequence[Delivery], theme: Theme) -> list[Spec]:
    """Outlined what was due, solid what was done on time, lighter what was done late."""
    spots = list(range(len(rows)))
    plain = {"type": "bar", "orientation": "h", "y": spots}
    texts = [delivery_hover(row) for row in rows]
    own = hover(texts, [row.department for row in rows])
    edge = {"color": CLEAR, "line": {"color": theme.grey, "width": 1.25}}
    late = [max(0, row.done - row.on_time) for row in rows]
    return [
        plain | own | {"x": [row.due for row in rows], "width": 0.6, "marker": edge},
        plain | own | {"x": [row.on_time for row in rows], "width": 0.34,
                       "marker": {"color": theme.accent}},
        plain | own | {"x": late, "base": [row.on_time for row in rows], "width": 0.34,
                       "marker": {"color": theme.light}},
    ]  # fmt: skip


def measure_marks(rows: Sequence[Delivery], measures: Sequence[str], theme: Theme) -> list[Spec]:
    """A mark where a department leads a measure: all done, overdue, or not yet due."""
    looks: dict[Cell, tuple[str, str, int, str]] = {
        "done": ("circle", theme.good, 12, _("到期全部办结")),
        "overdue": ("square", theme.bad, 14, _("有逾期")),
        "not_due": ("circle-open", theme.mute, 12, _("未到期")),
    }
    traces = []
    for cell, (symbol, colour, size, word) in looks.items():
        spots = [
            (measures.index(number), n, row.department, number)
            for n, row in enumerate(rows)
            for number, state in row.measures.items()
            if state == cell and number in measures
        ]
        if not spots:
            continue
        marker = (
            {"symbol": symbol, "line": {"width": 1.75}} if cell == "not_due" else {"symbol": symbol}
        )
        trace = dots([s[0] for s in spots], [s[1] for s in spots], colour, size, marker=marker)
        texts = [
            bold(named(department))
            + "<br>"
            + escape(_("举措 {number}：{word}", number=number, word=word))
            for _x, _y, department, number in spots
        ]
        traces.append(
            trace | hover(texts) | {"xaxis": "x2", "customdata": [[s[2], s[3]] for s in spots]}
        )
    return traces


def numbers(rows: Sequence[Delivery], theme: Theme) -> list[Spec]:
    """Five columns of figures, right-aligned under their heads, the last row bold."""
    cells = [row_numbers(row, theme) for row in rows]
    cells[-1] = [f"<b>{text}</b>" if text else "" for text in cells[-1]]
    return [
        {"type": "scatter", "mode": "text", "x": [edge] * len(rows), "xaxis": "x3",
         "y": list(range(len(rows))), "text": list(texts), "textposition": "middle left",
         "textfont": {"size": 15, "color": theme.ink}, "hoverinfo": "skip", "cliponaxis": False}
        for edge, texts in zip(EDGES, zip(*cells, strict=True), strict=True)
    ]  # fmt: skip


def row_numbers(row: Delivery, theme: Theme) -> list[str]:
    """Due, done, on time, overdue, longest overdue; only what is overdue is red."""
    if not row.due:
        word = coloured("○", theme.mute) + " " + coloured(_("未到期"), theme.mute)
        return ["", "", "", "", word]
    on_time = shown(row.on_time / row.due, WHOLE_PERCENT)
    first = [f"{row.due:,}", f"{row.done:,}", on_time]
    if not row.overdue:
        return [*first, coloured("0", theme.mute), ""]
    late = coloured("■", theme.bad) + f" <b>{coloured(f'{row.overdue:,}', theme.bad)}</b>"
    days = "" if row.oldest is None else coloured(short_days(row.oldest), theme.bad)
    return [*first, late, days]


def short_days(days: int) -> str:
    """Days as a narrow column can hold them: 46天 / 46 d."""
    return _("{n}日", n=days) if language() == "en" else counted(days, DAYS)


def headings(theme: Theme) -> list[Spec]:
    """Titles of the two halves, the keys, the heads of the columns."""
    small = {"size": 14, "color": theme.mute}
    words = (_("到期"), _("办结"), _("按期率"), _("逾期"), _("最久"))
    heads = [
        paper(edge, 1, escape(word), yref="paper", xanchor="right", yanchor="bottom", yshift=4, font=small)
        for edge, word in zip(EDGES, words, strict=True)
    ]  # fmt: skip
    bars = key_text([("□", theme.grey, _("到期")), ("■", theme.accent, _("按期办结")),
                     ("■", theme.light, _("逾期后办结"))])  # fmt: skip
    marks = key_text([("●", theme.good, _("到期全部办结")), ("■", theme.bad, _("有逾期")),
                      ("○", theme.mute, _("未到期")), ("", theme.mute, _("空白：不牵头"))])  # fmt: skip
    own = {"yref": "paper", "yanchor": "bottom"}
    return [
        *heads,
        paper(0, 1, bars, yshift=4, font=small, **own),
        paper(GRID[0], 1, bold(_("牵头举措")), yshift=TOP - 26, font={"size": 16}, **own),
        paper(1, 1, marks, xanchor="right", yshift=TOP - 25, font=small, **own),
    ]


def key_text(entries: Sequence[tuple[str, str, str]]) -> str:
    """Marks and their words in one line."""
    return "&nbsp; ".join(
        (coloured(mark, colour) + " " if mark else "") + escape(word) for mark, colour, word in entries
    )  # fmt: skip


def chapter_heads(chapters: Chapters, theme: Theme) -> list[Spec]:
    """Chapter titles over their columns; English ones, longer, take turns on two lines."""
    english = language() == "en"
    notes, start = [], 0
    for n, (title, numbers_) in enumerate(chapters):
        notes.append({
            "x": start + (len(numbers_) - 1) / 2, "y": 1, "xref": "x2", "yref": "paper",
            "xanchor": "center", "yanchor": "bottom", "text": escape(named(title)),
            "yshift": 30 + (20 if english and n % 2 else 0),
            "font": {"size": 13 if english else 14, "color": theme.ink},
        })  # fmt: skip
        start += len(numbers_)
    return notes


def chapter_lines(chapters: Chapters, measures: Sequence[str], plot: float) -> list[Spec]:
    """Hairlines between chapters, from their titles down to the last department."""
    lines, start = [], 0
    for _title, numbers in chapters[:-1]:
        start += len(numbers)
        lines.append(rule(start - 0.5, ROW / plot, start - 0.5, 1 + 50 / plot,
                          xref="x2", yref="paper"))  # fmt: skip
    return lines


def lines_between(count: int, theme: Theme) -> list[Spec]:
    """The line under the heads, and hairlines between the rows."""
    head = rule(-9, -0.5, 9, -0.5, xref="paper", line={"color": theme.axis, "width": 1})
    return [head, *(rule(-9, n + 0.5, 9, n + 0.5, xref="paper") for n in range(count - 1))]


def total_name(n: int, left: float, theme: Theme) -> Spec:
    """The name of the last row."""
    return paper(0, n, bold(_("合计")), xshift=-left, font={"size": 16, "color": theme.ink})


def delivery_hover(row: Delivery) -> str:
    """A department's tasks in a hover."""
    counts = _(
        "到期 {due} 项，办结 {done} 项，其中按期 {on_time} 项，逾期未办结 {overdue} 项",
        due=row.due, done=row.done, on_time=row.on_time, overdue=row.overdue,
    )  # fmt: skip
    late = [escape(_("最久逾期 {days}", days=counted(row.oldest, DAYS)))] if row.oldest else []
    return "<br>".join([bold(named(row.department)), escape(counts), *late])


def matrix_alt(rows: Sequence[Delivery], total: Delivery) -> str:
    """The total and the departments with overdue tasks in a sentence."""
    late = _("；").join(f"{named(row.department)} {row.overdue}" for row in rows if row.overdue)
    return _(
        "部门任务图：到期 {due} 项，办结 {done} 项，逾期 {overdue} 项。逾期部门：{late}。",
        due=total.due, done=total.done, overdue=total.overdue, late=late or _("无"),
    )  # fmt: skip
