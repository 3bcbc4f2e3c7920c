"""Rows of the plan's other ledgers with everything that a test doesn't care about filled in."""

from __future__ import annotations

from datetime import date

from tests.support.rows import Row, month


def project(project_id: str, kind: str = "产业项目", state: str = "在建", **more: object) -> Row:
    """A project paid by the bridging fund."""
    return {
        "project_id": project_id, "name": project_id, "kind": kind, "state": state,
        "fund_source": "财政衔接资金", "investment": 100_000.0,
        "planned_start": date(2024, 1, 1), "planned_finish": date(2024, 12, 31),
    } | more  # fmt: skip


def returns(return_id: str, paid_on: date, amount: float, **more: object) -> Row:
    """A distribution of a project's returns to households."""
    return {
        "return_id": return_id, "source_kind": "项目", "source_id": "P1", "paid_on": paid_on,
        "use": "群众增收", "amount": amount,
    } | more  # fmt: skip


def training(training_id: str, citizen_id: str, ends: date, **more: object) -> Row:
    """A person's training of a day, without a certificate."""
    return {
        "training_id": training_id, "citizen_id": citizen_id, "name": "焊工", "kind": "技能提升",
        "starts": ends, "ends": ends, "certified": False,
    } | more  # fmt: skip


def post(post_id: str, opened_on: date, openings: int = 1, **more: object) -> Row:
    """An enterprise's post in the zone."""
    return {
        "post_id": post_id, "employer": "某厂", "title": "工人", "kind": "企业岗位",
        "place": "片区内", "openings": openings, "opened_on": opened_on,
    } | more  # fmt: skip


def workshop(at: str, workshop_id: str, workers: int, relocated: int, **more: object) -> Row:
    """A workshop's month."""
    return {
        "month": month(at), "workshop_id": workshop_id, "name": workshop_id, "workers": workers,
        "relocated_workers": relocated,
    } | more  # fmt: skip


def subsidy(application_id: str, kind: str, citizen_id: str, **more: object) -> Row:
    """An application whose contract lasts twelve months and whose person is insured three."""
    return {
        "application_id": application_id, "kind": kind, "agency": "某机构",
        "citizen_id": citizen_id, "contract_from": date(2024, 1, 1),
        "contract_to": date(2024, 12, 31), "insured_months": 3, "pension_months": 3,
        "requested": 500.0,
    } | more  # fmt: skip


def loan(loan_id: str, granted_on: date, amount: float, **more: object) -> Row:
    """A loan to a small enterprise."""
    return {
        "loan_id": loan_id, "enterprise": "某店", "amount": amount, "granted_on": granted_on,
        "form": "小微企业",
    } | more  # fmt: skip


def risk(household_id: str, found_on: date, **more: object) -> Row:
    """A household found at risk through illness."""
    return {
        "household_id": household_id, "found_on": found_on, "category": "边缘易致贫户",
        "risk": "因病",
    } | more  # fmt: skip


def repair(ticket_id: str, reported_on: date, **more: object) -> Row:
    """A ticket for a pipe."""
    return {
        "ticket_id": ticket_id, "kind": "供排水", "building": "1栋", "unit": "1单元",
        "reported_on": reported_on, "owner": "某物业",
    } | more  # fmt: skip


def schooling(term: str, citizen_id: str, enrolled: bool = True, **more: object) -> Row:
    """A child's term at primary school."""
    return {"term": term, "citizen_id": citizen_id, "stage": "小学", "enrolled": enrolled} | more


def assistance(record_id: str, at: str, household_id: str, kind: str, **more: object) -> Row:
    """A hundred yuan of some assistance."""
    return {
        "record_id": record_id, "month": month(at), "household_id": household_id, "kind": kind,
        "amount": 100.0,
    } | more  # fmt: skip


def visit(visit_id: str, household_id: str, visited_on: date, **more: object) -> Row:
    """A visit at home at which nothing is promised."""
    return {
        "visit_id": visit_id, "household_id": household_id, "visited_on": visited_on,
        "kind": "入户",
    } | more  # fmt: skip


def activity(activity_id: str, kind: str, held_on: date, **more: object) -> Row:
    """An activity of ten people."""
    return {"activity_id": activity_id, "kind": kind, "held_on": held_on, "people": 10} | more


def fund(at: str, fund_id: str, approved: float, **more: object) -> Row:
    """A fund's amounts of the year to a month's end."""
    return {
        "month": month(at), "fund_id": fund_id, "name": fund_id, "level": "中央", "use": "产业",
        "approved": approved,
    } | more  # fmt: skip
