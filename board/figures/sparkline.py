"""A metric's history as a small picture in a line of text: a line and its last point."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

from board.theme import Theme

WIDTH, HEIGHT, MARGIN = 96, 20, 3


def sparkline(values: Sequence[float | None], theme: Theme) -> str:
    """A `data:` URL of an SVG of 96 × 20 px; empty text for fewer than two values.

    None in `values` is a gap in the line.
    """
    numbers = [value for value in values if value is not None]
    if len(numbers) < 2:
        return ""
    low, high = min(numbers), max(numbers)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    spots = [
        None if value is None
        else (MARGIN + n * step, HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * _share(value, low, high))
        for n, value in enumerate(values)
    ]  # fmt: skip
    lines = "".join(
        f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in piece)}"/>'
        for piece in _runs(spots)
    )
    x, y = next(spot for spot in reversed(spots) if spot is not None)
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" fill="none" '
        f'stroke="{theme.accent}" stroke-width="1.6">{lines}'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2" fill="{theme.accent}" stroke="none"/></svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(picture.encode()).decode()}"


def _share(value: float, low: float, high: float) -> float:
    return (value - low) / (high - low) if high > low else 0.5


def _runs(
    spots: Sequence[tuple[float, float] | None],
) -> list[list[tuple[float, float]]]:
    """The runs of points without a gap; runs of a single point are left out."""
    runs: list[list[tuple[float, float]]] = [[]]
    for spot in spots:
        if spot is None:
            runs.append([])
        else:
            runs[-1].append(spot)
    return [run for run in runs if len(run) > 1]
