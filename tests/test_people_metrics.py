"""Metrics of work, households and schools that go by the plan's words, each by a case by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from board import access
from board.access import Reader
from board.catalogue import METRICS
from board.metrics import Period, Reading, Scope, answer, read, rows
from board.sections import cards, matters, sentences, strip
from board.sections.measures import page as measures
from board.sections.overview import page as overview
from board.sections.units.places import compared as places_of
from board.sections.zero_employment import words as zero_words
from board.store import Snapshot
from tests.support import plan_rows as plan
from tests.support.reading import full_view
from tests.support.rows import (
    Row,
    citizen,
    employment,
    household,
    month,
    published,
    worker,
)


def figure(snapshot: Snapshot, key: str, period: str, scope: Scope | None = None) -> Reading:
    return read(snapshot, METRICS[key], Period.parse(period), scope or Scope())


def subjects(snapshot: Snapshot, key: str, period: str, part: str) -> list[str]:
    frame = rows(snapshot, METRICS[key], Period.parse(period), Scope(), part)  # type: ignore[arg-type]
    return sorted(frame["subject"])


def story(lines: dict[int, str]) -> list[Row]:
    """A person a line, a month a word from January 2024: works, is out of work, or was not asked."""
    states = {"在": "在业", "无": "未就业"}
    return [
        employment(f"2024-0{at}", citizen(n), states[word])
        for n, line in lines.items()
        for at, word in enumerate(line.split(), 1)
        if word != "-"
    ]


ZERO = {
    1: "无 无 在 无",  # zero twice, then not, then for the first month again
    2: "无 - 无 无",  # unknown in February
    3: "在 无 无 无",
    4: "- - 在 在",
    5: "- - - 无",  # comes into the register in April
}


@pytest.fixture(scope="module")
def zero(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Five households of one person each."""
    homes = [household(f"H{n}", moved_in=date(2024, 4, 2) if n == 5 else None) for n in ZERO]
    return published(
        tmp_path_factory.mktemp("zero"),
        households=homes, labour=[worker(n, f"H{n}") for n in ZERO], employment=story(ZERO),
    )  # fmt: skip


def test_a_household_is_overdue_when_it_was_at_zero_at_the_last_months_end_too(
    zero: Snapshot,
) -> None:
    found = [figure(zero, "zero_employment_overdue", f"2024-0{at}") for at in range(1, 5)]
    assert [(one.value, one.low, one.high, one.status) for one in found] == [
        # Before the first row nothing is known: H1 and H2 may have been at zero in December, and
        # so may H4 in both months.
        (0, 0, 3, "undetermined"),
        # H1 is; H2 and H4 may be, H3 worked in January.
        (1, 1, 3, "missed"),
        # H3 is; H2 may have been in February, H4 works now.
        (1, 1, 2, "missed"),
        # H2 and H3 are; H1 worked in March, H5 was not in the register then.
        (2, 2, 2, "missed"),
    ]
    assert subjects(zero, "zero_employment_overdue", "2024-04", "numerator") == ["H2", "H3"]
    assert subjects(zero, "zero_employment_overdue", "2024-03", "unreported") == ["H2"]
    assert figure(zero, "zero_employment_overdue", "2024-05").status == "no_data"


def test_zero_employment_has_no_target_and_says_how_many_are_overdue(zero: Snapshot) -> None:
    april = figure(zero, "zero_employment_households", "2024-04")
    assert (april.value, april.target, april.status) == (4, None, "no_target")
    told = answer(april)
    assert (told["overdue"], told["overdue_status"]) == (2, "missed")
    may = answer(figure(zero, "zero_employment_households", "2024-05"))
    assert (may["overdue"], may["overdue_status"]) == (None, "no_data")


def test_pages_show_zero_households_with_the_status_of_those_overdue(zero: Snapshot) -> None:
    view = full_view(zero, Period.parse("2024-04"))
    shown = cards.card(view, "zero_employment_households")
    assert (shown.value, shown.status, shown.line) == (
        "4",
        "missed",
        "其中超期 2户 · 目标 0（本板设定）",
    )
    assert overview.headline(view).count("未达标") == 1
    (matter,) = [r for r in matters.matters(view) if r.metric.key == "zero_employment_overdue"]
    assert sentences.sentence(view, matter) == "零就业家庭 4户，其中超期 2户，目标 0，多 2户"
    assert zero_words.headline(view) == "零就业家庭 4户，其中超期 2户，各户情况都清楚"
    metric = METRICS["zero_employment_households"]
    assert measures.indicator(view, metric).status == "missed"
    assert measures.indicator(view, metric).against == "其中超期 2户"
    (state,) = [one for one in strip.states(view) if one.measure.number == "18"]
    assert (str(state.state), state.because) == ("missed", "zero_employment_overdue")
    places = [one for column in places_of(view) for one in column if one.metric.key == metric.key]
    assert [str(one.status) for one in places] == ["missed"]


