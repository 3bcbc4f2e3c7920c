"""台账: which ledgers have come, which are late, which buildings are not whole."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board import ledgers, metrics, questions
from board.figures import ranking
from board.i18n import N_, _
from board.ledgers import Ledger
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, Reading, Status, Unit
from board.numerals import counted, month_alone, place_name, shown
from board.sections.indicators import split
from board.sections.section import Panel, Section, View
from board.sections.words import joined
from board.store import WithheldError
from board.table import Column, Figures, Table

CADENCE = {
    "register": N_("随时更新"), "monthly": N_("每月"), "quarterly": N_("每季"),
    "as_held": N_("随时登记"),
}  # fmt: skip
FULL = 0.9


def title(ledger: type[Ledger]) -> str:
    """A ledger's name in the reader's language."""
    return str(ledger.sheet_title())


def headline(view: View) -> str:
    """21本台账已有9本，今年按期报送 91.7%."""
    held = metrics.ledgers_held(view.snapshot)
    every = [one.name for one in ledgers.ledgers()]
    here = sum(1 for name in every if held.get(name, (0,))[0])
    if not here:
        return _("从这里开始：下载模板，填好上传")
    reading = view.read("ledger_timeliness")
    if reading.value is None:
        return _("{all}本台账已有{n}本", all=len(every), n=here)
    share = shown(reading.value, reading.metric.unit)
    return _("{all}本台账已有{n}本，今年按期报送 {share}", all=len(every), n=here, share=share)


def received(view: View) -> Table:
    """Ledger × month: the day it came, with ● in time, ▲ late, □ not at all."""
    frame = view.frame("ledgers_received", until=view.period.last_month)
    named = {one.name: title(one) for one in ledgers.ledgers()}
    rows: dict[str, dict[str, str]] = {}
    for ledger, month, _rows, came, due in frame.iter_rows():
        row = rows.setdefault(ledger, {_("台账"): named[ledger]})
        row[column(month)] = cell(came, due)
    return Table(pl.DataFrame(list(rows.values())), empty=_("这段时间没有月报台账。"))


def column(month: date) -> str:
    """A month as a column's head; its year where the year begins."""
    name = month_alone(month)
    return f"{month.year} {name}" if month.month == 1 else name


def cell(came: date | None, due: date) -> str:
    """When a ledger came, and whether in time."""
    if came is None:
        return f"{Status.NO_DATA.mark} {_('未报')}"
    mark = "●" if came <= due else "▲"
    return f"{mark} {came.month}-{came.day:02}"


def late(view: View) -> str:
    """三本月报台账近一年晚报 2 次，未报 1 次."""
    frame = view.frame("ledgers_received", until=view.period.last_month)
    absent = frame["received_on"].null_count()
    slow = frame.filter(pl.col("received_on") > pl.col("due_on")).height
    if absent == frame.height:
        return _("近一年的月报台账一本都还没有报")
    if not absent and not slow:
        return _("月报台账近一年全部按期报送")
    return _("月报台账近一年晚报 {late} 次，未报 {absent} 次", late=slow, absent=absent)


def places(view: View) -> list[Reading]:
    """The monitoring of every building (or of a building's units) as a rate of coverage."""
    axis = "unit" if view.scope.kind != "settlement" else "building"
    found = view.read("employment_rate", by=(axis,)).by.get(axis, [])
    if found and all(reading.expected is None for reading in found):
        raise WithheldError("employment_rate")
    return found


def thin(view: View) -> list[Reading]:
    """Those places where fewer than nine in ten were monitored, thinnest first."""
    found = [r for r in places(view) if r.coverage is not None and r.coverage < FULL]
    return sorted(found, key=lambda r: r.coverage or 0)


def whole(view: View) -> str:
    """就业监测覆盖不足九成的楼栋：7栋."""
    found = thin(view)
    if not places(view):
        return _("还没有可按楼栋核对的就业监测")
    if not found:
        return _("各处就业监测覆盖都在九成以上")
    names = joined([short(r) for r in found[:4]])
    return _("{n}处就业监测覆盖不足九成：{names}", n=len(found), names=names)


