"""What a plan changes in the targets, in words: a sentence and a table of old and new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from board.catalogue import METRICS
from board.i18n import N_, _
from board.intake.plan_changes import Change, TargetChange
from board.metrics import filter_of
from board.numerals import goal, month
from board.sections.words import filtered_label, joined, noted, plain
from board.table import Column, Table

WORDS: dict[Change, str] = {
    "added": N_("新增"), "gone": N_("取消"), "value": N_("目标值"), "due": N_("期限"),
    "firmness": N_("性质"), "other": N_("依据或摘句"),
}  # fmt: skip


def finding(plan: str, known: bool, changes: Sequence[TargetChange], targets: int) -> str:
    """与库里的 x 比：新增 1 项目标，取消 2 项，改动 3 项，其余 24 项不变."""
    if not known:
        return _("库里没有编号为 {plan} 的方案：{n} 项目标都是新的", plan=plain(plan), n=targets)
    if not changes:
        return _("与库里的 {plan} 比：目标没有变化", plan=plain(plan))
    kinds = Counter(c.changes[0] if c.changes[0] in ("added", "gone") else "" for c in changes)
    parts = [
        sentence
        for count, sentence in (
            (kinds["added"], _("新增 {n} 项目标", n=kinds["added"])),
            (kinds["gone"], _("取消 {n} 项目标", n=kinds["gone"])),
            (kinds[""], _("改动 {n} 项目标", n=kinds[""])),
        )
        if count
    ]
    return _("与库里的 {plan} 比：{changes}", plan=plain(plan), changes=joined(parts))


def table(changes: Sequence[TargetChange]) -> Table:
    """A row a target that differs: measure, figure, the old target, the new one, what changed."""
    return Table.of(
        Column(_("举措"), [change.row["measure"] for change in changes], "text"),
        Column(_("指标"), [figure(change.row) for change in changes], "text"),
        Column(_("原来的目标"), [target(change.before) for change in changes], "text"),
        Column(_("新的目标"), [target(change.after) for change in changes], "text"),
        Column(_("变化"), [joined([_(WORDS[one]) for one in c.changes]) for c in changes], "text"),
    )


def figure(row: dict[str, Any]) -> str:
    """The label of the metric, with the values of its filter."""
    metric = METRICS[row["metric"]]
    return filtered_label(metric, filter_of(metric, row["filter"] or ""))


def target(row: dict[str, Any] | None) -> str:
    """≥ 50% · 2023年12月 · 力争 · 方案; a dash where there is none."""
    if row is None:
        return "—"
    unit = METRICS[row["metric"]].unit
    held = " — ".join(month(row[name]) if row[name] else "" for name in ("from", "until"))
    return noted(
        f"{row['sign']} {goal(row['value'], unit)}", due(row["due"]),
        held if row["from"] or row["until"] else "", _(row["firmness"]), _(row["basis"]),
    )  # fmt: skip


def due(text: str) -> str:
    """2023年12月 for 2023-12, or how often the target comes."""
    year, separator, number = text.partition("-")
    return month(date(int(year), int(number), 1)) if separator else _(text)
