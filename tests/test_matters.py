"""A matter says what its reading carries: the path is no target, a remedy is enough and possible."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from board import metrics
from board.catalogue import METRICS
from board.metrics import Period, Reading, Status, restarts
from board.sections.matters import WORST, expected_amount, matters, remedy, short_of
from board.sections.section import View
from board.sections.sentences import sentence
from board.store import Snapshot
from tests.support import rows, settlement
from tests.support.answers import number
from tests.support.reading import full_view


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return settlement.snapshot()


def views(snapshot: Snapshot) -> list[View]:
    """Views of a few periods of each kind, for the whole and for a building."""
    places = metrics.places(snapshot)
    scopes = [places[0], next(one for one in places if one.building)]
    texts = ("2023-05", "2024-03", "2024-Q3", "2025-H1", "2025")
    return [full_view(snapshot, Period.parse(text), scope) for text in texts for scope in scopes]


def enough(reading: Reading, more: float) -> bool:
    """Whether a rate with that much more reaches what is required, none of the unreported good."""
    required = reading.target if reading.status is Status.MISSED else reading.path
    required = reading.target if required is None else required
    total = number(expected_amount(reading))
    return (number(reading.numerator) + more) / total >= number(required) - 1e-9


def test_a_remedy_is_enough_whatever_is_unreported_and_no_more_than_that(
    snapshot: Snapshot,
) -> None:
    tried = 0
    for view in views(snapshot):
        for reading in matters(view):
            missing = short_of(reading)
            if missing is None or reading.metric.kind != "rate":
                continue
            assert missing == math.ceil(missing)
            assert enough(reading, missing), reading.metric.key
            assert not enough(reading, missing - 1), reading.metric.key
            tried += 1
    assert tried > 10


def test_no_remedy_is_told_for_what_can_not_be_done_any_more(snapshot: Snapshot) -> None:
    for view in views(snapshot):
        for reading in matters(view):
            metric = reading.metric
            late = reading.status is Status.MISSED and (metric.span == "period" or restarts(metric))
            if metric.final or late:
                assert short_of(reading) is None, metric.key


def test_a_path_is_never_called_the_target(snapshot: Snapshot) -> None:
    behind = [
        (view, one) for view in views(snapshot) for one in matters(view)
        if one.status is Status.BEHIND and one.path != one.target
    ]  # fmt: skip
    assert behind
    for view, reading in behind:
        assert "序时" in sentence(view, reading)
        assert "，目标" not in sentence(view, reading)


def test_metrics_under_two_filters_are_told_apart(snapshot: Snapshot) -> None:
    for view in views(snapshot):
        told = [sentence(view, one) for one in matters(view)]
        assert len(set(told)) == len(told)


def test_what_is_unclear_is_to_be_found_out_beside_what_is_to_be_reduced(tmp_path: Path) -> None:
    held = [rows.household(f"H{n}") for n in range(4)]
    people = [rows.worker(n, f"H{n}") for n in range(4)]
    ids = [person["citizen_id"] for person in people]
    told = [rows.employment(at, ids[0], "未就业") for at in ("2024-02", "2024-03")]
    told += [rows.employment(at, ids[1]) for at in ("2024-02", "2024-03")]
    store = rows.published(tmp_path, households=held, labour=people, employment=told)
    view = full_view(store, Period.parse("2024-03"), metrics.whole(store))
    late = view.read("zero_employment_overdue")
    assert (late.value, late.high, late.status) == (1, 3, Status.MISSED)
    assert remedy(late) == "减少 1户、查清 2户才达标"
    assert remedy(replace(late, high=1.0)) == "减少 1户即达标"


def test_what_a_passed_deadline_left_is_met_late(tmp_path: Path) -> None:
    assets = [rows.asset(f"A{n}", accounts="未结算" if n else "已决算") for n in range(4)]
    store = rows.published(tmp_path, assets=assets)
    reading = full_view(store, Period.parse("2024-03")).read("final_accounts_rate")
    assert reading.status in WORST
    assert remedy(reading) == "再有 3项资产即逾期后达标"
    assert METRICS["entry_coverage"].final
