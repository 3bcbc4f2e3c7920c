"""A figure for a projector: everything that is measured in pixels is enlarged by one factor.

The figure looks as on a screen narrower by that factor and seen from nearer. All lengths grow
alike, so the layout worked out in pixels still fits.
"""

from __future__ import annotations

import re
from typing import Any

PIXELS = frozenset({
    "size", "height", "xshift", "yshift", "ticklen", "tickwidth", "linewidth", "gridwidth", "pad",
    "thickness", "standoff", "borderpad", "borderwidth", "l", "r", "t", "b",
})  # fmt: skip
SMALL, FIGURE = (
    14,
    28,
)  # px: the type of secondary text on a normal screen; the smallest type of an enlarged figure
FONT = re.compile(r"font-size:(\d+)px")
# Texts that may contain a font size; all other strings stay as they are.
TEXTS = frozenset({"text", "ticktext", "hovertext"})


def enlarged(figure: dict[str, Any], times: float) -> dict[str, Any]:
    """The figure with every length and type size multiplied by `times`."""
    return figure if times == 1 else _enlarged_part(figure, times, "", "")


def _enlarged_part(part: Any, times: float, name: str, parent: str) -> Any:
    """A part of a figure enlarged; `name` is its key, `parent` the key above it."""
    if isinstance(part, dict):
        return {key: _enlarged_part(value, times, key, name) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_enlarged_part(value, times, name, parent) for value in part]
    if isinstance(part, str):
        return FONT.sub(lambda match: _px(int(match[1]) * times), part) if name in TEXTS else part
    if isinstance(part, bool) or not isinstance(part, int | float):
        return part
    # The width of a line is in pixels, but the width of a bar is in units of its axis.
    if name in PIXELS or (name == "width" and parent == "line"):
        grown = round(part * times, 2) if isinstance(part, float) else round(part * times)
        # Small type often shows numbers, which must be legible from afar.
        return max(grown, FIGURE) if parent.endswith("font") and part >= SMALL else grown
    return part


def _px(size: float) -> str:
    return f"font-size:{round(size)}px"
