"""A figure's course as a small picture in a line of text: a polyline and its last point."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from board.theme import Theme

WIDE, HIGH, EDGE = 96, 20, 3


def course(values: Sequence[float | None], theme: Theme) -> str:
    """The address (data:) of an SVG of 96 × 20 px; empty with fewer than two known values.

    A gap in what is known is a gap in the line.
    """
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    step = (WIDE - 2 * EDGE) / (len(values) - 1)
    spots = [
        None if value is None
        else (EDGE + n * step, HIGH - EDGE - (HIGH - 2 * EDGE) * _share(value, low, high))
        for n, value in enumerate(values)
    ]  # fmt: skip
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in piece)}"/>'
        for piece in _pieces(spots)
    )
    x, y = next(spot for spot in reversed(spots) if spot is not None)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{HIGH}" fill="none" '
        f'stroke="{theme.accent}" stroke-width="1.6">{lines}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{theme.accent}" stroke="none"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _pieces(
    spots: Sequence[tuple[float, float] | None],
) -> list[list[tuple[float, float]]]:
    """The runs of known spots, those of one spot left out."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if len(run) > 1]
