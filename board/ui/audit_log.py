"""The audit log on the administrator's page: its integrity, a filter, and a download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import streamlit as st

from board import access, export, storage
from board.access import Action
from board.i18n import N_, _
from board.journal import AuditEntry, AuditLog, Run, acts, runs
from board.numerals import clock, local
from board.sections import View
from board.sections.words import plain
from board.ui import downloads, state
from board.ui.error_boundary import guarded
from board.ui.status_markup import gray, toned

SHOWN, TALL = 1000, 14
SINCE = {"7": N_("近 7 天"), "30": N_("近 30 天"), "365": N_("近一年"), "": N_("全部")}


def record(view: View) -> None:
    """Show the audit log to readers who may administer."""
    if access.may(view.reader, Action.LOOKS):
        guarded("looks", partial(contents, view))


def contents(view: View) -> None:
    """The log's integrity, warnings about searches, the filter, the entries and their download."""
    entries = AuditLog(state.root()).all()
    st.markdown(integrity(AuditLog(state.root()).verify(), entries))
    for run in runs(entries):
        st.markdown(search_warning(run))
    if not entries:
        return
    selected = selected_entries(entries)
    block = export.looks_table(selected)
    first_rows = block.frame.head(SHOWN)
    st.dataframe(
        first_rows.select(first_rows.columns[:-1]), hide_index=True, height=560 if first_rows.height > TALL else "auto", alt=_("查看与导出记录"),
        column_config={first_rows.columns[1]: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss")},
    )  # fmt: skip
    st.markdown(gray(_("共 {n} 条，表中是最近 {shown} 条；时间为北京时间。", n=f"{len(selected):,}", shown=f"{first_rows.height:,}")))  # fmt: skip
    if selected:
        make = partial(export.looks_workbook, state.root(), view.reader, selected)
        downloads.offer("looks.excel", block.file, acts.LooksExport(), make, Action.LOOKS)


def integrity(broken: str | None, entries: Sequence[AuditEntry]) -> str:
    """● 记录完整，共 12 条; where the chain of hashes is broken, from which row on."""
    if broken is None:
        head = entries[-1].hash[:12] if entries else "—"
        sentence = toned(f"**{_('● 记录完整，共 {n} 条', n=f'{len(entries):,}')}**", "good")
        return sentence + gray(_("　末条校验值 {head}，抄下来可供日后核对", head=head))
    row = broken.rpartition(" ")[2]
    return toned(f"**{_('■ 记录从第 {row} 行起接不上，可能被改动或缺了行', row=row)}**", "bad")


def search_warning(run: Run) -> str:
    """▲ 王某连续按姓名或尾号找了 23 次."""
    sentence = _(
        "▲ {who} 连续按姓名或尾号找了 {n} 次，没有打开其中任何一户（{since}—{until}）",
        who=plain(run.who), n=run.count, since=clock(run.since), until=clock(run.until),
    )  # fmt: skip
    return toned(sentence, "warn")


def selected_entries(entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """The entries that pass the reader's filter: account, kind and days back."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        who = select("who", _("谁"), sorted({entry.who for entry in entries}), str)
        kind = select(
            "kind", _("做了什么"), sorted({entry.kind for entry in entries}), export.kind_label
        )
        days = st.segmented_control(
            _("时间"), list(SINCE), key="looks.since", default="30", required=True,
            format_func=lambda key: _(SINCE[key]), label_visibility="collapsed",
        )  # fmt: skip
    since = (local(storage.now()) - timedelta(days=int(days))) if days else None
    return [
        entry
        for entry in entries
        if who in (None, entry.who)
        and kind in (None, entry.kind)
        and (since is None or local(entry.at) >= since)
    ]


def select(name: str, label: str, options: Sequence[str], word: Callable[[str], str]) -> str | None:
    """A drop-down; None means all options."""
    option: str | None = st.selectbox(
        label, options, index=None, key=f"looks.{name}", placeholder=label, format_func=word,
        label_visibility="collapsed", width=200,
    )  # fmt: skip
    return option
