"""At most four classes over values, their shades of the theme's ramp, and the key to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from board.figures.shared.axes import round_values, whole
from board.figures.shared.parts import Spec, escape, paper, width
from board.i18n import _
from board.metrics import Status, Unit
from board.numerals import goal
from board.theme import Theme


def classes(values: Sequence[float | None], unit: Unit) -> list[float]:
    """Round borders of at most four classes: one more border than there are classes.

    A class holds its lower border, the last one its upper too; where all values are
    equal both borders are that value. Counts have whole borders, the upper ones outside.
    """
    known = [value for value in values if value is not None]
    if not known:
        return [0.0, 1.0]
    low, high = min(known), max(known)
    if low == high:
        return [low, high]
    for most in (4, 3, 2, 1):
        borders = round_values(low, high + whole(unit), most, whole(unit))
        if len(borders) <= 5:
            break
    if unit.key == "fraction" and high <= 1:
        borders = [border for border in borders if border <= 1]
    return borders if len(borders) > 1 else [low, high]


def shade(value: float | None, borders: Sequence[float]) -> int | None:
    """Which of the ramp's four a value takes; none when it is not known."""
    if value is None:
        return None
    count = len(borders) - 1
    found = sum(1 for border in borders[1:-1] if value >= border)
    return round(found * 3 / (count - 1)) if count > 1 else 3 if borders[-1] else 0


def ramp_key(
    borders: Sequence[float], unit: Unit, theme: Theme, *, missing: bool = False,
    others: Sequence[Status] = (), across: float = 0,
) -> list[Spec]:  # fmt: skip
    """The shades with their ranges in the line above a chart; `others` are why some have none.

    Where the chart is about `across` px wide a longer key takes a second line.
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
    """A class in words: 40%–60%, 1–2 or 3 for counts."""
    if whole(unit) and high > low:
        high -= 1
    if low == high:
        return goal(low, unit)
    if low < 0:
        return _("{low} 至 {high}", low=goal(low, unit), high=goal(high, unit))
    return f"{goal(low, unit)}–{goal(high, unit)}"
