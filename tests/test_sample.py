"""The invented settlement: its ratios, its story, and that it passes every rule of the ledgers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from board.catalogue import METRICS
from board.intake import load
from board.ledgers import Ledger, by_name, ledgers
from board.publish import rows_in_force
from board.sample import MARK, Delivery, deliveries, load_sample, meetings, story, tasks, write
from board.sample.names import check_digit
from board.sample.tasks import task_list
from board.sample.workbooks import workbook
from board.sections import sections
from tests.support.answers import number, present
from tests.support.stores import of_ledgers

WITHOUT_OCCURRENCE = "occurrence_lacking"

SITE = Path(__file__).resolve().parent.parent / "data" / "reference" / "site.geojson"


@pytest.fixture(scope="module")
def town() -> list[Delivery]:
    return deliveries()


def in_force(town: list[Delivery], ledger: str) -> pl.DataFrame:
    """The rows in force at the end, worked out the plain way."""
    number, withdrawn = 0, {one.withdraws for one in town}
    frames = []
    for one in town:
        number += bool(one.frames)
        if ledger in one.frames and number not in withdrawn:
            frames.append(one.frames[ledger])
    key = list(by_name()[ledger].key())
    return pl.concat(frames).unique(key, keep="last", maintain_order=True)


def filled(town: list[Delivery]) -> list[type[Ledger]]:
    """The ledgers that the sample fills."""
    names = {name for one in town for name in one.frames}
    return [ledger for ledger in ledgers() if ledger.name in names]


def test_the_sample_fills_every_ledger_that_a_page_or_figure_needs(town: list[Delivery]) -> None:
    needed = {name for metric in METRICS.values() for name in metric.ledgers}
    needed |= {name for section in sections() for name in section.source}
    assert needed - {ledger.name for ledger in filled(town)} == set()


def test_every_row_keeps_its_ledgers_rules(town: list[Delivery]) -> None:
    for ledger in filled(town):
        frames = [one.frames[ledger.name] for one in town if ledger.name in one.frames]
        assert frames, ledger.name
        for frame in frames:
            assert dict(frame.schema) == ledger.schema_of_frame()
            own = frame.drop("file", "sheet", "row")
            for field in ledger.fields():
                column = own[field.name]
                if field.required:
                    assert column.null_count() == 0, (ledger.name, field.name)
                if field.codes:
                    values = column.explode() if field.kind == "codes" else column
                    assert set(values.drop_nulls()) <= set(field.codes), field.name
                if field.low is not None and column.dtype.is_numeric():
                    assert column.drop_nulls().min() is None or number(column.min()) >= field.low
            _, failed = ledger.filter(frame)
            grave = {rule.name for rule in ledger.row_rules() if rule.severity == "error"}
            broken = grave & set(failed.counts())
            assert not broken, (ledger.name, broken)


def test_no_key_comes_twice_in_one_delivery(town: list[Delivery]) -> None:
    for one in town:
        for name, frame in one.frames.items():
            assert not frame.select(by_name()[name].key()).is_duplicated().any(), (one.name, name)


def test_citizen_ids_belong_to_nobody_and_their_check_digits_hold(town: list[Delivery]) -> None:
    ids = in_force(town, "labour")["citizen_id"].unique().to_list()
    assert all(one.startswith("990000") and check_digit(one[:17]) == one[17] for one in ids)


def test_whoever_is_named_is_registered_by_then(town: list[Delivery]) -> None:
    known: dict[str, set[str]] = {"citizen_id": set(), "household_id": set(), "asset_id": set()}
    for one in town:
        for register, key in (
            ("labour", "citizen_id"),
            ("households", "household_id"),
            ("assets", "asset_id"),
        ):
            if register in one.frames:
                known[key] |= set(one.frames[register][key])
        for frame in one.frames.values():
            for key, values in known.items():
                if key in frame.columns:
                    assert set(frame[key].drop_nulls()) <= values, (one.name, key)


def test_the_town_has_the_size_of_its_model(town: list[Delivery]) -> None:
    homes, people = in_force(town, "households"), in_force(town, "labour")
    assert homes["household_id"].n_unique() == 1000
    first = town[0].frames
    assert 4350 <= people["citizen_id"].n_unique() <= 4560
    workers = in_force(town, "employment").filter(pl.col("month") == story.FIRST).height
    assert 0.49 <= workers / first["labour"].height <= 0.54
    assert homes.select("building").n_unique() == 12
    assert homes.select("building", "unit").n_unique() == sum(story.UNITS)
    assets = first["assets"]
    assert assets.filter(pl.col("kind") == "商业铺面").height == 120
    assert {"地下车库", "地面停车位", "农贸市场", "帮扶车间", "标准厂房"} <= set(assets["kind"])
    helped = homes.group_by("helper_phone").agg(pl.col("household_id").n_unique())
    assert helped["household_id"].is_between(30, 50).all()


def test_work_has_the_ratios_of_comparable_towns(town: list[Delivery]) -> None:
    rows = in_force(town, "employment")
    by_month = rows.group_by("month").agg(
        rate=(pl.col("status") != "未就业").mean(),
        posts=(pl.col("kind") == "公益性岗位").sum() / pl.col("kind").is_not_null().sum(),
        zone=(pl.col("place") == "片区内").sum() / pl.col("place").is_not_null().sum(),
        wage=pl.col("wage").median(),
    )
    assert 0.94 <= number(by_month["rate"].mean()) <= 0.96
    assert number(by_month["rate"].min()) > 0.92
    assert by_month["posts"].is_between(0.055, 0.075).all()
    assert by_month["zone"].is_between(0.44, 0.56).all()
    assert by_month["wage"].is_between(3000, 4200).all()


def test_occupancy_reaches_misses_and_recovers(town: list[Delivery]) -> None:
    share = occupied(in_force(town, "occupancy"), in_force(town, "assets"))
    assert 0.50 <= share[date(2023, 12, 1)] < 0.52
    assert 0.55 <= share[date(2024, 12, 1)] < 0.59
    assert 0.80 <= share[date(2025, 12, 1)] < 0.82
    assert share[date(2024, 3, 1)] < share[date(2024, 2, 1)] - 0.05


def occupied(occupancy: pl.DataFrame, assets: pl.DataFrame) -> dict[date, float]:
    """Month → area in use ÷ area reported."""
    known = assets.unique("asset_id").filter("usable").select("asset_id", "area", "count")
    part = pl.when(pl.col("state") == "在用").then(
        pl.coalesce(pl.col("used_count") / pl.col("count"), 1.0)
    )
    found = (
        occupancy.join(known, on="asset_id")
        .group_by("month")
        .agg((part.otherwise(0) * pl.col("area")).sum() / pl.col("area").sum())
    )
    return dict(found.iter_rows())


def test_income_outgrows_the_county_but_for_one_quarter(town: list[Delivery]) -> None:
    income, people = in_force(town, "income"), in_force(town, "labour")
    lifted = people.filter("lifted_out")["household_id"].unique().implode()
    parts = ("wage_income", "business_income", "property_income", "transfer_income")
    total = sum((pl.col(part) for part in parts), pl.lit(0))
    heads = (
        income.filter(pl.col("household_id").is_in(lifted))
        .group_by("quarter")
        .agg(head=total.sum() / pl.col("members").sum())
        .sort("quarter")
        .with_columns(ytd=pl.col("head").cum_sum().over(pl.col("quarter").dt.year()))
        .with_columns(growth=pl.col("ytd") / pl.col("ytd").shift(4) - 1)
    )
    assert heads["ytd"][3] == pytest.approx(13_600, abs=1)
    county = in_force(town, "benchmark").filter(pl.col("basis") == "脱贫人口人均可支配收入")
    both = heads.join(county, on="quarter").drop_nulls("growth").sort("quarter")
    gap = both["growth"] * 100 - both["ytd_growth"]
    assert [q for q, g in zip(both["quarter"], gap, strict=True) if g < 0] == [date(2024, 4, 1)]
    assert gap[-1] > 1
    wages = number(income["wage_income"].sum()) / number(income["disposable_income"].sum())
    assert 0.78 <= wages <= 0.82


def test_income_is_covered_but_in_one_quarter(town: list[Delivery]) -> None:
    covered = in_force(town, "income").group_by("quarter").len().sort("quarter")
    share = dict(covered.with_columns(pl.col("len") / 990).iter_rows())
    poor = [quarter for quarter, part in share.items() if part < 0.90]
    assert poor == [story.POOR_QUARTER]
    assert all(part > 0.95 for quarter, part in share.items() if quarter not in poor)


def test_tasks_cover_every_measure_and_body_and_one_department_lags(town: list[Delivery]) -> None:
    tasks = in_force(town, "tasks").sort("updated_on").unique("task_id", keep="last")
    assert tasks.height >= 90
    assert tasks["measure"].n_unique() == 32
    led = tasks.filter(pl.col("state") != "已取消").explode("leads")
    assert led["leads"].n_unique() == 13
    done = led.group_by("leads").agg((pl.col("done_on") <= pl.col("due")).mean().fill_null(0))
    assert done.sort("done_on")["leads"][0] == story.LAGGARD
    assert 0.85 <= number(tasks["done_on"].is_not_null().mean()) <= 0.97


def test_one_quarter_has_no_meeting_and_leaders_visit_every_half(town: list[Delivery]) -> None:
    held = in_force(town, "meetings").with_columns(quarter=pl.col("held_on").dt.truncate("1q"))
    quarterly = held.filter(pl.col("kind") == "季度工作会议")["quarter"].unique()
    missing = [q for q in story.quarters_of(36)[4:] if q not in quarterly]
    assert missing == [story.MISSED_MEETING]
    visits = held.filter((pl.col("kind") == "领导调研") & (pl.col("rank") == "管委领导"))
    assert visits["held_on"].dt.truncate("6mo").n_unique() == 6
    assert (held["issues_settled"] < held["issues_raised"]).any()


def test_a_correction_and_a_withdrawal_are_part_of_the_history(town: list[Delivery]) -> None:
    assert [one.at for one in town] == sorted(one.at for one in town)
    assert all(one.note.startswith(MARK) for one in town)
    batches = [one for one in town if one.frames]
    withdrawal = next(one for one in town if one.withdraws)
    wrong = batches[present(withdrawal.withdraws) - 1]
    assert wrong.at < withdrawal.at
    assert withdrawal.reason
    month = story.MISCODED[0]
    first, right = (
        one.frames["employment"].filter(pl.col("month") == month)
        for one in batches
        if "employment" in one.frames and month in one.frames["employment"]["month"]
    )
    moved = right.join(first, on="citizen_id", suffix="_before")
    assert (moved["place"] != moved["place_before"]).sum() > 10


def test_nothing_moves_by_a_factor_of_three_but_one_wage(town: list[Delivery]) -> None:
    rows = in_force(town, "employment")
    before = rows.with_columns(pl.col("month").dt.offset_by("1mo"))
    both = rows.join(before, on=["month", "citizen_id"], suffix="_before")
    for name in ("wage", "contract_months", "insured_months"):
        now, then = pl.col(name), pl.col(f"{name}_before")
        moved = both.filter(now > 0, then > 0, (now > then * 3) | (now * 3 < then))
        assert moved.filter(pl.col("month") != story.MISCODED[0]).is_empty(), name


def test_the_same_seed_gives_the_same_town_and_another_another() -> None:
    first, again, other = (deliveries(40, 6, seed) for seed in (1, 1, 2))
    for one, two in zip(first, again, strict=True):
        assert (one.at, one.note, list(one.frames)) == (two.at, two.note, list(two.frames))
        for name in one.frames:
            assert_frame_equal(one.frames[name], two.frames[name])
    assert not first[0].frames["labour"].equals(other[0].frames["labour"])


@pytest.mark.parametrize(("households", "months"), [(1, 1), (20, 3), (60, 18)])
def test_a_town_of_any_size_can_be_made(households: int, months: int) -> None:
    town = deliveries(households, months, 7)
    assert in_force(town, "households")["household_id"].n_unique() == households
    assert in_force(town, "occupancy")["month"].n_unique() == months


def test_the_same_delivery_gives_the_same_workbook(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = deliveries(20, 1, 1)[0]
    first, again = workbook(one, tmp_path / "a"), workbook(one, tmp_path / "b")
    assert first.read_bytes() == again.read_bytes()


def test_the_plan_lists_the_workbooks_in_order(tmp_path: Path) -> None:
    paths = write(tmp_path, 20, 4, 1)
    plan = json.loads((tmp_path / "plan.json").read_text())
    assert [tmp_path / file for step in plan for file in step["files"]] == paths[:-1]
    assert all(path.exists() for path in paths)
    assert [step["at"] for step in plan] == sorted(step["at"] for step in plan)


def test_the_other_ledgers_hold_the_faults_of_the_story(town: list[Delivery]) -> None:
    loans = in_force(town, "loans")["amount"]
    assert (loans == 3_000_000).sum() == 1
    assert (loans > 3_000_000).sum() == 1
    projects = in_force(town, "projects").filter(pl.col("fund_source") == "财政衔接资金")
    slipped = projects.filter(pl.col("finished").dt.year() > pl.col("started").dt.year())
    assert slipped["project_id"].to_list() == ["XM009"]
    out = in_force(town, "schooling").filter(~pl.col("enrolled"))
    assert out["term"].to_list() == ["2024春"]
    aid = in_force(town, "assistance").filter(pl.col("kind").str.contains("残疾人"))
    assert aid["month"].n_unique() == 35
    assert in_force(town, "repairs")["closed_on"].null_count() > 0


def test_every_kind_and_state_of_the_plans_ledgers_occurs(town: list[Delivery]) -> None:
    for ledger in filled(town):
        if ledger.position < 110:
            continue
        rows = pl.concat([one.frames[ledger.name] for one in town if ledger.name in one.frames])
        for field in ledger.fields():
            if field.name in ("kind", "state", "use", "level", "risk", "form", "source_kind"):
                missing = set(field.codes) - set(rows[field.name])
                assert not missing - {"自治区级", "国家级"}, (ledger.name, field.name, missing)


def test_the_site_plan_shows_every_building_and_large_asset(town: list[Delivery]) -> None:
    shapes = [shape["properties"] for shape in json.loads(SITE.read_text())["features"]]
    homes = set(in_force(town, "households")["building"])
    assert {s["building"] for s in shapes if s["kind"] == "住宅楼"} == homes
    assert {s["building"] for s in shapes if s["kind"] == "商业铺面"} == homes
    assets = in_force(town, "assets").filter(pl.col("kind") != "商业铺面")
    assert {s["asset_id"] for s in shapes if "asset_id" in s} == set(assets["asset_id"])


@pytest.mark.usefixtures("workbooks_read_here")
def test_every_workbook_passes_the_door_with_only_the_warnings_meant(tmp_path: Path) -> None:
    # Each is read in a process of its own and proven in the next test.
    root, out = tmp_path / "store", tmp_path / "books"
    write(out, 24, 6, 1)
    warned, told = [], set()
    for step in json.loads((out / "plan.json").read_text()):
        files = [out / name for name in step["files"]]
        done = load(files, root, note=step["note"], at=step["at"], publish=False, proven=False)
        assert done.batch, [f.message.en for f in done.check.findings]
        warned += [(f.rule, f.found) for f in done.check.findings if f.rule != WITHOUT_OCCURRENCE]
        told |= {f.message.zh for f in done.check.findings if f.rule == WITHOUT_OCCURRENCE}
    assert warned == [("asset_not_usable", story.UNUSABLE[1])]
    recurring = {
        f"RW{n:03}": task["by_period"]
        for n, task in enumerate(task_list(), 1)
        if task["cadence"] != "一次性"
    }
    named = {task for task in recurring if any(task in text for text in told)}
    assert named
    assert not [task for task in named if recurring[task]], "tasks that report their periods"


def test_what_was_loaded_is_what_was_made(tmp_path: Path) -> None:
    load_sample(tmp_path, 12, 2, 3)
    town = deliveries(12, 2, 3)
    for ledger in ledgers():
        if not any(ledger.name in one.frames for one in town):
            continue
        key = list(ledger.key())
        stored = rows_in_force(tmp_path, ledger.name).drop("batch").sort(key)
        assert_frame_equal(stored, in_force(town, ledger.name).sort(key), check_row_order=True)


def test_settling_keeps_the_order_and_the_times_of_the_story(sample_store: Path) -> None:
    batches = of_ledgers(sample_store)
    made = [one for one in deliveries() if one.frames]
    assert [(b.recorded_at, b.note) for b in batches] == [(d.at.isoformat(), d.note) for d in made]
    (gone,) = [b for b in batches if b.state == "withdrawn"]
    assert gone.reason
    assert gone.withdrawn_at == "2025-10-08T09:20:00"


def test_quarterly_meetings_have_who_must_be_there_but_once(town: list[Delivery]) -> None:
    held = in_force(town, "meetings").filter(pl.col("kind") == "季度工作会议")
    assert set(held["place"]) == {"安置点"}
    there = pl.all_horizontal(pl.col("attendees").list.contains(body) for body in meetings.REQUIRED)
    broken = held.filter(~there)["held_on"].dt.truncate("1mo").to_list()
    assert broken == [story.ABSENT[0]]


def test_one_leader_of_each_rank_is_in_charge_in_every_month(town: list[Delivery]) -> None:
    rows = in_force(town, "leaders")
    for month in story.months_of(36):
        day = story.last_day(month)
        ended = pl.col("until") < day
        in_charge = rows.filter(pl.col("since") <= day, ~ended.fill_null(value=False))
        assert sorted(in_charge["rank"]) == ["处级领导", "管委领导"]
    assert rows.height == 3


def test_the_mechanisms_are_those_of_the_plan(town: list[Delivery]) -> None:
    rows = in_force(town, "mechanisms").select("measure", "name").unique().rows()
    for plan in (SITE.parent.parent / "plans").glob("qinzhou-port-2023/机制.csv"):
        listed = pl.read_csv(plan, infer_schema=False).select("举措序号", "机制名称").rows()
        assert sorted(rows) == sorted(listed)
    assert len(rows) == 28


def test_follow_ups_come_from_meetings_and_end_in_every_way(town: list[Delivery]) -> None:
    items = in_force(town, "follow_ups").sort("updated_on").unique("item_id", keep="last")
    held = in_force(town, "meetings").select("meeting_id", "held_on", "chair")
    raised = items.join(held, on="meeting_id")
    assert raised.height == items.height
    assert (raised["raised_on"] == raised["held_on"]).all()
    assert (raised["leader"] == raised["chair"]).all()
    assert items.filter(pl.col("done_on") > pl.col("due")).height > 0
    assert {"推进中", "已办结", "已销号", "已取消"} == set(items["state"])
    assert set(items["metric"].drop_nulls()) <= set(METRICS)


def test_shares_add_up_to_what_is_distributed(town: list[Delivery]) -> None:
    shares = in_force(town, "beneficiaries").group_by("return_id")
    total = shares.agg(pl.len(), pl.col("amount").sum().round(2).alias("total"))
    both = in_force(town, "returns").filter(pl.col("households") > 0).join(total, on="return_id")
    assert both.height == total.height
    assert (both["total"] == both["amount"]).all()
    assert (both["len"] == both["households"]).all()


def test_most_promises_of_visits_are_kept(town: list[Delivery]) -> None:
    visits = in_force(town, "visits")
    promised = visits.filter(pl.col("promised").is_not_null())
    assert 0.8 < number(promised["kept_on"].is_not_null().mean()) < 0.95
    assert visits.filter(pl.col("kept_on") < pl.col("visited_on")).is_empty()
    homes = in_force(town, "households").select("household_id", "helper_name").unique()
    assert visits.join(homes, left_on=["household_id", "visitor"],
                       right_on=["household_id", "helper_name"], how="anti").is_empty()  # fmt: skip


def test_one_check_of_twenty_households_asks_for_recorded_wages(town: list[Delivery]) -> None:
    checks = in_force(town, "spot_checks")
    assert checks["check_id"].n_unique() == 1
    assert checks["subject"].str.split(" ").list.first().n_unique() == 20
    assert {"一致", "不一致"} < set(checks["result"])
    agree = checks.filter(pl.col("result") == "一致")
    assert (agree["recorded"] == agree["found"]).all()


def test_tasks_report_their_periods_and_miss_those_of_the_story(town: list[Delivery]) -> None:
    rows = in_force(town, "tasks").filter(pl.col("occurrence").is_not_null())
    done = rows.filter(pl.col("state") == "已完成").select("content", "occurrence").unique()
    assert not tasks.MISSED & set(done.rows())
    quarters = done.filter(pl.col("content") == "按季开展消防演练(2025年)")["occurrence"]
    assert sorted(quarters) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]


def test_a_problem_is_one_of_its_task(town: list[Delivery]) -> None:
    reasons = {f"RW{n:03}": task["problems"].split("；") for n, task in enumerate(task_list(), 1)}
    told = in_force(town, "tasks").filter(
        pl.col("problem").is_not_null(), pl.col("state") != "已取消"
    )
    assert told.height > 50
    assert all(
        problem in reasons[task] for task, problem in told.select("task_id", "problem").rows()
    )


@pytest.mark.parametrize(("ledger", "column"), [
    ("subsidies", "pension_months"), ("schooling", "ownership"), ("labour", "low_income"),
])  # fmt: skip
def test_a_few_deciding_columns_are_empty(town: list[Delivery], ledger: str, column: str) -> None:
    empty = in_force(town, ledger)[column].is_null().mean()
    assert 0 < number(empty) < 0.08


def test_allowances_go_to_those_whose_columns_say_so(town: list[Delivery]) -> None:
    paid = in_force(town, "assistance").filter(pl.col("kind").str.contains("残疾人"))
    people = in_force(town, "labour").unique("citizen_id", keep="last")
    both = paid.join(people.select("citizen_id", "disability_grade", "low_income"), on="citizen_id")
    nursed = both.filter(pl.col("kind") == "重度残疾人护理补贴")
    assert set(nursed["disability_grade"].drop_nulls()) == {"一级", "二级"}
    assert both.filter(pl.col("kind") == "困难残疾人生活补贴")["low_income"].drop_nulls().all()
