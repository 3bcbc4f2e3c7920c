"""Checks across ledgers: a row against a row of another ledger, or of the month before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from board.findings import Finding
from board.i18n import N_
from board.intake.frames import BEGINNING, END, Load, Rule, join_register
from board.intake.personal_texts import persons_in_texts
from board.ledgers import by_name
from board.ledgers.fields.numeric import Numeric
from board.ledgers.tasks import OCCURRENCES

FACTOR = 3

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

WITHOUT_OCCURRENCE = Rule(
    "occurrence_lacking", "tasks", "occurrence", "warning", N_("期次，如 2024-Q1"),
    N_("任务{task_id}周期为{cadence}，却没有一行填期次，按一次性任务统计。"),
)  # fmt: skip
UNKNOWN_SOURCE = Rule(
    "source_unknown", "returns", "source_id", "error", N_("{wanted}中已有的编号"),
    N_("{wanted}中没有编号{found}。"),
)  # fmt: skip
SOURCES = {"项目": ("projects", "project_id"), "资产": ("assets", "asset_id")}


def employed_students(load: Load) -> Iterator[Finding]:
    """Persons employed in a month in which the labour register has them as students."""
    works = pl.col("status").is_in(["在业", "暂离"])
    if load.rows("employment").height:
        employed = load.rows("employment").filter(works)
        students = join_register(employed, load.together("labour"), "citizen_id")
        students = students.filter("held_student").with_columns(found=pl.col("status"))
        yield from WORKS_AND_STUDIES.findings(load, students)
    if load.rows("labour").filter("student").height:
        people = load.rows("labour").filter("student")["citizen_id"].unique()
        employed = load.stored("employment").filter(
            works, pl.col("citizen_id").is_in(people.implode())
        )
        new = load.rows("employment").select("month", "citizen_id")
        employed = employed.join(new, on=["month", "citizen_id"], how="anti")
        students = join_register(employed, load.together("labour"), "citizen_id")
        students = students.filter("held_student", "held_fresh").sort("month")
        first = students.unique(["held_file", "held_sheet", "held_row"], keep="first")
        yield from STUDIES_AND_WORKS.findings(load, _at_register_row(first, pl.lit("是")))


def used_within_count(load: Load) -> Iterator[Finding]:
    """More places in use than the asset has, where either row is new."""
    over = pl.col("used_count") > pl.col("held_count")
    if load.rows("occupancy").height:
        excess = _with_asset(load, load.rows("occupancy")).filter(over)
        yield from TOO_MANY_USED.findings(load, excess.with_columns(found=pl.col("used_count")))
    if load.rows("assets").height:
        new = load.rows("occupancy").select("month", "asset_id")
        stored = load.stored("occupancy").join(new, on=["month", "asset_id"], how="anti")
        excess = _with_asset(load, stored).filter(over, pl.col("held_fresh"))
        first = excess.sort("used_count", descending=True)
        first = first.unique(["held_file", "held_sheet", "held_row"], keep="first")
        yield from TOO_FEW_COUNTED.findings(load, _at_register_row(first, pl.col("held_count")))


def unusable_assets(load: Load) -> Iterator[Finding]:
    """Occupancy rows of an asset that is not 可盘活."""
    if load.rows("occupancy").height:
        unusable = _with_asset(load, load.rows("occupancy")).filter(~pl.col("held_usable"))
        yield from NOT_USABLE.findings(load, unusable.with_columns(found=pl.col("asset_id")))


def _with_asset(load: Load, occupancy: pl.DataFrame) -> pl.DataFrame:
    return join_register(occupancy, load.together("assets"), "asset_id")


def _at_register_row(rows: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    """The rows with the place of the register's row, and `value` as what was found there."""
    return rows.with_columns(
        found=value,
        file=pl.col("held_file"),
        sheet=pl.col("held_sheet"),
        row=pl.col("held_row"),
    )


def tasks_without_occurrence(load: Load) -> Iterator[Finding]:
    """Tasks that come again, of which no row says which occurrence it reports on."""
    if load.rows("tasks").height:
        rows = load.together("tasks").sort("updated_on", maintain_order=True)
        of_task = rows.filter(
            pl.col("occurrence").is_null().all().over("task_id"),
            pl.col("cadence").last().over("task_id").is_in(list(OCCURRENCES)),
        )
        first = of_task.filter("fresh").unique("task_id", keep="first", maintain_order=True)
        yield from WITHOUT_OCCURRENCE.findings(load, first)


