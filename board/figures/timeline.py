"""Open tasks on a time axis: from start to due date, and in red the days overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board.figures.shared.axes import month_axis
from board.figures.shared.parts import (
    Spec,
    bold,
    coloured,
    empty,
    escape,
    figure,
    hover,
    iso,
    paper,
    rule,
    widest,
    width,
    wrapped,
)
from board.figures.shared.rows import hairlines, row_axis
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import Unit
from board.numerals import counted, day
from board.theme import Theme

DAYS = Unit("days", "天")
ROW, NAMES = 46, 300


def timeline(frame: pl.DataFrame, today: date, theme: Theme, *, most: int) -> dict[str, Any]:
    """Tasks of `task_id, content, department, starts, due`, the first `most` in the order given.

    A task with a due date before `today` is overdue: its bar continues in red until today,
    labelled with ■ and the days. customdata is the task's id.
    """
    rows = frame.select("task_id", "content", "department", "starts", "due").rows()
    if not rows:
        return empty(theme, _("没有未完成的任务。"))
    hidden = max(0, len(rows) - most)
    rows = rows[:most]
    first = max(min(row[3] for row in rows), date(today.year - 1, 1, 1))
    last = max([today, *(row[4] for row in rows)])
    late = [(today - row[4]).days if row[4] < today else 0 for row in rows]
    texts = [
        f"■ {counted(days, DAYS)}" if days else day(row[4])
        for row, days in zip(rows, late, strict=True)
    ]
    right = 20 + widest(texts, 15) * 1.08
    spots = list(range(len(rows)))
    today_line = rule(
        iso(today), 0, iso(today), 1, yref="paper", layer="above",
        line={"color": theme.grey, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    axis = month_axis(first, last, most=10 if theme.times == 1 else 5)
    return figure(
        [*task_bars(rows, first, today, theme)],
        theme, timeline_alt(rows, late, hidden), ROW * len(rows) + 76,
        annotations=[
            *task_names(rows, theme),
            *(paper(1, n, f"<b>{coloured(text, theme.bad)}</b>" if late[n] else coloured(text, theme.mute),
                    xshift=right - 4, xanchor="right") for n, text in enumerate(texts)),
            {"x": iso(today), "y": 1, "yref": "paper", "yanchor": "bottom", "text":
             escape(_("截至 {day}", day=day(today))), "font": {"size": 14, "color": theme.mute}},
        ],
        shapes=[*hairlines(len(rows), top=True), today_line],
        barmode="overlay", yaxis=row_axis(len(spots)), xaxis=axis | {"range": [iso(first), iso(last)]},
        margin={"l": NAMES, "r": right, "t": 24, "b": 52},
    )  # fmt: skip


def task_bars(rows: list[tuple[Any, ...]], first: date, today: date, theme: Theme) -> list[Spec]:
    """Bars from start to due date in the light colour, from due date to today in red."""
    texts = [task_hover(row, today) for row in rows]
    own = hover(texts, [row[0] for row in rows])
    late = [n for n, row in enumerate(rows) if row[4] < today]
    plan = span([(n, max(row[3], first), row[4]) for n, row in enumerate(rows)], theme.light)
    red = span([(n, max(rows[n][4], first), today) for n in late], theme.bad)
    lines = [plan | own]
    if late:
        lines.append(red | hover([texts[n] for n in late], [rows[n][0] for n in late]))
    return lines


def span(rows: list[tuple[int, date, date]], colour: str) -> Spec:
    """Horizontal bars of (row, first date, last date); plotly wants lengths in milliseconds."""
    return {
        "type": "bar", "orientation": "h", "y": [n for n, _a, _b in rows],
        "base": [iso(a) for _n, a, _b in rows],
        "x": [max((b - a).days, 0) * 86_400_000 for _n, a, b in rows],
        "width": 0.34, "marker": {"color": colour},
    }  # fmt: skip


def task_names(rows: list[tuple[Any, ...]], theme: Theme) -> list[Spec]:
    """Each task's content at the left edge, its department in grey below."""
    notes = []
    for n, row in enumerate(rows):
        name = cut(str(row[1]), NAMES - 24)
        lines = f'{escape(name)}<br><span style="font-size:13px;color:{theme.mute}">'
        text = lines + escape(cut(named(row[2]), NAMES - 24, 13)) + "</span>"
        notes.append(paper(0, n, text, xshift=-NAMES, align="left"))
    return notes


def cut(text: str, room: float, size: float = 15) -> str:
    """A text cut to one line of `room` px, with … if it does not fit."""
    if width(text, size) <= room:
        return text
    while text and width(text + "…", size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def task_hover(row: tuple[Any, ...], today: date) -> str:
    """The hover text: a task's content, department and dates."""
    _id, content, department, starts, due = row
    lines = [bold(""), wrapped(content, 14, 320), escape(named(department))]
    lines.append(escape(_("{starts}开始，{due}到期", starts=day(starts), due=day(due))))
    if due < today:
        lines.append(escape(_("逾期 {days}", days=counted((today - due).days, DAYS))))
    return "<br>".join(lines[1:])


def timeline_alt(rows: list[tuple[Any, ...]], late: list[int], hidden: int) -> str:
    """The alt text: how many tasks are open and how many overdue."""
    if not any(late):
        return _("任务时间图：未完成 {count} 项，没有逾期的。", count=len(rows) + hidden)
    return _(
        "任务时间图：未完成 {count} 项，其中逾期 {late} 项，最久 {days}。",
        count=len(rows) + hidden, late=sum(1 for days in late if days),
        days=counted(max(late), DAYS),
    )  # fmt: skip
