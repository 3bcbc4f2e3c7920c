"""A figure as a far reader needs it: everything that is measured in pixels, so many times as large.

Drawn so, a figure looks as it would on a screen that many times narrower and then brought
nearer: what its pixels were worked out for still holds, since all of them grow alike.
"""

from __future__ import annotations

import re
from typing import Any

PIXELS = frozenset({
    "size", "height", "xshift", "yshift", "ticklen", "tickwidth", "linewidth", "gridwidth", "pad",
    "thickness", "standoff", "borderpad", "borderwidth", "l", "r", "t", "b",
})  # fmt: skip
SMALL, FIGURE = 14, 28  # px: the gray second line's type on a desk, the least of a far figure
FONT = re.compile(r"font-size:(\d+)px")
# Text with a size of its own; all other strings stay as they are.
TEXTS = frozenset({"text", "ticktext", "hovertext"})


def large(figure: dict[str, Any], times: float) -> dict[str, Any]:
    """The figure with every length and every type size that many times as large."""
    return figure if times == 1 else _grown(figure, times, "", "")


def _grown(part: Any, times: float, name: str, around: str) -> Any:
    """A part of a figure, by the name it has and that of what it lies in."""
    if isinstance(part, dict):
        return {key: _grown(value, times, key, name) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_grown(value, times, name, around) for value in part]
    if isinstance(part, str):
        return FONT.sub(lambda found: _px(int(found[1]) * times), part) if name in TEXTS else part
    if isinstance(part, bool) or not isinstance(part, int | float):
        return part
    # The width of a line is in pixels, that of a bar in what its axis counts.
    if name in PIXELS or (name == "width" and around == "line"):
        grown = round(part * times, 2) if isinstance(part, float) else round(part * times)
        # Small type that is a figure's as often as a word's.
        return max(grown, FIGURE) if around.endswith("font") and part >= SMALL else grown
    return part


def _px(size: float) -> str:
    return f"font-size:{round(size)}px"
