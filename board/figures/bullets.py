"""Rates and counts in rows against their targets: bar, bounds, target, parts, status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from board.figures.shared.parts import (  # fmt: skip
    Spec,
    bold,
    coloured,
    dots,
    empty,
    escape,
    figure,
    hover,
    line,
    note,
    paper,
    widest,
)
from board.figures.shared.rows import column, hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named, value_lines
from board.i18n import _, language
from board.metrics import Reading, Status, Unit
from board.numerals import goal, shown
from board.theme import Theme

ROW = 46


def bullets(
    readings: Sequence[Reading], theme: Theme, *, parts: Unit | None = None
) -> dict[str, Any]:
    """One row for each reading, named by its `label`; customdata is the label.

    `parts` is the unit of numerator and denominator; without it they are not shown.
    """
    if not readings:
        return empty(theme, _("没有可画的数据。"))
    unit = readings[0].metric.unit
    labels = [named(reading.label) for reading in readings]
    left = left_margin(labels)
    notes, right = right_columns(readings, parts, theme)
    top = scale_end(readings, unit)
    shared = shared_target(readings)
    if shared is not None:
        word = f"{_('目标')} {goal(shared, unit)}"
        notes.append(
            note(shared, -0.5, escape(word), xanchor="center", yanchor="bottom", yshift=2,
                 font={"size": 14, "color": theme.mute})
        )  # fmt: skip
    header = 30 if shared is not None or parts else 6
    return figure(
        [*bars(readings, top, theme), *target_ticks(readings, theme)],
        theme,
        bullets_alt(readings, labels),
        ROW * len(readings) + header + 6,
        annotations=[*row_names(labels, left, theme), *notes],
        shapes=hairlines(len(readings)),
        barmode="overlay",
        xaxis={"visible": False, "range": [0, top]},
        yaxis=row_axis(len(readings)),
        margin={"l": left, "r": right, "t": header, "b": 6},
    )


def scale_end(readings: Sequence[Reading], unit: Unit) -> float:
    """Where the bars' scale ends: 100% for rates, just beyond the greatest for counts."""
    values = [v for r in readings for v in (r.value, r.high, r.target) if v is not None]
    greatest = max(values, default=1)
    return max(1.0, greatest) if unit.key == "fraction" else (greatest * 1.05 or 1)


def shared_target(readings: Sequence[Reading]) -> float | None:
    """The target, if all rows that have a target have the same; else None."""
    targets = {reading.target for reading in readings if reading.target is not None}
    return targets.pop() if len(targets) == 1 else None


def bars(readings: Sequence[Reading], top: float, theme: Theme) -> list[Spec]:
    """Each row's background, its bar, and its bounds as a whisker."""
    rows = list(range(len(readings)))
    plain = {"type": "bar", "orientation": "h", "y": rows}
    texts = [bullet_hover(reading) for reading in readings]
    own = hover(texts, [reading.label for reading in readings])
    ground = {"x": [top] * len(rows), "width": 0.62, "marker": {"color": theme.band}}
    bar = {
        "x": [reading.value for reading in readings],
        "width": 0.3,
        "marker": {"color": theme.accent},
    }
    return [plain | ground | own, plain | bar | own, *whiskers(readings, theme)]


def whiskers(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """A line from the least to the greatest possible value, where reports are missing."""
    spans = [(n, *r.bounds) for n, r in enumerate(readings) if r.bounds]
    if not spans:
        return []
    xs = [x for _n, low, high in spans for x in (low, high, None)]
    ys = [y for n, _low, _high in spans for y in (n, n, None)]
    ends = {"symbol": "line-ns", "line": {"color": theme.ink, "width": 1.5}}
    return [
        line(xs, ys, theme.ink, 1.5),
        dots(xs, ys, theme.ink, 7, marker=ends, hoverinfo="skip", cliponaxis=False),
    ]


def target_ticks(readings: Sequence[Reading], theme: Theme) -> list[Spec]:
    """A vertical tick at each row's target."""
    marked = [(n, r.target) for n, r in enumerate(readings) if r.target is not None]
    if not marked:
        return []
    mark = {"symbol": "line-ns", "line": {"color": theme.ink, "width": 3}}
    xs, ys = [target for _n, target in marked], [n for n, _target in marked]
    return [dots(xs, ys, theme.ink, 24, marker=mark, hoverinfo="skip", cliponaxis=False)]


def right_columns(
    readings: Sequence[Reading], parts: Unit | None, theme: Theme
) -> tuple[list[Spec], float]:
    """The columns right of the bars (value, parts, status), and their width in px."""
    unit = readings[0].metric.unit
    values = [shown(reading.value, unit) for reading in readings]
    shares = [numerator_over_denominator(reading, parts) for reading in readings]
    words = [_(reading.status.word) for reading in readings]
    edge = 14 + widest(values, 16) * 1.06
    notes = column([bold(value) for value in values], edge, theme,
                   font={"size": 16, "color": theme.ink})  # fmt: skip
    if any(shares):
        edge += 16 + widest(shares, 14)
        notes += column(list(map(escape, shares)), edge, theme,
                        font={"size": 14, "color": theme.mute})  # fmt: skip
        if language() == "en" and parts and parts.key == "square_metres":
            notes.append(paper(1, -0.5, "m²", xshift=edge, xanchor="right", yanchor="bottom",
                               yshift=2, font={"size": 14, "color": theme.mute}))  # fmt: skip
    if all(reading.status is Status.NO_TARGET for reading in readings):
        return notes, edge + 6
    status = [
        coloured(reading.status.mark, theme.tone(reading.status.tone))
        + f" <b>{coloured(word, theme.tone(reading.status.tone))}</b>"
        for reading, word in zip(readings, words, strict=True)
    ]
    notes += column(status, edge + 16, theme, xanchor="left")
    return notes, edge + 16 + 22 + widest(words, 15) * 1.08


def numerator_over_denominator(reading: Reading, unit: Unit | None) -> str:
    """Numerator over denominator: 410/500个, 1.90/3.12万㎡ / 410/500, 19,000/31,200."""
    above, below = reading.numerator, reading.denominator
    if unit is None or above is None or not below:
        return ""
    if language() == "en":
        return f"{above:,.0f}/{below:,.0f}"
    word = "㎡" if unit.key == "square_metres" else unit.label
    if unit.key not in ("square_metres", "yuan") or below < 10_000:
        return f"{above:,.0f}/{below:,.0f}{word}"
    places = 2 if below < 100_000 else 1
    return f"{above / 10_000:,.{places}f}/{below / 10_000:,.{places}f}万{word}"


def bullet_hover(reading: Reading) -> str:
    """The hover text of a row."""
    unit = reading.metric.unit
    lines = [bold(named(reading.label)), *value_lines(reading)]
    if reading.target is not None:
        lines.append(escape(_("目标 {target}", target=goal(reading.target, unit))))
    return "<br>".join(lines)


def bullets_alt(readings: Sequence[Reading], labels: Sequence[str]) -> str:
    """The alt text: every row's value and status."""
    unit = readings[0].metric.unit
    rows = _("；").join(
        f"{label} {shown(reading.value, unit)} {_(reading.status.word)}"
        for label, reading in zip(labels, readings, strict=True)
    )
    return _("条形图：{label}。{rows}。", label=_(readings[0].metric.label), rows=rows)