def test_who_may_not_see_few_sees_no_two_overdue_households(zero: Snapshot) -> None:
    seen = access.for_reader(zero, Reader().permissions)
    april = access.read(
        seen, METRICS["zero_employment_households"], Period.parse("2024-04"), Scope()
    )
    assert april.value is None or april.extra["overdue_status"] == "suppressed"
    assert april.extra.get("overdue") is None


def test_only_the_willing_count_for_their_employment_rate(tmp_path: Path) -> None:
    labour = [worker(n, "H1", willing_to_work=n < 5) for n in range(1, 7)]
    snapshot = published(
        tmp_path, households=[household("H1")], labour=labour,
        employment=story({1: "在", 2: "在", 3: "无", 5: "在"}),
    )  # fmt: skip
    found = figure(snapshot, "willing_employment_rate", "2024-01")
    assert (found.numerator, found.denominator, found.unreported) == (2, 3, 1)
    assert (found.low, found.high, found.status) == (2 / 4, 3 / 4, "no_target")
    assert len(subjects(snapshot, "willing_employment_rate", "2024-01", "excluded")) == 2


def test_a_job_is_stable_with_a_contract_of_six_months(tmp_path: Path) -> None:
    contracts = {1: 6, 2: 5, 3: None, 4: 12}
    jobs = [employment("2024-01", citizen(n), contract_months=m) for n, m in contracts.items()]
    jobs += [
        employment("2024-01", citizen(5), kind="灵活就业", contract_months=12),
        employment("2024-01", citizen(6), "暂离"),  # where is not known
        employment("2024-01", citizen(7), "未就业"),
    ]
    snapshot = published(
        tmp_path, households=[household("H1")], labour=[worker(n, "H1") for n in range(1, 9)],
        employment=jobs,
    )  # fmt: skip
    found = figure(snapshot, "stable_jobs", "2024-01")
    # Unreported: the contract of 3, the kind of 6, all of 8.
    assert (found.numerator, found.denominator, found.unreported) == (2, 3, 3)
    assert (found.low, found.high) == (2 / 6, 5 / 6)
    assert len(subjects(snapshot, "stable_jobs", "2024-01", "excluded")) == 2


def test_job_fairs_and_the_people_at_them_add_up_over_the_year(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path,
        activities=[
            plan.activity("A1", "招聘会", date(2024, 2, 20), people=300),
            plan.activity("A2", "招聘会", date(2024, 5, 6), people=None),
            plan.activity("A3", "文化活动", date(2024, 5, 7)),
        ],
    )
    found = [figure(snapshot, "job_fairs", at) for at in ("2024-01", "2024-02", "2024", "2025")]
    assert [(one.value, one.status) for one in found] == [
        (None, "no_data"), (1, "no_target"), (2, "no_target"), (0, "no_target"),
    ]  # fmt: skip
    assert answer(found[2])["people"] == 300


def test_children_go_to_a_public_school_nearby(tmp_path: Path) -> None:
    born = date(2014, 5, 1)
    labour = [worker(n, "H1", born, student=True, work_ability="无劳动力") for n in range(1, 9)]
    near: Row = {"ownership": "公办", "nearby": True}
    terms = [
        {"stage": "小学", **near},
        {"stage": "初中", **near},
        {"stage": "小学", "ownership": "公办", "nearby": False},
        {"stage": "小学", "ownership": "民办"},  # nearby or not, it is not public
        {"stage": "小学", "ownership": "公办"},  # nobody says whether it is nearby
        {"stage": "高中", **near},  # another stage
        {"stage": "小学", "enrolled": False, **near},
    ]
    snapshot = published(
        tmp_path, households=[household("H1")], labour=labour,
        schooling=[
            plan.schooling("2024春", citizen(n, born), **term) for n, term in enumerate(terms, 1)
        ],
    )  # fmt: skip
    found = figure(snapshot, "nearby_public_rate", "2024-03")
    assert (found.numerator, found.denominator, found.unreported) == (2, 4, 1)
    assert (found.low, found.high, found.status) == (2 / 5, 3 / 5, "missed")
    autumn = figure(snapshot, "nearby_public_rate", "2024-09")
    assert (autumn.value, autumn.low, autumn.high, autumn.status) == (None, None, None, "no_data")


