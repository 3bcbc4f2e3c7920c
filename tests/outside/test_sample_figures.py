"""The figures of the sample settlement equal those worked out in plain loops from its rows."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.outside import test_figures as older
from tests.outside.cli import Settled
from tests.outside.further import Ground, measures
from tests.outside.naive import Naive
from tests.outside.other_columns import SHEETS
from tests.outside.sheets import Book, Sheet
from tests.outside.test_further_figures import FIRST, compare, ground_of, moved
from tests.outside.town import Load, Town
from tests.support.batch_rows import BatchRows, of_batches

pytestmark = pytest.mark.usefixtures("stores_kept_open")

MONTHS = [f"{year}-{number:02}" for year in (2023, 2024, 2025) for number in range(1, 13)]
WHOLE = "幸福小镇"
SILENT = "幸福小镇/10栋"  # a unit of it does not report for some months
PLACES = [WHOLE, SILENT, "幸福小镇/3栋", "幸福小镇/10栋/1单元"]
BODIES = ["社会事务局", "组织人社局"]
PERIODS = ["2023-06", "2024-08", "2025-12", "2024-Q3", "2025-Q4", "2024", "2025"]
OFTEN = [("2024-08", WHOLE), ("2025-Q4", "幸福小镇/10栋/1单元"), ("2025", "社会事务局")]
# What the older table does not know: occurrences of tasks, 地点 and 主持, 逾期后达标.
SUPERSEDED = {
    *older.LED,
    "departments_with_tasks",
    "leader_visits",
    "ledger_timeliness",
    "quarterly_meetings",
    "settlement_rate",
}


@dataclass(frozen=True)
class Sample:
    """The sample: its store, and both tables worked out apart from it."""

    settled: Settled
    ground: Ground
    naive: Naive


def load_of(batch: BatchRows) -> Load:
    """A batch as the load that brought it, with the ledgers that some figure reads."""
    sheets = [
        Sheet(name, rows, kinds=SHEETS[name]) for name, rows in batch.rows.items() if name in SHEETS
    ]
    return Load(batch.at, [Book("", sheets)], batch.withdrawn)


@pytest.fixture(scope="module")
def sample(sample_store: Path) -> Sample:
    """The sample with every batch's rows; which of them are in force is worked out here."""
    town = Town(0, MONTHS, [load_of(batch) for batch in of_batches(sample_store)])
    settled = Settled(town, sample_store, sample_store)
    return Sample(settled, ground_of(town, FIRST), Naive(town.in_force()))


def seldom(cases: list[tuple[str, str]], often: list[tuple[str, str]]) -> list[Any]:
    """The cases; all but a few of them are compared in the long runs only."""
    return [
        case if case in often else pytest.param(*case, marks=pytest.mark.soak) for case in cases
    ]


@pytest.mark.parametrize(
    ("period", "scope"), seldom(list(product(PERIODS, PLACES + BODIES)), OFTEN)
)
def test_the_plans_figures_are_what_the_rows_say(sample: Sample, period: str, scope: str) -> None:
    assert compare(sample.settled, sample.ground, [period], [scope]) == []


@pytest.mark.parametrize(("period", "scope"), seldom(list(product(PERIODS, PLACES)), OFTEN[:2]))
def test_the_core_figures_are_what_the_rows_say(sample: Sample, period: str, scope: str) -> None:
    figures = older.expected(sample.naive, period, scope)
    told = sample.settled.metrics(period, scope)
    assert figures.keys() - told.keys() == set()
    assert {
        key: lines
        for key, figure in figures.items()
        if key not in SUPERSEDED and (lines := list(older.differences(told[key], figure)))
    } == {}


@pytest.mark.soak
@pytest.mark.parametrize("year", ["2023", "2024", "2025"])
def test_every_month_and_quarter_is_what_the_rows_say(sample: Sample, year: str) -> None:
    longer = [f"{year}-{part}" for part in ("Q1", "Q2", "Q3", "Q4", "H1", "H2")]
    months = [month for month in MONTHS if month.startswith(year)]
    assert compare(sample.settled, sample.ground, [*months, *longer], [WHOLE]) == []


@pytest.mark.soak
def test_every_building_is_what_the_rows_say(sample: Sample) -> None:
    buildings = {row["楼栋"] for row in sample.ground.rows["户台账"]}
    scopes = sorted(f"{WHOLE}/{building}" for building in buildings)
    assert compare(sample.settled, sample.ground, ["2024-06", "2025-Q4"], scopes) == []


PAIRS = [("2025", "2024"), ("2025-Q4", "2025-Q3"), ("2025-11", "2025-10")]


@pytest.mark.parametrize("scope", [pytest.param(WHOLE, marks=pytest.mark.soak), SILENT])
@pytest.mark.parametrize(("period", "before"), seldom(PAIRS, PAIRS[2:]))
def test_what_moved_a_figure_is_told_from_silence(
    sample: Sample, period: str, before: str, scope: str
) -> None:
    assert moved(sample.settled, sample.ground, period, before, [scope]) == []


@pytest.mark.parametrize(
    "period",
    ["2025-Q4", *(pytest.param(p, marks=pytest.mark.soak) for p in ("2023-Q4", "2024-Q2"))],
)
def test_a_measure_has_the_worst_state_of_its_indicators_and_tasks(
    sample: Sample, period: str
) -> None:
    told = {figure["metric"]: figure for figure in sample.settled.metrics(period).values()}

    def answer(metric: str, asked: str) -> dict[str, Any] | None:
        return sample.settled.figure(period, metric, asked) if asked else told.get(metric)

    wanted = measures.measures(sample.ground, period, answer)
    assert list(measures.differences(sample.settled.measures(period), wanted)) == []


def test_the_sample_has_what_makes_figures_hard(sample: Sample) -> None:
    loads = sample.settled.town.loads
    assert any(load.withdrawn for load in loads)
    keys = [
        (row["监测月份"], row["身份证号"])
        for load in loads
        for book in load.books
        for sheet in book.sheets
        for row in sheet.rows
        if sheet.ledger == "就业监测台账"
    ]
    assert len(keys) > len(set(keys)), "no row is corrected by a later batch"
    silent = [
        citizen["身份证号"]
        for citizen in sample.ground.able("2025-11", FIRST.scope(SILENT))
        if ("2025-11", citizen["身份证号"]) not in sample.ground.jobs
    ]
    assert len(silent) > 10
