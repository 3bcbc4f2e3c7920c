"""The last day, the tenth household, the twelfth month: cases at the edge, worked out by hand."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.outside.cli import call
from tests.outside.columns import HOME, Row
from tests.outside.plain import asset, earnings, household, job, plain, standard, task, use, worker

pytestmark = pytest.mark.usefixtures("workbooks_read_here", "stores_kept_open")


class Board:
    """A store filled from plain rows."""

    def __init__(self, folder: Path, rows: dict[str, list[Row]]) -> None:
        self.store = folder / "store"
        path = plain(folder / "a.xlsx", rows)
        answer = call("load", path, "--format", "json", store=self.store)
        assert answer.code == 0, answer.out[:3000]

    def figure(self, key: str, period: str, scope: str = "幸福小镇") -> dict[str, Any]:
        words = ["metrics", "--period", period, "--scope", scope, "--metric", key]
        answer = call(*words, "--format", "json", store=self.store)
        assert answer.code == 0, answer.err
        figure: dict[str, Any] = answer.json[0]
        return figure


def month(n: int) -> str:
    """The n-th month, from 2023-01."""
    return f"{2023 + n // 12}-{n % 12 + 1:02}"


def work(person: int, at: int, status: str = "在业") -> Row:
    """A person's row of the n-th month."""
    day = date(2023 + at // 12, at % 12 + 1, 28)
    return job(person) | {"监测月份": month(at), "就业状态": status, "填报日期": day}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Two households cleared in month 1; one relapses 12, the other 13 months later; one moves."""
    homes = [household(0), household(1) | {"单元": "2单元"}, household(2), household(3)]
    homes.append(household(2) | {"生效月份": month(3), "单元": "2单元"})
    jobs = []
    for at in range(16):
        jobs.append(work(0, at, "未就业" if at in (0, 13) else "在业"))
        jobs.append(work(1, at, "未就业" if at in (0, 14) else "在业"))
        jobs.append(work(2, at, "未就业" if at in (2, 3, 6) else "在业"))
        if at != 5:
            jobs.append(work(3, at, "未就业" if at < 8 else "在业"))
    labour = [worker(n) for n in range(4)]
    rows = {"households": homes, "labour": labour, "employment": jobs}
    return Board(tmp_path_factory.mktemp("year"), rows)


FLOWS = [
    (0, "幸福小镇", {"opening": 0, "came_in": 3, "closing": 3}),
    (1, "幸福小镇", {"opening": 3, "cleared": 2, "closing": 1}),
    (2, "幸福小镇", {"opening": 1, "new": 1, "closing": 2}),
    (3, "幸福小镇", {"opening": 2, "closing": 2}),
    (3, "幸福小镇/1栋/1单元", {"opening": 2, "went_out": 1, "closing": 1}),
    (3, "幸福小镇/1栋/2单元", {"came_in": 1, "closing": 1}),
    (4, "幸福小镇/1栋/2单元", {"opening": 1, "cleared": 1}),
    (5, "幸福小镇", {"opening": 1, "went_out": 1}),
    (6, "幸福小镇", {"came_in": 1, "relapsed": 1, "closing": 2}),
    (6, "幸福小镇/1栋/2单元", {"relapsed": 1, "closing": 1}),
    (8, "幸福小镇", {"opening": 1, "cleared": 1}),
    (13, "幸福小镇", {"relapsed": 1, "closing": 1}),
    (14, "幸福小镇", {"opening": 1, "cleared": 1, "new": 1, "closing": 1}),
    (15, "幸福小镇", {"opening": 1, "cleared": 1}),
]


@pytest.mark.parametrize(("at", "scope", "flow"), FLOWS)
def test_a_household_is_new_relapsed_or_came_in(
    year: Board, at: int, scope: str, flow: dict[str, int]
) -> None:
    names = ["opening", "new", "relapsed", "came_in", "cleared", "went_out", "closing"]
    told = year.figure("zero_employment_households", month(at), scope)["flow"]
    assert told == dict.fromkeys(names, 0) | flow


def test_a_years_flow_is_the_sum_of_its_months(year: Board) -> None:
    told = year.figure("zero_employment_households", "2023")["flow"]
    wanted = {"opening": 0, "new": 1, "relapsed": 1, "came_in": 4, "cleared": 5, "went_out": 1}
    assert told == wanted | {"closing": 0}


def test_an_unknown_household_bounds_the_zero_ones(year: Board) -> None:
    told = year.figure("zero_employment_households", month(5))
    assert (told["value"], told["low"], told["high"], told["unreported"]) == (0, 0, 1, 1)
    assert (told["status"], told["target"]) == ("no_target", None)
    assert told["states"] == {"employed": 3, "zero": 0, "unknown": 1}


@pytest.mark.parametrize(("at", "value", "high", "status"), [
    (0, 0, 3, "undetermined"),  # the month before is unknown
    (1, 1, 1, "missed"),  # the fourth household, of three that were at zero
    (2, 1, 1, "missed"),  # the third is at zero for the first month
    (3, 2, 2, "missed"),
    (4, 1, 1, "missed"),
    (5, 0, 1, "undetermined"),  # nobody asked the fourth
    (6, 0, 1, "undetermined"),  # it is at zero, and unknown the month before
    (7, 1, 1, "missed"),
    (13, 0, 0, "met"),
    (15, 0, 0, "met"),
])  # fmt: skip
def test_a_household_is_overdue_in_its_second_month_at_zero(
    year: Board, at: int, value: int, high: int, status: str
) -> None:
    told = year.figure("zero_employment_overdue", month(at))
    assert (told["value"], told["high"], told["status"], told["target"]) == (value, high, status, 0)
    whole = year.figure("zero_employment_households", month(at))
    assert (whole["overdue"], whole["overdue_status"]) == (value, status)


@pytest.fixture(scope="module")
def ten(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Ten households: nine told of in the first month, eight in the second; so with incomes."""
    homes = [household(n) | {"首次入户日期": date(2023, 4, 30)} for n in range(10)]
    homes[0]["首次入户日期"] = date(2023, 5, 1)
    homes[1]["首次入户日期"] = None
    homes.append(household(10) | {"入住日期": date(2023, 5, 1)})
    homes.append(homes[1] | {"生效月份": "2023-08", "首次入户日期": date(2023, 4, 30)})
    jobs = [work(n, 0) for n in range(9)] + [work(n, 1) for n in range(8)]
    incomes, amounts = [], {"2022": 9000, "2023": 9900}
    for year, amount in amounts.items():
        for quarter in ("Q1", "Q2"):
            for n in range(9 if (year, quarter) == ("2023", "Q2") else 10):
                row = earnings(n) | {"季度": f"{year}-{quarter}", "转移净收入": 0}
                incomes.append(row | {"工资性收入": amount + 10 * (n == 9)})
    standards = [
        standard(0) | {"县": HOME, "季度": f"{year}-{q}", "累计金额": amount, "累计同比增速": None}
        for year, q, amount in (
            ("2022", "Q1", 3000),
            ("2022", "Q2", 6000),
            ("2023", "Q1", 3300),
            ("2023", "Q2", 6660),
        )
    ]
    standards.append(standards[-1] | {"口径": "农村居民人均可支配收入", "累计同比增速": 1.0})
    rows = {
        "households": homes,
        "labour": [worker(n) for n in range(10)],
        "employment": jobs,
        "income": incomes,
        "benchmark": standards,
    }
    return Board(tmp_path_factory.mktemp("ten"), rows)


def test_nine_of_ten_monitored_is_a_round_and_eight_of_ten_is_none(ten: Board) -> None:
    first, second = (ten.figure("monitoring_rounds", month(n)) for n in (0, 1))
    assert (first["value"], first["path"], first["target"], first["status"]) == (
        1,
        1,
        12,
        "on_pace",
    )
    assert (second["value"], second["path"], second["status"]) == (1, 2, "behind")


def test_a_first_visit_counts_to_the_last_day_of_april(ten: Board) -> None:
    told = ten.figure("entry_coverage", "2023-04")
    assert (told["numerator"], told["denominator"], told["status"]) == (9, 10, "missed")


def test_exactly_ninety_percent_of_incomes_is_enough(ten: Board) -> None:
    first = ten.figure("income_growth_gap", "2023-Q1")
    assert first["benchmark_growth"] == pytest.approx(0.1)
    second = ten.figure("income_growth_gap", "2023-Q2")
    assert second["benchmark_growth"] == pytest.approx(0.11)
    assert second["growth"] == pytest.approx(0.1, abs=0.001)
    assert (second["unreported"], second["status"]) == (1, "behind")
    assert second["value"] == pytest.approx(100 * (second["growth"] - 0.11))
    parts = {row["key"]: row["value"] for row in second["by"]["component"]}
    assert sum(parts.values()) == pytest.approx(100 * second["growth"])


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Tasks at the edge of 2024-06-30."""
    end = date(2024, 6, 30)
    done = {"状态": "已完成", "更新日期": date(2024, 7, 15)}
    rows = [
        task(1) | {"完成时限": end},  # due on the last day, not done
        task(2) | {"完成时限": end} | done | {"完成日期": end},
        task(3) | {"完成时限": end} | done | {"完成日期": end + timedelta(days=1)},
        task(4) | {"完成时限": end + timedelta(days=1)},  # not due yet
        task(5) | {"完成时限": end, "更新日期": end - timedelta(days=30)},
        task(6) | {"完成时限": end, "更新日期": end - timedelta(days=31)},
        task(7) | {"完成时限": end, "更新日期": date(2024, 1, 9)},
        task(7) | {"完成时限": end, "状态": "已取消", "更新日期": date(2024, 7, 1)},
        task(8) | {"完成时限": end, "更新日期": date(2024, 1, 9)},
        task(8) | {"完成时限": end, "状态": "已取消", "更新日期": end},
        task(9) | {"举措序号": "R3", "牵头部门": "管委会", "完成时限": date(2024, 12, 31)},
        task(10)
        | {"举措序号": "2", "牵头部门": "专班、社会事务局", "完成时限": end}
        | done
        | {"完成日期": date(2024, 6, 1), "销号日期": end},
    ]
    return Board(tmp_path_factory.mktemp("led"), {"tasks": rows})


def test_a_task_is_due_done_and_overdue_by_its_last_day(led: Board) -> None:
    told = led.figure("task_completion", "2024-06")
    assert (told["numerator"], told["denominator"]) == (2, 7)
    assert (told["accepted"], told["due_today"]) == (1, 5)
    assert led.figure("overdue_tasks", "2024-06")["value"] == 0
    later = led.figure("task_completion", "2024-07")
    assert (later["numerator"], later["denominator"]) == (3, 7)
    on_time = led.figure("on_time_rate", "2024-07")
    assert (on_time["numerator"], on_time["denominator"]) == (2, 7)
    accepted = led.figure("accepted_rate", "2024-06")
    assert (accepted["numerator"], accepted["denominator"]) == (1, 7)


def test_a_task_is_stale_after_more_than_thirty_days(led: Board) -> None:
    told = led.figure("stale_tasks", "2024-06", "组织人社局")
    # 1, 4 and 6 and 7, and 3: done after the end, its one update after it too
    assert told["value"] in (4, 5)
    assert led.figure("stale_tasks", "2024-02", "管委会")["value"] == 0


def test_a_department_is_not_due_or_has_nothing_to_do(led: Board) -> None:
    assert led.figure("task_completion", "2024-06", "管委会")["status"] == "not_due"
    assert led.figure("task_completion", "2024-06", "协调指导局")["status"] == "not_applicable"
    assert led.figure("task_completion", "2024-06", "乡村振兴工作专班")["status"] == "met"
    assert led.figure("task_completion", "2023-12", "组织人社局")["value"] is None
    told = led.figure("departments_with_tasks", "2024-06")
    assert (told["numerator"], told["denominator"]) == (3, 11)


@pytest.fixture(scope="module")
def let(tmp_path_factory: pytest.TempPathFactory) -> Board:
    """Four shops and a car park."""
    assets = [asset(n) | {"面积": 100} for n in range(4)]
    assets[3] |= {"可盘活": "否"}
    assets.append(
        asset(4) | {"资产类别": "地面停车位", "面积": None, "数量": 10, "生效月份": "2023-05"}
    )
    uses = []
    for at in range(2, 14):
        at_month = {"月份": month(at)}
        uses.append(use(0) | at_month)
        uses.append(use(1) | at_month | {"状态": "闲置"})
        if at % 2:
            uses.append(use(2) | at_month)
        uses.append(use(3) | at_month)
        if at >= 4:
            uses.append(use(4) | at_month | {"在用数量": 4})
    rows = {"assets": assets, "occupancy": uses}
    return Board(tmp_path_factory.mktemp("let"), rows)


@pytest.mark.parametrize(
    ("at", "key", "n", "d", "low", "high", "path", "status"),
    [
        (2, "asset_occupancy", 100, 200, 1 / 3, 2 / 3, 0.5, "undetermined"),
        (3, "asset_occupancy", 200, 300, 2 / 3, 2 / 3, 0.5, "on_pace"),
        (11, "asset_occupancy", 200, 300, 2 / 3, 2 / 3, 0.5, "met"),
        (12, "asset_occupancy", 100, 200, 1 / 3, 2 / 3, 0.5 + 0.1 / 12, "undetermined"),
        (13, "asset_occupancy", 200, 300, 2 / 3, 2 / 3, 0.5 + 0.1 / 6, "on_pace"),
        (3, "asset_occupancy_count", 2, 3, 2 / 3, 2 / 3, 0.5, "on_pace"),
        (5, "asset_occupancy_count", 6, 13, 6 / 13, 6 / 13, 0.5, "behind"),
        (11, "asset_occupancy_count", 6, 13, 6 / 13, 6 / 13, 0.5, "missed"),
        (12, "asset_occupancy_count", 5, 12, 5 / 13, 6 / 13, 0.5 + 0.1 / 12, "behind"),
    ],
)
def test_occupancy_by_hand(
    let: Board,
    at: int,
    key: str,
    n: float,
    d: float,
    low: float,
    high: float,
    path: float,
    status: str,
) -> None:
    told = let.figure(key, month(at))
    assert (told["numerator"], told["denominator"]) == (pytest.approx(n), pytest.approx(d))
    assert (told["low"], told["high"]) == (pytest.approx(low), pytest.approx(high))
    assert (told["path"], told["status"]) == (pytest.approx(path), status)


def test_nothing_reported_yet_is_no_data_and_nothing_owned_does_not_apply(let: Board) -> None:
    told = let.figure("asset_occupancy", month(0))
    assert (told["value"], told["status"], told["unreported"]) == (None, "no_data", 3)
    assert (told["low"], told["high"]) == (0, 1)
