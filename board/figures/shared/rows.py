"""The parts of figures in rows: names at the left, thin lines between rows, text at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import Spec, paper, rule, widest, width, wrapped
from board.theme import Theme

NAME = 16
WIDEST_NAME = 150


def left_margin(labels: Sequence[str], most: float = WIDEST_NAME) -> float:
    """The left margin in px for the names of the rows: from 48 to about `most` px."""
    return max(48, min(most, widest(labels, NAME)) + 18)


def row_names(labels: Sequence[str], left: float, theme: Theme, **own: Any) -> list[Spec]:
    """The names of the rows at the figure's left edge; `left` is the margin in px."""
    return [
        paper(0, n, name(label, left - 16), xshift=-left, align="left",
              font={"size": NAME, "color": theme.ink}, **own)
        for n, label in enumerate(labels)
    ]  # fmt: skip


def name(label: str, room: float) -> str:
    """A row's name; in 14 px and over two lines if it does not fit in one."""
    if width(label, NAME) <= room + 2:
        return wrapped(label, NAME, room + 20)
    return f'<span style="font-size:14px">{wrapped(label, 14, room)}</span>'


def row_axis(count: int, **own: Any) -> dict[str, Any]:
    """The vertical axis of the rows, with the first row on top."""
    return {
        "range": [count - 0.5, -0.5],
        "showticklabels": False,
        "showgrid": False,
        "ticks": "",
        **own,
    }


def hairlines(count: int, top: bool = False) -> list[Spec]:
    """Thin lines between the rows, over the whole width; `top` adds one above the first."""
    return [rule(-9, n + 0.5, 9, n + 0.5, xref="paper") for n in range(-1 if top else 0, count - 1)]


def column(texts: Sequence[str], shift: float, theme: Theme, **own: Any) -> list[Spec]:
    """A column of text on the right, its edge `shift` px beyond the plot."""
    own = {"xanchor": "right", "font": {"size": 15, "color": theme.ink}} | own
    return [paper(1, n, text, xshift=shift, **own) for n, text in enumerate(texts) if text]
