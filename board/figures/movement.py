"""How many people moved between categories from one month to another (a Sankey diagram)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from board.figures.shared.colours import colours
from board.figures.shared.parts import Spec, bold, empty, escape, figure, paper
from board.figures.shared.words import named
from board.i18n import _
from board.metrics import PERSONS
from board.numerals import counted, shown
from board.theme import Theme

OUTSIDE = ("新进入监测", "退出监测", "未监测", "未就业")
HEIGHT, PLOT, PAD, TEXT = 460, 414, 22, 20


def sankey(
    frame: pl.DataFrame,
    theme: Theme,
    *,
    months: tuple[str, str],
    order: Sequence[str] = (),
) -> dict[str, Any]:
    """Flows of `origin, destination, people`; `months` are the headings of the two sides.

    A category has the same colour and `order` on both sides; categories of people not at work
    or not monitored are grey. customdata of a flow is [origin, destination].
    """
    frame = frame.filter(pl.col("people") > 0)
    if frame.is_empty():
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    names = ordered({*frame["origin"], *frame["destination"]}, order)
    sides = [
        [(name, side_sum(frame, side, name)) for name in names if side_sum(frame, side, name)]
        for side in ("origin", "destination")
    ]
    shade = shades(names, order, theme)
    heads = {"font": {"size": 15, "color": theme.mute}, "yref": "paper", "yanchor": "bottom"}
    return figure(
        [streams(frame, sides, shade, theme)],
        theme, movement_alt(frame, months), HEIGHT,
        annotations=[
            paper(0, 1, bold(months[0]), yshift=8, **heads),
            paper(1, 1, bold(months[1]), yshift=8, xanchor="right", **heads),
        ],
        margin={"l": 4, "r": 4, "t": 34, "b": 12},
    )  # fmt: skip


def ordered(names: set[str], order: Sequence[str]) -> list[str]:
    """Categories in the given order, then the others by name; those of people not at work last."""
    first = [name for name in order if name in names]
    rest = sorted(name for name in names if name not in first)
    chosen = [*first, *rest]
    return [n for n in chosen if n not in OUTSIDE] + [n for n in chosen if n in OUTSIDE]


def side_sum(frame: pl.DataFrame, side: str, name: str) -> int:
    """The number of people of a category on one side."""
    return int(frame.filter(pl.col(side) == name)["people"].sum())


def shades(names: Sequence[str], order: Sequence[str], theme: Theme) -> dict[str, str]:
    """Each category's colour; grey for people not at work or not monitored."""
    inside = [name for name in names if name not in OUTSIDE]
    return colours(inside, order, theme) | {name: theme.axis for name in names if name in OUTSIDE}


def streams(
    frame: pl.DataFrame,
    sides: Sequence[Sequence[tuple[str, int]]],
    shade: dict[str, str],
    theme: Theme,
) -> Spec:
    """The Sankey trace: nodes on both sides, flows in the colour of their origin."""
    places = [[name for name, _people in side] for side in sides]
    nodes = [*sides[0], *sides[1]]
    rows = list(frame.select("origin", "destination", "people").iter_rows())
    heights = [y for side in sides for y in middles([people for _name, people in side])]
    texts = [
        _("{origin}到{destination}：{people}", origin=named(a), destination=named(b),
          people=counted(people, PERSONS))
        for a, b, people in rows
    ]  # fmt: skip
    return {
        "type": "sankey",
        "arrangement": "fixed",
        "textfont": {"size": 15, "color": theme.ink},
        "node": {
            "label": [f"{escape(named(name))} {shown(people, PERSONS)}" for name, people in nodes],
            "x": [0.001] * len(places[0]) + [0.999] * len(places[1]),
            "y": heights,
            "color": [shade[name] for name, _people in nodes],
            "line": {"width": 0},
            "pad": PAD,
            "thickness": 12,
            "hovertemplate": "%{label}<extra></extra>",
        },
        "link": {
            "source": [places[0].index(a) for a, _b, _people in rows],
            "target": [len(places[0]) + places[1].index(b) for _a, b, _people in rows],
            "value": [people for _a, _b, people in rows],
            "color": [theme.faint(shade[a], 0.32 if a == b else 0.5) for a, b, _people in rows],
            "label": [escape(text) for text in texts],
            "customdata": [[a, b] for a, b, _people in rows],
            "hovertemplate": "%{label}<extra></extra>",
        },
    }


def middles(people: Sequence[int]) -> list[float]:
    """The middles of one side's nodes, as fractions from the top, at least a line of text apart."""
    whole = sum(people) or 1
    room = max(PLOT - PAD * (len(people) - 1), PLOT / 2)
    slots = [max(count / whole * room, TEXT) for count in people]
    gap = max(2.0, (PLOT - sum(slots)) / max(len(people) - 1, 1))
    fractions, top = [], 0.0
    for slot in slots:
        fractions.append(min(0.999, max(0.001, (top + slot / 2) / PLOT)))
        top += slot + gap
    return fractions


def movement_alt(frame: pl.DataFrame, months: tuple[str, str]) -> str:
    """The alt text: how many people stayed in their category and how many moved."""
    whole = int(frame["people"].sum())
    stayed = int(frame.filter(pl.col("origin") == pl.col("destination"))["people"].sum())
    return _(
        "流动图：{before}到{after}，共 {whole}，去向不变 {stayed}，变动 {moved}。",
        before=months[0], after=months[1], whole=counted(whole, PERSONS),
        stayed=counted(stayed, PERSONS), moved=counted(whole - stayed, PERSONS),
    )  # fmt: skip
