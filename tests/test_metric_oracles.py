"""Metrics against their definitions worked out again in plain loops over the rows of random towns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from board.catalogue import METRICS
from board.metrics import Period, Scope, moves, read, shift
from board.store import Snapshot
from tests.support import random_town
from tests.support.random_town import MONTHS, QUARTERS, Town, end_of
from tests.support.rows import Row, month, published_of

Told = tuple[Town, Snapshot]
SCOPES = (Scope(), Scope(building="1栋"), Scope(building="1栋", unit="2单元"))


@pytest.fixture(scope="module", params=[1, 2])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A random town's rows and the snapshot published from them."""
    rows = random_town.town(request.param)
    return rows, published_of(tmp_path_factory.mktemp("town"), rows)


def row_of(rows: list[Row], key: str, one: str, at: date) -> Row | None:
    """The register row that holds in a month."""
    early = [
        row for row in rows
        if row[key] == one and (row.get("effective_month") or date.min) <= at
    ]  # fmt: skip
    return max(early, key=lambda row: row.get("effective_month") or date.min, default=None)


def homes(town: Town, at: date) -> dict[str, Row]:
    found = {}
    for one in {row["household_id"] for row in town["households"]}:
        row = row_of(town["households"], "household_id", one, at)
        moved_in = row.get("moved_in") if row else None
        if row and row["status"] == "在册" and (moved_in is None or moved_in <= end_of(at)):
            found[one] = row
    return found


def people(town: Town, at: date) -> list[Row]:
    """Everybody of the households in register, each with the register row of their home."""
    living = homes(town, at)
    found = []
    for one in sorted({row["citizen_id"] for row in town["labour"]}):
        row = row_of(town["labour"], "citizen_id", one, at)
        if row and row["household_id"] in living:
            found.append(row | {"home": living[row["household_id"]]})
    return found


def able(row: Row, at: date) -> bool:
    born = date(
        int(row["citizen_id"][6:10]), int(row["citizen_id"][10:12]), int(row["citizen_id"][12:14])
    )
    end = end_of(at)
    age = end.year - born.year - ((end.month, end.day) < (born.month, born.day))
    return 16 <= age < 60 and not row["student"]


def inside(home: Row, scope: Scope) -> bool:
    return scope.building in (None, home["building"]) and scope.unit in (None, home["unit"])


def states(town: Town, at: date) -> dict[str, tuple[str, Row]]:
    """Household → its state and its home, of those with a worker willing to work."""
    jobs = {(row["month"], row["citizen_id"]): row["status"] for row in town["employment"]}
    found = {}
    workers = [row for row in people(town, at) if able(row, at)]
    for key in {row["household_id"] for row in workers if row["willing_to_work"]}:
        own = [row for row in workers if row["household_id"] == key]
        status = {row["citizen_id"]: jobs.get((at, row["citizen_id"])) for row in own}
        if any(one in ("在业", "暂离") for one in status.values()):
            state = "employed"
        elif any(status[r["citizen_id"]] is None for r in own if r["willing_to_work"]):
            state = "unknown"
        else:
            state = "zero"
        found[key] = (state, own[0]["home"])
    return found


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_workers_are_those_the_registers_and_the_month_say(told: Told, scope: Scope) -> None:
    town, snapshot = told
    for at in MONTHS[::4]:
        own = [r for r in people(town, at) if able(r, at) and inside(r["home"], scope)]
        jobs = {r["citizen_id"]: r for r in town["employment"] if r["month"] == at}
        seen = [jobs[r["citizen_id"]] for r in own if r["citizen_id"] in jobs]
        employed = [r for r in seen if r["status"] != "未就业"]
        found = read(snapshot, METRICS["employment_rate"], Period(at), scope)
        if not seen:
            assert found.status == ("no_data" if own else "not_applicable")
            continue
        assert (found.numerator, found.denominator) == (len(employed), len(seen))
        assert (found.low, found.high) == (
            len(employed) / len(own), (len(employed) + len(own) - len(seen)) / len(own),
        )  # fmt: skip
        near = [r for r in seen if r.get("place") in ("片区内", "市内")]
        assert read(snapshot, METRICS["nearby_share"], Period(at), scope).numerator == len(near)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
