"""The record of looks on the administrator's page: whole or not, filtered, taken away."""

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
    """The record, for who may administer."""
    if access.may(view.reader, Action.LOOKS):
        guarded("looks", partial(listed, view))


def listed(view: View) -> None:
    """Whether it is whole, what to see of it, the rows, and the way to take them away."""
    found = AuditLog(state.root()).all()
    st.markdown(whole(AuditLog(state.root()).verify(), found))
    for run in runs(found):
        st.markdown(in_a_row(run))
    if not found:
        return
    kept = chosen(found)
    block = export.looks_table(kept)
    shown = block.frame.head(SHOWN)
    st.dataframe(
        shown.select(shown.columns[:-1]), hide_index=True, height=560 if shown.height > TALL else "auto", alt=_("查看与导出记录"),
        column_config={shown.columns[1]: st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm:ss")},
    )  # fmt: skip
    st.markdown(gray(_("共 {n} 条，表中是最近 {shown} 条；时间为北京时间。", n=f"{len(kept):,}", shown=f"{shown.height:,}")))  # fmt: skip
    if kept:
        make = partial(export.looks_workbook, state.root(), view.reader, kept)
        downloads.offer("looks.excel", block.file, acts.LooksExport(), make, Action.LOOKS)


def whole(broken: str | None, found: Sequence[AuditEntry]) -> str:
    """● 记录完整，共 12 条; or from which row on it is not."""
    if broken is None:
        head = found[-1].hash[:12] if found else "—"
        said = toned(f"**{_('● 记录完整，共 {n} 条', n=f'{len(found):,}')}**", "good")
        return said + gray(_("　末条校验值 {head}，抄下来可供日后核对", head=head))
    row = broken.rpartition(" ")[2]
    return toned(f"**{_('■ 记录从第 {row} 行起接不上，可能被改动或缺了行', row=row)}**", "bad")


def in_a_row(run: Run) -> str:
    """▲ 王某连续按姓名或尾号找了 23 次."""
    said = _(
        "▲ {who} 连续按姓名或尾号找了 {n} 次，没有打开其中任何一户（{since}—{until}）",
        who=plain(run.who), n=run.count, since=clock(run.since), until=clock(run.until),
    )  # fmt: skip
    return toned(said, "warn")


def chosen(found: Sequence[AuditEntry]) -> list[AuditEntry]:
    """The rows that the reader's choice leaves."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        who = select("who", _("谁"), sorted({look.who for look in found}), str)
        kind = select("kind", _("做了什么"), sorted({look.kind for look in found}), export.done)
        days = st.segmented_control(
            _("时间"), list(SINCE), key="looks.since", default="30", required=True,
            format_func=lambda key: _(SINCE[key]), label_visibility="collapsed",
        )  # fmt: skip
    since = (local(storage.now()) - timedelta(days=int(days))) if days else None
    return [
        look
        for look in found
        if who in (None, look.who)
        and kind in (None, look.kind)
        and (since is None or local(look.at) >= since)
    ]


def select(name: str, label: str, options: Sequence[str], word: Callable[[str], str]) -> str | None:
    """One of the options, or none for all of them."""
    chosen: str | None = st.selectbox(
        label, options, index=None, key=f"looks.{name}", placeholder=label, format_func=word,
        label_visibility="collapsed", width=200,
    )  # fmt: skip
    return chosen
