"""The grid of measures in the departments' figure: a mark at each lead department."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from board.figures.shared.parts import Spec, bold, dots, escape, hover, rule
from board.figures.shared.words import named
from board.i18n import _, language
from board.theme import Theme

if TYPE_CHECKING:
    from board.figures.departments import Delivery

Cell = Literal["done", "overdue", "due_today", "not_due"]
# Chapter titles: the levels in turn, the pixels of a column of the grid and of a Chinese letter.
LEVELS, COLUMN, LETTER = 3, 19, 14
Chapters = Sequence[tuple[str, Sequence[str]]]


def measure_axis(measures: Sequence[str], grid: tuple[float, float], theme: Theme) -> Spec:
    """The axis with the numbers of the measures above their columns."""
    return {
        "domain": list(grid), "range": [-0.6, len(measures) - 0.4], "side": "top",
        "tickvals": list(range(len(measures))), "ticktext": list(measures), "ticks": "",
        "showline": False, "tickangle": 0, "tickfont": {"size": 12, "color": theme.mute},
    }  # fmt: skip


def measure_marks(rows: Sequence[Delivery], measures: Sequence[str], theme: Theme) -> list[Spec]:
    """A mark where a department leads a measure: all due tasks done, some overdue, due today or not due."""
    styles: dict[Cell, tuple[str, str, int, str]] = {
        "done": ("circle", theme.good, 12, _("到期全部完成")),
        "overdue": ("square", theme.bad, 14, _("有逾期")),
        "due_today": ("circle-open-dot", theme.mute, 12, _("当日到期")),
        "not_due": ("circle-open", theme.mute, 12, _("未到期")),
    }
    traces = []
    for cell, (symbol, colour, size, word) in styles.items():
        spots = [
            (measures.index(number), n, row.department, number)
            for n, row in enumerate(rows)
            for number, state in row.measures.items()
            if state == cell and number in measures
        ]
        if not spots:
            continue
        marker = (
            {"symbol": symbol, "line": {"width": 1.75}} if "open" in symbol else {"symbol": symbol}
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


def chapter_heads(chapters: Chapters, theme: Theme) -> list[Spec]:
    """Chapter titles above their columns.

    English titles stand in turn on one of three levels, Chinese ones are broken into lines.
    """
    english = language() == "en"
    notes, start = [], 0
    for n, (title, numbers) in enumerate(chapters):
        name = named(title)
        last = english and n == len(chapters) - 1 > 0
        notes.append({
            "x": start + len(numbers) - 0.5 if last else start + (len(numbers) - 1) / 2, "y": 1,
            "xref": "x2", "yref": "paper", "xanchor": "right" if last else "center",
            "yanchor": "bottom", "text": escape(name) if english else broken(name, len(numbers)),
            "yshift": 28 + (18 * (n % LEVELS) if english else 0),
            "font": {"size": 12 if english else 14, "color": theme.ink},
        })  # fmt: skip
        start += len(numbers)
    return notes


def broken(title: str, columns: int) -> str:
    """A Chinese title in lines of about equal length, as wide as its columns allow."""
    wide = max(2, round(columns * COLUMN / LETTER))
    lines = -(-len(title) // wide)
    each = -(-len(title) // lines)
    return "<br>".join(escape(title[n : n + each]) for n in range(0, len(title), each))


def chapter_lines(
    chapters: Chapters, measures: Sequence[str], row: float, plot: float
) -> list[Spec]:
    """Thin lines between chapters, down to the last department; `row` and `plot` in px."""
    lines, start = [], 0
    for _title, numbers in chapters[:-1]:
        start += len(numbers)
        lines.append(rule(start - 0.5, row / plot, start - 0.5, 1 + 50 / plot,
                          xref="x2", yref="paper"))  # fmt: skip
    return lines
