"""Figures of assets, projects and returns by the plan's words, each by a case worked by hand."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest

from board.catalogue import METRICS, measure_states
from board.intake import plans
from board.metrics import Metric, Period, Reading, Scope, below, filter_of, read, rows
from board.metrics.as_json import answer
from board.metrics.metric import Part
from board.metrics.parts import exact
from board.reference import shipped_plan
from board.sections.assets import ASSETS
from board.sections.cards import card
from board.store import Snapshot, open_store
from tests.support import plan_rows as plan
from tests.support.reading import full_view
from tests.support.rows import Row, asset, household, occupancy, published, published_of
from tests.support.settlement import made

WHOLE = Scope()
SHEET = "口径范围"


def figure(
    snapshot: Snapshot,
    key: str,
    period: str,
    by: Sequence[str] = (),
    only: str = "",
    scope: Scope = WHOLE,
) -> Reading:
    metric = replace(METRICS[key], filter=filter_of(METRICS[key], only))
    return read(snapshot, metric, Period.parse(period), scope, by)


def split(snapshot: Snapshot, key: str, period: str, axis: str) -> dict[str, float | None]:
    readings = figure(snapshot, key, period, by=(axis,)).by[axis]
    return {one.label: one.value for one in readings if one.numerator}


def behind(snapshot: Snapshot, key: str, period: str, part: Part) -> dict[str, Any]:
    frame = rows(snapshot, METRICS[key], Period.parse(period), WHOLE, part)
    column = "reason" if part == "excluded" else "amount"
    return dict(frame.select("subject", column).rows())


def beneficiary(return_id: str, household_id: str, amount: float) -> Row:
    return {"return_id": return_id, "household_id": household_id, "amount": amount}


def with_kinds(root: Path, named: Sequence[tuple[str, str, str]]) -> None:
    """Load the shipped plan with these rows of 口径范围 and no others."""
    place = root.parent / "plan"
    shutil.copytree(shipped_plan(), place)
    with (place / f"{SHEET}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("指标", "列", "取值"), *named])
    assert plans.load(place, root, at="2026-01-01T00:00:00").batch is not None


TOWN: dict[str, list[Row]] = {
    "assets": [
        asset("铺1"),
        asset("铺2"),
        asset("铺3", usable=False),
        asset("房1", kind="标准厂房", area=900.0, building=None),
        asset("房2", kind="产业资产", area=500.0, building=None),
        asset("房3", kind="帮扶车间", area=400.0, building=None),
        asset("房4", kind="帮扶车间", area=300.0, building=None, usable=False),
    ],
    "occupancy": [
        occupancy("2024-03", "铺1", rent=100.25, jobs=2, relocated_jobs=1),
        occupancy("2024-03", "铺2", "闲置"),
        occupancy("2024-03", "房1", mode="入股", rent=7000.5, jobs=30, relocated_jobs=20),
        occupancy("2024-03", "房2", "闲置"),
    ],
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return published_of(tmp_path_factory.mktemp("town"), TOWN)


def test_occupancy_counts_the_kinds_of_assets_that_the_plan_names(town: Snapshot) -> None:
    now = figure(town, "asset_occupancy", "2024-03", ("kind",))
    assert (now.numerator, now.denominator, now.unreported) == (100, 200, 0)
    assert {name: now.extra[name] for name in ("rent", "jobs")} == {"rent": 100.25, "jobs": 2}
    assert {one.label: one.value for one in now.by["kind"] if one.denominator} == {"商业铺面": 0.5}
    places = figure(town, "asset_occupancy_count", "2024-03")
    assert (places.numerator, places.denominator) == (1, 2)
    beyond = "不在方案的口径范围"
    assert behind(town, "asset_occupancy", "2024-03", "excluded") == {
        "铺3": "不可盘活", "房1": beyond, "房2": beyond, "房3": beyond, "房4": beyond,
    }  # fmt: skip
    assert behind(town, "asset_occupancy", "2024-03", "denominator") == {"铺1": 100, "铺2": 100}


def test_industrial_assets_count_once_by_their_state_and_by_mode_share_all_reported(
    town: Snapshot,
) -> None:
    now = figure(town, "industrial_occupancy", "2024-03", ("kind", "mode"))
    assert (now.value, now.numerator, now.denominator, now.unreported) == (0.5, 1, 2, 1)
    assert (now.low, now.high) == (1 / 3, 2 / 3)
    assert now.extra == {"rent": 7000.5, "jobs": 30, "relocated_jobs": 20}
    kinds = {one.label: (one.value, one.unreported) for one in now.by["kind"]}
    assert kinds["标准厂房"] == (1, 0)
    assert kinds["产业资产"] == (0, 0)
    assert kinds["帮扶车间"] == (None, 1)
    modes = {one.label: (one.value, one.denominator, one.high) for one in now.by["mode"]}
    assert modes["入股"] == (0.5, 2, 2 / 3)
    assert modes["自营"] == (0, 2, 1 / 3)
    assert behind(town, "industrial_occupancy", "2024-03", "excluded") == {
        "房4": "不可盘活",
        **dict.fromkeys(("铺1", "铺2", "铺3"), "不在方案的口径范围"),
    }


def test_a_plan_without_kinds_counts_every_kind(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with_kinds(root, [])
    snapshot = published_of(root, TOWN)
    assert figure(snapshot, "asset_occupancy", "2024-03").denominator == 1600
    assert figure(snapshot, "industrial_occupancy", "2024-03").denominator == 4


def test_any_metric_counts_the_rows_that_the_plan_names_in_any_column(tmp_path: Path) -> None:
    root = tmp_path / "store"
    with_kinds(
        root,
        [
            ("returns_by_use", "来源类型", "项目、资产"),
            ("returns_by_use", "用途", "群众增收"),
            ("final_accounts_rate", "不动产登记", "已登记"),
            ("rolling_projects", "列入滚动计划年度", "2025"),
        ],
    )
    snapshot = published(
        root,
        returns=[
            plan.returns("R1", date(2024, 1, 5), 10.0),
            plan.returns("R2", date(2024, 1, 6), 20.0, source_kind="实体公司"),
            plan.returns("R3", date(2024, 1, 7), 40.0, use="其他"),
            plan.returns("R4", date(2024, 1, 8), 80.0, source_kind="资产"),
        ],
        assets=[asset("A1"), asset("A2", registration="未登记"), asset("A3", accounts="未结算")],
        projects=[
            plan.project("P1", rolling_years=["2024"]),
            plan.project("P2", rolling_years=["2024", "2025"]),
        ],
    )
    assert figure(snapshot, "returns_by_use", "2024-01").value == 90
    assert split(snapshot, "returns_by_use", "2024-01", "source_kind") == {"项目": 10, "资产": 80}
    assert figure(snapshot, "returns_by_use", "2024-01", only="来源类型=实体公司").value == 0
    left_out = dict.fromkeys(("R2", "R3"), "不在方案的口径范围")
    assert behind(snapshot, "returns_by_use", "2024-01", "excluded") == left_out
    accounts = figure(snapshot, "final_accounts_rate", "2024-01")
    assert (accounts.numerator, accounts.denominator) == (1, 2)
    assert figure(snapshot, "rolling_projects", "2024-01").value == 1


def test_measure_15_is_as_bad_as_the_worse_of_area_and_places(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        assets=[asset("大", area=900.0), asset("小1", area=1.0), asset("小2", area=1.0)],
        occupancy=[
            occupancy("2025-12", "大"),
            occupancy("2025-12", "小1", "闲置"),
            occupancy("2025-12", "小2", "闲置"),
        ],
    )
    assert figure(snapshot, "asset_occupancy", "2025-12").status == "met"
    assert figure(snapshot, "asset_occupancy_count", "2025-12").status == "missed"

    def as_it_is(metric: Metric, period: Period, scope: Scope) -> Reading:
        return read(snapshot, metric, period, scope)

    states = measure_states(snapshot, Period.parse("2025-12"), as_it_is)
    state = next(one for one in states if one.measure.number == "15")
    assert (state.state, state.because) == ("missed", "asset_occupancy_count")
    view = full_view(snapshot, Period.parse("2025-12"), WHOLE)
    assert ASSETS.headline(view) == "资产盘活率 99.8%；按个数 33.3%，未达标"


def test_the_card_and_the_page_show_area_with_places_beside(town: Snapshot) -> None:
    view = full_view(town, Period.parse("2024-03"), WHOLE)
    shown = card(view, "asset_occupancy")
    assert shown.value == "50.0%"
    assert shown.note.startswith("按个数 50.0%，")
    assert "按个数" not in ASSETS.headline(view)


def test_the_area_in_use_is_rounded_to_a_hundredth_halves_up_in_each_row(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        assets=[
            asset("半", area=10.05, count=2),
            asset("三", area=100.0, count=3),
            asset("零", area=33.335, count=1),
        ],
        occupancy=[
            occupancy("2024-03", "半", used_count=1),
            occupancy("2024-03", "三", used_count=2),
            occupancy("2024-03", "零"),
        ],
    )
    assert behind(snapshot, "asset_occupancy", "2024-03", "numerator") == {
        "半": 5.03, "三": 66.67, "零": 33.34,
    }  # fmt: skip
    assert figure(snapshot, "asset_occupancy", "2024-03").numerator == 105.04


def test_assets_not_filled_in_are_unreported_and_those_it_does_not_apply_to_left_out(
    tmp_path: Path,
) -> None:
    def of(number: int, capitalised: str | None, papers: str | None) -> Row:
        return asset(f"A{number}", capitalised=capitalised, land_papers=papers)

    snapshot = published(
        tmp_path,
        assets=[
            of(1, "已转固", "齐全"),
            of(2, "未转固", "办理中"),
            of(3, "不适用", "未办"),
            of(4, None, "不适用"),
            of(5, "已转固", None),
        ],
    )
    for key, reason, left_out in (
        ("capitalised_rate", "不适用转固", "A3"),
        ("land_papers_rate", "不适用土地手续", "A4"),
    ):
        now = figure(snapshot, key, "2024-03")
        done = 2 if key == "capitalised_rate" else 1
        assert (now.numerator, now.denominator, now.unreported) == (done, 3, 1)
        assert (now.low, now.high) == (done / 4, (done + 1) / 4)
        assert behind(snapshot, key, "2024-03", "excluded") == {left_out: reason}


def test_assets_of_which_nothing_is_filled_in_are_unreported(tmp_path: Path) -> None:
    snapshot = published(tmp_path, assets=[asset("A1")])
    for key in ("capitalised_rate", "land_papers_rate"):
        now = figure(snapshot, key, "2024-03")
        assert (now.value, now.status, now.low, now.high) == (None, "no_data", 0, 1)


CHANGED: dict[str, list[Row]] = {
    "assets": [
        asset("不变"),
        asset("去年", effective_month=None),
        asset("去年", effective_month=date(2023, 6, 1), usable=False),
        asset("改一次", area=300.0),
        asset("改一次", area=300.0, effective_month=date(2024, 3, 1), usable=False),
        asset("改回来"),
        asset("改回来", effective_month=date(2024, 2, 1), usable=False),
        asset("改回来", effective_month=date(2024, 5, 1)),
        asset("别的列", effective_month=None),
        asset("别的列", effective_month=date(2024, 4, 1), accounts="已结算"),
        asset("厂房", kind="标准厂房", area=5000.0),
        asset("厂房", kind="标准厂房", area=5000.0, effective_month=date(2024, 4, 1), usable=False),
    ],
    "occupancy": [
        occupancy(at, one, state)
        for at in ("2024-02", "2024-03", "2024-05")
        for one, state in (
            ("不变", "在用"), ("去年", "闲置"), ("改一次", "闲置"), ("改回来", "在用"),
            ("别的列", "闲置"), ("厂房", "闲置"),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return published_of(tmp_path_factory.mktemp("changed"), CHANGED)


def test_an_asset_whose_usable_was_changed_in_the_year_counts_once(revised: Snapshot) -> None:
    def changed(at: str) -> dict[str, Any]:
        return behind(revised, "usable_changes", at, "numerator")

    assert changed("2024-01") == {}
    assert changed("2024-02") == {"改回来": 1}
    assert changed("2024-03") == {"改回来": 1, "改一次": 1}
    assert changed("2024") == {"改回来": 1, "改一次": 1, "厂房": 1}
    assert changed("2023") == {"去年": 1}
    assert changed("2025-01") == {}
    assert figure(revised, "usable_changes", "2024").value == 3
    assert figure(revised, "usable_changes", "2025-01").value == 0


def test_beside_changes_stands_the_rate_by_what_was_usable_when_the_year_began(
    revised: Snapshot,
) -> None:
    now = figure(revised, "asset_occupancy", "2024-03")
    # In use: 不变; usable: 不变 and 别的列, for the two changed ones are unusable in March.
    assert (now.numerator, now.denominator) == (100, 200)
    before = figure(revised, "usable_changes", "2024-03").extra["occupancy_before"]
    # By December's entries 改一次 (300 m², idle) and 改回来 (100 m², in use) were usable too.
    assert before == 200 / 600


def test_rows_of_a_change_name_both_rows_of_the_register(revised: Snapshot) -> None:
    found = rows(
        revised, METRICS["usable_changes"], Period.parse("2024"), WHOLE, "numerator"
    ).filter(subject="改回来")
    row = found.row(0, named=True)
    # The rows of the test's sheet begin in row 2; the last change is the third row of the asset.
    assert (row["before_row"], row["row"]) == (8, 9)
    assert (row["before_sheet"], row["before_file"]) == (row["sheet"], row["file"])


def test_a_project_is_of_the_year_in_which_it_was_to_start_and_counts_if_it_never_did(
    tmp_path: Path,
) -> None:
    in_2024: Row = {"planned_start": date(2024, 5, 10)}
    snapshot = published(
        tmp_path,
        projects=[
            plan.project("当年完工", started=date(2024, 5, 1), finished=date(2024, 11, 30), **in_2024),
            plan.project("次年完工", started=date(2024, 6, 1), finished=date(2025, 2, 1), **in_2024),
            plan.project("没有开工", state="谋划", **in_2024),
            plan.project("次年才开工", started=date(2025, 3, 1), finished=date(2025, 6, 1), **in_2024),
            plan.project(
                "提前开工", planned_start=date(2025, 1, 1), started=date(2024, 10, 1),
                finished=date(2024, 12, 1),
            ),
            plan.project("以后", planned_start=date(2024, 12, 20)),
            plan.project("别的资金", fund_source="企业投资", **in_2024),
        ],
    )  # fmt: skip
    november = behind(snapshot, "projects_on_time", "2024-11", "denominator")
    assert set(november) == {"当年完工", "次年完工", "没有开工", "次年才开工", "提前开工"}
    assert set(behind(snapshot, "projects_on_time", "2024-11", "numerator")) == {"当年完工"}
    year = figure(snapshot, "projects_on_time", "2024")
    assert (year.numerator, year.denominator, year.status) == (2, 6, "missed")
    assert figure(snapshot, "projects_on_time", "2024-11").status == "not_due"
    assert figure(snapshot, "projects_on_time", "2025").status == "not_applicable"


def test_work_relief_counts_projects_begun_by_the_periods_end(tmp_path: Path) -> None:
    def relief(project_id: str, state: str = "完工", **more: object) -> Row:
        told = {"relocated_workers": 10, "wages_paid": 1000.1}
        return plan.project(project_id, "以工代赈", state, **told, **more)

    snapshot = published(
        tmp_path,
        projects=[
            relief("三月", started=date(2024, 3, 5), finished=date(2024, 6, 1)),
            relief("五月", started=date(2024, 5, 31)),
            relief("没有日期", "在建"),
            relief("谋划", "谋划"),
        ],
    )
    april = figure(snapshot, "work_relief", "2024-04")
    assert april.value == 1
    assert april.extra["relocated_workers"] == 10
    assert april.extra["wages_paid"] == 1000.1
    assert behind(snapshot, "work_relief", "2024-04", "excluded") == dict.fromkeys(
        ("五月", "没有日期", "谋划"), "还没有开工"
    )
    assert figure(snapshot, "work_relief", "2024-05").value == 2
    assert figure(snapshot, "work_relief", "2023").status == "no_data"


def test_a_household_counts_once_where_it_lived_when_it_first_received_returns(
    tmp_path: Path,
) -> None:
    snapshot = published(
        tmp_path,
        households=[
            household("H1"),
            household("H1", building="2栋", effective_month=date(2024, 4, 1)),
            household("H2"),
            household("H3", building="2栋"),
            household("H3", building="2栋", effective_month=date(2024, 5, 1), status="迁出"),
            household("H4", effective_month=date(2024, 3, 1)),
        ],
        returns=[
            plan.returns("R1", date(2024, 2, 5), 100.0),
            plan.returns("R2", date(2024, 4, 5), 100.0),
        ],
        beneficiaries=[
            beneficiary("R1", "H1", 10.1),
            beneficiary("R2", "H1", 20.2),
            beneficiary("R1", "H3", 40.4),
            beneficiary("R1", "H4", 80.8),
        ],
    )
    before = figure(snapshot, "beneficiary_households", "2024-01")
    assert (before.value, before.status, before.unreported) == (None, "no_data", 3)
    february = figure(snapshot, "beneficiary_households", "2024-02")
    assert (february.numerator, february.denominator) == (2, 3)
    assert behind(snapshot, "beneficiary_households", "2024-02", "excluded") == {"H4": "不在册"}
    june = figure(snapshot, "beneficiary_households", "2024-06", by=("building",))
    assert (june.numerator, june.denominator, june.value) == (2, 3, 2 / 3)
    assert june.extra == {"amount": 70.7}
    assert {one.label: (one.numerator, one.denominator) for one in june.by["building"]} == {
        "1栋": (1, 2), "2栋": (1, 1),
    }  # fmt: skip
    assert figure(snapshot, "beneficiary_households", "2025-01").value == 0


def test_a_household_whose_risk_was_cleared_counts_where_it_stood_then(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        households=[
            household("H1"),
            household("H1", effective_month=date(2024, 6, 1), status="迁出"),
            household("H2"),
            household("H2", building="2栋", effective_month=date(2024, 6, 1)),
            household("H3", effective_month=date(2024, 5, 1)),
        ],
        risk=[
            plan.risk("H1", date(2024, 1, 5), cleared_on=date(2024, 3, 5)),
            plan.risk("H2", date(2024, 1, 5), cleared_on=date(2024, 4, 5)),
            plan.risk("H3", date(2024, 1, 5), cleared_on=date(2024, 4, 5)),
        ],
    )
    sums = [figure(snapshot, "risk_cleared", f"2024-{n:02}").value for n in range(3, 13)]
    assert sums == [1, *[2] * 9]
    year = figure(snapshot, "risk_cleared", "2024", by=("building",))
    assert {one.label: one.value or 0 for one in year.by["building"]} == {"1栋": 2, "2栋": 0}


def test_what_adds_up_from_january_never_falls_within_a_year() -> None:
    snapshot = open_store(made(80, 14)).snapshot()
    places = [WHOLE, *below(snapshot, WHOLE, "building")[:4]]
    adding = [m for m in METRICS.values() if m.kind == "count" and "month" in m.periods]
    adding = [
        m for m in adding if m.span == "year_to_date" or m.key in ("risk_cleared", "usable_changes")
    ]
    assert len(adding) > 8
    for metric, scope in product(adding, places):
        if scope.kind not in metric.scopes:
            continue
        months = [Period(date(2023, n, 1), "month") for n in range(1, 13)]
        sums = [read(snapshot, metric, at, scope).value or 0 for at in months]
        assert sums == sorted(sums), (metric.key, scope)


def test_amounts_by_use_add_up_also_where_no_number_of_households_is_given(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        returns=[
            plan.returns("R1", date(2024, 1, 5), 10.0, households=4),
            plan.returns("R2", date(2024, 1, 6), 20.0),
            plan.returns("R3", date(2024, 1, 7), 40.0, use="其他"),
        ],
    )
    for axis in ("use", "source_kind"):
        now = figure(snapshot, "benefit_households", "2024-01", by=(axis,))
        assert now.extra == {"amount": 70}
        assert sum(one.extra["amount"] or 0 for one in now.by[axis]) == 70
        assert (now.value, sum(one.value or 0 for one in now.by[axis])) == (4, 4)


def test_returns_stand_under_the_measure_of_their_source(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        returns=[
            plan.returns("R1", date(2024, 1, 5), 10.0),
            plan.returns("R2", date(2024, 2, 6), 20.0, source_kind="实体公司"),
            plan.returns("R3", date(2024, 3, 7), 40.0, source_kind="资产"),
        ],
    )
    own = {
        "项目": ("12", [10, 10, 10]),
        "实体公司": ("13", [0, 20, 20]),
        "资产": ("16", [0, 0, 40]),
    }
    for source, (measure, sums) in own.items():
        found = [
            figure(snapshot, "returns_by_use", f"2024-0{n}", only=f"来源类型={source}")
            for n in (1, 2, 3)
        ]
        assert [one.value for one in found] == sums
        assert found[0].metric.measures == (measure,)
    assert figure(snapshot, "returns_by_use", "2024-03").value == 70


def test_sums_beside_every_figure_add_up_over_every_axis() -> None:
    snapshot = open_store(made(80, 14)).snapshot()
    for metric in METRICS.values():
        sums = [one.key for one in metric.companions if one.how == "sum"]
        for axis in metric.axes if sums else ():
            if axis in ("rolling_years", "department"):
                continue  # A project may stand in several years' plan, a task with several bodies.
            kind = "2023" if "year" in metric.periods else "2023-Q3"
            now = read(snapshot, metric, Period.parse(kind), WHOLE, (axis,))
            for key in sums:
                inner = sum(one.extra[key] or 0 for one in now.by[axis])
                assert inner == pytest.approx(now.extra[key] or 0), (metric.key, axis, key)


def test_money_adds_in_hundredths_whatever_the_order_of_rows(tmp_path: Path) -> None:
    rng = Random(7)
    amounts = [rng.randrange(1, 10**9) / 100 for _ in range(300)]
    expected = sum(round(amount * 100) for amount in amounts) / 100
    for turn in range(2):
        rng.shuffle(amounts)
        snapshot = published(
            tmp_path / str(turn),
            returns=[
                plan.returns(f"R{n}", date(2024, 1 + n % 12, 5), amount, households=1)
                for n, amount in enumerate(amounts)
            ],
        )
        now = figure(snapshot, "returns_by_use", "2024")
        assert (now.value, now.numerator, now.high) == (expected, expected, expected)
        beside = figure(snapshot, "benefit_households", "2024", by=("use",))
        assert beside.extra["amount"] == expected
        assert beside.by["use"][0].extra["amount"] == expected


@pytest.mark.parametrize(
    ("noisy", "plain"), [(9981667.239999998, 9981667.24), (0.1 + 0.2, 0.3), (7.0, 7.0), (0.0, 0.0)]
)
def test_a_sum_is_free_from_the_error_of_binary_addition(noisy: float, plain: float) -> None:
    assert exact(noisy) == plain


def test_what_a_ledger_tells_only_as_it_is_now_is_said_to_be_so() -> None:
    for key in ("posts_filled", "projects_complete", "work_relief", "issues_settled"):
        assert "按最新台账" in METRICS[key].definition


def test_the_json_of_changes_has_the_rate_by_the_old_values(revised: Snapshot) -> None:
    told = answer(figure(revised, "usable_changes", "2024-03"))
    assert (told["value"], told["occupancy_before"]) == (2, 200 / 600)
    assert told["measures"] == ["3", "15"]
