"""The rest of the plan's metrics worked out again in plain loops over the rows of random towns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from statistics import median

import pytest

from board.catalogue import METRICS
from board.metrics import PARTS, Metric, Period, Reading, Scope, read, rows
from board.store import Snapshot
from tests.support import random_plan
from tests.support.answers import present
from tests.support.plan_rows import post, schooling
from tests.support.random_town import MONTHS, Town, end_of
from tests.support.rows import Row, published_of
from tests.support.spread import shared
from tests.test_metric_oracles import able, homes, inside, people

Told = tuple[Town, Snapshot]
SCOPES = (Scope(), Scope(building="1栋"), Scope(building="1栋", unit="2单元"))
SOME = MONTHS[1::3]


@pytest.fixture(scope="module", params=[5, 6])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A random town's rows and the snapshot published from them."""
    found = random_plan.town(request.param)
    return found, published_of(tmp_path_factory.mktemp("plan"), found)


def figure(
    snapshot: Snapshot, key: str, at: date, scope: Scope = SCOPES[0], by: Sequence[str] = ()
) -> Reading:
    return read(snapshot, METRICS[key], Period(at), scope, by)


def by_then(day: date | None, at: date) -> date | None:
    """The day, if it had come by the month's end."""
    return day if day and day <= end_of(at) else None


def whole_months(row: Row) -> int:
    """How many calendar months a contract covers, its last day included."""
    since: date = row["contract_from"]
    after: date = row["contract_to"] + timedelta(days=1)
    count = (after.year - since.year) * 12 + after.month - since.month
    return count - (after.day < since.day and after.day != end_of(after.replace(day=1)).day)


def paid_by(row: Row, at: date) -> float:
    """What an application had been paid by a month's end."""
    gone = row["paid_on"] is not None and row["paid_on"] > end_of(at)
    return 0.0 if gone else float(row["paid"] or 0)


def service(row: Row, at: date) -> str:
    """The finding of an application for a service subsidy."""
    paid = paid_by(row, at) > 0
    if whole_months(row) >= 6 and row["pension_months"] is None:
        return "情况不明"
    if whole_months(row) >= 6 and row["pension_months"] >= 3:
        return "应发已发" if paid else "应发未发"
    return "不应发已发" if paid else "不应发未发"


def tracking(own: list[Row], at: date) -> dict[str, str]:
    """The findings of one person's applications for tracking subsidies, in the order of payment."""

    def meets(row: Row) -> bool:
        return whole_months(row) >= 12 and row["insured_months"] >= 3

    def order(row: Row) -> tuple[bool, date, bool, date, str]:
        paid = paid_by(row, at)
        first = row["paid_on"] if paid and row["paid_on"] else date.max
        return not paid, first, not meets(row), row["contract_from"], row["application_id"]

    own = sorted(own, key=order)
    due = 500 if any(map(meets, own)) else 0
    lacking = due - sum(paid_by(row, at) for row in own)
    first = next((row for row in own if meets(row)), None)
    found, before = {}, 0.0
    for row in own:
        after = before + paid_by(row, at)
        if after > max(due, before):
            name = "不应发已发"
        elif row is first and lacking > 0:
            name = "应发未发"
        else:
            name = "应发已发" if after > before else "不应发未发"
        found[row["application_id"]] = name
        before = after
    return found


def judged(town: Town, kind: str, at: date) -> dict[str, str]:
    """Application → its finding at a month's end."""
    own = [
        row
        for row in town["subsidies"]
        if row["kind"] == kind and row["contract_from"] <= end_of(at)
    ]
    if kind == "就业创业服务补助":
        return {row["application_id"]: service(row, at) for row in own}
    found: dict[str, str] = {}
    for person in {row["citizen_id"] for row in own}:
        found |= tracking([row for row in own if row["citizen_id"] == person], at)
    return found


