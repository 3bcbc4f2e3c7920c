"""Checks across ledgers: what one row says against what another, stored or new, says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from board import reference
from board.findings import Finding
from board.i18n import N_
from board.intake.frames import BEGINNING, Load, Rule, held
from board.ledgers import by_name

FACTOR = 3
END = date(9999, 12, 1)

WORKS_AND_STUDIES = Rule(
    "employed_student", "employment", "status", "warning", N_("在校生一般不在业"),
    N_("劳动力台账记为在校生，本月却{found}。"),
    "labour",
)  # fmt: skip
STUDIES_AND_WORKS = Rule(
    "employed_student", "labour", "student", "warning", N_("在业的人一般不是在校生"),
    N_("记为在校生，而就业监测台账{month:%Y-%m}记为在业。"),
    "employment",
)  # fmt: skip
TOO_MANY_USED = Rule(
    "used_count_within_count", "occupancy", "used_count", "error", N_("不大于资产数量{held_count}"),
    N_("在用数量{found}大于资产台账中的数量{held_count}。"),
    "assets",
)  # fmt: skip
TOO_FEW_COUNTED = Rule(
    "used_count_within_count", "assets", "count", "warning", N_("不小于已报的在用数量{used_count}"),
    N_("数量{found}小于{month:%Y-%m}已报的在用数量{used_count}。"),
    "occupancy",
)  # fmt: skip
NOT_USABLE = Rule(
    "asset_not_usable", "occupancy", "asset_id", "warning", N_("可盘活的资产"),
    N_("资产台账记为不可盘活，本行不计入盘活率。"),
    "assets",
)  # fmt: skip
NOT_ITS_LEAD = Rule(
    "lead_not_of_measure", "tasks", "leads", "warning", "{wanted}",
    N_("{found}不是举措{measure}的牵头部门。"),
)  # fmt: skip
NOBODY_THERE = Rule(
    "household_without_labour", "households", "household_id", "warning", N_("劳动力台账中有该户成员"),
    N_("劳动力台账中没有该户的成员。"),
    "labour",
)  # fmt: skip
CROWDED = N_("劳动力台账有{persons}人，多于户台账的家庭人口数{size}。")
MORE_THAN_SIZE = Rule(
    "more_persons_than_size",
    "households",
    "size",
    "warning",
    N_("不少于{persons}"),
    CROWDED,
    "labour",
)
OVER_SIZE = Rule(
    "more_persons_than_size",
    "labour",
    "household_id",
    "warning",
    N_("不多于{size}人"),
    CROWDED,
    "households",
)

UNKNOWN_SOURCE = Rule(
    "source_unknown", "returns", "source_id", "error", N_("{wanted}中已有的编号"),
    N_("{wanted}中没有编号{found}。"),
)  # fmt: skip
SOURCES = {"项目": ("projects", "project_id"), "资产": ("assets", "asset_id")}


def employed_students(load: Load) -> Iterator[Finding]:
    """A person employed in a month in which the register says student."""
    works = pl.col("status").is_in(["在业", "暂离"])
    if load.rows("employment").height:
        asked = load.rows("employment").filter(works)
        found = held(load.together("labour"), "citizen_id", asked).filter("held_student")
        yield from WORKS_AND_STUDIES.tell(load, found.with_columns(found=pl.col("status")))
    if load.rows("labour").filter("student").height:
        people = load.rows("labour").filter("student")["citizen_id"].unique()
        asked = load.stored("employment").filter(
            works, pl.col("citizen_id").is_in(people.implode())
        )
        new = load.rows("employment").select("month", "citizen_id")
        asked = asked.join(new, on=["month", "citizen_id"], how="anti")
        found = held(load.together("labour"), "citizen_id", asked).filter(
            "held_student", "held_fresh"
        )
        first = found.sort("month").unique(["held_file", "held_sheet", "held_row"], keep="first")
        yield from STUDIES_AND_WORKS.tell(load, _blame_held(first, pl.lit("是")))


def used_within_count(load: Load) -> Iterator[Finding]:
    """More places in use than the asset has, whichever of the two rows is new."""
    over = pl.col("used_count") > pl.col("held_count")
    if load.rows("occupancy").height:
        found = _assets_held(load, load.rows("occupancy"))
        yield from TOO_MANY_USED.tell(
            load, found.filter(over).with_columns(found=pl.col("used_count"))
        )
    if load.rows("assets").height:
        new = load.rows("occupancy").select("month", "asset_id")
        asked = load.stored("occupancy").join(new, on=["month", "asset_id"], how="anti")
        found = _assets_held(load, asked).filter(over, pl.col("held_fresh"))
        first = found.sort("used_count", descending=True)
        first = first.unique(["held_file", "held_sheet", "held_row"], keep="first")
        yield from TOO_FEW_COUNTED.tell(load, _blame_held(first, pl.col("held_count")))


def unusable_assets(load: Load) -> Iterator[Finding]:
    """An occupancy row of an asset that is not 可盘活."""
    if load.rows("occupancy").height:
        found = _assets_held(load, load.rows("occupancy")).filter(~pl.col("held_usable"))
        yield from NOT_USABLE.tell(load, found.with_columns(found=pl.col("asset_id")))


def _assets_held(load: Load, asked: pl.DataFrame) -> pl.DataFrame:
    return held(load.together("assets"), "asset_id", asked)


def _blame_held(found: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """Point at the register's row instead of the month's."""
    return found.with_columns(
        found=value,
        file=pl.col("held_file"),
        sheet=pl.col("held_sheet"),
        row=pl.col("held_row"),
    )


def leads_of_measure(load: Load) -> Iterator[Finding]:
    """A task whose lead department is not among the measure's."""
    leads = reference.leads_of_measures()
    for row in load.rows("tasks").drop_nulls(["measure", "leads"]).iter_rows(named=True):
        wanted = leads.get(row["measure"])
        strangers = [one for one in row["leads"] if wanted is not None and one not in wanted]
        if strangers and wanted is not None:
            place = {name: row[name] for name in ("file", "sheet", "row", "measure")}
            told = place | {"found": "、".join(strangers), "wanted": "、".join(wanted)}
            yield from NOT_ITS_LEAD.tell(load, pl.DataFrame([told]))


