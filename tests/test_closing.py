"""What the pages say in words: a target is met by what it asks, a leader is the one who leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from board.i18n import LANGUAGES, speaking
from board.metrics import Period, Reading, Scope, Status
from board.sections import indicators
from board.sections.measures import closing
from board.store import Snapshot
from board.table import Cell, Dates
from tests.support import settlement
from tests.support.reading import full_view

OWNERS = ("repairs_closed", "overdue_repairs", "repair_days")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return settlement.snapshot()


def test_a_step_reached_earlier_is_not_the_last_target_met(snapshot: Snapshot) -> None:
    view = full_view(snapshot, Period.parse("2025-Q4"), Scope())
    metric = view.bound("asset_occupancy")
    held = [r for year in closing.years(view) for r in closing.judged(view, metric, year)]
    assert [r.target for r in held] == [0.5, 0.6, 0.8]
    assert closing.target(metric, held) == "50% → 60% → 80%"
    first, second, third = held
    early, late = replace(first, status=Status.MET), replace(third, status=Status.MET)
    missed = replace(third, status=Status.MISSED)
    assert closing.first_met([early, second, missed]) == "没有达到"
    assert closing.first_met([early, second, late]) == met_in(third)
    assert closing.first_met([early]) == met_in(first)


def met_in(reading: Reading) -> Cell:
    """The cell of a month in which a target was met."""
    return Cell(reading.period.last_month, Dates("month"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", OWNERS)
def test_a_finding_names_the_first_category_or_none(
    snapshot: Snapshot, key: str, language: str
) -> None:
    with speaking(language):
        for period in ("2023-Q4", "2024-Q2", "2024-Q4", "2025-Q2", "2025-Q4"):
            view = full_view(snapshot, Period.parse(period), Scope())
            found = indicators.parts(view, key, "owner")
            said = indicators.split_finding(view, key, "owner")
            named = [r for r in found if indicators.name(r) in said]
            assert not named or named[0] is found[0], (period, said)
