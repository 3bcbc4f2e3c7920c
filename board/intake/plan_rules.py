"""What is checked of a plan's sheets together: names, measures, metrics, targets, quotes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from board.catalogue import METRICS
from board.findings import Finding
from board.i18n import N_, Message
from board.intake.frames import Columns
from board.journal import Journal
from board.ledgers import by_name, by_sheet
from board.ledgers.fields.likeness import nearest
from board.ledgers.plan_sheets import SHEETS
from board.metrics import FilterError, filter_of
from board.metrics.bound import columns_of
from board.plan_names import bodies
from board.publish import StoredPlan
from board.reference import lists_of

EVERY = ("每年", "每半年", "每季度", "每月")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
Values = Mapping[str, Any]


@dataclass
class Sheets:
    """The sheets of a plan as read: rows by table name, and the letter of every column."""

    rows: dict[str, pl.DataFrame]
    columns: Columns
    findings: list[Finding] = field(default_factory=list)

    def each(self, sheet: str) -> Iterator[dict[str, Any]]:
        """The rows of a sheet."""
        if sheet in self.rows:
            yield from self.rows[sheet].iter_rows(named=True)

    def report(
        self,
        sheet: str,
        row: Values,
        column: str,
        rule: str,
        message: str,
        *,
        expected: str | None = None,
        suggestion: str | None = None,
        severity: Any = "error",
        **gaps: object,
    ) -> None:
        """Note a finding about a cell of a row."""
        letters = self.columns.get(sheet, {}).get((row["file"], row["sheet"]), {})
        cell = f"{letters[column]}{row['row']}" if column in letters else None
        value = row.get(column)
        content = "、".join(value) if isinstance(value, list) else value
        self.findings.append(
            Finding(
                file=row["file"], sheet=row["sheet"], cell=cell, ledger=sheet, column=column,
                rule=rule, severity=severity, found=None if content is None else str(content),
                expected=expected, suggestion=suggestion, message=Message(message, gaps),
            )
        )  # fmt: skip


def _keys(sheets: Sheets) -> None:
    for declared in SHEETS:
        seen: dict[tuple[Any, ...], int] = {}
        required = [f.name for f in declared.fields() if f.key and f.required]
        for row in sheets.each(declared.name):
            key = tuple(row[name] for name in declared.key())
            if any(row[name] is None for name in required):
                continue
            if key in seen:
                sheets.report(
                    declared.name, row, required[0], "duplicate_key",
                    N_("与第 {first} 行的键相同，每个键只能出现一次。"), first=seen[key],
                )  # fmt: skip
            seen.setdefault(key, row["row"])


def _departments(sheets: Sheets) -> None:
    if "departments" not in sheets.rows:
        return
    known = lists_of(bodies(sheets.rows["departments"]), [], [])["departments"]
    names = list(dict.fromkeys(known.values()))
    columns = (("measures", "leads"), ("ledger_keepers", "keeper"))
    for sheet, column in columns:
        for row in sheets.each(sheet):
            value = row[column]
            for name in [value] if isinstance(value, str) else value or []:
                if name not in known:
                    sheets.report(
                        sheet, row, column, "unknown_department",
                        N_("“部门”表里没有“{name}”。"), name=name,
                        expected=" | ".join(names), suggestion=nearest(name, known, names=True),
                    )  # fmt: skip


def _measures(sheets: Sheets) -> None:
    known = [row["measure"] for row in sheets.each("measures")]
    for sheet in ("targets", "belongings", "listed_mechanisms"):
        for row in sheets.each(sheet):
            if row["measure"] is not None and row["measure"] not in known:
                sheets.report(
                    sheet, row, "measure", "unknown_measure",
                    N_("“举措”表里没有举措 {found}。"), found=row["measure"],
                    expected=" | ".join(known), suggestion=nearest(row["measure"], known),
                )  # fmt: skip


def _metrics(sheets: Sheets) -> None:
    for sheet in ("targets", "belongings", "kinds_counted"):
        for row in sheets.each(sheet):
            if row["metric"] is not None and row["metric"] not in METRICS:
                sheets.report(
                    sheet, row, "metric", "unknown_metric", N_("没有指标 {found}。"),
                    found=row["metric"], suggestion=nearest(row["metric"], METRICS),
                )  # fmt: skip


def _filters(sheets: Sheets) -> None:
    for sheet in ("targets", "belongings"):
        for row in sheets.each(sheet):
            if not row["filter"] or row["metric"] not in METRICS:
                continue
            metric = METRICS[row["metric"]]
            try:
                filter_of(metric, row["filter"])
            except FilterError:
                columns = "、".join(columns_of(metric))
                sheets.report(
                    sheet, row, "filter", "filter",
                    N_("筛选“{found}”用不到指标 {metric} 上：应写成 列=值，列是{columns}之一，值是该列的选项。"),
                    found=row["filter"], metric=row["metric"], columns=columns,
                    expected=columns,
                )  # fmt: skip


def _kinds_counted(sheets: Sheets) -> None:
    for row in sheets.each("kinds_counted"):
        if row["metric"] not in METRICS or not row["column"] or not row["values"]:
            continue
        metric = METRICS[row["metric"]]
        text = f"{row['column']}={'、'.join(row['values'])}"
        try:
            filter_of(metric, text)
        except FilterError:
            columns = columns_of(metric)
            column = "values" if row["column"] in columns else "column"
            sheets.report(
                "kinds_counted", row, column, "filter",
                N_("指标 {metric} 的台账里没有这样的列或取值：{found}。"),
                metric=row["metric"], found=text, expected="、".join(columns),
            )  # fmt: skip


def _targets(sheets: Sheets) -> None:
    plan = next(sheets.each("plan"), None)
    owners: dict[tuple[str, str], str] = {}
    for row in sheets.each("targets"):
        due, value, metric = row["due"], row["value"], METRICS.get(row["metric"])
        if due is not None and due not in EVERY and not MONTH.fullmatch(due):
            sheets.report(
                "targets", row, "due", "due", N_("期限“{found}”看不懂。"), found=due,
                expected=" | ".join(("2023-12", *EVERY)), suggestion=nearest(due, EVERY),
            )  # fmt: skip
        elif plan and due is not None and MONTH.fullmatch(due):
            month = date(int(due[:4]), int(due[5:]), 1)
            if plan["from"] and plan["until"] and not plan["from"] <= month <= plan["until"]:
                sheets.report(
                    "targets", row, "due", "due_outside",
                    N_("期限 {found} 不在方案的起止之内。"), found=due, severity="warning",
                )  # fmt: skip
        if metric and value is not None and metric.unit.key == "fraction" and abs(value) > 1:
            sheets.report(
                "targets", row, "value", "rate_above_one",
                N_("这个指标是比率，目标值应写成 0.60 或 60%，不是 {found}。"), found=f"{value:g}",
                expected="0.60 | 60%",
            )  # fmt: skip
        if row["metric"] and row["measure"]:
            key = (row["metric"], row["filter"] or "")
            if owners.setdefault(key, row["measure"]) != row["measure"]:
                sheets.report(
                    "targets", row, "metric", "target_twice",
                    N_("指标 {metric} 在举措 {other} 已有目标，一个指标只归一项举措定目标。"),
                    metric=row["metric"], other=owners[key],
                )  # fmt: skip


def _quotes(sheets: Sheets) -> None:
    texts = {row["measure"]: _folded(row["text"]) for row in sheets.each("measures")}
    for sheet in ("targets", "listed_mechanisms"):
        for row in sheets.each(sheet):
            quote, text = row["quote"], texts.get(row["measure"])
            if quote and text is not None and _folded(quote) not in text:
                sheets.report(
                    sheet, row, "quote", "quote",
                    N_("举措 {measure} 的原文里没有“{found}”。"), measure=row["measure"],
                    found=quote[:60],
                )  # fmt: skip


def _ledgers(sheets: Sheets) -> None:
    known = {**dict.fromkeys(by_sheet()), **dict.fromkeys(by_name())}
    for row in sheets.each("ledger_keepers"):
        if row["ledger"] is not None and row["ledger"] not in known:
            sheets.report(
                "ledger_keepers", row, "ledger", "unknown_ledger", N_("没有台账 {found}。"),
                found=row["ledger"], expected=" | ".join(by_sheet()),
                suggestion=nearest(row["ledger"], by_sheet(), names=True),
            )  # fmt: skip


def _parameters(sheets: Sheets) -> None:
    known = sorted({key for metric in METRICS.values() for key in metric.parameters})
    for row in sheets.each("parameters"):
        if row["key"] is not None and row["key"] not in known:
            sheets.report(
                "parameters", row, "key", "unknown_parameter", N_("没有用到参数“{found}”。"),
                found=row["key"], expected=" | ".join(known), suggestion=nearest(row["key"], known, names=True),
                severity="warning",
            )  # fmt: skip


def overlap(sheets: Sheets, stored: Sequence[StoredPlan], root: Path) -> None:
    """Note a plan whose span overlaps that of another plan of the store."""
    row = next(sheets.each("plan"), None)
    if row is None or not row["from"] or not row["until"] or not row["id"]:
        return
    loaded = any(batch.plan for batch in Journal(root).batches())
    for plan in stored if loaded else ():
        facts = plan.facts
        apart = row["until"] < facts["from"] or facts["until"] < row["from"]
        if plan.in_force and plan.id != row["id"] and not apart:
            sheets.report(
                "plan", row, "from", "plans_overlap",
                N_("方案 {id} 的起止与方案 {other} 重叠。"), id=row["id"], other=plan.id,
            )  # fmt: skip


RULES: tuple[Callable[[Sheets], None], ...] = (
    _keys, _departments, _measures, _metrics, _filters, _kinds_counted, _targets, _quotes,
    _ledgers, _parameters,
)  # fmt: skip


def _folded(text: str | None) -> str:
    """A text for comparing: in normal width, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())
