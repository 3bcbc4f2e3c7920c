"""Every figure of the command line equals one worked out in plain loops from the same rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.outside.cli import Settled, call, settle
from tests.outside.columns import DEPARTMENTS
from tests.outside.naive import Figure, Naive
from tests.outside.sheets import month_end
from tests.outside.town import town
from tests.support.spread import spread

pytestmark = pytest.mark.usefixtures("workbooks_read_here", "stores_kept_open")

PLACED = [
    "employment_rate",
    "employment_destination",
    "median_wage",
    "nearby_share",
    "returned_workers",
    "monitoring_rounds",
    "register_size",
    "entry_coverage",
    "zero_employment_households",
    "zero_employment_overdue",
    "willing_employment_rate",
    "stable_jobs",
]
BUILT = [
    "asset_occupancy",
    "asset_occupancy_count",
    "final_accounts_rate",
    "settlement_rate",
    "registration_rate",
]
LED = ["task_completion", "accepted_rate", "on_time_rate", "overdue_tasks", "stale_tasks"]
WHOLE = [
    "income_growth_gap",
    "matched_income_growth",
    "departments_with_tasks",
    "issues_settled",
    "ledger_timeliness",
    "leader_visits",
    "quarterly_meetings",
]
FIELDS = {
    "metric",
    "measures",
    "period",
    "scope",
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
    "unreported",
    "target",
    "path",
    "status",
    "unit",
    "by",
}


def defined(key: str, period: str) -> bool:
    """Whether the contract says what `key` is for a period of this kind."""
    kind = "quarter" if "Q" in period else "half" if "H" in period else "month"
    if len(period) == 4:
        kind = "year"
    return {
        "income_growth_gap": kind != "month",
        "matched_income_growth": kind != "month",
        "leader_visits": kind == "half",
        "quarterly_meetings": kind == "quarter",
    }.get(key, True)


def expected(naive: Naive, period: str, scope: str) -> dict[str, Figure]:
    """What every metric defined there must answer."""
    places = tuple(scope.split("/")[1:])
    found = {}
    if scope in DEPARTMENTS:
        return {key: naive.task_metric(key, period, (scope,)) for key in LED}
    keys = PLACED + (BUILT if len(places) < 2 else []) + (WHOLE + LED if not places else [])
    for key in keys:
        if defined(key, period):
            if key in LED:
                found[key] = naive.task_metric(key, period, ())
            else:
                found[key] = getattr(naive, key)(period, places)
    return found


def unlike(told: object, said: object) -> bool:
    """Whether two answers differ by more than rounding."""
    if isinstance(said, dict) and isinstance(told, dict):
        return any(unlike(told.get(key), value) for key, value in said.items())
    if isinstance(said, int | float) and isinstance(told, int | float):
        return abs(told - said) > 1e-6 * max(1, abs(said))
    return bool(told != said)


def differences(told: dict[str, Any], figure: Figure) -> Iterator[str]:
    """Each field of a figure that isn't what was worked out."""
    for name, value in figure.said.items():
        if unlike(told.get(name), value):
            yield f"{name}: told {told.get(name)!r}, worked out {value!r}"
    for axis, categories in figure.by.items():
        by = {row["key"]: row for row in told["by"].get(axis, [])}
        for key, fields in categories.items():
            if key not in by:
                if fields.get("value"):
                    yield f"by {axis}: no {key}"
                continue
            for name, value in fields.items():
                if unlike(by[key].get(name), value):
                    yield f"by {axis} {key} {name}: told {by[key].get(name)!r}, worked out {value!r}"


def compare(
    settled: Settled, periods: list[str], scopes: list[str], upto: int | None = None
) -> list[str]:
    """All differences over periods and scopes, now or as known after the load `upto`."""
    naive, found = Naive(settled.town.in_force(upto)), []
    for period in periods:
        for scope in scopes:
            told = settled.metrics(period, scope)
            for key, figure in expected(naive, period, scope).items():
                at = f"{key} {period} {scope}"
                if key not in told:
                    found.append(f"{at}: not answered")
                    continue
                if missing := FIELDS - set(told[key]):
                    found.append(f"{at}: fields {sorted(missing)} missing")
                found += [f"{at}: {line}" for line in differences(told[key], figure)]
    return found


SCOPES = [
    "幸福小镇",
    "幸福小镇/1栋",
    "幸福小镇/3栋",
    "幸福小镇/4栋",
    "幸福小镇/1栋/1单元",
    "幸福小镇/2栋/2单元",
    "幸福小镇/3栋/2单元",
    "幸福小镇/4栋/1单元",
    "组织人社局",
    "社会事务局",
    "中马投资控股集团有限公司",
    "管委会",
    "协调指导局",
]


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Settled:
    """The first town, taken in."""
    return settle(town(1), tmp_path_factory.mktemp("town"))


# Other periods, of other towns too, are compared in the long runs.
@pytest.mark.parametrize("period", spread(["2023-12", "2024-08"], ["2024-08"]))
def test_a_month_is_what_its_rows_say(settled: Settled, period: str) -> None:
    assert compare(settled, [period], SCOPES) == []


@pytest.mark.parametrize(
    "period", spread(["2024-Q3", "2025-Q4", "2023-H2", "2024"], ["2024-Q3", "2024"])
)
def test_a_longer_period_is_what_its_rows_say(settled: Settled, period: str) -> None:
    assert compare(settled, [period], ["幸福小镇", "幸福小镇/3栋", "社会事务局"]) == []


