"""At most four classes of values, their shades from the theme's ramp, and their legend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from board.figures.shared.axes import round_values, smallest_step
from board.figures.shared.parts import Spec, escape, paper, width
from board.i18n import _
from board.metrics import Status, Unit
from board.numerals import goal
from board.theme import Theme


def classes(values: Sequence[float | None], unit: Unit) -> list[float]:
    """Round borders of at most four classes: one more border than there are classes.

    A class includes its lower border, and the last class its upper one too. If all values are
    equal, both borders are that value. Counts have whole borders, and exclude the upper one.
    """
    numbers = [value for value in values if value is not None]
    if not numbers:
        return [0.0, 1.0]
    low, high = min(numbers), max(numbers)
    if low == high:
        return [low, high]
    for most in (4, 3, 2, 1):
        borders = round_values(low, high + smallest_step(unit), most, smallest_step(unit))
        if len(borders) <= 5:
            break
    if unit.key == "fraction" and high <= 1:
        borders = [border for border in borders if border <= 1]
    return borders if len(borders) > 1 else [low, high]


def shade(value: float | None, borders: Sequence[float]) -> int | None:
    """The index (0 to 3) of a value's shade in the ramp; None without a value."""
    if value is None:
        return None
    count = len(borders) - 1
    level = sum(1 for border in borders[1:-1] if value >= border)
    return round(level * 3 / (count - 1)) if count > 1 else 3 if borders[-1] else 0


def ramp_legend(
    borders: Sequence[float], unit: Unit, theme: Theme, *, missing: bool = False,
    others: Sequence[Status] = (), across: float = 0,
) -> list[Spec]:  # fmt: skip
    """The legend above a chart: shades with their ranges, and `others`, reasons for missing values.

    If `across`, the chart's width in px, is given, a longer legend is broken into two lines.
    """
    entries = []
    for low, high in pairwise(borders):
        colour = theme.ramp[shade((low + high) / 2, borders) or 0]
        entries.append(f'<span style="color:{colour}">■</span> {escape(span(low, high, unit))}')
    reasons = [*others, *([Status.NO_DATA] if missing else [])]
    entries += [f'<span style="color:{theme.mute}">{s.mark}</span> {_(s.word)}' for s in reasons]
    font = {"size": 14, "color": theme.mute}
    words = [re.sub("<[^>]*>", "", entry) + "　" for entry in entries]
    half = -(-len(entries) // 2)
    broken = across and sum(width(word, 14) for word in words) > across
    lines = [entries[:half], entries[half:]] if broken else [entries]
    text = "<br>".join(map("　".join, lines))
    own = {"yref": "paper", "yanchor": "bottom", "yshift": 6, "align": "left", "font": font}
    return [paper(0, 1, text, **own)]


def span(low: float, high: float, unit: Unit) -> str:
    """A class as text: 40%–60%; for counts 1–2 or 3."""
    if smallest_step(unit) and high > low:
        high -= 1
    if low == high:
        return goal(low, unit)
    if low < 0:
        return _("{low} 至 {high}", low=goal(low, unit), high=goal(high, unit))
    return f"{goal(low, unit)}–{goal(high, unit)}"
