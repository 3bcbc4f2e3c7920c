"""The rows behind a figure as a table: their parts, columns, column kinds and headers."""

from __future__ import annotations

import polars as pl

from board import access, ledgers, metrics
from board.i18n import N_, _, language
from board.metrics import Metric, Part
from board.sections.section import View
from board.table import ColumnKind, Table

PARTS: tuple[tuple[Part, str], ...] = (
    ("numerator", N_("分子")), ("denominator", N_("分母")), ("excluded", N_("未计入")),
    ("unreported", N_("未报")),
)  # fmt: skip
# The columns shown to readers who may not see the codes of persons and households.
PLAIN = (
    "period", "building", "unit", "finding", "note", "reason", "amount", "batch", "file", "sheet",
    "row",
)  # fmt: skip


def open_to(view: View, metric: Metric) -> bool:
    """Whether the reader may see the rows behind a metric."""
    return access.may_read_rows(view.snapshot, metric)


def behind(view: View, metric: Metric, part: Part) -> Table:
    """The rows of a part of the figure, each with its batch, file, sheet and row.

    For a metric about people, a reader who may not see codes gets only the PLAIN columns.
    Columns without a value are left out.
    """
    reading = view.read(metric.key)
    frame = metrics.rows(view.snapshot, metric, reading.period, reading.scope, part)
    if metric.about_people and not view.reader.permissions.households:
        frame = frame.select(name for name in PLAIN if name in frame.columns)
    frame = frame.select(n for n in frame.columns if frame[n].null_count() < max(frame.height, 1))
    header = headers(list(frame.columns), metric)
    declared = kinds_of(metric)
    # A query may return text for a column that the ledger declares with another kind.
    kinds = {
        header[name]: declared[name]
        for name, dtype in frame.schema.items()
        if name in declared and dtype != pl.String
    }
    file = f"{_(metric.label)}-{_(dict(PARTS)[part])}-{reading.period}"
    return Table(frame.rename(header), file=file, kinds=kinds, rows=True)


def kinds_of(metric: Metric) -> dict[str, ColumnKind]:
    """Column → its kind, as the metric's ledgers declare it; the first ledger takes precedence."""
    by_name = ledgers.by_name()
    fields = [f for name in metric.ledgers if name in by_name for f in by_name[name].fields()]
    declared = {field.name: field.kind for field in reversed(fields)}
    months: dict[str, ColumnKind] = dict.fromkeys(("period", "before_month"), "month")
    ordinals = ("batch", "row", "before_batch", "before_row")
    return {**declared, **months, **dict.fromkeys(ordinals, "ordinal")}


def headers(columns: list[str], metric: Metric) -> dict[str, str]:
    """Column → its header: from the table below, else from the ledgers, else its name.

    A place is what the metric's own ledgers call it.

    In English a column missing from the table is headed by its name in words.
    """
    declared = {f.name: f.header for ledger in ledgers.ledgers() for f in ledger.fields()}
    translated = {
        "subject": _("对象"), "reason": _("原因"), "batch": _("批次"), "file": _("文件"),
        "sheet": _("工作表"), "row": _("行"), "building": _("楼栋"), "unit": _("单元"),
        "department": _("部门"), "numerator": _("分子"), "denominator": _("分母"),
        "period": _("月份"), "amount": _("计入"), "used": _("在用数"),
        "place": _("地点") if "meetings" in metric.ledgers else _("就业地点"),
        "home_place": _("户籍县口径"), "kind": _("类别"), "channel": _("渠道"),
        "industry": _("行业"), "county": _("县市"), "household_id": _("户编号"),
        "status": _("就业状态"), "state": _("状态"), "count": _("数量"), "name": _("名称"),
        "finding": _("核对结果"), "note": _("说明"), "grounds": _("优先理由"), "owed": _("应发"),
        "in_charge": _("主持在任"), "in_force": _("在任人数"), "posts": _("职务"),
        "keeper": _("责任部门"), "days_late": _("逾期天数"), "days_since": _("未更新天数"),
        "contract_months": _("合同整月数"), "incomplete": _("缺的要素"), "term": _("学期"),
        "times": _("次数"), "received": _("分到金额"), "area_used": _("在用面积"), "told": _("已报"),
        "usable_before": _("去年底可盘活"), "before_month": _("前一行生效月份"),
        "before_batch": _("前一行批次"), "before_file": _("前一行文件"),
        "before_sheet": _("前一行工作表"), "before_row": _("前一行"),
    }  # fmt: skip
    chosen: dict[str, str] = {}
    for name in columns:
        fallback = name.replace("_", " ").capitalize()
        if language() != "en":
            fallback = declared.get(name, name)
        header = translated.get(name) or fallback
        header = header[:1].upper() + header[1:]
        chosen[name] = name if header in chosen.values() else header
    return chosen