@pytest.mark.parametrize(
    ("key", "kind"),
    [("service_subsidy_check", "就业创业服务补助"), ("tracking_subsidy_check", "跟踪服务补贴")],
)
def test_subsidies_are_judged_one_by_one(told: Told, key: str, kind: str) -> None:
    town, snapshot = told
    for at in MONTHS:
        expected = judged(town, kind, at)
        listed = [
            rows(snapshot, METRICS[key], Period(at), SCOPES[0], part)
            for part in ("numerator", "excluded", "unreported")
        ]
        assert {
            one: finding for frame in listed
            for one, finding in frame.select("subject", "finding").rows()
        } == expected  # fmt: skip
        if expected:
            found = figure(snapshot, key, at, by=("finding",))
            split = {one.label: one.value for one in found.by["finding"]}
            assert split == {name: list(expected.values()).count(name) for name in split}
            assert found.value == split["不应发已发"]


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_people_trained_are_the_year_s(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in SOME:
        done = {
            row["citizen_id"] for row in town["training"]
            if row["ends"].year == at.year and row["ends"] <= end_of(at)
        }  # fmt: skip
        own = [
            row for row in people(town, at)
            if able(row, at) and row["work_ability"] != "无劳动力" and row["resident"]
            and inside(row["home"], scope)
        ]  # fmt: skip
        found = figure(snapshot, "training_rate", at, scope)
        willing = sum(row["willing_to_train"] for row in own)
        if done and willing:
            assert found.denominator == willing
            assert found.numerator == sum(row["citizen_id"] in done for row in own)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_public_posts_are_held_by_those_with_a_ground(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in SOME:
        watched = {
            row["household_id"] for row in town["risk"]
            if row["found_on"] <= end_of(at) and not by_then(row["cleared_on"], at)
        }  # fmt: skip
        jobs = {row["citizen_id"]: row for row in town["employment"] if row["month"] == at}
        held = [
            row for row in people(town, at)
            if able(row, at) and inside(row["home"], scope)
            and jobs.get(row["citizen_id"], {}).get("kind") == "公益性岗位"
        ]  # fmt: skip
        first = [
            row for row in held
            if row["lifted_out"] or row["household_id"] in watched
            or "就业困难人员" in (row.get("groups") or [])
        ]  # fmt: skip
        found = figure(snapshot, "public_post_priority", at, scope)
        if held:
            assert (found.numerator, found.denominator) == (len(first), len(held))


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_children_and_disabled_people_are_counted_month_by_month(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in MONTHS:
        term = f"{at.year}春" if 2 <= at.month <= 7 else f"{at.year - (at.month == 1)}秋"
        terms = {r["citizen_id"]: r["enrolled"] for r in town["schooling"] if r["term"] == term}
        own = [row for row in people(town, at) if inside(row["home"], scope)]
        children = []
        for row in own:
            born = row["citizen_id"]
            end = end_of(at)
            age = (
                end.year
                - int(born[6:10])
                - ((end.month, end.day) < (int(born[10:12]), int(born[12:14])))
            )
            children += [born] if 6 <= age < 16 else []
        found = figure(snapshot, "enrolment_rate", at, scope)
        assert found.unreported == sum(one not in terms for one in children)
        if found.value is not None:
            assert found.numerator == sum(terms.get(one, False) for one in children)
        seats = {r["citizen_id"]: r for r in town["schooling"] if r["term"] == term}
        pupils = [
            seats[one] for one in children
            if one in seats and seats[one]["enrolled"] and seats[one]["stage"] != "高中"
        ]  # fmt: skip
        kinds = [(row["ownership"], row["nearby"]) for row in pupils]
        not_so = sum(owner == "民办" or near is False for owner, near in kinds)
        near = figure(snapshot, "nearby_public_rate", at, scope)
        if near.value is not None:
            assert near.numerator == kinds.count(("公办", True))
            known = kinds.count(("公办", True)) + not_so
            assert (near.denominator, near.unreported) == (known, len(kinds) - known)
        due = set()
        unknown = 0
        for row in own:
            if "残疾人" in (row.get("groups") or []):
                low, grade = row["low_income"], row["disability_grade"]
                unknown += (low is None) + (grade is None)
                due |= {(row["citizen_id"], random_plan.ALLOWANCES[0])} if low else set()
                if grade in ("一级", "二级"):
                    due.add((row["citizen_id"], random_plan.ALLOWANCES[1]))
        paid = {(r["citizen_id"], r["kind"]) for r in town["assistance"] if r["month"] == at}
        allowance = figure(snapshot, "disability_allowance", at, scope)
        if due and paid:
            assert allowance.numerator == len(paid & due)
            assert (allowance.denominator, allowance.unreported) == (len(due), unknown)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_assistance_adds_up_over_the_year(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in SOME:
        kinds: dict[str, float] = {}
        reached = set()
        for row in town["assistance"]:
            home = homes(town, row["month"]).get(row["household_id"])
            if row["month"].year == at.year and row["month"] <= at and home and inside(home, scope):
                kinds[row["kind"]] = kinds.get(row["kind"], 0) + row["amount"]
                reached.add(row["household_id"])
        found = figure(snapshot, "assistance_paid", at, scope, ("kind",))
        if kinds:
            assert found.value == pytest.approx(sum(kinds.values()))
            assert found.extra == {"households": len(reached)}
            split = {one.label: one.value for one in found.by["kind"]}
            assert {name: split[name] for name in kinds} == pytest.approx(kinds)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_risks_are_open_helped_and_cleared(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in SOME:
        living = {key: home for key, home in homes(town, at).items() if inside(home, scope)}
        known = [
            row for row in town["risk"]
            if row["found_on"] <= end_of(at) and row["household_id"] in living
        ]  # fmt: skip
        latest: dict[str, Row] = {}
        for row in sorted(known, key=lambda row: row["found_on"]):
            if not by_then(row["cleared_on"], at):
                latest[row["household_id"]] = row
        found = figure(snapshot, "risk_households", at, scope)
        assert (found.value or 0) == len(latest)
        helped = sum(by_then(row["helped_on"], at) is not None for row in latest.values())
        if latest:
            assert figure(snapshot, "risk_helped", at, scope).numerator == helped
        cleared = [
            row for row in town["risk"]
            if (day := by_then(row["cleared_on"], at)) and day.year == at.year
            and (home := homes(town, day.replace(day=1)).get(row["household_id"]))
            and inside(home, scope)
        ]  # fmt: skip
        assert (figure(snapshot, "risk_cleared", at, scope).value or 0) == len(cleared)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_repairs_are_closed_timed_and_late(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in SOME:
        own = [
            row for row in town["repairs"]
            if row["reported_on"] <= end_of(at) and inside(row, scope)
        ]  # fmt: skip
        year = [row for row in own if row["reported_on"].year == at.year]
        done = [row for row in year if by_then(row["closed_on"], at)]
        late = [
            row for row in own
            if by_then(row["due"], at) and row["due"] < end_of(at) and not by_then(row["closed_on"], at)
        ]  # fmt: skip
        if year:
            found = figure(snapshot, "repairs_closed", at, scope)
            assert (found.numerator, found.denominator) == (len(done), len(year))
        if done:
            days = [(row["closed_on"] - row["reported_on"]).days for row in done]
            assert figure(snapshot, "repair_days", at, scope).value == median(days)
        assert (figure(snapshot, "overdue_repairs", at, scope).value or 0) == len(late)


def test_projects_stand_where_their_dates_say(told: Told) -> None:
    town, snapshot = told
    for at in SOME:
        end, bridged, advanced = end_of(at), [], 0
        facilities: dict[str, int] = {}
        for row in town["projects"]:
            started, finished = by_then(row["started"], at), by_then(row["finished"], at)
            state = row["state"]
            if row["finished"] and not finished:
                state = "在建"
            if row["started"] and not started:
                state = "谋划"
            begins = min(row["planned_start"], started or row["planned_start"])
            if row["fund_source"] == "财政衔接资金" and begins.year == at.year and begins <= end:
                bridged.append(finished is not None and finished.year == at.year)
            worked = started and (not row["finished"] or row["finished"].year >= end.year)
            if row["kind"] != "配套设施":
                advanced += bool(worked and state in ("在建", "完工", "运营"))
            else:
                facilities[state] = facilities.get(state, 0) + 1
        found = figure(snapshot, "projects_on_time", at)
        if bridged:
            assert (found.numerator, found.denominator) == (sum(bridged), len(bridged))
        first = min(
            min(r["planned_start"], r["started"] or r["planned_start"]) for r in town["projects"]
        )
        if first > end:
            assert figure(snapshot, "projects_advanced", at).status == "no_data"
            continue
        assert figure(snapshot, "projects_advanced", at).value == advanced
        split = figure(snapshot, "facility_projects", at, by=("state",)).by["state"]
        assert {one.label: one.value for one in split if one.value} == facilities


def test_funds_take_their_latest_row_of_the_year(told: Told) -> None:
    town, snapshot = told
    for at in MONTHS:
        own = [r for r in town["funds"] if r["month"] <= at and r["month"].year == at.year]
        latest = {r["fund_id"]: r for r in sorted(own, key=lambda r: r["month"])}.values()
        for key, top, bottom in (
            ("funds_disbursed", "disbursed", "approved"), ("funds_spent", "spent", "disbursed"),
        ):  # fmt: skip
            found = figure(snapshot, key, at)
            if not own:
                assert found.status == "no_data"
                continue
            known = [row for row in latest if row[top] is not None]
            missing = sum(row[bottom] or 0 for row in latest if row[top] is None)
            n, d = (sum(row[column] for row in known) for column in (top, bottom))
            assert found.unreported == len(latest) - len(known)
            if d:
                assert found.value == pytest.approx(n / d)
                assert (found.low, found.high) == pytest.approx(
                    (n / (d + missing), (n + missing) / (d + missing))
                )


def test_events_add_up_over_the_year_and_to_date(told: Told) -> None:
    town, snapshot = told
    for at in SOME:
        held = [row for row in town["activities"] if row["held_on"] <= end_of(at)]
        year = [row for row in held if row["held_on"].year == at.year]
        care = [row for row in year if row["kind"] in ("志愿服务", "文化活动")]
        if year:
            found = figure(snapshot, "care_events", at)
            assert found.value == len(care)
            assert (found.extra["people"] or 0) == sum(row["people"] or 0 for row in care)
        if held:
            high = [r for r in held if r["kind"] == "示范创建" and r["level"] != "片区"]
            assert figure(snapshot, "demonstration_sites", at).value == len(high)


# A period of each kind, and a second month for the long runs.
PERIODS = [Period.parse(text) for text in ("2023-05", "2023-Q3", "2023-H2", "2023", "2024-01")]


def asked(metric: Metric, every: bool) -> list[tuple[Scope, Period]]:
    """All places and periods of a metric, or each kind of period once and the places in turn."""
    scopes = [scope for scope in SCOPES if scope.kind in metric.scopes]
    periods = [period for period in PERIODS if period.kind in metric.periods]
    if every:
        return list(product(scopes, periods))
    once = {period.kind: period for period in reversed(periods)}.values()
    return [(scopes[at % len(scopes)], period) for at, period in enumerate(once)]


@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["some", "every"]
)
@pytest.mark.parametrize(
    "metric", shared(METRICS.values(), 3, "rows behind"), ids=lambda metric: metric.key
)
def test_the_rows_behind_count_or_sum_to_the_figure(
    told: Told, metric: Metric, every: bool
) -> None:
    _town, snapshot = told
    for scope, period in asked(metric, every):
        found = read(snapshot, metric, period, scope, metric.axes)
        parts = {part: rows(snapshot, metric, period, scope, part) for part in PARTS}
        assert parts["unreported"].height == found.unreported
        if metric.kind in ("rate", "count") and found.numerator is not None:
            assert parts["numerator"]["amount"].sum() == pytest.approx(found.numerator)
            below = parts["denominator"]["amount"].sum()
            assert below == pytest.approx(found.denominator or 0)


def test_bounds_contain_the_truth_when_rows_go_missing(tmp_path: Path) -> None:
    whole = random_plan.town(7)
    pupils = {row["citizen_id"] for row in whole["schooling"]}
    whole["schooling"] = [schooling("2023春", one, one[-2] in "02468") for one in pupils]
    whole["posts"] = [post(f"P{n}", date(2023, 3, 1), 5, filled=n) for n in range(6)]
    some = whole | {
        "schooling": whole["schooling"][::2],
        "posts": [row | {"filled": None if n % 2 else row["filled"]}
                  for n, row in enumerate(whole["posts"])],
    }  # fmt: skip
    truth, known = published_of(tmp_path / "a", whole), published_of(tmp_path / "b", some)
    for key in ("enrolment_rate", "posts_filled"):
        for scope in SCOPES:
            if scope.kind in METRICS[key].scopes:
                right, found = (figure(s, key, date(2023, 5, 1), scope) for s in (truth, known))
                if right.value is not None and found.low is not None:
                    assert found.low <= right.value + 1e-9 <= present(found.high) + 2e-9, (
                        key,
                        scope,
                    )