def sources_of_returns(load: Load) -> Iterator[Finding]:
    """Returns of a project or an asset that is in no ledger."""
    for kind, (ledger, key) in SOURCES.items():
        returns = load.rows("returns").filter(pl.col("source_kind") == kind)
        if returns.height:
            sources = load.together(ledger)[key].drop_nulls().unique()
            unmatched = returns.filter(~pl.col("source_id").is_in(sources.implode()))
            gaps = {"found": pl.col("source_id"), "wanted": pl.lit(by_name()[ledger].sheet)}
            rule = replace(UNKNOWN_SOURCE, against=ledger)
            yield from rule.findings(load, unmatched.with_columns(**gaps))


def households_without_labour(load: Load) -> Iterator[Finding]:
    """Households without a member in the labour register."""
    rows = load.rows("households")
    if rows.height:
        inhabited = load.together("labour")["household_id"].drop_nulls().unique()
        empty = rows.filter(~pl.col("household_id").is_in(inhabited.implode()))
        first = empty.unique("household_id", keep="first", maintain_order=True)
        yield from NOBODY_THERE.findings(load, first.with_columns(found=pl.col("household_id")))


def persons_within_size(load: Load) -> Iterator[Finding]:
    """Households with more members in labour than their size, in any month when a new row starts."""
    households, people = load.rows("households"), load.rows("labour")
    begins = pl.concat([households["effective_month"], people["effective_month"]]).fill_null(
        BEGINNING
    )
    reported: set[tuple[str, str]] = set()
    for month in [*begins.unique().sort().to_list(), END] if begins.len() else []:
        for finding, household in _crowded(load, month):
            if (household, finding.rule) not in reported:
                reported.add((household, finding.rule))
                yield finding


def _crowded(load: Load, month: date) -> Iterator[tuple[Finding, str]]:
    """Households with more members than their size in a month, with the household's code.

    Only those are included of which the household's row or a member's row is new.
    """
    people = _in_force(load, "labour", "citizen_id", month)
    by_household = people.group_by("household_id").agg(
        persons=pl.len(),
        labour_fresh=pl.col("fresh").any(),
        **{f"labour_{c}": pl.col(c).sort_by("fresh").last() for c in ("file", "sheet", "row")},
    )
    households = _in_force(load, "households", "household_id", month)
    crowded = households.join(by_household, on="household_id").filter(
        pl.col("persons") > pl.col("size"), pl.col("fresh") | pl.col("labour_fresh")
    )
    for row in crowded.sort("household_id").partition_by("household_id"):
        if row["fresh"].item():
            findings = MORE_THAN_SIZE.findings(load, row.with_columns(found=pl.col("size")))
        else:
            at = {c: pl.col(f"labour_{c}") for c in ("file", "sheet", "row")}
            findings = OVER_SIZE.findings(
                load, row.with_columns(found=pl.col("household_id"), **at)
            )
        for finding in findings:
            yield finding, row["household_id"].item()


def _in_force(load: Load, ledger: str, key: str, month: date) -> pl.DataFrame:
    """The register's rows in force in a month: one for each key."""
    since = pl.col("effective_month").fill_null(BEGINNING)
    rows = load.together(ledger).filter(since <= month)
    return rows.sort(since).unique(key, keep="last", maintain_order=True)


def jumps(load: Load) -> Iterator[Finding]:
    """Values of monthly ledgers that changed by more than a factor of three within a month."""
    for name, rows in load.new.items():
        ledger = by_name()[name]
        if ledger.cadence != "monthly" or "month" not in ledger.key():
            continue
        others = [column for column in ledger.key() if column != "month"]
        before = load.together(name).with_columns(pl.col("month").dt.offset_by("1mo"))
        for f in ledger.fields():
            if not isinstance(f, Numeric):
                continue
            old = before.select("month", *others, pl.col(f.name).alias("before"))
            now, then = pl.col(f.name), pl.col("before")
            changed = rows.join(old, on=["month", *others], maintain_order="left").filter(
                now > 0, then > 0, (now > then * FACTOR) | (now * FACTOR < then)
            )
            values = changed.with_columns(found=_plain(now), before=_plain(then))
            yield from _jump(name, f.name, f.header).findings(load, values)


def _plain(value: pl.Expr) -> pl.Expr:
    """A number as people write it: 3000, not 3000.0."""
    return value.cast(pl.String).str.replace(r"\.0$", "")


def _jump(ledger: str, column: str, header: str) -> Rule:
    return Rule(
        "moved_by_factor", ledger, column, "warning", N_("与上月相差不超过3倍（上月{before}）"),
        N_("{header}{found}与上月的{before}相差3倍以上，请核对。"), gaps={"header": header},
    )  # fmt: skip


CHECKS = (
    employed_students, used_within_count, unusable_assets, tasks_without_occurrence,
    sources_of_returns, households_without_labour, persons_within_size, jumps,
    persons_in_texts,
)  # fmt: skip
