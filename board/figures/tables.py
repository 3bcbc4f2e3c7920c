"""The numbers of each figure as a table, with translated headers and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from board.figures.departments import Delivery
from board.figures.shared.words import named
from board.figures.waterfall import FLOW
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, YUAN, Period, Reading, Unit
from board.numerals import period, shown
from board.table import COUNT, Cell, Column, ColumnKind, Dates, Figures, Table

HEADS = {
    "category": N_("类别"), "people": N_("人数"), "low": N_("四分之一位"), "median": N_("中位"),
    "high": N_("四分之三位"), "origin": N_("原来"), "destination": N_("现在"),
    "months": N_("月数"), "share": N_("占比"), "at_risk": N_("观察户数"),
    "households": N_("户数"), "county": N_("县市"), "month": N_("月份"), **FLOW,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "people": PERSONS, "households": HOUSEHOLDS, "at_risk": HOUSEHOLDS, "share": PERCENT,
    "low": YUAN, "median": YUAN, "high": YUAN,
    **dict.fromkeys(FLOW, HOUSEHOLDS),
}  # fmt: skip


def of_readings(readings: Sequence[Reading]) -> Table:
    """A row a reading: label or period, value, bounds, parts, target, path, status.

    All readings are of one metric. Columns that are empty in every row are left out.
    """
    if not readings:
        return Table.of()
    unit = readings[0].metric.unit
    goals = Figures(unit, "target", absent="")
    return Table.of(
        first_column(readings),
        Column(_("数值"), [r.value for r in readings], Figures(unit)),
        Column(_("补齐后的范围"), [bounds(r) for r in readings]),
        Column(_("分子"), [r.numerator for r in readings], COUNT),
        Column(_("分母"), [r.denominator for r in readings], COUNT),
        Column(_("缺报"), [r.unreported for r in readings], COUNT),
        Column(_("目标"), [r.target for r in readings], goals),
        Column(_("序时"), [r.path for r in readings], goals),
        Column(_("结论"), [f"{r.status.mark} {_(r.status.word)}" for r in readings]),
    ).without_empty_columns()


def first_column(readings: Sequence[Reading]) -> Column:
    """The labels of readings, or their periods where none has a label."""
    if any(reading.label for reading in readings):
        return Column(_("类别"), [named(reading.label) for reading in readings])
    return periods(_("时间"), [reading.period for reading in readings])


def periods(header: str, values: Sequence[Period]) -> Column:
    """A column of periods: months as dates, longer periods as text."""
    if all(value.kind == "month" for value in values):
        return Column(header, [value.first for value in values], Dates("month"))
    return Column(header, [period(value) for value in values])


def bounds(reading: Reading) -> str:
    """57.1%–60.3%; empty where the figure is exact."""
    return "–".join(shown(bound, reading.metric.unit) for bound in reading.bounds or ())


def of_flow(flow: Mapping[str, float | None]) -> Table:
    """A row a step of the waterfall."""
    steps = [key for key in FLOW if key in flow]
    return Table.of(
        Column(_("款项"), [_(FLOW[key]) for key in steps], "text"),
        Column(_(HOUSEHOLDS.label), [flow[key] for key in steps], Figures(HOUSEHOLDS)),
    )


def of_deliveries(rows: Sequence[Delivery], total: Delivery) -> Table:
    """A row a department and the total: counts, rate, longest overdue, measures by state."""
    deliveries = [*rows, total]
    names = [*(named(row.department) for row in rows), _("合计")]
    rates = [row.on_time / row.due if row.due else None for row in deliveries]
    late = [[n for n, state in row.measures.items() if state == "overdue"] for row in deliveries]
    return Table.of(
        Column(_("牵头部门"), names),
        Column(_("到期"), [row.due for row in deliveries], COUNT),
        Column(_("完成"), [row.done for row in deliveries], COUNT),
        Column(_("销号"), [row.accepted for row in deliveries], COUNT),
        Column(_("当日到期"), [row.due_today or None for row in deliveries], COUNT),
        Column(_("按期完成"), [row.on_time for row in deliveries], COUNT),
        Column(_("按期完成率"), rates, Figures(PERCENT, absent="")),
        Column(_("逾期"), [row.overdue for row in deliveries], COUNT),
        Column(_("最久（天）"), [row.oldest for row in deliveries], COUNT),
        Column(_("牵头举措"), [len(row.measures) or None for row in deliveries], COUNT),
        Column(_("有逾期的举措"), [measure_cell(numbers, " ") for numbers in late], "mixed"),
    ).without_empty_columns()


def measure_cell(numbers: Sequence[str], between: str) -> Cell | str:
    """The numbers of measures as a cell: an integer where it is one number, else a text."""
    if len(numbers) == 1 and numbers[0].isdigit():
        return Cell(int(numbers[0]), "int")
    return between.join(numbers)


def of_months(frame: pl.DataFrame, *, rows: str = "category", unit: Unit = PERSONS) -> Table:
    """A row a month, a column a category (or building): the data of an area chart or heat map."""
    months = sorted(frame["month"].unique())
    values = {
        (month, name): value
        for month, name, value in frame.select("month", rows, "value").iter_rows()
    }
    headers = {named(name): name for name in frame[rows].unique(maintain_order=True)}
    return Table.of(
        Column(_("月份"), months, Dates("month")),
        *(
            Column(header, [values.get((month, name)) for month in months], Figures(unit))
            for header, name in headers.items()
        ),
    )


def of_rows(frame: pl.DataFrame) -> Table:
    """A figure's frame with translated headers and categories."""
    columns = [
        column
        for column in frame.columns
        if column in HEADS and (frame.is_empty() or frame[column].null_count() < frame.height)
    ]
    return Table.of(*(of_values(name, frame[name]) for name in columns))


def of_values(name: str, values: pl.Series) -> Column:
    """A column of a figure's frame as a column of a table."""
    header, kind = _(HEADS[name]), column_kind(name, values.dtype)
    if kind == "text":
        return Column(header, [named(value) for value in values], kind)
    return Column(header, values, kind)


def column_kind(name: str, dtype: pl.DataType) -> ColumnKind:
    """The kind of a column of a figure's frame."""
    if name in UNITS:
        return Figures(UNITS[name])
    if dtype == pl.Date:
        return Dates("month")
    return COUNT if dtype.is_integer() else "text"
