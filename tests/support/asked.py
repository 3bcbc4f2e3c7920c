"""The answers of `metrics` and `measures` as JSON, asked as the leader or as a reader without a role."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any, cast

from board import access, metrics
from board.catalogue import METRICS, measure_states
from board.metrics import Metric, Part, Period, Reading, Scope, filter_of
from board.plans import of_scope
from board.sections import View
from board.store import Snapshot, WithheldError
from tests.outside.reading import Answers, Question

Read = Callable[[Metric, Period, Scope, tuple[str, ...], bool], Reading]


def leader(snapshot: Snapshot) -> Answers:
    """What the commands answer."""

    def read(
        metric: Metric, period: Period, scope: Scope, by: tuple[str, ...], beside: bool
    ) -> Reading:
        return metrics.read(snapshot, metric, period, scope, by, beside)

    change = partial(metrics.change, snapshot)
    return _answers(snapshot, read, change)


def viewer(snapshot: Snapshot, of_leader: Answers) -> Answers:
    """What a reader may know of it who sees no small counts."""

    @cache
    def readable(period: Period) -> access.ReaderSnapshot:
        return View.of(snapshot, period, Scope()).snapshot

    def read(
        metric: Metric, period: Period, scope: Scope, by: tuple[str, ...], beside: bool
    ) -> Reading:
        return access.read(readable(period), metric, period, scope, by, beside)

    def change(metric: Metric, period: Period, since: Period, scope: Scope) -> metrics.Change:
        return access.change(readable(period), metric, period, since, scope)

    @cache
    def measures(text: str) -> list[dict[str, Any]]:
        period = Period.parse(text)
        return [_plain(one.as_dict()) for one in access.measure_states(readable(period), period)]

    answers = _answers(snapshot, read, change)
    answers.leader, answers.measures = of_leader, measures
    return answers


def _answers(snapshot: Snapshot, read: Read, change: Callable[..., metrics.Change]) -> Answers:
    def ask(question: Question) -> dict[str, Any] | None:
        metric, period = METRICS[question.metric], Period.parse(question.period)
        of_period = of_scope(snapshot, period.last_month)
        scope = metrics.parse_scope(of_period, question.scope)
        if not metrics.given_by_plan(of_period, metric, period):
            return None
        if not metrics.defined(metric, period, scope):
            return None
        if question.filter:
            metric = replace(metric, filter=filter_of(metric, question.filter))
        try:
            reading = read(metric, period, scope, question.by, question.beside)
            since = Period.parse(question.since) if question.since else None
            changed = change(metric, period, since, scope) if since else None
        except WithheldError:
            return None
        return _plain(metrics.answer(reading, changed))

    @cache
    def measures(text: str) -> list[dict[str, Any]]:
        period = Period.parse(text)
        of_period = of_scope(snapshot, period.last_month)

        def plain_read(metric: Metric, period: Period, scope: Scope) -> Reading:
            return read(metric, period, scope, (), False)

        return [_plain(one.as_dict()) for one in measure_states(of_period, period, plain_read)]

    @cache
    def rows(question: Question, part: str) -> list[dict[str, Any]]:
        period = Period.parse(question.period)
        of_period = of_scope(snapshot, period.last_month)
        scope = metrics.parse_scope(of_period, question.scope)
        metric = METRICS[question.metric]
        if not metrics.defined(metric, period, scope):
            return []
        return metrics.rows(of_period, metric, period, scope, cast("Part", part)).to_dicts()

    return Answers(ask, measures, rows=rows)


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    """As the JSON of a command is read."""
    plain: dict[str, Any] = json.loads(json.dumps(answer))
    return plain