def test_every_month_of_the_settlement_is_what_its_rows_say(settled: Settled) -> None:
    assert compare(settled, settled.town.months[3::8], ["幸福小镇"]) == []


def test_what_was_known_at_a_date_can_be_published_from_a_backup(
    settled: Settled, tmp_path: Path
) -> None:
    assert call("backup", tmp_path / "kept", store=settled.store).code == 0
    other = Settled(settled.town, tmp_path / "store", settled.folder)
    assert call("restore", tmp_path / "kept", store=other.store).code == 0
    for number, last in ((1, "2023-03"), (3, "2025-01")):
        at = settled.town.loads[number - 1].at
        assert call("publish", "--at", at, store=other.store).code == 0
        assert compare(other, [last], ["幸福小镇"], number) == []
    assert call("verify", store=other.store).code == 0


PARTS = [
    ("employment_rate", "2024-08", "幸福小镇"),
    ("employment_rate", "2024-08", "幸福小镇/1栋/1单元"),
    ("employment_destination", "2023-12", "幸福小镇/2栋"),
    ("nearby_share", "2025-Q4", "幸福小镇"),
    ("returned_workers", "2025-H1", "幸福小镇"),
    ("zero_employment_households", "2023-12", "幸福小镇"),
    ("zero_employment_households", "2025-01", "幸福小镇/3栋"),
    ("zero_employment_overdue", "2024-08", "幸福小镇"),
    ("willing_employment_rate", "2024-08", "幸福小镇/1栋"),
    ("stable_jobs", "2023-12", "幸福小镇"),
    ("register_size", "2024", "幸福小镇/1栋"),
    ("entry_coverage", "2023-04", "幸福小镇"),
    ("asset_occupancy", "2024-08", "幸福小镇"),
    ("asset_occupancy_count", "2023-12", "幸福小镇"),
    ("final_accounts_rate", "2024-08", "幸福小镇"),
    ("settlement_rate", "2025-01", "幸福小镇"),
    ("registration_rate", "2025-01", "幸福小镇/1栋"),
    ("task_completion", "2024", "幸福小镇"),
    ("task_completion", "2025", "社会事务局"),
    ("accepted_rate", "2025", "幸福小镇"),
    ("on_time_rate", "2025-Q4", "组织人社局"),
    ("overdue_tasks", "2025-12", "幸福小镇"),
    ("stale_tasks", "2025-06", "幸福小镇"),
    ("leader_visits", "2024-H1", "幸福小镇"),
    ("quarterly_meetings", "2024-Q3", "幸福小镇"),
]


def key_of(row: dict[str, Any]) -> tuple[object, ...]:
    """What a row of a town is about: entity, and month if it is a month's."""
    for name in ("身份证号", "资产编号", "任务编号", "户编号", "编号"):
        if name in row:
            return (name, row[name], row.get("监测月份") or row.get("月份"))
    raise KeyError(row)


@pytest.mark.parametrize(("key", "period", "scope"), PARTS)
def test_the_rows_behind_a_figure_are_its_own(
    settled: Settled, key: str, period: str, scope: str
) -> None:
    rows = settled.town.in_force()
    places = {row["@"]: row for ledger in rows.values() for row in ledger}
    figure = expected(Naive(rows), period, scope)[key]
    for part, behind in figure.parts.items():
        told = settled.rows(key, period, scope, part)
        cells = [(row["file"], row["sheet"].strip(), row["row"]) for row in told]
        own = {(file, sheet.strip(), line): row for (file, sheet, line), row in places.items()}
        assert set(cells) <= set(own), f"{part}: rows that are in no workbook"
        assert sorted(map(str, (key_of(own[c]) for c in cells))) == sorted(
            map(str, map(key_of, behind))
        ), part
        assert [row["batch"] for row in told] == [own[c]["#"][0] for c in cells]


def test_the_rows_behind_the_income_gap_are_all_that_enter(settled: Settled) -> None:
    naive = Naive(settled.town.in_force())
    figure = naive.income_growth_gap("2025-Q2", ())
    told = set()
    for part in ("numerator", "denominator"):
        for row in settled.rows("income_growth_gap", "2025-Q2", "", part):
            told.add((row["file"], row["sheet"].strip(), row["row"]))
    wanted = {(r["@"][0], r["@"][1].strip(), r["@"][2]) for r in figure.parts["all"]}
    assert told == wanted
    unreported = settled.rows("income_growth_gap", "2025-Q2", "", "unreported")
    assert len(unreported) == figure.said["unreported"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_any_town_is_what_its_rows_say(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    settled = settle(town(seed), tmp_path_factory.mktemp(f"town{seed}"))
    quarters = sorted({f"{m[:4]}-Q{(int(m[5:]) + 2) // 3}" for m in settled.town.months})[:-1]
    periods = [
        *settled.town.months[3:],
        *quarters[1:],
        "2023-H1",
        "2024-H2",
        "2023",
        "2024",
        "2025",
    ]
    assert month_end(settled.town.months[0])
    units = [f"幸福小镇/{b}栋/{u}单元" for b in (1, 2, 3) for u in (1, 2)]
    assert compare(settled, periods, ["幸福小镇"]) == []
    assert (
        compare(settled, periods[::5], ["幸福小镇/1栋", "幸福小镇/2栋", *units, *DEPARTMENTS]) == []
    )
