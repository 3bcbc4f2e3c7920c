"""Rows of the nine ledgers with everything that a test doesn't care about filled in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from board.publish import publish
from board.store import Snapshot, open_store
from tests.support.stores import batch_of

Row = dict[str, Any]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen(number: int, born: date = date(1985, 6, 15)) -> str:
    """The citizen ID of an invented person: area 990000, three-digit serial, right check digit."""
    head = f"990000{born:%Y%m%d}{number:03}"
    total = sum(int(digit) * weight for digit, weight in zip(head, WEIGHTS, strict=True))
    return head + "10X98765432"[total % 11]


def month(text: str) -> date:
    """2024-03 as its first day; 2024-Q3 as its first day too."""
    year, rest = text.split("-")
    return date(int(year), int(rest[1]) * 3 - 2 if rest[0] == "Q" else int(rest), 1)


def household(household_id: str, building: str = "1栋", unit: str = "1单元", **more: object) -> Row:
    """A household in register from the beginning."""
    return {
        "household_id": household_id, "settlement": "幸福小镇", "building": building,
        "unit": unit, "room": "0101", "head_name": "某", "size": 4, "category": "脱贫户",
        "status": "在册",
    } | more  # fmt: skip


def worker(number: int, household_id: str, born: date = date(1985, 6, 15), **more: object) -> Row:
    """An able, willing person lifted out of poverty."""
    return {
        "citizen_id": citizen(number, born), "name": "某", "household_id": household_id,
        "work_ability": "普通劳动力", "lifted_out": True, "student": False,
        "willing_to_work": True, "willing_to_train": False, "resident": True,
    } | more  # fmt: skip


def employment(at: str, citizen_id: str, status: str = "在业", **more: object) -> Row:
    """A month's row of a person; a job in the zone's factories when 在业."""
    job = {"kind": "单位就业", "place": "片区内", "industry": "制造业", "wage": 3000.0}
    return {
        "month": month(at), "citizen_id": citizen_id, "status": status,
        "reported_on": date(month(at).year, month(at).month, 28),
        **(job if status == "在业" else {}),
    } | more  # fmt: skip


def income(
    quarter: str, household_id: str, wage: float = 0.0, members: int = 1, **more: object
) -> Row:
    """A household's income of a quarter, all of it wages unless said."""
    return {
        "quarter": month(quarter), "household_id": household_id, "members": members,
        "wage_income": wage, "business_income": 0.0, "property_income": 0.0,
        "transfer_income": 0.0,
    } | more  # fmt: skip


def benchmark(
    quarter: str, amount: float = 1000.0, growth: float | None = None, **more: object
) -> Row:
    """What the county reports for a quarter: yuan a head, year to date."""
    return {
        "county": "大化瑶族自治县", "quarter": month(quarter), "basis": "脱贫人口人均可支配收入",
        "ytd_amount": amount, "ytd_growth": growth, "source": "统计",
    } | more  # fmt: skip


def asset(asset_id: str, area: float | None = 100.0, count: int = 1, **more: object) -> Row:
    """A usable shop."""
    return {
        "asset_id": asset_id, "kind": "商业铺面", "name": asset_id, "building": "1栋",
        "area": area, "count": count, "usable": True, "owner": "某公司",
        "registration": "已登记", "accounts": "已决算",
    } | more  # fmt: skip


def occupancy(at: str, asset_id: str, state: str = "在用", **more: object) -> Row:
    """A month's row of an asset."""
    return {"month": month(at), "asset_id": asset_id, "state": state} | more


def task(task_id: str, leads: list[str], due: date, updated_on: date, **more: object) -> Row:
    """An update of a task of measure 15 under way."""
    done = more.get("done_on")
    return {
        "task_id": task_id, "measure": "15", "content": task_id, "leads": leads,
        "starts": date(2023, 1, 1), "due": due, "updated_on": updated_on,
        "state": "已完成" if done else "推进中",
    } | more  # fmt: skip


def meeting(meeting_id: str, kind: str, held_on: date, **more: object) -> Row:
    """A meeting or a visit."""
    return {"meeting_id": meeting_id, "kind": kind, "held_on": held_on} | more


def follow_up(
    number: int, due: date, updated_on: date, state: str = "推进中", **more: object
) -> Row:
    """An item that a meeting decided on, raised when the plan began."""
    return {
        "item_id": f"D{number}", "updated_on": updated_on, "kind": "议定事项",
        "raised_on": date(2023, 2, 1), "content": "事项", "leads": ["社会事务局"], "due": due,
        "state": state,
    } | more  # fmt: skip


def published(root: Path, at: str = "2026-01-05T00:00:00", **ledgers: list[Row]) -> Snapshot:
    """A snapshot of a store that holds these rows and nothing else."""
    return published_of(root, ledgers, at)


def published_of(
    root: Path, ledgers: Mapping[str, list[Row]], at: str = "2026-01-05T00:00:00"
) -> Snapshot:
    """A snapshot, as `published` gives it, of rows that are already held by ledger."""
    batch_of(root, ledgers, at)
    publish(root)
    return open_store(root).snapshot()
