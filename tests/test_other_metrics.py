"""The metrics beside the headline five, each by a case worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from board.catalogue import METRICS
from board.metrics import Period, Reading, Scope, fitting, parse_scope, periods, places, read, rows
from board.metrics.reading import NotDefinedError
from board.store import Snapshot
from tests.support.rows import (
    asset,
    citizen,
    employment,
    household,
    meeting,
    month,
    occupancy,
    published,
    task,
    worker,
)

TOWN = Scope()


def of(
    snapshot: Snapshot, key: str, period: str, scope: Scope = TOWN, by: Sequence[str] = ()
) -> Reading:
    return read(snapshot, METRICS[key], Period.parse(period), scope, by)


def test_pace_says_what_is_needed_and_when_the_target_is_reached(tmp_path: Path) -> None:
    # Ten shops of 100 m²; three in use in January 2024, six in July.
    used = {n: 3 + (n - 1) // 2 for n in range(1, 8)}
    town = published(
        tmp_path,
        assets=[asset(f"A{n}") for n in range(10)],
        occupancy=[
            occupancy(f"2024-0{at}", f"A{n}", "在用" if n < count else "闲置", rent=10.0, jobs=2)
            for at, count in used.items()
            for n in range(10)
        ],
    )
    pace = of(town, "asset_occupancy_count", "2024-07").extra["pace"]
    assert (pace["net"], pace["a_month"], pace["target"], pace["by"]) == (3, 0.5, 0.6, "2024-12")
    assert (pace["short"], pace["needed"], pace["reached"]) == (0, 0, "2024-07")
    may = of(town, "asset_occupancy", "2024-05").extra["pace"]
    assert (may["net"], may["short"], may["reached"]) == (None, 100, None)
    assert may["needed"] == pytest.approx(100 / 7)
    assert of(town, "asset_occupancy", "2024-07").extra["rent"] == 100


def test_a_month_with_nine_in_ten_monitored_is_a_round(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        households=[household("H1")],
        labour=[worker(n, "H1") for n in range(10)],
        employment=[
            employment(at, citizen(n))
            for at, told in (("2024-01", 9), ("2024-02", 8), ("2024-03", 10))
            for n in range(told)
        ],
    )
    found = of(town, "monitoring_rounds", "2024-Q1")
    assert (found.value, found.low, found.high, found.unreported) == (2, 2, 2, 3)
    assert (found.target, found.path, found.status) == (12, 3, "behind")
    counted = rows(town, METRICS["monitoring_rounds"], Period.parse("2024-Q1"), TOWN, "numerator")
    assert counted["subject"].to_list() == ["2024-01", "2024-03"]
    assert of(town, "monitoring_rounds", "2023-12").status == "no_data"


def test_visits_are_nought_where_others_met_and_unknown_before_the_first_row(
    tmp_path: Path,
) -> None:
    town = published(
        tmp_path,
        meetings=[
            meeting(
                "M1",
                "领导调研",
                date(2024, 3, 1),
                rank="管委领导",
                issues_raised=4,
                place="安置点",
                chair="王一",
            ),
            meeting("M2", "领导调研", date(2024, 8, 1), rank="处级领导", issues_settled=0),
            meeting(
                "M3",
                "季度工作会议",
                date(2024, 5, 1),
                issues_raised=4,
                issues_settled=2,
                attendees=["社会事务局", "乡村振兴工作专班"],
                place="安置点",
            ),
        ],
        leaders=[{"rank": "管委领导", "since": date(2023, 1, 1), "post": "副主任", "name": "王一"}],
    )
    halves = [of(town, "leader_visits", f"{half}") for half in ("2023-H2", "2024-H1", "2024-H2")]
    assert [(one.value, one.status) for one in halves] == [
        (None, "no_data"), (1, "met"), (0, "missed"),
    ]  # fmt: skip
    quarters = [
        of(town, "quarterly_meetings", q) for q in ("2023-Q4", "2024-Q1", "2024-Q2", "2024-Q4")
    ]
    assert [(one.value, one.status) for one in quarters] == [
        (None, "no_data"), (0, "missed"), (1, "met"), (0, "missed"),
    ]  # fmt: skip
    assert of(town, "issues_settled", "2024").value == 2 / 8
    assert of(town, "issues_settled", "2024-01").status == "no_data"


def test_who_was_entered_and_settled_by_april_2023(tmp_path: Path) -> None:
    visited = date(2023, 4, 30)
    town = published(
        tmp_path,
        households=[
            household("H1", first_visit=visited),
            household("H2", first_visit=date(2023, 5, 1)),
            household("H3"),
            household("H4", moved_in=date(2023, 5, 1), first_visit=visited),
            household("H5"),
            household("H5", effective_month=month("2024-01"), first_visit=visited, status="迁出"),
        ],
        assets=[
            asset("A1", accounts="未结算"),
            asset("A1", accounts="已结算", effective_month=month("2024-02")),
            asset("A2", accounts="已决算", registration="不适用"),
            asset("A3", accounts="未结算", registration="办理中", effective_month=month("2023-06")),
        ],
    )
    entered = of(town, "entry_coverage", "2025-01")
    assert (entered.numerator, entered.denominator, entered.status) == (2, 4, "missed")
    assert of(town, "entry_coverage", "2023-03").status == "behind"
    settled = [of(town, "settlement_rate", at) for at in ("2023-04", "2024-02")]
    assert [(one.numerator, one.denominator, one.status) for one in settled] == [
        (1, 2, "missed"), (2, 2, "met_late"),
    ]  # fmt: skip
    final = of(town, "final_accounts_rate", "2024-02")
    assert (final.numerator, final.denominator, final.status) == (1, 3, "missed")
    registered = of(town, "registration_rate", "2023-12")
    assert (registered.numerator, registered.denominator) == (1, 2)


def test_a_ledger_is_in_time_by_the_tenth_of_the_next_month(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        at="2024-02-10T09:00:00",
        households=[household("H1")],
        labour=[worker(1, "H1")],
        assets=[asset("A1")],
        employment=[
            employment("2024-01", citizen(1), reported_on=date(2024, 2, 11)),
            employment("2024-02", citizen(1), reported_on=date(2024, 3, 10)),
        ],
        occupancy=[occupancy("2024-01", "A1")],
        tasks=[task("T1", ["管委会"], date(2024, 6, 1), date(2024, 1, 9))],
    )
    # Of the plan's ledgers, employment is a day late for January and in time for February; both
    # registers came on the last day for January, and not again for February.
    assert of(town, "ledger_timeliness", "2024-01").value == 2 / 3
    assert of(town, "ledger_timeliness", "2024-02").value == 3 / 6
    assert of(town, "ledger_timeliness", "2025-01").status == "no_data"


def test_a_person_counts_in_every_group_they_belong_to(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        households=[household("H1"), household("H2", status="注销")],
        labour=[
            worker(1, "H1", groups=["残疾人", "独居老人"], work_ability="弱劳动力或半劳动力"),
            worker(2, "H1"),
            worker(3, "H2", groups=["残疾人"]),
        ],
    )
    found = of(town, "register_size", "2024-01", by=("group",))
    assert found.value == 2
    by = {one.label: one.value for one in found.by["group"]}
    assert (by["残疾人"], by["独居老人"], by["弱劳动力或半劳动力"], by["孤儿"]) == (1, 1, 1, 0)


def test_scopes_are_found_by_name_and_the_nearest_is_named(tmp_path: Path) -> None:
    town = published(tmp_path, households=[household("H1", "10栋"), household("H2", "3栋")])
    assert [str(scope) for scope in places(town)] == [
        "幸福小镇", "幸福小镇/3栋", "幸福小镇/3栋/1单元", "幸福小镇/10栋", "幸福小镇/10栋/1单元",
    ]  # fmt: skip
    assert parse_scope(town, "幸福小镇/3栋").building == "3栋"
    assert parse_scope(town, "专班").department == "乡村振兴工作专班"
    with pytest.raises(KeyError, match="幸福小镇/3栋"):
        parse_scope(town, "幸福小镇/4栋")
    with pytest.raises(NotDefinedError):
        of(town, "income_growth_gap", "2024-01")
    with pytest.raises(NotDefinedError):
        of(town, "task_completion", "2024-01", Scope(building="3栋"))


def test_periods_run_over_what_the_ledgers_hold(tmp_path: Path) -> None:
    town = published(tmp_path, meetings=[
        meeting("M1", "督导检查", date(2024, 2, 1)), meeting("M2", "督导检查", date(2024, 7, 1)),
    ])  # fmt: skip
    assert [str(one) for one in periods(town, "quarter")] == ["2024-Q1", "2024-Q2", "2024-Q3"]
    gap = METRICS["income_growth_gap"]
    assert str(fitting(gap, Period.parse("2024-08"))) == "2024-Q3"
    assert str(fitting(gap, Period.parse("2024-H1"))) == "2024-H1"
    assert str(fitting(METRICS["leader_visits"], Period.parse("2024"))) == "2024-H2"
