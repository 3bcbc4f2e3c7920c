"""The rest of the plan's metrics, each hard one by a case worked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from board.catalogue import METRICS
from board.metrics import Period, Reading, Scope, filter_of, read, rows
from board.metrics.metric import Part
from board.plans import in_plan
from board.store import Snapshot
from tests.support import plan_rows as plan
from tests.support.rows import (
    Row,
    asset,
    citizen,
    employment,
    household,
    meeting,
    occupancy,
    published,
    worker,
)

WHOLE = Scope()
SERVICE, TRACKING = "就业创业服务补助", "跟踪服务补贴"


def figure(
    snapshot: Snapshot,
    key: str,
    period: str,
    scope: Scope = WHOLE,
    by: Sequence[str] = (),
    only: str = "",
) -> Reading:
    metric = replace(METRICS[key], filter=filter_of(METRICS[key], only))
    return read(snapshot, metric, Period.parse(period), scope, by)


def split(snapshot: Snapshot, key: str, period: str, axis: str) -> dict[str, float | None]:
    found = figure(snapshot, key, period, by=(axis,))
    return {one.label: one.value for one in found.by[axis]}


def behind(snapshot: Snapshot, key: str, period: str, part: Part) -> pl.DataFrame:
    return rows(snapshot, METRICS[key], Period.parse(period), Scope(), part)


def people(count: int, **more: Any) -> list[Row]:
    return [worker(n, "H1", **more) for n in range(1, count + 1)]


def test_a_service_subsidy_is_due_after_six_calendar_months_and_three_of_pension(
    tmp_path: Path,
) -> None:
    six = {"contract_from": date(2024, 1, 15), "contract_to": date(2024, 7, 14)}
    short = six | {"contract_to": date(2024, 7, 13)}
    paid = {"paid": 400.0, "paid_on": date(2024, 9, 2)}
    snapshot = published(
        tmp_path, households=[household("H1")], labour=people(8),
        subsidies=[
            plan.subsidy("S1", SERVICE, citizen(1), **six | paid),
            plan.subsidy("S2", SERVICE, citizen(2), **six),
            plan.subsidy("S3", SERVICE, citizen(3), **short | paid),
            plan.subsidy("S4", SERVICE, citizen(4), **six | {"pension_months": 2}),
            plan.subsidy("S5", SERVICE, citizen(5), contract_from=date(2024, 10, 1)),
            plan.subsidy("S6", SERVICE, citizen(6), **six | paid | {"pension_months": None}),
            plan.subsidy("S7", SERVICE, citizen(7), **six | {"pension_months": None}),
            plan.subsidy("S8", SERVICE, citizen(8), **short | {"pension_months": None}),
        ],
    )  # fmt: skip
    assert split(snapshot, "service_subsidy_check", "2024-09", "finding") == {
        "应发已发": 1, "应发未发": 1, "不应发已发": 1, "不应发未发": 2, "情况不明": 2,
    }  # fmt: skip
    now = figure(snapshot, "service_subsidy_check", "2024-09")
    assert (now.value, now.target, now.status) == (1, 0, "missed")
    # S6 was paid, and nobody knows whether it was due; S7 was not paid, so it is not wrong.
    assert (now.low, now.high, now.unreported) == (1, 2, 1)
    assert now.extra == {"paid": 1200, "overpaid": 400, "unpaid": 500}
    before = figure(snapshot, "service_subsidy_check", "2024-08")
    assert (before.value, before.high, before.status) == (0, 0, "met")
    unclear = behind(snapshot, "service_subsidy_check", "2024-09", "unreported")
    assert unclear.select("subject", "note", "amount").rows() == [("S6", "养老保险月数没有填", 1)]
    wrong = behind(snapshot, "service_subsidy_check", "2024-09", "numerator")
    assert wrong.select("subject", "note").rows() == [("S3", "合同5个月，不满6个月")]
    others = behind(snapshot, "service_subsidy_check", "2024-09", "excluded")
    assert dict(others.select("subject", "reason").rows()) == {
        "S1": "应发已发", "S2": "应发未发", "S4": "不应发未发：养老保险2个月，不满3个月",
        "S7": "情况不明：养老保险月数没有填", "S8": "不应发未发：合同5个月，不满6个月",
    }  # fmt: skip


def test_a_tracking_subsidy_is_five_hundred_yuan_once_a_person(tmp_path: Path) -> None:
    def paid(day: int, amount: float = 500.0) -> Row:
        return {"paid": amount, "paid_on": date(2024, 6, day)}

    snapshot = published(
        tmp_path, households=[household("H1")], labour=people(5),
        subsidies=[
            plan.subsidy("T1", TRACKING, citizen(1), **paid(10)),
            plan.subsidy("T2", TRACKING, citizen(1), **paid(20)),
            plan.subsidy("T3", TRACKING, citizen(2), **paid(10, 600.0)),
            plan.subsidy("T4", TRACKING, citizen(3), **paid(10, 300.0)),
            plan.subsidy("T5", TRACKING, citizen(4), contract_to=date(2024, 12, 30), **paid(10)),
            plan.subsidy("T6", TRACKING, citizen(5)),
            plan.subsidy("T7", TRACKING, citizen(5)),
            plan.subsidy("S1", SERVICE, citizen(1), **paid(1)),
        ],
    )  # fmt: skip
    now = figure(snapshot, "tracking_subsidy_check", "2024-06")
    assert (now.value, now.status) == (3, "missed")
    wrong = behind(snapshot, "tracking_subsidy_check", "2024-06", "numerator")
    assert dict(wrong.select("subject", "note").rows()) == {
        "T2": "此人合计已超过500元",
        "T3": "发放多于500元",
        "T5": "合同11个月，不满12个月",
    }
    others = dict(
        behind(snapshot, "tracking_subsidy_check", "2024-06", "excluded")
        .select("subject", "finding").rows()
    )  # fmt: skip
    assert others == {"T1": "应发已发", "T4": "应发未发", "T6": "应发未发", "T7": "不应发未发"}
    # 500 twice, 100 too much, 500 to a short contract; 200 and 500 still owed.
    assert now.extra == {"paid": 2400, "overpaid": 1100, "unpaid": 700}


def test_a_person_paid_before_she_qualifies_and_again_has_been_paid_once_too_often(
    tmp_path: Path,
) -> None:
    def paid(day: int, amount: float = 500.0) -> Row:
        return {"paid": amount, "paid_on": date(2024, 6, day)}

    short: Row = {"insured_months": 2}
    snapshot = published(
        tmp_path, households=[household("H1")], labour=people(3),
        subsidies=[
            # Paid while unqualified, then qualified: of 1,000 yuan 500 were due.
            plan.subsidy("A1", TRACKING, citizen(1), **short, **paid(5)),
            plan.subsidy("A2", TRACKING, citizen(1), **paid(15)),
            # 300 while unqualified count towards what is due; 200 are lacking.
            plan.subsidy("B1", TRACKING, citizen(2), **short, **paid(5, 300.0)),
            plan.subsidy("B2", TRACKING, citizen(2)),
            # In the order of payment, not of the numbers: the second passes 500 by 100.
            plan.subsidy("C1", TRACKING, citizen(3), **paid(20, 300.0)),
            plan.subsidy("C2", TRACKING, citizen(3), **paid(10, 300.0)),
        ],
    )  # fmt: skip
    now = figure(snapshot, "tracking_subsidy_check", "2024-06")
    assert now.value == 2
    assert now.extra == {"paid": 1900, "overpaid": 600, "unpaid": 200}
    wrong = behind(snapshot, "tracking_subsidy_check", "2024-06", "numerator")
    assert wrong.select("subject", "overpaid").rows() == [("A2", 500), ("C1", 100)]
    others = behind(snapshot, "tracking_subsidy_check", "2024-06", "excluded")
    assert dict(others.select("subject", "finding").rows()) == {
        "A1": "应发已发", "B1": "应发已发", "B2": "应发未发", "C2": "应发已发",
    }  # fmt: skip


def test_training_counts_resident_able_people_once_a_year(tmp_path: Path) -> None:
    willing: Row = {"willing_to_train": True}
    labour = [
        *(worker(n, "H1", **willing) for n in (1, 2, 3, 4)),
        worker(5, "H1"),
        worker(6, "H1", resident=False, **willing),
        worker(7, "H1", student=True, **willing),
        worker(8, "H9", **willing),
    ]
    day = date(2024, 3, 20)
    training = [
        plan.training("A", citizen(1), day, certified=True),
        plan.training("B", citizen(1), date(2024, 4, 2)),
        plan.training("A", citizen(5), day),
        plan.training("C", citizen(2), date(2024, 4, 30), starts=date(2024, 3, 1)),
        plan.training("D", citizen(3), date(2023, 12, 31)),
        *(plan.training("A", citizen(n), day) for n in (6, 7, 8)),
    ]
    gone = household("H9", status="迁出")
    snapshot = published(
        tmp_path, households=[household("H1"), gone], labour=labour, training=training
    )
    march = figure(snapshot, "training_rate", "2024-03")
    # One willing and one who did not ask, of the four willing.
    assert (march.value, march.numerator, march.denominator) == (0.5, 2, 4)
    assert (march.target, march.status) == (0.30, "on_pace")
    assert march.path == pytest.approx(0.075)
    april = figure(snapshot, "training_rate", "2024-04")
    assert (april.value, april.extra) == (0.75, {"certified": 1, "trainings": 4})
    out = behind(snapshot, "training_rate", "2024-03", "excluded")
    assert sorted(out["reason"]) == ["不在册", "不常住片区", "不是有劳动能力者"]
    nothing = figure(snapshot, "training_rate", "2024-02")
    assert (nothing.value, nothing.status, nothing.unreported) == (0, "behind", 0)
    before = figure(snapshot, "training_rate", "2023-11")
    assert (before.value, before.status, before.unreported) == (None, "no_data", 4)
    assert figure(snapshot, "training_rate", "2023").value == 0.25


def test_public_posts_go_first_to_those_who_need_them(tmp_path: Path) -> None:
    other: Row = {"lifted_out": False}
    labour = [
        worker(1, "H1"), worker(2, "H1", **other), worker(3, "H2", **other),
        worker(4, "H1", groups=["残疾人", "就业困难人员"], **other),
        worker(5, "H1", groups=["残疾人"], **other), worker(6, "H1"), worker(7, "H3", **other),
    ]  # fmt: skip
    jobs = [employment("2024-05", citizen(n), kind="公益性岗位") for n in (1, 2, 3, 4, 5, 7)]
    snapshot = published(
        tmp_path, labour=labour, employment=jobs,
        households=[
            household("H1"), household("H2", category="一般户"),
            household("H3", category="边缘易致贫户"),
        ],
        risk=[plan.risk("H2", date(2024, 5, 31), cleared_on=date(2024, 8, 2))],
    )  # fmt: skip
    found = figure(snapshot, "public_post_priority", "2024-05")
    assert (found.numerator, found.denominator) == (4, 6)
    # Whoever is not monitored may hold one too.
    assert (found.low, found.high, found.unreported) == (4 / 7, 5 / 7, 1)
    who = behind(snapshot, "public_post_priority", "2024-05", "numerator")["grounds"]
    assert sorted(who) == ["就业困难人员", "监测户", "监测户", "脱贫人口"]


def test_projects_of_the_bridging_fund_finish_in_the_year_they_were_to_start(
    tmp_path: Path,
) -> None:
    started: Row = {"started": date(2024, 3, 1)}
    snapshot = published(
        tmp_path,
        projects=[
            plan.project("P1", state="完工", finished=date(2024, 9, 30), **started),
            plan.project("P2", state="完工", finished=date(2025, 2, 1), **started),
            plan.project("P3", started=date(2023, 5, 1)),
            plan.project("P4", fund_source="企业投资", **started),
            plan.project("P5", state="谋划"),
        ],
    )
    june = figure(snapshot, "projects_on_time", "2024-06")
    assert (june.value, june.denominator, june.path, june.status) == (0, 3, None, "not_due")
    october = figure(snapshot, "projects_on_time", "2024-10")
    assert (october.value, october.status) == (1 / 3, "not_due")
    year = figure(snapshot, "projects_on_time", "2024")
    assert (year.value, year.target, year.status) == (1 / 3, 1, "missed")
    assert figure(snapshot, "projects_on_time", "2025").status == "not_applicable"
    # P1 to P4 are industry projects; P3 is still worked on, P2 was until it was finished.
    assert [figure(snapshot, "projects_advanced", y).value for y in ("2023", "2024", "2025")] == [
        1, 4, 3,
    ]  # fmt: skip
    states = split(snapshot, "rolling_projects", "2024-06", "rolling_years")
    assert states == {"2023": 0, "2024": 0, "2025": 0}


def test_the_state_of_a_project_goes_back_with_its_dates(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        projects=[
            plan.project(
                "F1", "配套设施", "运营", started=date(2024, 2, 5), finished=date(2024, 8, 1)
            ),
            plan.project("F2", "配套设施", "停建"),
            plan.project(
                "W1", "以工代赈", rolling_years=["2024", "2025"], relocated_workers=9,
                wages_paid=12.5, started=date(2024, 3, 1),
            ),
        ],
    )  # fmt: skip
    for period, state in (("2024-01", "谋划"), ("2024-02", "在建"), ("2024-08", "运营")):
        found = split(snapshot, "facility_projects", period, "state")
        assert found[state] == 1
        assert (found["停建"], sum(count or 0 for count in found.values())) == (1, 2)
    relief = figure(snapshot, "work_relief", "2024")
    assert (relief.value, relief.extra["relocated_workers"], relief.extra["wages_paid"]) == (
        1, 9, 12.5,
    )  # fmt: skip
    rolling = figure(snapshot, "rolling_projects", "2024", by=("rolling_years",))
    assert (rolling.value, [one.value for one in rolling.by["rolling_years"]]) == (1, [0, 1, 1])


def test_returns_are_summed_by_use_and_source(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, assets=[asset("A1", kind="标准厂房"), asset("A2")],
        occupancy=[occupancy("2024-03", "A1", mode="入股", jobs=4)],
        returns=[
            plan.returns("R1", date(2024, 1, 9), 1000.0, households=10),
            plan.returns("R2", date(2024, 5, 9), 300.0, use="物业管理", source_kind="资产",
                         source_id="A1"),
            plan.returns("R3", date(2024, 5, 9), 70.0, source_kind="实体公司", households=7),
            plan.returns("R4", date(2023, 5, 9), 9.0),
        ],
    )  # fmt: skip
    assert figure(snapshot, "returns_by_use", "2024-04").value == 1000
    year = figure(snapshot, "returns_by_use", "2024", by=("use", "source_kind"))
    assert (year.value, year.extra) == (1370, {"households": 17})
    assert {one.label: one.value for one in year.by["source_kind"]} == {
        "项目": 1000, "资产": 300, "实体公司": 70,
    }  # fmt: skip
    assert year.by["use"][0].extra == {"households": 17}
    assert figure(snapshot, "benefit_households", "2024").value == 17
    assert figure(snapshot, "company_returns", "2024").value == 70
    assert figure(snapshot, "company_returns", "2025").value == 0
    assert figure(snapshot, "company_returns", "2022").status == "no_data"
    assert figure(snapshot, "industrial_returns", "2024").value == 300
    used = figure(snapshot, "industrial_assets_used", "2024-03", by=("mode",))
    assert (used.value, used.extra["jobs"]) == (1, 4)
    assert {one.label for one in used.by["mode"] if one.value} == {"入股"}


def test_repairs_are_closed_timed_and_overdue(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, households=[household("H1")],
        repairs=[
            plan.repair("R1", date(2024, 1, 1), closed_on=date(2024, 1, 3), cost=80.0),
            plan.repair("R2", date(2024, 2, 1), closed_on=date(2024, 3, 12), due=date(2024, 2, 15)),
            plan.repair("R3", date(2024, 3, 1), due=date(2024, 3, 31), unit="2单元"),
            plan.repair("R4", date(2023, 11, 1), due=date(2023, 12, 1), kind="电梯"),
            plan.repair("R5", date(2023, 11, 1), closed_on=date(2023, 11, 2)),
            plan.repair("R6", date(2024, 4, 1), due=date(2024, 4, 30)),
        ],
    )  # fmt: skip
    february, march = (figure(snapshot, "repairs_closed", m) for m in ("2024-02", "2024-03"))
    assert (february.value, march.value, march.numerator) == (0.5, 2 / 3, 2)
    assert (
        figure(snapshot, "repairs_closed", "2024-03", Scope(unit="2单元", building="1栋")).value
        == 0
    )
    assert figure(snapshot, "repair_days", "2024-02").value == 2
    days = figure(snapshot, "repair_days", "2024-03", by=("kind",))
    assert (days.value, days.denominator, days.status) == (21, 2, "no_target")
    assert {one.label: one.value for one in days.by["kind"] if one.value} == {"供排水": 21}
    late = [figure(snapshot, "overdue_repairs", m) for m in ("2023-11", "2024-02", "2024-03")]
    # R3 is due on the last day of March: it is overdue from April on.
    assert [one.value for one in late] == [0, 2, 1]
    assert figure(snapshot, "overdue_repairs", "2024-04").value == 2
    today = behind(snapshot, "overdue_repairs", "2024-04", "excluded")
    assert dict(today.select("subject", "reason").iter_rows())["R6"] == "当日到期"
    assert [one.extra["days_late"] for one in late] == [None, 90, 121]


def test_children_of_school_age_are_enrolled_this_term(tmp_path: Path) -> None:
    born = [date(2018, 1, 31), date(2018, 2, 1), date(2009, 2, 1), date(2008, 2, 1)]
    labour = [
        worker(n, "H1", day, student=True, work_ability="无劳动力")
        for n, day in enumerate(born, start=1)
    ]
    ids = [row["citizen_id"] for row in labour]
    snapshot = published(
        tmp_path, households=[household("H1")], labour=labour,
        schooling=[
            plan.schooling("2024春", ids[0], aid=500.0), plan.schooling("2024春", ids[1], False),
            plan.schooling("2023秋", ids[2]),
        ],
    )  # fmt: skip
    # In January 2024 only the child of January 2018 is six, and autumn goes on.
    january = figure(snapshot, "enrolment_rate", "2024-01")
    assert (january.numerator, january.denominator, january.unreported) == (1, 1, 2)
    february = figure(snapshot, "enrolment_rate", "2024-02")
    assert (february.numerator, february.denominator, february.unreported) == (1, 2, 1)
    assert (february.low, february.high) == (1 / 3, 2 / 3)
    assert (february.status, february.extra) == ("missed", {"aid": 500})
    august = figure(snapshot, "enrolment_rate", "2024-08")
    assert (august.value, august.status, august.unreported) == (None, "no_data", 3)


def test_allowances_of_the_disabled_are_paid_to_whom_they_are_due(tmp_path: Path) -> None:
    living, nursing = "困难残疾人生活补贴", "重度残疾人护理补贴"
    disabled: Row = {"groups": ["残疾人"]}
    labour = [
        worker(1, "H1", low_income=True, disability_grade="一级", **disabled),  # both are due
        worker(2, "H1", low_income=True, disability_grade="三级", **disabled),  # living
        worker(3, "H1", low_income=False, disability_grade="二级", **disabled),  # nursing
        worker(4, "H1", low_income=False, disability_grade="四级", **disabled),  # neither
        worker(5, "H1", low_income=None, disability_grade=None, **disabled),  # who knows
        worker(6, "H1", low_income=True, disability_grade="一级"),  # is not disabled
        worker(7, "H2", low_income=True, disability_grade="一级", **disabled),
    ]
    snapshot = published(
        tmp_path, households=[household("H1"), household("H2", status="注销")], labour=labour,
        assistance=[
            plan.assistance("1", "2024-03", "H1", living, citizen_id=citizen(1)),
            plan.assistance("2", "2024-03", "H1", nursing, citizen_id=citizen(1)),
            plan.assistance("3", "2024-03", "H1", nursing, citizen_id=citizen(2)),
            plan.assistance("4", "2024-03", "H1", living, citizen_id=citizen(5)),
            plan.assistance("5", "2024-04", "H1", "低保", amount=250.0),
            plan.assistance("6", "2024-04", "H2", "低保"),
        ],
    )  # fmt: skip
    march = figure(snapshot, "disability_allowance", "2024-03")
    assert (march.numerator, march.denominator, march.status) == (2, 4, "no_target")
    assert (march.low, march.high, march.unreported) == (2 / 6, 4 / 6, 2)
    assert march.extra == {"living": 1, "nursing": 1}
    assert figure(snapshot, "disability_allowance", "2024-04").value == 0
    may = figure(snapshot, "disability_allowance", "2024-05")
    assert (may.value, may.status, may.low, may.high, may.unreported) == (None, "no_data", 0, 1, 6)
    out = behind(snapshot, "disability_allowance", "2024-03", "excluded")
    assert sorted(out["reason"]) == [
        "不是低保对象", "不是低保对象", "残疾等级不是一级、二级", "残疾等级不是一级、二级",
    ]  # fmt: skip
    paid = figure(snapshot, "assistance_paid", "2024-04", by=("kind",))
    assert (paid.value, paid.extra) == (650, {"households": 1})
    assert paid.by["kind"][0].value == 250
    assert behind(snapshot, "assistance_paid", "2024-04", "excluded")["reason"].to_list() == [
        "不在册"
    ]


def test_funds_are_those_of_the_latest_row_of_the_year(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        funds=[
            plan.fund("2024-01", "F1", 100.0, disbursed=20.0, spent=0.0),
            plan.fund("2024-03", "F1", 100.0, disbursed=80.0, spent=40.0),
            plan.fund("2024-02", "F2", 50.0, disbursed=10.0, spent=5.0, level="市级"),
            plan.fund("2024-03", "F3", 50.0, use="就业"),
            plan.fund("2025-01", "F1", 30.0, disbursed=30.0, spent=3.0),
        ],
    )
    march = figure(snapshot, "funds_disbursed", "2024-03", by=("level",))
    assert (march.numerator, march.denominator, march.unreported) == (90, 150, 1)
    assert (march.low, march.high) == (90 / 200, 140 / 200)
    assert march.by["level"][2].value == 0.2
    assert figure(snapshot, "funds_spent", "2024-03").value == 0.5
    assert figure(snapshot, "funds_disbursed", "2025-01").value == 1
    # Nobody sent the ledger in April: March's rows hold on; February's F1 still is January's.
    assert figure(snapshot, "funds_disbursed", "2024-04").numerator == 90
    assert figure(snapshot, "funds_disbursed", "2023-12").status == "no_data"
    assert figure(snapshot, "funds_disbursed", "2024-02").numerator == 30


def test_households_at_risk_are_found_helped_and_cleared(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, households=[household("H1"), household("H2", building="2栋"),
                              household("H3", status="迁出")],
        risk=[
            plan.risk("H1", date(2024, 1, 5), helped_on=date(2024, 2, 4), cleared_on=date(2024, 6, 3)),
            plan.risk("H2", date(2024, 3, 1), category="脱贫不稳定户"),
            plan.risk("H3", date(2024, 3, 1)),
        ],
    )  # fmt: skip
    months = ("2024-01", "2024-03", "2024-06")
    assert [figure(snapshot, "risk_households", m).value for m in months] == [1, 2, 1]
    helped = [figure(snapshot, "risk_helped", m) for m in months]
    assert [(one.value, one.status) for one in helped] == [
        (0, "missed"), (0.5, "missed"), (0, "missed"),
    ]  # fmt: skip
    assert helped[1].extra == {"days_to_help": 30}
    cleared = [figure(snapshot, "risk_cleared", m) for m in months]
    assert [one.value for one in cleared] == [0, 0, 1]
    assert cleared[-1].extra == {"days_to_clear": 150}
    assert figure(snapshot, "risk_households", "2024-06", Scope(building="1栋")).value == 0
    out = behind(snapshot, "risk_households", "2024-06", "excluded")
    assert sorted(out["reason"]) == ["不在册", "风险已消除"]


def test_events_count_and_their_silence_is_nought_after_the_first_row(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, meetings=[meeting("M1", "督导检查", date(2024, 2, 1), issues_raised=3)],
        activities=[
            plan.activity("A1", "干部培训", date(2024, 2, 1)),
            plan.activity("A2", "志愿服务", date(2024, 5, 1), people=25),
            plan.activity("A3", "消防演练", date(2024, 5, 2)),
            plan.activity("A4", "示范创建", date(2024, 5, 2), level="片区"),
            plan.activity("A5", "示范创建", date(2025, 5, 2), level="自治区级"),
        ],
    )  # fmt: skip
    drills = [figure(snapshot, "fire_drills", f"2024-Q{n}") for n in (1, 2, 3)]
    assert [(one.value, one.status) for one in drills] == [
        (0, "no_target"), (1, "no_target"), (0, "no_target"),
    ]  # fmt: skip
    assert figure(snapshot, "fire_drills", "2023-Q4").status == "no_data"
    kinds = {
        kind: [
            (one.value, one.status)
            for n in (1, 2, 3)
            for one in [figure(snapshot, "fire_drills", f"2024-Q{n}", only=f"类型={kind}")]
        ]
        for kind in ("消防演练", "消防宣传")
    }
    assert kinds == {
        "消防演练": [(0, "missed"), (1, "met"), (0, "missed")],
        "消防宣传": [(0, "missed"), (0, "missed"), (0, "missed")],
    }
    care = figure(snapshot, "care_events", "2024", by=("kind",))
    assert (care.value, care.extra, [one.value for one in care.by["kind"]]) == (
        1, {"people": 25}, [1, 0, 0],
    )  # fmt: skip
    assert figure(snapshot, "training_sessions", "2024").value == 1
    assert figure(snapshot, "inspections", "2024").extra["issues_raised"] == 3
    sites = [
        figure(snapshot, "demonstration_sites", p) for p in ("2023", "2024", "2025", "2025-12")
    ]
    assert [one.value for one in sites] == [None, 0, 1, 1]
    assert [one.status for one in sites[1:]] == ["not_due", "met", "met"]
    assert sites[1].aim is not None
    assert sites[1].aim.of.firmness == "努力"


def test_posts_workshops_and_loans(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        posts=[
            plan.post("P1", date(2024, 1, 5), 10, filled=4, pushes=3),
            plan.post("P2", date(2024, 2, 5), 10, kind="公益性岗位"),
            plan.post("P3", date(2023, 2, 5), 99, filled=1),
        ],
        workshops=[plan.workshop("2024-02", "W1", 20, 12), plan.workshop("2024-02", "W2", 9, 9)],
        loans=[
            plan.loan("L1", date(2024, 1, 1), 3_000_000.0),
            plan.loan("L2", date(2024, 2, 1), 3_000_000.01, form="家庭作坊", jobs=8),
        ],
    )
    filled = figure(snapshot, "posts_filled", "2024-02", by=("kind",))
    assert (filled.value, filled.low, filled.high, filled.unreported) == (0.4, 0.2, 0.7, 1)
    assert figure(snapshot, "posts_opened", "2024-02").extra == {"pushes": 3}
    jobs = figure(snapshot, "workshop_jobs", "2024-02")
    assert (jobs.value, jobs.extra) == (21, {"workshops": 2, "workers": 29})
    assert figure(snapshot, "workshop_jobs", "2024-03").status == "no_data"
    january, february = (figure(snapshot, "loans_above_cap", m) for m in ("2024-01", "2024-02"))
    assert (january.status, february.status) == ("met", "missed")
    assert february.extra["above"] == pytest.approx(0.01)
    granted = figure(snapshot, "loans_granted", "2024-02", by=("form",))
    assert (granted.value, granted.extra["jobs"], granted.extra["enterprises"]) == (2, 8, 1)
    assert {one.label: one.value for one in granted.by["form"] if one.value} == {
        "家庭作坊": 1, "小微企业": 1,
    }  # fmt: skip


def test_every_measure_has_an_indicator(tmp_path: Path) -> None:
    plan_known = in_plan(published(tmp_path))
    spoken = {belonging.measure for belonging in plan_known.belongings}
    assert {measure.number for measure in plan_known.measures} <= spoken