def test_a_risk_is_referred_when_the_ledger_says_so(tmp_path: Path) -> None:
    snapshot = published(
        tmp_path, households=[household(f"H{n}") for n in range(1, 6)],
        risk=[
            plan.risk("H1", date(2024, 1, 5), referred=True),
            plan.risk("H2", date(2024, 1, 5), referred=False),
            plan.risk("H3", date(2024, 1, 5)),
            plan.risk("H4", date(2024, 1, 5), referred=True, cleared_on=date(2024, 3, 1)),
            plan.risk("H5", date(2023, 1, 5), referred=False, cleared_on=date(2023, 3, 1)),
            plan.risk("H5", date(2024, 4, 5), referred=True),
        ],
    )  # fmt: skip
    march = figure(snapshot, "risk_referred", "2024-03")
    assert (march.numerator, march.denominator, march.unreported) == (1, 2, 1)
    assert (march.low, march.high, march.status) == (1 / 3, 2 / 3, "no_target")
    assert figure(snapshot, "risk_referred", "2024-02").numerator == 2
    assert figure(snapshot, "risk_referred", "2024-04").numerator == 2


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Four households, of which one leaves in June, and what was promised to them."""
    homes = [household(f"H{n}", f"{n % 2 + 1}栋") for n in range(1, 5)]
    homes.append(household("H4", status="迁出", effective_month=month("2024-06")))
    promise: Row = {"promised": "联系学校", "promised_by": date(2024, 3, 10)}
    return published(
        tmp_path_factory.mktemp("visited"), households=homes,
        visits=[
            plan.visit("V1", "H1", date(2024, 2, 1), **promise, kept_on=date(2024, 3, 31)),
            plan.visit("V2", "H1", date(2024, 3, 1), **promise, kept_on=date(2024, 4, 1)),
            plan.visit("V3", "H2", date(2024, 4, 1), promised_by=date(2024, 5, 1)),
            plan.visit("V4", "H4", date(2024, 5, 31), **promise),
            plan.visit("V5", "H1", date(2024, 12, 31), promised_by=date(2025, 1, 1)),
        ],
    )  # fmt: skip


@pytest.mark.parametrize(("period", "numerator", "denominator"), [
    ("2024-Q1", 1, 4),  # H1, once though visited twice
    ("2024-Q2", 1, 3),  # H2; H4 has left by the end
    ("2024-H1", 2, 3),
    ("2024-Q3", 0, 3),
    ("2024-Q4", 1, 3),
    ("2024-H2", 1, 3),
    ("2024", 2, 3),
    ("2025", 0, 3),
])  # fmt: skip
def test_a_household_visited_within_the_period_counts_once(
    visited: Snapshot, period: str, numerator: int, denominator: int
) -> None:
    found = figure(visited, "households_visited", period)
    assert (found.numerator, found.denominator, found.unreported) == (numerator, denominator, 0)
    assert len(subjects(visited, "households_visited", period, "numerator")) == numerator
    by = read(visited, METRICS["households_visited"], Period.parse(period), Scope(), ("building",))
    assert sum(one.numerator or 0 for one in by.by["building"]) == numerator


def test_before_the_first_visit_nothing_is_known(visited: Snapshot) -> None:
    assert figure(visited, "households_visited", "2023").status == "no_data"
    assert figure(visited, "promises_kept", "2024-01").status == "no_data"
    assert figure(visited, "promises_kept", "2024-02").status == "not_applicable"


@pytest.mark.parametrize(("period", "kept", "due"), [
    ("2024-03", 1, 3),
    ("2024-Q2", 2, 3),  # late is kept too; H4 has left
    ("2024", 2, 3),
    ("2025-01", 2, 4),
])  # fmt: skip
def test_promises_are_kept_or_due(visited: Snapshot, period: str, kept: int, due: int) -> None:
    found = figure(visited, "promises_kept", period)
    assert (found.numerator, found.denominator) == (kept, due)


def test_a_count_is_0_where_a_household_is_or_was_this_year_and_does_not_apply_elsewhere(
    tmp_path: Path,
) -> None:
    left: dict[str, Any] = {"status": "迁出", "effective_month": month("2024-03")}
    town = published(
        tmp_path,
        households=[
            household("H1"),
            household("H2", "2栋"),  # nobody of it is in the labour register
            household("H3", "3栋"),
            household("H3", "3栋", **left),
            household("H4", "4栋", **left),
        ],
        labour=[worker(1, "H1"), worker(3, "H3")],
        employment=[employment("2024-04", citizen(1))],
        risk=[
            {
                "household_id": "H1", "found_on": date(2024, 1, 5), "category": "脱贫不稳定户",
                "risk": "因病", "cleared_on": date(2024, 2, 5),
            }
        ],
    )  # fmt: skip
    values = [
        figure(town, "risk_cleared", "2024-04", Scope(building=name)).value
        for name in ("1栋", "2栋", "3栋", "4栋")
    ]
    assert values == [1, 0, 0, None]
    assert figure(town, "risk_cleared", "2025-04", Scope(building="3栋")).value is None
