"""The twins of the figures: the same numbers as tables, headers and words translated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from board.figures.departments import Delivery
from board.figures.reports import STATES
from board.figures.shared.words import named
from board.figures.waterfall import FLOW
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, POINTS, YUAN, Reading, Unit
from board.numerals import day, goal, month, period, shown

HEADS = {
    "category": N_("类别"), "people": N_("人数"), "low": N_("四分之一位"), "median": N_("中位"),
    "high": N_("四分之三位"), "origin": N_("原来"), "destination": N_("现在"),
    "months": N_("月数"), "share": N_("占比"), "at_risk": N_("观察户数"),
    "households": N_("户数"), "county": N_("县市"), "name": N_("县市"), "ledger": N_("台账名称"),
    "month": N_("月份"), "state": N_("状态"), "received_on": N_("收到日期"),
    "coverage": N_("覆盖率"), "task_id": N_("任务编号"), "content": N_("任务内容"),
    "department": N_("牵头部门"), "starts": N_("开始"), "due": N_("到期"), "building": N_("楼栋号"),
    "value": N_("数值"), **FLOW,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "people": PERSONS, "households": HOUSEHOLDS, "at_risk": HOUSEHOLDS, "share": PERCENT,
    "coverage": PERCENT, "low": YUAN, "median": YUAN, "high": YUAN,
    **dict.fromkeys(FLOW, HOUSEHOLDS),
}  # fmt: skip


def of_readings(readings: Sequence[Reading], head: str | None = None) -> pl.DataFrame:
    """A row a reading: its label (or its period), value, bounds, parts, target, path, status.

    `head` is the translated header of the first column. Columns that would be empty
    in every row are left out.
    """
    labelled = any(reading.label for reading in readings)
    rows = []
    for reading in readings:
        unit = reading.metric.unit
        first = named(reading.label) if labelled else period(reading.period)
        bounds = ""
        if reading.low is not None and reading.high is not None and reading.low != reading.high:
            bounds = f"{shown(reading.low, unit)}–{shown(reading.high, unit)}"
        rows.append({
            head or (_("类别") if labelled else _("时间")): first,
            _("数值"): shown(reading.value, unit),
            _("补齐后的范围"): bounds,
            _("分子"): plain(reading.numerator),
            _("分母"): plain(reading.denominator),
            _("缺报"): plain(reading.unreported),
            _("目标"): "" if reading.target is None else goal(reading.target, unit),
            _("序时"): "" if reading.path is None else goal(reading.path, unit),
            _("结论"): f"{reading.status.mark} {_(reading.status.word)}",
        })  # fmt: skip
    return filled(rows)


def plain(value: float | None) -> str:
    """A part of a figure: whole, with thousands commas; empty when there is none."""
    return "" if value is None else f"{value:,.0f}"


def filled(rows: Sequence[Mapping[str, str]]) -> pl.DataFrame:
    """A frame of text without the columns that are empty in every row."""
    frame = pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame()
    return frame.select([c for c in frame.columns if frame[c].ne("").any()])


def of_growth(
    readings: Sequence[Reading], *, here: str | None = None, there: str | None = None
) -> pl.DataFrame:
    """A row a period: both growths, the gap in points, the status."""
    return filled([
        {
            _("时间"): period(reading.period),
            here or _("幸福小镇"): shown(reading.extra.get("growth"), PERCENT),
            there or _("大化县"): shown(reading.extra.get("benchmark_growth"), PERCENT),
            _("相差（个百分点）"): shown(reading.value, reading.metric.unit, signed=True),
            _("结论"): f"{reading.status.mark} {_(reading.status.word)}",
        }
        for reading in readings
    ])  # fmt: skip


def of_parts(
    parts: Sequence[tuple[str, float | None]], *, total: float | None = None, unit: Unit = POINTS
) -> pl.DataFrame:
    """A row a part of a waterfall, and the total."""
    whole = sum(value or 0 for _key, value in parts) if total is None else total
    rows = [(named(key), shown(value, unit, signed=True)) for key, value in parts]
    rows.append((_("合计"), shown(whole, unit)))
    names = [_("款项"), _(unit.label)]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def of_flow(flow: Mapping[str, float | None]) -> pl.DataFrame:
    """A row a step of the bridge, as a signed count."""
    rows = [
        (_(label), shown(flow.get(key), HOUSEHOLDS)) for key, label in FLOW.items() if key in flow
    ]
    names = [_("款项"), _(HOUSEHOLDS.label)]
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def of_deliveries(rows: Sequence[Delivery], total: Delivery) -> pl.DataFrame:
    """A row a department and the total: counts, rate, longest overdue, measures by state."""
    table = []
    for row in [*rows, total]:
        late = [number for number, state in row.measures.items() if state == "overdue"]
        table.append({
            _("牵头部门"): _("合计") if row is total else named(row.department),
            _("到期"): plain(row.due),
            _("办结"): plain(row.done),
            _("按期办结"): plain(row.on_time),
            _("按期办结率"): shown(row.on_time / row.due, PERCENT) if row.due else "",
            _("逾期"): plain(row.overdue),
            _("最久（天）"): plain(row.oldest),
            _("牵头举措"): str(len(row.measures) or ""),
            _("有逾期的举措"): " ".join(late),
        })  # fmt: skip
    return filled(table)


def of_months(frame: pl.DataFrame, *, rows: str = "category", unit: Unit = PERSONS) -> pl.DataFrame:
    """A row a month, a column a category (or building): what an area or heat map shows."""
    months: list[date] = sorted(frame["month"].unique())
    names = list(frame[rows].unique(maintain_order=True))
    found = {
        (when, name): value
        for when, name, value in frame.select("month", rows, "value").iter_rows()
    }
    columns = {_("月份"): [month(when) for when in months]}
    for name in names:
        columns[named(name)] = [shown(found.get((when, name)), unit) for when in months]
    return pl.DataFrame(columns)


def of_rows(frame: pl.DataFrame, **units: Unit) -> pl.DataFrame:
    """A figure's own frame with translated headers, categories, dates and figures as text.

    `units` says in what unit a column is where it is not the usual one of its name.
    """
    wanted = [
        column
        for column in frame.columns
        if column in HEADS and (frame.is_empty() or frame[column].null_count() < frame.height)
    ]
    known = UNITS | units
    texts = {
        _(HEADS[column]): [word(column, value, known.get(column)) for value in frame[column]]
        for column in wanted
    }
    return pl.DataFrame(texts)


def word(column: str, value: Any, unit: Unit | None) -> str:
    """A cell as text."""
    if unit:
        return shown(value, unit)
    if isinstance(value, date):
        return month(value) if column == "month" else day(value)
    if column == "state":
        return f"{STATES[value][1]} {_(STATES[value][4])}" if value in STATES else str(value)
    if isinstance(value, int | float):
        return f"{value:,}"
    return str(value or "") if column in ("content", "task_id", "name") else named(value)
