"""A bar chart of places or names in order of one value, each bar with its value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import bold, empty, escape, figure, hover, widest
from board.figures.shared.rows import column, hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import Unit
from board.numerals import counted, shown
from board.theme import Theme

ROW = 36
Ranked = tuple[str, float | None, str]


def ranking(
    rows: Sequence[Ranked],
    theme: Theme,
    unit: Unit,
    *,
    title: str,
    accent: Sequence[str] | None = None,
) -> dict[str, Any]:
    """Rows of (key, value, note already translated) in the order given; customdata is the key.

    `title` says in the alt text what is ranked; with `accent`, only these keys have the
    accent colour, and the others a lighter one.
    """
    if not rows:
        return empty(theme, _("没有可画的数据。"))
    labels = [named(row[0]) for row in rows]
    values = [row[1] for row in rows]
    left = left_margin(labels)
    texts = [shown(value, unit) for value in values]
    notes = [row[2] for row in rows]
    edge = 12 + widest(texts, 15) * 1.08
    far = edge + (16 + widest(notes, 14) if any(notes) else 0)
    fills = [theme.accent if accent is None or row[0] in accent else theme.light for row in rows]
    bar = {
        "type": "bar", "orientation": "h", "x": values, "y": list(range(len(rows))),
        "width": 0.46, "marker": {"color": fills},
    }  # fmt: skip
    hover_texts = [
        f"{bold(label)}<br>{escape(counted(v, unit))}"
        for label, v in zip(labels, values, strict=True)
    ]
    top = max((value for value in values if value is not None), default=0) or 1
    low = min((value for value in values if value is not None), default=0)
    rows_text = _("；").join(f"{a} {b}" for a, b in zip(labels, texts, strict=True))
    return figure(
        [bar | hover(hover_texts, [row[0] for row in rows])],
        theme, _("条形图：{label}。{rows}。", label=title, rows=rows_text), ROW * len(rows) + 8,
        annotations=[
            *row_names(labels, left, theme),
            *column([bold(text) for text in texts], edge, theme),
            *column(list(map(escape, notes)), far, theme, font={"size": 14, "color": theme.mute}),
        ],
        shapes=hairlines(len(rows)),
        xaxis={"visible": False, "range": [min(0, low), max(top, 0)]},
        yaxis=row_axis(len(rows)), margin={"l": left, "r": far + 6, "t": 4, "b": 4},
    )  # fmt: skip
