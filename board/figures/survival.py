"""How long households stay without work: the share still without work after each month."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.figures.shared.parts import bold, dots, empty, escape, figure, hover, line, note
from board.i18n import _
from board.metrics import HOUSEHOLDS, PERCENT, Unit
from board.numerals import counted, shown
from board.theme import CLEAR, Theme

LABELLED = (1, 2, 3, 6)
MONTHS = Unit("months", "个月")
HEIGHT = 320


def survival(frame: pl.DataFrame, theme: Theme) -> dict[str, Any]:
    """A survival curve of `months, share, at_risk`: the share still without work after n months.

    The curve begins at 100% at 0 months; `at_risk` is how many households were observed.
    customdata is the number of months.
    """
    rows = sorted(frame.select("months", "share", "at_risk").drop_nulls("share").rows())
    if not rows:
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    if rows[0][0] > 0:
        rows.insert(0, (0, 1.0, rows[0][2]))
    xs, ys = [row[0] for row in rows], [row[1] for row in rows]
    marked = [row for row in rows if row[0] in LABELLED]
    texts = [survival_hover(row) for row in rows]
    last = max(xs[-1], 3)
    step = 1 if last <= 12 else 3 if last <= 24 else 6
    ticks = list(range(0, int(last) + 1, step))
    return figure(
        [
            line(xs, ys, theme.accent, 3.5, stroke={"shape": "hv"}),
            dots(xs, ys, [theme.accent if row in marked else CLEAR for row in rows], 9)
            | hover(texts, xs),
            line([0, last], [0.5, 0.5], theme.axis, 1, stroke={"dash": "dash"}),
        ],
        theme, survival_alt(marked), HEIGHT,
        annotations=[
            note(row[0], row[1], bold(shown(row[1], PERCENT)), xshift=8, yshift=12)
            for n, row in enumerate(marked)
            if n == 0 or shown(row[1], PERCENT) != shown(marked[n - 1][1], PERCENT)
        ] + [note(last, 0.5, escape(_("一半")), xanchor="right", yshift=-11,
                  font={"size": 14, "color": theme.mute})],
        xaxis={"range": [-0.15, last + 0.6], "tickvals": ticks, "ticktext": [str(t) for t in ticks],
               "title": {"text": escape(_("成为零就业家庭后的月数")),
                         "font": {"size": 14, "color": theme.mute}}},
        yaxis={"range": [0, 1.06], "tickvals": [0, 0.5, 1], "ticktext": ["0%", "50%", "100%"]},
        margin={"l": 52, "r": 12, "t": 8, "b": 54},
    )  # fmt: skip


def survival_hover(row: tuple[Any, ...]) -> str:
    """The hover text: a month's share, and how many households were observed."""
    months, share, at_risk = row
    after = _("{months}后仍未清零", months=counted(months, MONTHS))
    lines = [escape(after), bold(shown(share, PERCENT))]
    if at_risk is not None:
        lines.append(escape(_("观察 {households}", households=counted(at_risk, HOUSEHOLDS))))
    return "<br>".join(lines)


def survival_alt(marked: list[tuple[Any, ...]]) -> str:
    """The alt text: the shares of the labelled months."""
    rows_text = _("；").join(
        f"{counted(row[0], MONTHS)} {shown(row[1], PERCENT)}" for row in marked
    )
    return _("清零曲线，几个月后仍未清零的占比：{rows}。", rows=rows_text or "—")
