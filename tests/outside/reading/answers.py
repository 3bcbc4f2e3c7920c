"""The answers that sentences are checked against: the JSON of `metrics` and `measures`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.outside.reading import periods, plan
from tests.outside.reading.catalogue import Metric, metrics

Answer = dict[str, Any]
Row = dict[str, Any]
WORST = ("missed", "behind", "undetermined")
KEPT = ("met", "no_data", "not_applicable", "suppressed")


@dataclass(frozen=True)
class Question:
    """What is asked of the command `metrics`: its options; `by` names the axes to break down by."""

    metric: str
    period: str
    scope: str
    filter: str = ""
    since: str = ""
    by: tuple[str, ...] = ()
    beside: bool = False  # Whether also the numbers that stand beside the figure are asked for.


def value_of(answer: Answer | None) -> float | None:
    """The value of an answer; None without one."""
    found: float | None = answer["value"] if answer else None
    return found


# None where the metric is not defined there, or where the reader may not see it.
Ask = Callable[[Question], Answer | None]


@dataclass
class Answers:
    """The answers to one reader: of `metrics` (`ask`), and of `measures` by period.

    `leader` are the answers to who sees every count; None for that reader. `rows` are those of the
    command of that name: the question and the part.
    """

    ask: Ask
    measures: Callable[[str], list[Answer]]
    leader: Answers | None = None
    rows: Callable[[Question, str], list[Row]] = lambda _question, _part: []
    metrics: dict[str, Metric] = field(default_factory=metrics)
    _kept: dict[Question, Answer | None] = field(default_factory=dict)

    def of(self, question: Question) -> Answer | None:
        """One answer, asked once."""
        if question not in self._kept:
            self._kept[question] = self.ask(question)
        return self._kept[question]


@dataclass(frozen=True)
class Figure:
    """A metric under a filter at a period and place: what a sentence is about."""

    metric: Metric
    period: str
    scope: str
    filter: str = ""
    # Whether the text names the period and the place.
    dated: bool = False
    placed: bool = False


@dataclass
class View:
    """What a page is read with: the answers, the page's period and place, and all its texts."""

    answers: Answers
    period: str
    scope: str
    texts: list[Any] = field(default_factory=list)
    dated: bool = False  # Whether the sentence has named the period of its figure.

    @property
    def end(self) -> int:
        """The number of the view's last month."""
        return periods.last_month(self.period)

    @property
    def whole(self) -> str:
        """The name of all places together."""
        return self.scope.split("/")[0]

    def by_label(self, label: str) -> Metric | None:
        """The metric of a label."""
        return next((m for m in self.answers.metrics.values() if m.label == label), None)

    def fitting(self, metric: Metric) -> tuple[str, str]:
        """The period and place that a figure is read at: the view's, or the nearest it has."""
        return self.period_for(metric), periods.around(self.scope, metric.scopes)

    def period_for(self, metric: Metric) -> str:
        """The view's period, or else the latest that has ended of the longest kind not longer."""
        own = periods.kind(self.period)
        if own in metric.periods:
            return self.period
        length = periods.LENGTHS[own]
        shorter = [k for k in metric.periods if periods.LENGTHS[k] <= length]
        name = max(shorter, key=periods.LENGTHS.__getitem__) if shorter else metric.periods[0]
        return periods.ended(self.end, name)

    def figure(self, label: str) -> Figure | None:
        """What a label names: place and period may stand before it, a filter in （…） behind it."""
        scope, label = self.placed(label)
        match = re.match(r"(\d{4}年(?:\d{1,2}月|.季度|.半年)?)(.+)", label)
        period = periods.of_words(match[1]) if match else None
        rest = match[2] if match and period else label
        metric = self.by_label(rest)
        text = ""
        if metric is None:
            name, _, inside = rest.rpartition("（")
            metric = self.by_label(name)
            texts = [] if metric is None else self.filters(metric.key)
            found = [text for text in texts if shown_filter(text) == inside.rstrip("）")]
            if metric is None or not found:
                return None
            text = found[0]
        own, place = self.fitting(metric)
        return Figure(metric, period or own, scope or place, text, bool(period), bool(scope))

    def placed(self, label: str) -> tuple[str, str]:
        """The place that a label begins with, if any, and the rest of the label."""
        parts = self.scope.split("/")
        for n in range(1, len(parts) + 1):
            place = "/".join(parts[:n])
            words = periods.place_in_words(place)
            if label.startswith(words) and n < len(parts):
                return place, label.removeprefix(words)
        return "", label

    def filters(self, key: str) -> list[str]:
        """The filters under which the plan names a metric; empty is a filter too."""
        return plan.filters().get(key, [""])

    def answer(
        self, figure: Figure, since: str = "", by: tuple[str, ...] = (), *, beside: bool = False
    ) -> Answer | None:
        """The answer for a figure; short of a target in a period that runs on is not due yet."""
        question = Question(
            figure.metric.key, figure.period, figure.scope, figure.filter, since, by, beside
        )
        answer = self.answers.of(question)
        if answer is None or periods.last_month(figure.period) <= self.end:
            return answer
        runs_on = answer["target"] is not None and answer["status"] not in KEPT
        return {**answer, "status": "not_due"} if runs_on else answer

    def read(self, key: str, scope: str = "", period: str = "") -> Answer | None:
        """The answer for a key at the view's or a given place and period, with what is beside it."""
        metric = self.answers.metrics[key]
        own, place = self.fitting(metric)
        return self.answer(Figure(metric, period or own, scope or place), beside=True)

    def undecided(self) -> Iterator[tuple[Figure, Answer]]:
        """Every figure with a target that misses, lags or can't be told yet."""
        for figure, answer in self.figures():
            if answer["status"] in WORST and answer["target"] is not None:
                yield figure, answer

    def figures(self) -> Iterator[tuple[Figure, Answer]]:
        """Every figure of the plan at this place."""
        for metric in self.answers.metrics.values():
            if periods.place_kind(self.scope) not in metric.scopes:
                continue
            for text in self.filters(metric.key):
                figure = Figure(metric, self.period_for(metric), self.scope, text)
                answer = self.answer(figure)
                if answer:
                    yield figure, answer

    def earlier(self, figure: Figure, count: int) -> Answer | None:
        """The figure's answer that many periods before."""
        period = periods.before(figure.period, count)
        return self.answer(Figure(figure.metric, period, figure.scope, figure.filter))


def shown_filter(text: str) -> str:
    """A filter as a label shows it: its values; of a measure 举措1."""
    column, _, values = text.partition("=")
    return f"举措{values}" if column == "举措序号" else values
