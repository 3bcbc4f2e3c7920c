"""台账: which ledgers were received, which are late, which buildings reported incompletely."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board import ledgers, metrics, questions
from board.access import Audience
from board.figures.ranking import ranking
from board.i18n import N_, _
from board.ledgers import Ledger
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, Reading, Status, Unit
from board.numerals import counted, month_alone, place_name, shown
from board.sections.counts import first_named
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
    every = [ledger.name for ledger in ledgers.ledgers()]
    here = sum(1 for name in every if held.get(name, (0,))[0])
    if not here:
        return _("从这里开始：下载模板，填好上传")
    reading = view.read("ledger_timeliness")
    if reading.value is None:
        return _("{all}本台账已有{n}本", all=len(every), n=here)
    share = shown(reading.value, reading.metric.unit)
    return _("{all}本台账已有{n}本，今年按期报送 {share}", all=len(every), n=here, share=share)


def received(view: View) -> Table:
    """Ledger × month: the day it was received, with ● in time, ▲ late, □ not received."""
    frame = view.frame("ledgers_received", until=view.period.last_month)
    titles = {ledger.name: title(ledger) for ledger in ledgers.ledgers()}
    rows: dict[str, dict[str, str]] = {}
    for name, month, _rows, received_on, due_on in frame.iter_rows():
        row = rows.setdefault(name, {_("台账"): titles[name]})
        row[column(month)] = cell(received_on, due_on)
    return Table(pl.DataFrame(list(rows.values())), empty=_("这段时间没有月报台账。"))


def column(month: date) -> str:
    """A month as the header of a column; January with its year."""
    name = month_alone(month)
    return f"{month.year} {name}" if month.month == 1 else name


def cell(received_on: date | None, due_on: date) -> str:
    """The day a ledger was received, and whether that was in time."""
    if received_on is None:
        return f"{Status.NO_DATA.mark} {_('未报')}"
    mark = "●" if received_on <= due_on else "▲"
    return f"{mark} {received_on.month}-{received_on.day:02}"


def received_finding(view: View) -> str:
    """三本月报台账近一年晚报 2 次，未报 1 次."""
    frame = view.frame("ledgers_received", until=view.period.last_month)
    absent = frame["received_on"].null_count()
    late = frame.filter(pl.col("received_on") > pl.col("due_on")).height
    if absent == frame.height:
        return _("近一年的月报台账一本都还没有报")
    if not absent and not late:
        return _("月报台账近一年全部按期报送")
    return _("月报台账近一年晚报 {late} 次，未报 {absent} 次", late=late, absent=absent)


def places(view: View) -> list[Reading]:
    """The employment rate of every building (or of a building's units), read for its coverage.

    Raises WithheldError when the number of expected reports is hidden for every place.
    """
    axis = "unit" if view.scope.kind not in ("plan", "settlement") else "building"
    readings = view.read("employment_rate", by=(axis,)).by.get(axis, [])
    if readings and all(reading.expected is None for reading in readings):
        raise WithheldError("employment_rate")
    return readings


def incomplete(view: View) -> list[Reading]:
    """The places where less than 90% of the workers were monitored, lowest coverage first."""
    below = [r for r in places(view) if r.coverage is not None and r.coverage < FULL]
    return sorted(below, key=lambda r: r.coverage or 0)


def coverage_finding(view: View) -> str:
    """就业监测覆盖不足九成的楼栋：7栋."""
    below = incomplete(view)
    if not places(view):
        return _("还没有可按楼栋核对的就业监测")
    if not below:
        hidden = sum(1 for r in places(view) if r.expected is None)
        text = _("各处就业监测覆盖都在九成以上")
        return (
            _("{n} 处可以显示的，就业监测覆盖都在九成以上", n=len(places(view)) - hidden)
            if hidden
            else text
        )
    names = joined([place_name(r.label) for r in below[:4]])
    return _("{n}处就业监测覆盖不足九成：{names}", n=len(below), names=names)


def coverage(view: View) -> dict[str, Any]:
    """A bar for each place: the share of able workers that was monitored, lowest first"""
    readings = sorted(
        (r for r in places(view) if r.coverage is not None), key=lambda r: r.coverage or 0
    )
    rows = [(r.label, r.coverage, missing(r.unreported, PERSONS)) for r in readings]
    return ranking(rows, view.theme, PERCENT, title=_("就业监测覆盖率"))


def missing(count: int, unit: Unit) -> str:
    """缺 9人; empty when nothing is missing."""
    return _("缺 {n}", n=counted(count, unit)) if count else ""


def coverage_table(view: View) -> Table:
    """Place, able workers, unreported, coverage."""
    readings = places(view)
    people = Figures(PERSONS, "counted")
    return Table.of(
        Column(_("范围"), [place_name(reading.label) for reading in readings], "text"),
        Column(_("应监测"), [reading.expected for reading in readings], people),
        Column(_("未监测"), [reading.unreported for reading in readings], people),
        Column(_("覆盖率"), [reading.coverage for reading in readings], Figures(PERCENT)),
    )


def incomes(view: View) -> pl.DataFrame:
    """`building, households, reported, share`: incomes due and reported for the last quarter.

    The building with the lowest share comes first.
    """
    buildings = questions.completeness(view.snapshot, view.period.last_month)
    if view.scope.building:
        buildings = buildings.filter(pl.col("building") == view.scope.building)
    share = pl.col("reported") / pl.col("households")
    due = buildings.filter(pl.col("households") > 0)
    return due.with_columns(share=share).sort("share", "building")


def income_coverage(view: View) -> dict[str, Any]:
    """A bar for each building: the share of households lifted out of poverty with an income reported."""
    rows = [
        (row["building"], row["share"], missing(row["households"] - row["reported"], HOUSEHOLDS))
        for row in incomes(view).iter_rows(named=True)
    ]
    return ranking(rows, view.theme, PERCENT, title=_("收入报送率"))


def income_finding(view: View) -> str:
    """收入报送率 96.9%，8栋最低 91.2%."""
    buildings = incomes(view)
    if buildings.is_empty():
        return _("还没有可按楼栋核对的收入台账")
    share = int(buildings["reported"].sum()) / int(buildings["households"].sum())
    lowest, names = buildings.row(0, named=True), [place_name(n) for n in buildings["building"]]
    return _(
        "收入报送率 {share}，{place}最低 {least}",
        share=shown(share, PERCENT), place=first_named(buildings["share"].to_list(), names), least=shown(lowest["share"], PERCENT),
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
    audience=Audience.EVERYONE,
    scopes=("plan", "settlement", "building"),
    always=True,
    panels=(
        Panel(
            "received",
            received_finding,
            received,
            caption=lambda _view: _(
                "● 按期　▲ 晚于次月10日　□ 未报；日期是收到的那一天。户台账、劳动力台账在当月10日之后收到一批或报了无变动，就是当月报了"
            ),
            metrics=("ledger_timeliness",),
        ),
        Panel(
            "coverage",
            coverage_finding,
            coverage,
            caption=lambda _view: _("当月已监测的 ÷ 应监测的有劳动能力者，低的在前"),
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
            caption=lambda _view: _("最近一个季末，报了收入的 ÷ 在册脱贫户，低的在前"),
            table=income_table,
            needs=("households", "income"),
            metrics=("matched_income_growth",),
            width=6,
            click="scope",
        ),
        split("ledger_timeliness", "ledger"),
        split("ledger_timeliness", "keeper"),
        split("register_size", "group"),
        split("entry_coverage", "place_below"),
    ),
)
