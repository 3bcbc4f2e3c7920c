"""How far departments have done their tasks: bars, counts and measures, one row each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from board.figures.departments_measures import (  # fmt: skip
    Cell,
    Chapters,
    chapter_heads,
    chapter_lines,
    measure_axis,
    measure_marks,
)
from board.figures.shared.parts import (  # fmt: skip
    Spec,
    bold,
    coloured,
    empty,
    escape,
    figure,
    hover,
    paper,
    rule,
)
from board.figures.shared.rows import hairlines, left_margin, row_names
from board.figures.shared.words import named
from board.i18n import _, language
from board.metrics import Unit
from board.numerals import counted, shown
from board.theme import CLEAR, Theme

WHOLE_PERCENT = Unit("fraction", "%", 0)
DAYS = Unit("days", "天")
ROW = 54


@dataclass(frozen=True)
class Positions:
    """Horizontal positions, as fractions of the plot's width: bars, columns of numbers, grid.

    `edges` are the right edges of the number columns; `top` is the space above in px; without a
    `grid` the measures are not drawn.
    """

    bars: tuple[float, float]
    edges: tuple[float, ...]
    grid: tuple[float, float] | None
    top: int

    @property
    def numbers(self) -> tuple[float, float]:
        """The range of the axis that carries the number columns."""
        return self.bars[1], self.edges[-1]


SCREEN = Positions((0, 0.215), (0.252, 0.288, 0.342, 0.399, 0.455), (0.49, 1), 124)
# On a projector the 32 columns of the measures would be too small to read: the table shows them,
# and the number columns use their space.
PROJECTED = Positions((0, 0.36), (0.46, 0.56, 0.71, 0.84, 1), None, 66)


@dataclass(frozen=True)
class Delivery:
    """One department's tasks that were due by the end of the period.

    `due`, `done`, `on_time`, `overdue`, `accepted` and `due_today` (due on the last day, not done)
    count tasks; `oldest` is the days by which the most overdue task is late; `measures` maps each measure the department leads to its state.
    """

    department: str
    due: int
    done: int
    on_time: int
    overdue: int
    oldest: int | None = None
    measures: Mapping[str, Cell] = field(default_factory=dict, hash=False)
    accepted: int = 0
    due_today: int = 0


def department_matrix(
    rows: Sequence[Delivery], total: Delivery, chapters: Chapters, theme: Theme
) -> dict[str, Any]:
    """Rows in the order given, the total last; `chapters` are (title, measure numbers).

    customdata is [department] on the bars and [department, measure] on the marks.
    """
    if not rows:
        return empty(theme, _("没有可画的数据。"))
    labels = [named(row.department) for row in rows]
    left = left_margin([*labels, _("合计")], most=130)
    count = len(rows) + 1
    plot = ROW * count
    measures = [number for _title, numbers in chapters for number in numbers]
    at = SCREEN if theme.times == 1 else PROJECTED
    marks = measure_marks(rows, measures, theme) if at.grid else []
    return figure(
        [*delivery_bars(rows, theme), *numbers([*rows, total], at, theme), *marks],
        theme, matrix_alt(rows, total), plot + at.top + 4,
        annotations=[
            *row_names(labels, left, theme), total_name(count - 1, left, theme),
            *headings(at, theme), *(chapter_heads(chapters, theme) if at.grid else []),
        ],
        shapes=[*lines_between(count, theme),
                *(chapter_lines(chapters, measures, ROW, plot) if at.grid else [])],
        barmode="overlay",
        xaxis={"domain": list(at.bars), "visible": False,
               "range": [0, max((row.due for row in rows), default=1) * 1.02 or 1]},
        xaxis2=measure_axis(measures, at.grid, theme) if at.grid else None,
        xaxis3={"domain": list(at.numbers), "visible": False, "range": list(at.numbers)},
        yaxis={"range": [count - 0.5, -0.5], "visible": False},
        margin={"l": left, "r": 4, "t": at.top, "b": 4},
    )  # fmt: skip


def delivery_bars(rows: Sequence[Delivery], theme: Theme) -> list[Spec]:
    """Bars: tasks due as an outline, done on time in the accent, done late in a lighter colour."""
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


def numbers(rows: Sequence[Delivery], at: Positions, theme: Theme) -> list[Spec]:
    """Five columns of numbers, right-aligned under their headings, the last row bold."""
    cells = [row_numbers(row, theme) for row in rows]
    cells[-1] = [f"<b>{text}</b>" if text else "" for text in cells[-1]]
    return [
        {"type": "scatter", "mode": "text", "x": [edge] * len(rows), "xaxis": "x3",
         "y": list(range(len(rows))), "text": list(texts), "textposition": "middle left",
         "textfont": {"size": 15, "color": theme.ink}, "hoverinfo": "skip", "cliponaxis": False}
        for edge, texts in zip(at.edges, zip(*cells, strict=True), strict=True)
    ]  # fmt: skip


def row_numbers(row: Delivery, theme: Theme) -> list[str]:
    """A row's numbers: due, done, on time, overdue, longest overdue; overdue ones are red."""
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
    """Days, short enough for a narrow column: 46天 / 46 d."""
    return _("{n}日", n=days) if language() == "en" else counted(days, DAYS)