def sources_of_returns(load: Load) -> Iterator[Finding]:
    """Returns of a project or an asset that no ledger knows."""
    for kind, (ledger, key) in SOURCES.items():
        asked = load.rows("returns").filter(pl.col("source_kind") == kind)
        if asked.height:
            known = load.together(ledger)[key].drop_nulls().unique()
            strangers = asked.filter(~pl.col("source_id").is_in(known.implode()))
            told = {"found": pl.col("source_id"), "wanted": pl.lit(by_name()[ledger].sheet)}
            rule = replace(UNKNOWN_SOURCE, against=ledger)
            yield from rule.tell(load, strangers.with_columns(**told))


def households_without_labour(load: Load) -> Iterator[Finding]:
    """A household that nobody of the labour register belongs to."""
    rows = load.rows("households")
    if rows.height:
        lived_in = load.together("labour")["household_id"].drop_nulls().unique()
        empty = rows.filter(~pl.col("household_id").is_in(lived_in.implode()))
        told = empty.unique("household_id", keep="first", maintain_order=True)
        yield from NOBODY_THERE.tell(load, told.with_columns(found=pl.col("household_id")))


def persons_within_size(load: Load) -> Iterator[Finding]:
    """More persons in labour than the household's size, at any month a new row begins to hold."""
    houses, people = load.rows("households"), load.rows("labour")
    begins = pl.concat([houses["effective_month"], people["effective_month"]]).fill_null(BEGINNING)
    told: set[tuple[str, str]] = set()
    for month in [*begins.unique().sort().to_list(), END] if begins.len() else []:
        for finding, household in _crowded(load, month):
            if (household, finding.rule) not in told:
                told.add((household, finding.rule))
                yield finding


def _crowded(load: Load, month: date) -> Iterator[tuple[Finding, str]]:
    """The households that are too small for their people at a month, where a row of either is new."""
    people = _holding(load, "labour", "citizen_id", month)
    by_household = people.group_by("household_id").agg(
        persons=pl.len(),
        labour_fresh=pl.col("fresh").any(),
        **{f"labour_{c}": pl.col(c).sort_by("fresh").last() for c in ("file", "sheet", "row")},
    )
    houses = _holding(load, "households", "household_id", month)
    crowded = houses.join(by_household, on="household_id").filter(
        pl.col("persons") > pl.col("size"), pl.col("fresh") | pl.col("labour_fresh")
    )
    for row in crowded.sort("household_id").partition_by("household_id"):
        if row["fresh"].item():
            told = MORE_THAN_SIZE.tell(load, row.with_columns(found=pl.col("size")))
        else:
            at = {c: pl.col(f"labour_{c}") for c in ("file", "sheet", "row")}
            told = OVER_SIZE.tell(load, row.with_columns(found=pl.col("household_id"), **at))
        for finding in told:
            yield finding, row["household_id"].item()


def _holding(load: Load, ledger: str, key: str, month: date) -> pl.DataFrame:
    """The register's rows that hold at a month: one a key."""
    since = pl.col("effective_month").fill_null(BEGINNING)
    rows = load.together(ledger).filter(since <= month)
    return rows.sort(since).unique(key, keep="last", maintain_order=True)


def jumps(load: Load) -> Iterator[Finding]:
    """A value of a monthly ledger that moved by more than a factor of three in a month."""
    for name, rows in load.new.items():
        ledger = by_name()[name]
        if ledger.cadence != "monthly" or "month" not in ledger.key():
            continue
        others = [column for column in ledger.key() if column != "month"]
        before = load.together(name).with_columns(pl.col("month").dt.offset_by("1mo"))
        for f in ledger.fields():
            if f.kind not in ("int", "money", "number", "percent"):
                continue
            old = before.select("month", *others, pl.col(f.name).alias("before"))
            now, then = pl.col(f.name), pl.col("before")
            moved = rows.join(old, on=["month", *others], maintain_order="left").filter(
                now > 0, then > 0, (now > then * FACTOR) | (now * FACTOR < then)
            )
            told = moved.with_columns(found=_plain(now), before=_plain(then))
            yield from _moved(name, f.name, f.header).tell(load, told)


def _plain(value: pl.Expr) -> pl.Expr:
    """A number as people write it: 3000, not 3000.0."""
    return value.cast(pl.String).str.replace(r"\.0$", "")


def _moved(ledger: str, column: str, header: str) -> Rule:
    return Rule(
        "moved_by_factor", ledger, column, "warning", N_("与上月相差不超过3倍（上月{before}）"),
        N_("{header}{found}与上月的{before}相差3倍以上，请核对。"), gaps={"header": header},
    )  # fmt: skip


CHECKS = (
    employed_students, used_within_count, unusable_assets, leads_of_measure, sources_of_returns,
    households_without_labour, persons_within_size, jumps,
)  # fmt: skip
