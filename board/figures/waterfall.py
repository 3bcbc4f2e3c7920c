"""Waterfall charts: how additions and reductions lead from one value to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from board.figures.shared.axes import value_axis
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, note, rule, wrapped
from board.figures.shared.words import named
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, POINTS, Unit
from board.numerals import counted, shown
from board.theme import Theme

FLOW = {
    "opening": N_("期初"),
    "new": N_("新增"),
    "relapsed": N_("再次零就业"),
    "came_in": N_("转入"),
    "cleared": N_("清零"),
    "went_out": N_("转出"),
    "closing": N_("期末"),
}
OUT = ("cleared", "went_out")
HEIGHT, BRIDGE_HEIGHT = 340, 300


@dataclass(frozen=True)
class Step:
    """One bar: a change that starts where the last bar ended, or a `level` that starts at zero."""

    key: str
    label: str
    value: float | None
    level: bool = False


def waterfall(
    parts: Sequence[tuple[str, float | None]],
    theme: Theme,
    *,
    total: float | None,
    total_label: str,
) -> dict[str, Any]:
    """Parts (key, value in points) that sum to the total; customdata is the part's key.

    Without a total, it is the sum of the known parts.
    """
    if all(value is None for _key, value in parts):
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    whole = sum(value or 0 for _key, value in parts) if total is None else total
    steps = [Step(key, named(key), value) for key, value in parts]
    steps.append(Step("total", total_label, whole, level=True))
    alt = _("分解图：{steps}。", steps=_("；").join(step_text(step, POINTS) for step in steps))
    return waterfall_figure(steps, theme, POINTS, HEIGHT, alt)


def bridge(flow: Mapping[str, float | None], theme: Theme) -> dict[str, Any]:
    """A flow from opening to closing, with the keys of FLOW; customdata is the step's key."""
    if flow.get("opening") is None:
        return empty(theme, _("没有可画的数据。"), BRIDGE_HEIGHT)
    steps = []
    for key, label in FLOW.items():
        value = flow.get(key) or 0
        level = key in ("opening", "closing")
        steps.append(Step(key, _(label), -value if key in OUT else value, level))
    alt = _("变动图：{steps}。", steps=_("；").join(step_text(step, HOUSEHOLDS) for step in steps))
    return waterfall_figure(steps, theme, HOUSEHOLDS, BRIDGE_HEIGHT, alt)


def step_text(step: Step, unit: Unit) -> str:
    """A bar as text: its label and value."""
    return f"{step.label} {counted(step.value, unit, signed=not step.level)}"


def waterfall_figure(
    steps: Sequence[Step], theme: Theme, unit: Unit, height: float, alt: str
) -> Spec:
    """The figure: bars, joined by thin lines where one ends and the next begins."""
    bases, ends, level = [], [], 0.0
    for step in steps:
        start = 0.0 if step.level else level
        level = start + (step.value or 0)
        bases.append(start)
        ends.append(level)
    spots = list(range(len(steps)))
    connectors = [
        rule(
            n + (0.28 if steps[n].value else -0.28),
            ends[n],
            n + 0.72,
            ends[n],
            line={"color": theme.axis, "width": 1},
        )
        for n in spots[:-1]
    ]
    axis = value_axis([*bases, *ends], unit, zero=True, most=4)
    room = (axis["range"][1] - axis["range"][0]) * 0.12
    low, high = axis["range"]
    axis["range"] = [low - room if low < 0 else low, high + room]
    own = hover(
        [bold(step.label) + "<br>" + escape(step_text(step, unit).removeprefix(step.label + " "))
         for step in steps],
        [step.key for step in steps],
    )  # fmt: skip
    return figure(
        [step_bars(steps, bases, theme) | own],
        theme, alt, height,
        annotations=[step_label(n, bases[n], ends[n], step, unit, theme)
                     for n, step in enumerate(steps)],
        shapes=connectors,
        xaxis={"tickvals": spots, "ticktext": [wrapped(s.label, 14, 84) for s in steps],
               "ticks": "", "range": [-0.5, len(steps) - 0.5],
               "tickfont": {"size": 14, "color": theme.ink}, "tickangle": 0},
        yaxis=axis | {"zeroline": low < 0, "zerolinecolor": theme.axis},
        margin={"l": 48, "r": 8, "t": 10, "b": 48},
    )  # fmt: skip


def step_bars(steps: Sequence[Step], bases: Sequence[float], theme: Theme) -> Spec:
    """The bars: levels dark, additions in the accent colour, reductions light with an outline."""
    fills = [
        theme.ink if step.level else theme.accent if (step.value or 0) >= 0 else theme.light
        for step in steps
    ]
    return {
        "type": "bar",
        "x": list(range(len(steps))),
        "y": [step.value or 0 for step in steps],
        "base": list(bases),
        "width": 0.56,
        "marker": {"color": fills, "line": {"color": theme.accent, "width": [
            1.5 if not step.level and (step.value or 0) < 0 else 0 for step in steps]}},
    }  # fmt: skip


def step_label(n: int, base: float, end: float, step: Step, unit: Unit, theme: Theme) -> Spec:
    """A bar's value above it, or below it if the bar is below zero."""
    text = shown(step.value, unit, signed=not step.level)
    colour = theme.mute if not step.value else theme.ink
    below = max(base, end) <= 0 and min(base, end) < 0
    return note(n, min(base, end) if below else max(base, end), bold(text), xanchor="center",
                yanchor="top" if below else "bottom", yshift=-2 if below else 2,
                font={"size": 16, "color": colour})  # fmt: skip
