"""The settlement's income growth beside the county's, by quarter, with the gap in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.axes import value_axis
from board.figures.shared.parts import (  # fmt: skip
    Spec,
    bold,
    coloured,
    dots,
    empty,
    escape,
    figure,
    hover,
    legend,
    line,
    note,
)
from board.i18n import N_, _
from board.metrics import PERCENT, Period, Reading, Status
from board.numerals import counted, period, shown
from board.theme import Theme

QUARTERS = (N_("一季度"), N_("二季度"), N_("三季度"), N_("四季度"))
HEIGHT = 380
Pair = tuple[float | None, float | None]


def growth_pair(
    readings: Sequence[Reading],
    theme: Theme,
    *,
    here: str,
    there: str,
) -> dict[str, Any]:
    """Readings of income_growth_gap, oldest first: two dots for each period, and the gap between.

    `here` and `there` are the names of settlement and county. customdata is the period.
    """
    pairs = [
        (growth(reading, "growth"), growth(reading, "benchmark_growth")) for reading in readings
    ]
    values = [value for pair in pairs for value in pair if value is not None]
    if not values:
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    names = (here, there)
    axis = value_axis(values, PERCENT, most=5)
    low, high = axis["range"]
    axis["range"] = [low - (high - low) * 0.05, high + (high - low) * 0.18]
    spots = list(range(len(readings)))
    texts = [
        pair_hover(reading, pair, names) for reading, pair in zip(readings, pairs, strict=True)
    ]
    own = hover(texts, [str(reading.period) for reading in readings])
    label_all = len(readings) <= 5
    return figure(
        [
            gaps(pairs, theme),
            dots(spots, [b for _a, b in pairs], theme.ground, 12,
                 marker={"line": {"color": theme.grey, "width": 2.5}}) | own,
            dots(spots, [a for a, _b in pairs], theme.accent, 14) | own,
        ],
        theme, pair_alt(readings, pairs, names), HEIGHT,
        annotations=[
            legend([("●", theme.accent, names[0]), ("○", theme.grey, names[1])], theme, yshift=8),
            *gap_labels(readings, pairs, theme),
            *level_labels(pairs, label_all, theme),
        ],
        xaxis={"tickvals": spots, "ticktext": period_ticks([r.period for r in readings]),
               "range": [-0.65, len(readings) - 0.5 + (0 if label_all else 0.3)]},
        yaxis=axis, margin={"l": 52, "r": 56, "t": 34, "b": 52},
    )  # fmt: skip


def growth(reading: Reading, name: str) -> float | None:
    """One of the two growth rates of a reading, as a fraction; `name` is its key in `extra`."""
    value = reading.extra.get(name)
    return None if value is None else float(value)


def gaps(pairs: Sequence[Pair], theme: Theme) -> Spec:
    """The thick line between the two dots of each period."""
    xs: list[int | None] = []
    ys: list[float | None] = []
    for n, (a, b) in enumerate(pairs):
        if a is not None and b is not None:
            xs += [n, n, None]
            ys += [b, a, None]
    return line(xs, ys, theme.light, 6)


def gap_labels(readings: Sequence[Reading], pairs: Sequence[Pair], theme: Theme) -> list[Spec]:
    """The gap in points above the higher dot, with its status; on two lines if there are many."""
    few = len(readings) <= 8
    font = {"size": 16 if few else 14}
    notes = []
    for n, (reading, pair) in enumerate(zip(readings, pairs, strict=True)):
        values = [value for value in pair if value is not None]
        if not values:
            continue
        tone = theme.tone(reading.status.tone)
        gap = shown(reading.value, reading.metric.unit, signed=True)
        parts = [coloured(reading.status.mark, tone)] if is_judged(reading) else []
        if reading.value is not None:
            parts.append("<b>" + coloured(gap, tone) + "</b>")
        text = (" " if few else "<br>").join(parts)
        yshift = 22 if few else 30
        notes.append(note(n, max(values), text, xanchor="center", yshift=yshift, font=font))
    return notes


def level_labels(pairs: Sequence[Pair], label_all: bool, theme: Theme) -> list[Spec]:
    """The growth rates beside their dots: for every period, or only for the last."""
    notes = []
    for n, (a, b) in enumerate(pairs):
        if not label_all and n != len(pairs) - 1:
            continue
        close = a is not None and b is not None and abs(a - b) < 0.004
        for value, other, colour in ((a, b, theme.accent), (b, a, theme.mute)):
            if value is not None:
                side = 0 if not close or other is None else 9 if value >= other else -9
                notes.append(note(n, value, bold(shown(value, PERCENT)), xshift=12, yshift=side,
                                  font={"size": 14, "color": colour}))  # fmt: skip
    return notes


def period_ticks(periods: Sequence[Period]) -> list[str]:
    """Labels such as 一季度, 二季度, with the year under the first of each year."""
    words, years = [], set()
    for when in periods:
        year = when.first.year
        if when.kind == "year":
            words.append(period(when))
            continue
        if when.kind == "quarter":
            word = _(QUARTERS[(when.first.month - 1) // 3])
        elif when.kind == "half":
            word = _("上半年") if when.first.month == 1 else _("下半年")
        else:
            word = period(when)
        words.append(word + ("" if year in years else f"<br>{year}"))
        years.add(year)
    return words


def pair_hover(reading: Reading, pair: Pair, names: tuple[str, str]) -> str:
    """The hover text: a period's two growth rates, the gap and the status."""
    lines = [bold(period(reading.period))]
    lines += [
        f"{escape(word)} {shown(value, PERCENT)}" for word, value in zip(names, pair, strict=True)
    ]
    if reading.value is not None:
        gap = counted(reading.value, reading.metric.unit, signed=True)
        lines.append(escape(_("相差 {gap}", gap=gap)))
    if is_judged(reading):
        lines.append(escape(f"{reading.status.mark} {_(reading.status.word)}"))
    return "<br>".join(lines)


def pair_alt(readings: Sequence[Reading], pairs: Sequence[Pair], names: tuple[str, str]) -> str:
    """The alt text: the last period's growth rates, gap and status."""
    n = max(i for i, pair in enumerate(pairs) if any(value is not None for value in pair))
    last = readings[n]
    gaps = {
        "period": period(last.period), "here": names[0], "there": names[1],
        "a": shown(pairs[n][0], PERCENT), "b": shown(pairs[n][1], PERCENT),
        "gap": counted(last.value, last.metric.unit, signed=True),
    }  # fmt: skip
    if not is_judged(last):
        return _("对比图：{period}{here}增长 {a}，{there}增长 {b}，相差 {gap}。", **gaps)
    word = _(last.status.word)
    return _(
        "对比图：{period}{here}增长 {a}，{there}增长 {b}，相差 {gap}，{word}。", **gaps, word=word
    )


def is_judged(reading: Reading) -> bool:
    """Whether the reading has a status to show: where there is a target."""
    return reading.status is not Status.NO_TARGET
