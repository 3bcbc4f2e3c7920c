"""One case worked by hand for each of the headline five, as their definitions read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest

from board.catalogue import METRICS
from board.i18n import speaking
from board.metrics import Period, Reading, Scope, answer, read
from board.store import Snapshot
from tests.support.rows import (
    Row,
    asset,
    benchmark,
    citizen,
    employment,
    household,
    income,
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


def parts(reading: Reading, axis: str) -> dict[str, float | None]:
    return {one.label: one.value for one in reading.by[axis]}


def test_five_workers_one_unheard_of_and_where_the_others_are(tmp_path: Path) -> None:
    born = date(1985, 6, 15)
    town = published(
        tmp_path,
        households=[household("H1"), household("H2", unit="2单元"), household("H3", status="迁出")],
        labour=[
            worker(1, "H1"),
            worker(2, "H1"),
            worker(3, "H2"),
            worker(4, "H2"),
            worker(5, "H2"),
            worker(6, "H3"),  # moved out: counts nowhere
            worker(7, "H1", student=True),
            worker(8, "H1", work_ability="丧失劳动力"),
            worker(9, "H1", born=date(2008, 4, 1)),  # sixteen in April
            worker(10, "H1", born=date(1964, 3, 31)),  # sixty on the month's last day
        ],
        employment=[
            employment("2024-03", citizen(1), wage=3000.0),
            employment(
                "2024-03", citizen(2), place="区内市外", county="大化瑶族自治县", wage=2000.0
            ),
            employment("2024-03", citizen(3), "暂离"),
            employment("2024-03", citizen(4), "未就业", returned=True),
            employment("2024-03", citizen(6)),
            employment("2024-03", citizen(7)),
            employment("2024-03", citizen(9, date(2008, 4, 1))),
            employment("2024-03", citizen(10, date(1964, 3, 31))),
        ],
    )
    assert born  # everybody else was born then: 38 years old
    rate = of(town, "employment_rate", "2024-03")
    assert (rate.numerator, rate.denominator, rate.unreported) == (3, 4, 1)
    assert (rate.value, rate.low, rate.high) == (0.75, 0.6, 0.8)

    where = of(town, "employment_destination", "2024-03", by=("place", "home_place", "channel"))
    assert (where.value, where.low, where.high, where.denominator) == (3, 3, 4, None)
    assert parts(where, "place") == {
        "片区内": 1, "市内": 0, "区内市外": 1, "广东": 0, "区外其他": 0, "境外": 0, "未填": 1,
    }  # fmt: skip
    # The job in Dahua is away to the zone and at home to the county.
    assert parts(where, "home_place") == {
        "大化瑶族自治县内": 1, "县外区内": 1, "区外": 0, "境外": 0, "未填": 1,
    }  # fmt: skip
    inside = next(one for one in where.by["place"] if one.label == "片区内")
    assert (inside.low, inside.high, inside.unreported) == (1, 2, 1)

    assert of(town, "median_wage", "2024-03").value == 2500
    near = of(town, "nearby_share", "2024-03")
    assert (near.value, near.low, near.high) == (0.5, 1 / 3, 2 / 3)
    back = of(town, "returned_workers", "2024-03", by=("status",))
    assert parts(back, "status") == {"在业": 0, "未就业": 1, "暂离": 0}
    # In April nobody is heard of: nothing is claimed, the bounds are everything.
    april = of(town, "employment_rate", "2024-04")
    assert (april.status, april.value, april.numerator, april.denominator) == (
        "no_data", None, None, None,
    )  # fmt: skip
    assert (april.low, april.high, april.unreported) == (0, 1, 6)
    assert of(town, "employment_rate", "2024-03", Scope(building="9栋")).status == "not_applicable"


def quarters(
    year: int, wages: Iterable[Iterable[tuple[str, float, int]]], transfer: float = 0.0
) -> list[Row]:
    """Two households' income of a year's first quarters."""
    return [
        income(f"{year}-Q{n}", home, wage=wage, members=members, transfer_income=transfer)
        for n, by_home in enumerate(wages, 1)
        for home, wage, members in by_home
    ]


def test_income_grows_by_a_fifth_against_eight_percent_in_the_county(tmp_path: Path) -> None:
    homes = [household("H1"), household("H2"), household("H3")]
    people = [worker(1, "H1"), worker(2, "H2"), worker(3, "H3", lifted_out=False)]
    last = quarters(
        2023, [[("H1", 800.0, 2), ("H2", 200.0, 2)], [("H1", 1000.0, 2), ("H2", 200.0, 2)]]
    )
    now = quarters(
        2024, [[("H1", 900.0, 2), ("H2", 300.0, 2)], [("H1", 1000.0, 2), ("H2", 440.0, 2)]]
    )
    rich = [income(f"{year}-Q1", "H3", wage=1e6) for year in (2023, 2024)]  # not lifted out
    town = published(
        tmp_path, households=homes, labour=people, income=[*last, *now, *rich],
        benchmark=[
            benchmark("2024-Q1", growth=8.0),
            benchmark("2023-Q2", 1000.0), benchmark("2024-Q2", 1050.0),
            benchmark("2024-Q2", 9.0, growth=99.0, basis="农村居民人均可支配收入"),
        ],
    )  # fmt: skip
    # Per head: 250 + 300 last year, 300 + 360 this year.
    first = of(town, "income_growth_gap", "2024-Q1", by=("component",))
    assert first.extra["growth"] == pytest.approx(0.2)
    assert first.extra["benchmark_growth"] == pytest.approx(0.08)
    assert first.value == pytest.approx(12)
    assert (first.low, first.high, first.target, first.path) == (None, None, 0, 0)
    assert first.status == "on_pace"
    assert parts(first, "component")["wage_income"] == pytest.approx(20)
    second = of(town, "income_growth_gap", "2024-Q2")
    assert (second.numerator, second.denominator) == (660, 550)
    assert second.value == pytest.approx(20 - 5)  # the county's own growth computed
    assert second.extra["composition"] == pytest.approx(0)
    third = of(town, "income_growth_gap", "2024-Q3")
    assert (third.status, third.value, third.unreported) == ("no_data", None, 4)


def test_a_benchmark_of_another_basis_is_refused_in_words(tmp_path: Path) -> None:
    town = published(
        tmp_path, households=[household("H1")], labour=[worker(1, "H1")],
        income=[income(quarter, "H1", wage=100.0) for quarter in ("2023-Q1", "2024-Q1")],
        benchmark=[benchmark("2024-Q1", growth=1.0, basis="农村居民人均可支配收入")],
    )  # fmt: skip
    found = of(town, "income_growth_gap", "2024-Q1")
    assert (found.value, found.status, found.extra["growth"]) == (None, "no_data", 0)
    assert "大化瑶族自治县农村居民人均可支配收入不能代用" in answer(found)["refused"]
    with speaking("en"):
        assert "can't stand in" in answer(found)["refused"]


def test_a_quarter_told_by_too_few_households_decides_nothing(tmp_path: Path) -> None:
    homes = [household(f"H{n}") for n in range(10)]
    people = [worker(n, f"H{n}") for n in range(10)]
    told = [income("2023-Q1", f"H{n}", wage=100.0) for n in range(8)]
    now = [income("2024-Q1", f"H{n}", wage=200.0) for n in range(10)]
    town = published(
        tmp_path, households=homes, labour=people, income=told + now,
        benchmark=[benchmark("2024-Q1", growth=1.0)],
    )  # fmt: skip
    found = of(town, "income_growth_gap", "2024-Q1")
    assert (found.status, found.unreported) == ("undetermined", 2)
    assert found.value == pytest.approx(99)
    matched = of(town, "matched_income_growth", "2024-Q1")
    assert (matched.value, matched.status) == (1.0, "no_target")


def test_assets_by_area_and_by_places(tmp_path: Path) -> None:
    town = published(
        tmp_path,
        assets=[
            asset("A1", 100.0),
            asset("A2", 300.0),
            asset("A3", 50.0, usable=False),
            asset("A4", None, count=10, kind="地面停车位", building=None),
            asset("A5", 100.0, effective_month=month("2024-02")),
        ],
        occupancy=[
            occupancy("2023-12", "A1"),
            occupancy("2023-12", "A2", "闲置"),
            occupancy("2023-12", "A4", "在用", used_count=4),
            occupancy("2024-02", "A1", rent=500.0, jobs=3),
            occupancy("2024-02", "A2", "装修"),
            occupancy("2024-02", "A4"),
        ],
    )
    first = of(town, "asset_occupancy", "2023-12")
    assert (first.numerator, first.denominator, first.value) == (100, 400, 0.25)
    assert (first.target, first.status, first.unreported) == (0.5, "missed", 0)
    then = of(town, "asset_occupancy", "2024-02", by=("kind",))
    assert (then.value, then.low, then.high) == (0.25, 0.2, 0.4)
    assert then.path == pytest.approx(0.5 + 0.1 * 2 / 12)
    assert (then.status, then.unreported) == ("behind", 1)
    assert (then.extra["rent"], then.extra["jobs"]) == (500, 3)
    assert parts(then, "kind")["商业铺面"] == 0.25
    places = of(town, "asset_occupancy_count", "2024-02")
    assert (places.numerator, places.denominator) == (11, 12)
    assert (places.low, places.high, places.status) == (11 / 13, 12 / 13, "on_pace")
    assert of(town, "asset_occupancy", "2024-03").status == "no_data"
    assert of(town, "asset_occupancy", "2023-12", Scope(building="2栋")).status == "not_applicable"


def test_zero_employment_households_come_and_go(tmp_path: Path) -> None:
    #          2024-01 …            H1 loses its work, finds it, loses it again
    story = {1: "在业 未就业 在业 未就业", 2: "未就业 - 未就业 未就业", 3: "- 在业 未就业 在业"}
    town = published(
        tmp_path,
        households=[
            household("H1"),
            household("H2"),
            household("H2", unit="2单元", effective_month=month("2024-04")),
            household("H3", unit="2单元"),
        ],
        labour=[worker(n, f"H{n}") for n in story] + [worker(9, "H1", willing_to_work=False)],
        employment=[
            employment(f"2024-0{at}", citizen(n), status)
            for n, line in story.items()
            for at, status in enumerate(line.split(), 1)
            if status != "-"
        ],
    )
    states = [of(town, "zero_employment_households", f"2024-0{n}") for n in range(1, 5)]
    assert [(one.value, one.low, one.high, one.status) for one in states] == [
        (1, 1, 2, "no_target"), (1, 1, 2, "no_target"), (2, 2, 2, "no_target"),
        (2, 2, 2, "no_target"),
    ]  # fmt: skip
    flows = [one.extra["flow"] for one in states]
    terms = ("opening", "new", "relapsed", "came_in", "cleared", "went_out", "closing")
    assert [tuple(flow[term] for term in terms) for flow in flows] == [
        (0, 0, 0, 1, 0, 0, 1),  # H2, out of the unknown before the first month
        (1, 1, 0, 0, 0, 1, 1),  # H1 new, H2 unheard of
        (1, 1, 0, 1, 1, 0, 2),  # H3 new, H2 back, H1 cleared
        (2, 0, 1, 0, 1, 0, 2),  # H1 relapsed, H3 cleared
    ]
    # A household that moves goes out of one unit and comes into the other.
    old, new = (Scope(building="1栋", unit=unit) for unit in ("1单元", "2单元"))
    april = "2024-04"
    assert of(town, "zero_employment_households", april, old).extra["flow"]["went_out"] == 1
    assert of(town, "zero_employment_households", april, new).extra["flow"]["came_in"] == 1
    quarter = of(town, "zero_employment_households", "2024-Q1").extra["flow"]
    assert [quarter[term] for term in terms] == [0, 2, 0, 2, 1, 1, 2]
    assert states[3].extra["months_open"] == [2, 1]


def test_tasks_count_once_for_each_department_and_once_in_the_total(tmp_path: Path) -> None:
    one, two, three = "社会事务局", "经济发展局", "组织人社局"
    town = published(
        tmp_path,
        tasks=[
            task("T1", [one, two], date(2024, 3, 31), date(2024, 3, 1), done_on=date(2024, 3, 31)),
            task("T2", [one], date(2024, 3, 31), date(2024, 1, 5)),
            task("T3", [one], date(2024, 2, 28), date(2024, 1, 5)),
            task("T3", [one], date(2024, 2, 28), date(2024, 2, 10), state="已取消"),
            task("T4", [three], date(2024, 12, 31), date(2024, 2, 1)),
            task("T5", [two], date(2024, 3, 1), date(2024, 4, 9), done_on=date(2024, 4, 8)),
        ],
    )
    march = of(town, "task_completion", "2024-Q1", by=("department",))
    assert (march.numerator, march.denominator, march.status) == (1, 3, "missed")
    found = {
        one.label: (one.numerator, one.denominator, one.status) for one in march.by["department"]
    }
    assert found[one] == (1, 2, "missed")
    assert found[two] == (1, 2, "missed")
    assert found[three][2] == "not_due"
    assert found["行政审批局"][2] == "not_applicable"
    late = of(town, "overdue_tasks", "2024-03")
    assert (late.value, late.extra["days_late"]) == (1, [30])
    assert of(town, "stale_tasks", "2024-03").value == 2  # T2 and T4
    assert of(town, "on_time_rate", "2024-04").value == 1 / 3
    assert of(town, "task_completion", "2024-04").value == 2 / 3
    assert of(town, "departments_with_tasks", "2024-03").value == 3 / 11
    january = of(town, "task_completion", "2024-01", Scope(department=one))
    assert january.status == "not_due"


def test_a_building_shows_growth_and_gap_without_a_verdict(tmp_path: Path) -> None:
    homes = [household("H1"), household("H2", building="2栋")]
    people = [worker(1, "H1"), worker(2, "H2")]
    told = [income(f"{year}-Q1", home, wage=wage) for home in ("H1", "H2")
            for year, wage in (("2023", 100.0), ("2024", 120.0))]  # fmt: skip
    town = published(
        tmp_path, households=homes, labour=people, income=told,
        benchmark=[benchmark("2024-Q1", growth=8.0)],
    )  # fmt: skip
    whole = of(town, "income_growth_gap", "2024-Q1")
    assert (whole.status, whole.target) == ("on_pace", 0)
    inner = of(town, "income_growth_gap", "2024-Q1", Scope(building="2栋"))
    assert inner.value == pytest.approx(12)
    assert (inner.status, inner.target, inner.path) == ("no_target", None, None)
