"""Where a household's income comes from, quarter by quarter, beside what the county earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from board.figures.shared.axes import value_axis
from board.figures.shared.parts import Spec, bold, empty, escape, figure, hover, keys, line
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
    """A quarter's income a head by source, in yuan; nothing where it was not reported."""

    first: date
    sources: dict[str, float] | None
    county: float | None


def income_sources(quarters: Sequence[Quarter], theme: Theme) -> dict[str, Any]:
    """Stacked bars of income a head, a line for the county; an unreported quarter stays empty."""
    if not any(one.sources for one in quarters):
        return empty(theme, _("没有报过收入。"))
    spots = list(range(len(quarters)))
    named = [period_text(Period(one.first, "quarter")) for one in quarters]
    colours = dict(zip((key for key, _word in SOURCES), theme.series, strict=False))
    bars = [_bar(quarters, named, key, word, colours[key]) for key, word in SOURCES]
    county = line(spots, [one.county for one in quarters], theme.ink, 2, stroke={"dash": "dash"})
    totals = [sum(one.sources.values()) for one in quarters if one.sources]
    tops = [*totals, *(one.county for one in quarters if one.county)]
    words = [("■", colours[key], _(word)) for key, word in SOURCES]
    return figure(
        [*bars, county], theme, alt(quarters, named), HEIGHT,
        annotations=[keys([*words, ("┅", theme.ink, _("对标县人均"))], theme, yshift=10)],
        barmode="relative", bargap=0.35,
        xaxis={"tickvals": spots, "ticktext": [_tick(one.first) for one in quarters],
               "range": [-0.6, len(quarters) - 0.4]},
        yaxis=value_axis([0, *tops], YUAN, zero=True),
        margin={"l": 64, "r": 16, "t": 44, "b": 54},
    )  # fmt: skip


def _bar(
    quarters: Sequence[Quarter], named: Sequence[str], key: str, word: str, colour: str
) -> Spec:
    values = [one.sources[key] if one.sources else None for one in quarters]
    texts = [
        f"{bold(name)}<br>{escape(_(word))} {escape(counted(value, YUAN))}"
        for name, value in zip(named, values, strict=True)
    ]
    return {"type": "bar", "x": list(range(len(quarters))), "y": values,
            "marker": {"color": colour}, **hover(texts)}  # fmt: skip


def _tick(first: date) -> str:
    quarter = (first.month + 2) // 3
    return f"Q{quarter}<br>{first.year}" if quarter == 1 else f"Q{quarter}"


def alt(quarters: Sequence[Quarter], named: Sequence[str]) -> str:
    """The last reported quarter in a sentence."""
    last = next(n for n in reversed(range(len(quarters))) if quarters[n].sources)
    whole = sum((quarters[last].sources or {}).values())
    return _("分来源的人均收入：{period} {whole}。", period=named[last], whole=counted(whole, YUAN))