def test_zero_employment_households_flow_as_told(told: Told, scope: Scope) -> None:
    town, snapshot = told
    by_month = {at: states(town, at) for at in (shift(MONTHS[0], -1), *MONTHS)}

    def state(key: str, at: date, where: Scope) -> str | None:
        found = by_month[at].get(key)
        return found[0] if found and inside(found[1], where) else None

    def relapsed(key: str, at: date) -> bool:
        return any(
            state(key, now, Scope()) == "employed" and state(key, shift(now, -1), Scope()) == "zero"
            for now in MONTHS[1:]
            if shift(at, -12) <= now < at
        )

    for at in MONTHS:
        flow = dict.fromkeys(
            ("opening", "new", "relapsed", "came_in", "cleared", "went_out", "closing"), 0
        )
        before = shift(at, -1)
        for key in {*by_month[before], *by_month[at]}:
            was, now = state(key, before, scope), state(key, at, scope)
            flow["opening"] += was == "zero"
            flow["closing"] += now == "zero"
            if was == "zero" != now:
                flow["cleared" if now == "employed" else "went_out"] += 1
            if was != "zero" == now:
                came = "relapsed" if relapsed(key, at) else "new"
                flow[came if was == "employed" else "came_in"] += 1
        assert moves(snapshot, scope).get(at, dict.fromkeys(flow, 0)) == flow, at


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("count", [1, 2])
def test_growth_is_that_of_the_per_head_quarters(told: Told, scope: Scope, count: int) -> None:
    town, snapshot = told
    names = ("wage_income", "business_income", "property_income", "transfer_income")

    def told_in(quarter: str) -> dict[str, Row]:
        at = shift(month(quarter), 2)
        due = {
            r["household_id"] for r in people(town, at)
            if r["lifted_out"] and inside(r["home"], scope)
        }  # fmt: skip
        rows = [r for r in town["income"] if r["quarter"] == month(quarter)]
        return {r["household_id"]: r for r in rows if r["household_id"] in due}

    def a_head(quarters: tuple[str, ...], only: set[str] | None = None) -> float:
        total = 0.0
        for quarter in quarters:
            rows = [r for k, r in told_in(quarter).items() if only is None or k in only]
            total += sum(r[n] for r in rows for n in names) / sum(r["members"] for r in rows)
        return total

    last, now = QUARTERS[:count], QUARTERS[4 : 4 + count]
    found = read(snapshot, METRICS["income_growth_gap"], Period.parse(now[-1]), scope)
    growth = a_head(now) / a_head(last) - 1
    county = 0.08 if count == 1 else 0.075
    assert found.extra["growth"] == pytest.approx(growth)
    assert found.value == pytest.approx((growth - county) * 100)
    same = set.intersection(*(set(told_in(quarter)) for quarter in (*last, *now)))
    if same:
        matched = a_head(now, same) / a_head(last, same) - 1
        assert found.extra["composition"] == pytest.approx((growth - matched) * 100)


@pytest.mark.parametrize(
    ("key", "weight"), [("asset_occupancy", "area"), ("asset_occupancy_count", "count")]
)
def test_occupancy_weighs_what_is_used(told: Told, key: str, weight: str) -> None:
    town, snapshot = told
    for at in MONTHS[::3]:
        for building in (None, "1栋"):
            n = d = missing = 0.0
            for one in {r["asset_id"] for r in town["assets"]}:
                row = row_of(town["assets"], "asset_id", one, at)
                if not (row and row["usable"] and row[weight]) or row["kind"] == "标准厂房":
                    continue
                if building and row["building"] != building:
                    continue
                use = next(
                    (r for r in town["occupancy"] if (r["month"], r["asset_id"]) == (at, one)), None
                )
                if use is None:
                    missing += row[weight]
                    continue
                used = use["used_count"]
                if used is None:
                    used = row["count"] if use["state"] == "在用" else 0
                n, d = n + round(row[weight] * used / row["count"], 2), d + row[weight]
            found = read(snapshot, METRICS[key], Period(at), Scope(building=building))
            if d:
                assert (found.numerator, found.denominator) == pytest.approx((n, d))
                assert (found.low, found.high) == pytest.approx(
                    (n / (d + missing), (n + missing) / (d + missing))
                )


def test_tasks_are_due_done_and_stale_as_their_rows_say(told: Told) -> None:
    town, snapshot = told
    for at in MONTHS[::2]:
        end, begun = end_of(at), []
        for one in sorted({r["task_id"] for r in town["tasks"]}):
            updates = sorted(
                (r for r in town["tasks"] if r["task_id"] == one), key=lambda r: r["updated_on"]
            )
            known = [r for r in updates if r["updated_on"] <= end]
            if updates[-1]["starts"] <= end and not (known and known[-1]["state"] == "已取消"):
                begun.append((updates[-1], [r["updated_on"] for r in known]))
        for department in (None, *random_town.DEPARTMENTS):
            led = [t for t in begun if department is None or department in t[0]["leads"]]
            due = [t for t, _ in led if t["due"] <= end]
            done = [t for t in due if t.get("done_on") and t["done_on"] <= end]
            old = [
                t for t, days in led
                if not (t.get("done_on") and t["done_on"] <= end)
                and days and days[-1] < end - timedelta(days=30)
            ]  # fmt: skip
            scope = Scope(department=department)
            found = read(snapshot, METRICS["task_completion"], Period(at), scope)
            assert (found.numerator or 0, found.denominator or 0) == (len(done), len(due))
            overdue = read(snapshot, METRICS["overdue_tasks"], Period(at), scope)
            assert (overdue.value or 0) == len([t for t in due if t not in done and t["due"] < end])
            assert (read(snapshot, METRICS["stale_tasks"], Period(at), scope).value or 0) == len(
                old
            )
