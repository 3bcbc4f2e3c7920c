"""A row of dots, one for each count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import dots, empty, figure
from board.i18n import _
from board.theme import Theme


def beads(counts: Sequence[int], theme: Theme) -> dict[str, Any]:
    """Counts from left to right, each a dot at its height."""
    if not counts:
        return empty(theme, _("没有可画的数据。"))
    marks = dots(list(range(len(counts))), list(counts), theme.accent, 9)
    return figure([marks], theme, _("{n}个点。", n=len(counts)), 120)
