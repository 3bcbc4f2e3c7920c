"""A household's income by source and quarter, beside the county's income per head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.figures.shared.axes import value_axis
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, legend, line
from board.i18n import N_, _
from board.metrics import YUAN, Period
from board.numerals import counted
from board.numerals import period as period_text
from board.theme import Theme

SOURCES = (
    ("wage_income", N_("工资性收入")), ("business_income", N_("经营净收入")),
    ("property_income", N_("财产净收入")), ("transfer_income", N_("转移净收入")),
)  # fmt: skip
HEIGHT = 340


@dataclass(frozen=True)
class Quarter:
    """A quarter's income per head by source, in yuan; `sources` is None if it was not reported.

    `county` is the county's income per head in yuan.
    """

    first: date
    sources: dict[str, float] | None
    county: float | None


def income_sources(quarters: Sequence[Quarter], theme: Theme) -> dict[str, Any]:
    """Stacked bars of income per head, a line for the county; an unreported quarter stays empty."""
    if not any(quarter.sources for quarter in quarters):
        return empty(theme, _("没有报过收入。"))
    spots = list(range(len(quarters)))
    labels = [period_text(Period(quarter.first, "quarter")) for quarter in quarters]
    colours = dict(zip((key for key, _word in SOURCES), theme.series, strict=False))
    bars = [_bar(quarters, labels, key, word, colours[key]) for key, word in SOURCES]
    county = line(
        spots, [quarter.county for quarter in quarters], theme.ink, 2, stroke={"dash": "dash"}
    )
    totals = [sum(quarter.sources.values()) for quarter in quarters if quarter.sources]
    tops = [*totals, *(quarter.county for quarter in quarters if quarter.county)]
    words = [("■", colours[key], _(word)) for key, word in SOURCES]
    return figure(
        [*bars, county], theme, alt(quarters, labels), HEIGHT,
        annotations=[legend([*words, ("┅", theme.ink, _("对标县人均"))], theme, yshift=10)],
        barmode="relative", bargap=0.35,
        xaxis={"tickvals": spots, "ticktext": [_tick(quarter.first) for quarter in quarters],
               "range": [-0.6, len(quarters) - 0.4]},
        yaxis=value_axis([0, *tops], YUAN, zero=True),
        margin={"l": 64, "r": 16, "t": 44, "b": 54},
    )  # fmt: skip


def _bar(
    quarters: Sequence[Quarter], labels: Sequence[str], key: str, word: str, colour: str
) -> Spec:
    values = [quarter.sources[key] if quarter.sources else None for quarter in quarters]
    texts = [
        f"{bold(name)}<br>{escape(_(word))} {escape(counted(value, YUAN))}"
        for name, value in zip(labels, values, strict=True)
    ]
    return {"type": "bar", "x": list(range(len(quarters))), "y": values,
            "marker": {"color": colour}, **hover(texts)}  # fmt: skip


def _tick(first: date) -> str:
    quarter = (first.month + 2) // 3
    return f"Q{quarter}<br>{first.year}" if quarter == 1 else f"Q{quarter}"


def alt(quarters: Sequence[Quarter], labels: Sequence[str]) -> str:
    """The alt text: the income of the last reported quarter."""
    last = next(n for n in reversed(range(len(quarters))) if quarters[n].sources)
    whole = sum((quarters[last].sources or {}).values())
    return _(
        "分来源的人均收入：{period} {whole}。", period=labels[last], whole=counted(whole, YUAN)
    )