def short(reading: Reading) -> str:
    """A place's own name."""
    return place_name(reading.label)


def coverage(view: View) -> dict[str, Any]:
    """A bar a place, thinnest first: the share of able workers that was monitored."""
    found = sorted(
        (r for r in places(view) if r.coverage is not None), key=lambda r: r.coverage or 0
    )
    rows = [(r.label, r.coverage, missing(r.unreported, PERSONS)) for r in found]
    return ranking(rows, view.theme, PERCENT, title=_("就业监测覆盖率"))


def missing(count: int, unit: Unit) -> str:
    """缺 9人; empty where nothing is missing."""
    return _("缺 {n}", n=counted(count, unit)) if count else ""


def coverage_table(view: View) -> Table:
    """Place, able workers, unreported, coverage."""
    readings = places(view)
    people = Figures(PERSONS, "counted")
    return Table.of(
        Column(_("范围"), [short(reading) for reading in readings], "text"),
        Column(_("应监测"), [reading.expected for reading in readings], people),
        Column(_("未监测"), [reading.unreported for reading in readings], people),
        Column(_("覆盖率"), [reading.coverage for reading in readings], Figures(PERCENT)),
    )


def incomes(view: View) -> pl.DataFrame:
    """Building, households due, households whose income of the last quarter came; thinnest first."""
    found = questions.completeness(view.snapshot, view.period.last_month)
    if view.scope.building:
        found = found.filter(pl.col("building") == view.scope.building)
    share = pl.col("reported") / pl.col("households")
    return (
        found.filter(pl.col("households") > 0).with_columns(share=share).sort("share", "building")
    )


def income_coverage(view: View) -> dict[str, Any]:
    """A bar a building: the share of lifted-out households whose income came."""
    rows = [
        (row["building"], row["share"], missing(row["households"] - row["reported"], HOUSEHOLDS))
        for row in incomes(view).iter_rows(named=True)
    ]
    return ranking(rows, view.theme, PERCENT, title=_("收入报送率"))


def income_finding(view: View) -> str:
    """收入报送率 96.9%，8栋最低 91.2%."""
    found = incomes(view)
    if found.is_empty():
        return _("还没有可按楼栋核对的收入台账")
    share = int(found["reported"].sum()) / int(found["households"].sum())
    lowest = found.row(0, named=True)
    return _(
        "收入报送率 {share}，{place}最低 {least}",
        share=shown(share, PERCENT), place=place_name(lowest["building"]), least=shown(lowest["share"], PERCENT),
    )  # fmt: skip


def income_table(view: View) -> Table:
    """Building, households due, reported, share."""
    buildings = incomes(view)
    return Table.of(
        Column(_("楼栋"), [place_name(name) for name in buildings["building"]], "text"),
        Column(_("应报户"), buildings["households"]),
        Column(_("已报户"), buildings["reported"]),
        Column(_("报送率"), buildings["share"], Figures(PERCENT)),
    )


LEDGERS = Section(
    key="ledgers",
    label=N_("台账"),
    question=N_("哪些台账报了，哪些晚了，怎样上传？"),
    group=N_("查询"),
    position=10,
    headline=headline,
    scopes=("settlement", "building"),
    always=True,
    panels=(
        Panel(
            "received",
            late,
            received,
            caption=lambda _view: _("● 按期　▲ 晚于次月10日　□ 未报；日期是收到的那一天。"),
            metrics=("ledger_timeliness",),
        ),
        Panel(
            "coverage",
            whole,
            coverage,
            caption=lambda _view: _("当月已监测的 ÷ 应监测的有劳动能力者，低的在前。"),
            table=coverage_table,
            needs=("labour", "employment"),
            metrics=("employment_rate",),
            width=6,
            click="scope",
        ),
        Panel(
            "incomes",
            income_finding,
            income_coverage,
            caption=lambda _view: _("最近一个季末，报了收入的 ÷ 在册脱贫户，低的在前。"),
            table=income_table,
            needs=("households", "income"),
            metrics=("matched_income_growth",),
            width=6,
            click="scope",
        ),
        split("register_size", "group"),
        split("entry_coverage", "place_below"),
    ),
)
