"""The findings of a check: how often each was made of a column, then every finding with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from board import export
from board.access import Reader
from board.findings import Alike, Finding, counts, summed
from board.i18n import N_, _
from board.journal import acts
from board.sections.words import plain
from board.table import Table
from board.ui import downloads, state
from board.ui.status_markup import toned

WORDS = {"error": N_("错误"), "warning": N_("提醒"), "notice": N_("告知")}
TONES = {"error": "bad", "warning": "warn", "notice": "mute"}
MARKS = {"error": "■", "warning": "▲", "notice": "○"}
SHOWN = 1000
LINES = 12


def show(findings: Sequence[Finding], who: Reader) -> None:
    """The counts, then the findings."""
    st.markdown(summary(counts(findings)))
    if findings:
        details(findings, who)


def details(findings: Sequence[Finding], who: Reader) -> None:
    """The most frequent rules, the first findings, and all of them as a download."""
    for line in summed(findings)[:LINES]:
        shape = toned(f"**{MARKS[line.severity]} {line.count:,}**", TONES[line.severity])
        st.markdown(f"{shape}　{plain(words(line))}")
    table = frame(findings)
    st.dataframe(table.head(SHOWN), hide_index=True, height=280, alt=_("核对结果"))
    if table.height > SHOWN:
        st.markdown(
            _("表中是前 {shown} 条，下载可得全部 {all} 条。", shown=SHOWN, all=table.height)
        )
    block = Table(table)
    about = [(_("表"), _("核对结果"))]
    make = partial(
        downloads.workbook, block, lambda: [*about, *export.export_terms(state.root(), who)]
    )
    downloads.offer("findings.excel", _("核对结果"), acts.FindingsExport(), make)


def words(line: Alike) -> str:
    """What some findings say, with the most frequent values where they differ."""
    if not line.values:
        return str(line.message)
    values = "、".join(f"{value} ×{count:,}" for value, count in line.values)
    return _(
        "{message}（共 {n} 种：{values} …）", message=line.message, n=line.distinct, values=values
    )


def summary(numbers: dict[str, int]) -> str:
    """■ 错误 3　▲ 提醒 12　○ 告知 0; a sentence where there is no finding."""
    if not any(numbers.values()):
        return toned(f"**{_('● 没有发现问题')}**", "good")
    return "　".join(
        toned(f"{MARKS[severity]} {_(WORDS[severity])} **{number:,}**", TONES[severity])
        for severity, number in numbers.items()
        if number
    )


def frame(findings: Sequence[Finding]) -> pl.DataFrame:
    """A row a finding: severity, cell, message, value, expected value, suggestion."""
    return (
        pl.DataFrame(
            {
                _("轻重"): [_(WORDS[f.severity]) for f in findings],
                _("文件"): [f.file for f in findings],
                _("工作表"): [f.sheet for f in findings],
                _("单元格"): [f.cell for f in findings],
                _("说明"): [str(f.message) for f in findings],
                _("填的是"): [f.found for f in findings],
                _("应为"): [f.expected_in_chinese for f in findings],
                _("也许是"): [f.suggestion for f in findings],
            }
        )
        .cast(pl.String)
        .fill_null("")
    )
