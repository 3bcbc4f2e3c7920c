"""Zero-employment households by month: entries above the zero line, exits below it."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, iso, legend, note
from board.figures.waterfall import FLOW
from board.i18n import _
from board.metrics import HOUSEHOLDS
from board.numerals import counted, month
from board.theme import Theme

HEIGHT = 400


def flow_by_month(frame: pl.DataFrame, theme: Theme) -> dict[str, Any]:
    """Stacked bars of `month, opening, new, relapsed, came_in, cleared, went_out, closing`.

    Entries are above zero, exits below; the closing count is a line.
    customdata is [month, step].
    """
    frame = frame.sort("month")
    if frame.is_empty():
        return empty(theme, _("没有可画的数据。"), HEIGHT)
    months = [iso(when) for when in frame["month"]]
    colours = flow_colours(theme)
    data = [
        flow_bar(frame, key, colour, months, -1 if key in ("cleared", "went_out") else 1)
        for key, colour in colours.items()
    ]
    closing = frame["closing"].to_list()
    closing_values = [v for v in closing if v is not None]
    ups = (frame["new"] + frame["relapsed"] + frame["came_in"]).to_list()
    downs = (frame["cleared"] + frame["went_out"]).to_list()
    values = [*ups, *(-v for v in downs if v is not None), 0]
    return figure(
        [*data, closing_line(frame, months, theme)],
        theme, flow_alt(frame), HEIGHT,
        annotations=[
            legend([("■", colours[key], _(FLOW[key])) for key in colours]
                 + [("━", theme.ink, _("期末"))], theme, yshift=6),
            note(months[-1], closing[-1] or 0, bold(closing[-1] if closing[-1] is not None else "—"),
                 xshift=12, yref="y2", font={"size": 18, "color": theme.ink}),
        ],
        barmode="relative", bargap=0.35,
        xaxis=month_axis(frame["month"][0], frame["month"][-1], most=9) | {"range": None},
        yaxis=value_axis(values, HOUSEHOLDS, zero=True)
        | {"zeroline": True, "zerolinecolor": theme.axis, "domain": [0, 0.52]},
        yaxis2=value_axis(closing_values, HOUSEHOLDS, zero=True, most=3) | {"domain": [0.6, 1]},
        margin={"l": 44, "r": 44, "t": 36, "b": 52},
    )  # fmt: skip


def flow_colours(theme: Theme) -> dict[str, str]:
    """The colour of each kind of change: blues for entries, greys for exits."""
    return {
        "new": theme.accent,
        "relapsed": theme.series[2],
        "came_in": theme.light,
        "cleared": theme.series[1],
        "went_out": theme.grey,
    }


def flow_bar(frame: pl.DataFrame, key: str, colour: str, months: list[str], sign: int) -> Spec:
    """The bars of one kind of change; `sign` is 1 above zero, -1 below."""
    values = frame[key].to_list()
    texts = [
        f"{escape(month(when))}<br>{escape(_(FLOW[key]))} {bold(counted(value, HOUSEHOLDS))}"
        for when, value in zip(frame["month"], values, strict=True)
    ]
    return {
        "type": "bar", "x": months, "y": [None if v is None else sign * v for v in values],
        "marker": {"color": colour}, **hover(texts),
        "customdata": [[when, key] for when in months],
    }  # fmt: skip


def closing_line(frame: pl.DataFrame, months: list[str], theme: Theme) -> Spec:
    """The line of the number of households at each month's end."""
    texts = [
        f"{escape(month(when))}<br>{escape(_('期末'))} {bold(counted(value, HOUSEHOLDS))}"
        for when, value in zip(frame["month"], frame["closing"], strict=True)
    ]
    own = {"customdata": [[when, "closing"] for when in months]}
    return {"type": "scatter", "mode": "lines+markers", "x": months, "y": frame["closing"].to_list(),
            "line": {"color": theme.ink, "width": 2.5}, "marker": {"size": 5, "color": theme.ink},
            "yaxis": "y2", **hover(texts), **own}  # fmt: skip


def flow_alt(frame: pl.DataFrame) -> str:
    """The alt text: the sums of all changes, and the last closing count."""
    rows_text = _("；").join(
        f"{_(label)} {counted(int(frame[key].sum() or 0), HOUSEHOLDS)}"
        for key, label in FLOW.items()
        if key not in ("opening", "closing")
    )
    return _(
        "逐月变动图，{first}至{last}。{rows}。期末 {closing}。",
        first=month(frame["month"][0]), last=month(frame["month"][-1]), rows=rows_text,
        closing=counted(frame["closing"][-1], HOUSEHOLDS),
    )  # fmt: skip
