"""Towns with every ledger: states of measures, figures as known then, figures under a filter."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.outside.cli import Settled, call, settle
from tests.outside.further import CASES, measures
from tests.outside.further.table import Case, unlike
from tests.outside.further.terms import Scope
from tests.outside.test_further_figures import (
    FIRST,
    PLACES,
    SECOND,
    SETTLEMENTS,
    compare,
    ground_of,
)
from tests.outside.town.fuller import fuller

pytestmark = [
    pytest.mark.usefixtures("workbooks_read_here", "stores_kept_open"),
    pytest.mark.soak,
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """A town of the shipped plan."""
    return settle(fuller(21, FIRST), tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """A town of two settlements with a plan of its own and no other."""
    town = fuller(22, SECOND, "2025-06", "2026-10")
    return settle(town, tmp_path_factory.mktemp("elsewhere"), [SECOND.folder])


@pytest.mark.parametrize("period", ["2023-Q4", "2024-06", "2025-H1", "2025"])
def test_a_measure_has_the_worst_state_of_its_indicators_and_tasks(
    settled: Settled, period: str
) -> None:
    def answer(metric: str, asked: str) -> dict[str, Any] | None:
        return settled.figure(period, metric, asked)

    wanted = measures.measures(ground_of(settled.town, FIRST), period, answer)
    assert list(measures.differences(settled.measures(period), wanted)) == []


@pytest.mark.parametrize("period", ["2026-Q1", "2026-09"])
def test_a_measure_of_another_plan_has_the_worst_state_too(elsewhere: Settled, period: str) -> None:
    def answer(metric: str, asked: str) -> dict[str, Any] | None:
        return elsewhere.figure(period, metric, asked)

    wanted = measures.measures(ground_of(elsewhere.town, SECOND), period, answer)
    assert list(measures.differences(elsewhere.measures(period), wanted)) == []


@pytest.mark.parametrize("upto", [2, 3, 4, 5])
def test_figures_as_known_after_a_load_are_what_the_rows_said_then(
    settled: Settled, tmp_path: Path, upto: int
) -> None:
    known = Settled(settled.town, tmp_path / "store", settled.folder)
    shutil.copytree(settled.store, known.store)
    load = settled.town.loads[upto - 1]
    assert call("publish", "--at", load.at, store=known.store).code == 0
    ground = ground_of(settled.town, FIRST, upto)
    periods = ["2023-06", "2023", "2024-Q4"]
    assert compare(known, ground, periods, [PLACES[0], PLACES[2], PLACES[7]]) == []


def test_settlements_as_known_after_a_load_are_what_the_rows_said_then(
    elsewhere: Settled, tmp_path: Path
) -> None:
    known = Settled(elsewhere.town, tmp_path / "store", elsewhere.folder)
    shutil.copytree(elsewhere.store, known.store)
    assert call("publish", "--at", elsewhere.town.loads[1].at, store=known.store).code == 0
    ground = ground_of(elsewhere.town, SECOND, 2)
    assert compare(known, ground, ["2026-03", "2026-Q2"], SETTLEMENTS) == []


LED = [case for case in CASES if "department" in case.scopes]


@pytest.mark.parametrize("case", LED, ids=lambda case: case.key)
def test_a_filter_by_leads_gives_what_a_department_has(settled: Settled, case: Case) -> None:
    ground = ground_of(settled.town, FIRST)
    for body in FIRST.departments:
        told = settled.figure("2025-06", case.key, f"牵头部门={body}")
        figure = case.figure(ground, "2025-06", Scope(department=body))
        fields = {k: v for k, v in figure.fields.items() if k in ("value", "low", "high")}
        assert told
        assert {k: told[k] for k, v in fields.items() if unlike(told[k], v)} == {}, body
