"""Over an invented town: parts sum to totals, flows close, growth is the sum of what adds to it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from board.catalogue import METRICS
from board.metrics import (
    PARTS,
    Metric,
    Period,
    Scope,
    below,
    defined,
    departments,
    moves,
    periods,
    places,
    read,
    rows,
)
from board.store import Snapshot
from tests.support import settlement
from tests.support.answers import present

WHOLE = Scope()
WHEN = [Period.parse(text) for text in ("2023-03", "2023-08", "2023-Q3", "2023-H2", "2023")]
ADDED = ("employment_destination", "returned_workers", "zero_employment_households",
         "register_size", "employment_rate", "nearby_share", "entry_coverage")  # fmt: skip


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return settlement.snapshot(60, 14)


def scopes(snapshot: Snapshot) -> list[Scope]:
    """The settlement, a building, a unit of it and a department."""
    building = next(s for s in places(snapshot) if s.kind == "building")
    unit = next(s for s in below(snapshot, building, "unit"))
    return [WHOLE, building, unit, departments(snapshot)[1]]


@pytest.mark.parametrize("key", ADDED)
@pytest.mark.parametrize("kind", ["building", "unit"])
def test_places_add_up_to_the_settlement(snapshot: Snapshot, key: str, kind: str) -> None:
    for period in WHEN:
        whole = read(snapshot, METRICS[key], period, WHOLE, (kind,))
        for name in ("numerator", "denominator", "unreported", "expected"):
            inner = [getattr(one, name) or 0 for one in whole.by[kind]]
            assert sum(inner) == (getattr(whole, name) or 0), (period, name)


@pytest.mark.parametrize("axis", METRICS["employment_destination"].axes)
def test_categories_add_up_to_everybody_employed(snapshot: Snapshot, axis: str) -> None:
    for period, scope in product(WHEN, scopes(snapshot)[:3]):
        whole = read(snapshot, METRICS["employment_destination"], period, scope, (axis,))
        assert sum(one.value or 0 for one in whole.by[axis]) == (whole.value or 0)


@pytest.mark.parametrize("key", ["asset_occupancy", "asset_occupancy_count"])
def test_kinds_of_assets_add_up(snapshot: Snapshot, key: str) -> None:
    for period in WHEN:
        whole = read(snapshot, METRICS[key], period, WHOLE, ("kind",))
        for name in ("numerator", "denominator"):
            inner = sum(getattr(one, name) or 0 for one in whole.by["kind"])
            assert inner == pytest.approx(getattr(whole, name))


def test_the_flow_closes_for_every_place_and_month(snapshot: Snapshot) -> None:
    some = 0
    for scope in places(snapshot):
        closing = None
        for month, flow in sorted(moves(snapshot, scope).items()):
            came = flow["new"] + flow["relapsed"] + flow["came_in"]
            went = flow["cleared"] + flow["went_out"]
            assert flow["opening"] + came - went == flow["closing"], (scope, month)
            figure = read(snapshot, METRICS["zero_employment_households"], Period(month), scope)
            assert (figure.value or 0) == flow["closing"] or figure.status == "no_data"
            silent = figure.status == "no_data"
            assert (figure.extra["flow"] == {}) is silent
            if closing is not None and closing[0] == Period(month).before().first:
                assert closing[1] == flow["opening"]
            closing = (month, flow["closing"])
            some += flow["closing"]
    assert some


def test_contributions_sum_to_the_growth(snapshot: Snapshot) -> None:
    seen = 0
    for period in periods(snapshot, "quarter"):
        for scope in scopes(snapshot)[:3]:
            found = read(snapshot, METRICS["income_growth_gap"], period, scope, ("component",))
            if (growth := found.extra["growth"]) is not None:
                points = sum(present(one.value) for one in found.by["component"])
                assert points == pytest.approx(growth * 100)
                seen += 1
    assert seen > 3


def test_bounds_hold_the_value_and_coverage_is_a_share(snapshot: Snapshot) -> None:
    for metric, period, scope in product(METRICS.values(), WHEN, scopes(snapshot)):
        if not defined(metric, period, scope):
            continue
        found = read(snapshot, metric, period, scope)
        if found.value is not None and found.low is not None:
            assert found.low - 1e-9 <= found.value <= present(found.high) + 1e-9, (
                metric.key,
                period,
            )
        assert found.coverage is None or 0 <= found.coverage <= 1


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_the_rows_behind_count_or_sum_to_the_figure(snapshot: Snapshot, metric: Metric) -> None:
    for period, scope in product(WHEN[1:], scopes(snapshot)):
        if not defined(metric, period, scope):
            continue
        figure = read(snapshot, metric, period, scope)
        behind = {part: rows(snapshot, metric, period, scope, part) for part in PARTS}
        assert behind["unreported"].height == figure.unreported
        if metric.kind in ("rate", "count", "rounds") and figure.numerator is not None:
            numerator = behind["numerator"]["amount"].sum()
            assert numerator == pytest.approx(figure.numerator), (period, scope)
            assert behind["denominator"]["amount"].sum() == pytest.approx(figure.denominator or 0)
        if metric.kind == "median" and figure.value is not None:
            assert behind["numerator"]["amount"].median() == figure.value
        for frame in behind.values():
            assert {"subject", "batch", "file", "sheet", "row"} <= set(frame.columns)
            assert not {"head_name", "citizen_id", "phone", "reporter"} & set(frame.columns)


def test_any_period_has_an_answer(snapshot: Snapshot) -> None:
    for text, metric in product(("1999-01", "2022", "2031-Q2", "2050-H1"), METRICS.values()):
        period = Period.parse(text)
        for scope in scopes(snapshot):
            if defined(metric, period, scope):
                found = read(snapshot, metric, period, scope, metric.axes)
                assert found.status not in ("met", "missed") or found.metric.ledgers[0] not in (
                    "employment", "occupancy", "income", "meetings",
                )  # fmt: skip


def test_every_category_appears_with_nothing_in_it(tmp_path: Path) -> None:
    from tests.support.rows import published

    empty = published(tmp_path)
    found = read(empty, METRICS["employment_destination"], WHEN[0], WHOLE, ("place", "industry"))
    assert [len(found.by[axis]) for axis in ("place", "industry")] == [6, 20]
    for metric in METRICS.values():
        for period in WHEN:
            if defined(metric, period, WHOLE):
                reading = read(empty, metric, period, WHOLE, metric.axes)
                assert (reading.value, reading.status) == (None, "no_data"), metric.key


def test_of_the_plans_ledgers_each_is_due_every_month(snapshot: Snapshot) -> None:
    found = read(snapshot, METRICS["ledger_timeliness"], Period.parse("2023-08"), WHOLE)
    assert (found.denominator, found.expected) == (24, 24)
