"""Annotations of charts: every number is told by another text of its panel, or by the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median, quantiles
from typing import Any

from tests.outside.reading import lists, people, periods, plan, words
from tests.outside.reading.answers import Figure, View
from tests.outside.reading.figures import Told, told
from tests.outside.reading.reading import Text

NUMBER = re.compile(r"[+−]?\d[\d,]*(?:\.\d+)?[%万亿]?")
# Dates, places, lengths of time and other names with a number in them; classes of a scale.
NAMES = re.compile(
    r"\d{4}年(?:\d{1,2}月\d{1,2}日|\d{1,2}月|底|.季度|.半年)?|\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{4}-[QH]?\d+(?:-\d+)?|\d+栋|\d+单元|\d+层|\d+公里|[RG]\d|■ [\d,.%万]+(?:–[\d,.%万]+)?(?![\d,.%万–/]| \w)"
)
# Panels whose name is not a metric's.
METRIC_OF = {
    ("employment", "rates"): "employment_rate",
    ("employment", "area"): "employment_destination",
    ("employment", "returned"): "returned_workers",
    ("employment", "flows"): "employment_destination",
    ("employment", "coverage"): "employment_rate",
    ("ledgers", "coverage"): "employment_rate",
    ("assets", "kinds"): "asset_occupancy",
    ("assets", "site"): "asset_occupancy",
    ("assets", "trend"): "asset_occupancy",
    ("income", "pair"): "income_growth_gap",
    ("zero_employment", "states"): "zero_employment_households",
    ("zero_employment", "places"): "zero_employment_households",
}


# Panels with a category's wages → the column that names the category.
WAGES_BY = {("employment", "industries"): "industry", ("employment", "destinations"): "place"}


def numbers(text: str) -> list[Told]:
    """The numbers in a text that are no part of a name."""
    # 818.9/1,188.0万元: both are in 万.
    text = re.sub(r"([\d,.]+)/([\d,.]+)([万亿])", r"\1\3/\2\3", NAMES.sub(" ", text))
    found = (told(match) for match in NUMBER.findall(text))
    return [number for number in found if number]


def fits(number: Told, others: Iterable[Told]) -> bool:
    """Whether one of the others is the number, rounded as either of them is."""
    return any(
        abs(abs(number.value) - abs(other.value)) <= max(number.half, other.half) * 1.001 + 1e-9
        for other in others
    )


def annotation(text: Text, view: View) -> list[str]:
    """What is wrong with an annotation: numbers that nothing else tells."""
    own = numbers(text.text)
    if not own or words.HIDDEN_SUM in text.text:
        return []
    siblings = [t for t in view.texts if t.panel == text.panel and t.kind != "mark"]
    others = [number for t in siblings for number in numbers(t.text)]
    left = [one for one in own if not fits(one, others)]
    if left:
        others = [Told(value, 1e-9, "", "") for value in answered(text, view)]
    return [f"{one.text} is told by nothing else" for one in left if not fits(one, others)]


def answered(text: Text, view: View) -> Iterator[float]:
    """The targets of the plan, and every number of the answer for the panel's metric."""
    yield from (target.value for target in plan.targets())
    if axis := WAGES_BY.get((text.page, text.panel)):
        yield from wages_told(people.wages(view, axis))
        yield from leaves(view.read("median_wage"))
    if (text.page, text.panel) == ("income", "fallen"):
        yield from lists.of_fallen(view)
    if (text.page, text.panel) == ("ledgers", "incomes"):
        yield from (due - n for n, due in lists.incomes_by_place(view).values())
    keys = [k for k in view.answers.metrics if f"{text.panel}_".startswith(f"{k}_")]
    key = METRIC_OF.get((text.page, text.panel)) or max(keys, key=len, default="")
    if not key:
        return
    metric = view.answers.metrics[key]
    period, place = view.fitting(metric)
    below = {"plan": "building", "building": "unit"}.get(periods.place_kind(place))
    axes = (*metric.axes, *((below,) if below in metric.scopes else ()))
    for scope in dict.fromkeys((place, view.whole)):
        answer = view.answer(
            Figure(metric, period, scope), by=tuple(a for a in axes if a), beside=True
        )
        found = list(leaves(answer))
        yield from found
        yield from projected(answer, view)
        yield from earlier(Figure(metric, period, scope), view)
        # Shares of the whole, and shares that are left.
        whole = answer["value"] if answer else None
        known = (
            sum((answer or {}).get("states", {}).values()) if (answer or {}).get("states") else 0
        )
        for total in (whole, known):
            if total:
                yield from (value / total for value in found)


def wages_told(found: people.Wages) -> Iterator[float]:
    """How many have a wage in each category, the middle and the quartiles."""
    for wages in found.values():
        yield from (len(wages), median(wages))
        yield from (quantiles(wages, n=4, method="inclusive") if len(wages) > 1 else wages)


def projected(answer: Any, view: View) -> Iterator[float]:
    """Where the pace of six months leads to by the next target."""
    pace = (answer or {}).get("pace") or {}
    if pace.get("by") and pace.get("a_month") is not None and answer["denominator"]:
        months = periods.last_month(pace["by"]) - view.end
        yield (answer["numerator"] + pace["a_month"] * months) / answer["denominator"]


def earlier(figure: Figure, view: View) -> Iterator[float]:
    """The numbers of the periods before, which a chart of few periods tells one by one."""
    if "month" in figure.metric.periods:
        return
    shortest = periods.within(periods.last_month(figure.period), figure.metric.periods[0])
    for n in range(12):
        period = periods.before(shortest, n)
        yield from leaves(view.answer(Figure(figure.metric, period, figure.scope), beside=True))


def leaves(answer: Any) -> Iterator[float]:
    """Every number in an answer."""
    if isinstance(answer, bool):
        return
    if isinstance(answer, int | float):
        yield float(answer)
    elif isinstance(answer, dict):
        for value in answer.values():
            yield from leaves(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from leaves(value)