def headings(at: Positions, theme: Theme) -> list[Spec]:
    """The headings of the columns, the two legends and the title of the grid."""
    small = {"size": 14, "color": theme.mute}
    words = (_("到期"), _("完成"), _("按期率"), _("逾期"), _("最久"))
    heads = [
        paper(edge, 1, escape(word), yref="paper", xanchor="right", yanchor="bottom", yshift=4, font=small)
        for edge, word in zip(at.edges, words, strict=True)
    ]  # fmt: skip
    bars = legend_text([("□", theme.grey, _("到期")), ("■", theme.accent, _("按期完成")),
                     ("■", theme.light, _("逾期后完成"))])  # fmt: skip
    marks = legend_text([("●", theme.good, _("到期全部完成")), ("■", theme.bad, _("有逾期")),
                      ("⊙", theme.mute, _("当日到期")), ("○", theme.mute, _("未到期")), ("", theme.mute, _("空白：不牵头"))])  # fmt: skip
    own = {"yref": "paper", "yanchor": "bottom"}
    if not at.grid:
        return [*heads, paper(0, 1, bars, yshift=at.top - 32, font=small, **own)]
    return [
        *heads,
        paper(0, 1, bars, yshift=4, font=small, **own),
        paper(at.grid[0], 1, bold(_("牵头举措")), yshift=at.top - 26, font={"size": 16}, **own),
        paper(1, 1, marks, xanchor="right", yshift=at.top - 25, font=small, **own),
    ]


def legend_text(entries: Sequence[tuple[str, str, str]]) -> str:
    """A legend of (mark, colour, word) in one line."""
    return "&nbsp; ".join(
        (coloured(mark, colour) + " " if mark else "") + escape(word) for mark, colour, word in entries
    )  # fmt: skip


def lines_between(count: int, theme: Theme) -> list[Spec]:
    """The line under the headings, and thin lines between the rows."""
    head = rule(-9, -0.5, 9, -0.5, xref="paper", line={"color": theme.axis, "width": 1})
    return [head, *hairlines(count)]


def total_name(n: int, left: float, theme: Theme) -> Spec:
    """The name of the total's row."""
    return paper(0, n, bold(_("合计")), xshift=-left, font={"size": 16, "color": theme.ink})


def delivery_hover(row: Delivery) -> str:
    """The hover text of a department."""
    counts = _(
        "到期 {due} 项，完成 {done} 项，其中按期 {on_time} 项、销号 {accepted} 项，逾期未完成 {overdue} 项",
        due=row.due, done=row.done, on_time=row.on_time, accepted=row.accepted, overdue=row.overdue,
    )  # fmt: skip
    if row.due_today:
        counts += _("，当日到期 {n} 项", n=row.due_today)
    late = [escape(_("最久逾期 {days}", days=counted(row.oldest, DAYS)))] if row.oldest else []
    return "<br>".join([bold(named(row.department)), escape(counts), *late])


def matrix_alt(rows: Sequence[Delivery], total: Delivery) -> str:
    """The alt text: the total, and the departments with overdue tasks."""
    late = _("；").join(f"{named(row.department)} {row.overdue}" for row in rows if row.overdue)
    return _(
        "部门任务图：到期 {due} 项，完成 {done} 项，逾期 {overdue} 项。逾期部门：{late}。",
        due=total.due, done=total.done, overdue=total.overdue, late=late or _("无"),
    )  # fmt: skip
