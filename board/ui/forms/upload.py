"""The upload on the ledgers page: workbooks are checked, then loaded as a batch."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from board import access, intake
from board.access import Action, Reader
from board.findings import counts
from board.i18n import N_, _, language
from board.journal import acts
from board.ledgers import by_name
from board.sections.ledgers.page import title as ledger_title
from board.sections.words import joined, noted, plain
from board.storage import RefusedError
from board.ui import recheck, state
from board.ui.forms import findings, marked, replacing
from board.ui.forms.batches import refusal_text
from board.ui.forms.fields import text_field
from board.ui.forms.files import on_disk, turn
from board.ui.status_markup import gray

KINDS = ["xlsx", "xlsm", "xls", "et", "csv"]
CHECKED, LOADED, ROUND, ASKED = "checked", "loaded", "upload_round", "upload_asked"
Result = TypeVar("Result")
FIRST = N_("　这是第一批。以后入库要有账号，或在本机用 ROLE=keeper make run 打开。")


def show(who: Reader, below: DeltaGenerator) -> None:
    """Choose files; what their check found, and the button that loads them, stand in `below`."""
    heading = _("第二步：上传台账，先查后收") if who.begins else _("填好的台账放到这里，先查后收")
    st.header(heading, anchor=False)
    if (ledger_names := access.ledgers_of(who)) != by_name().keys():
        titles = [
            plain(ledger_title(ledger))
            for name, ledger in by_name().items()
            if name in ledger_names
        ]
        st.markdown(gray(_("可以上传：{ledgers}", ledgers=joined(titles))))
    show_result()
    # Streamlit's button is in English always; board/ui/assets/board.css replaces its text.
    with st.container(key=f"upload_{language()}"):
        files = st.file_uploader(
            _("选择工作簿（.xlsx .xlsm .xls .et .csv，每个不超过 20 MB，可一次选多个）"),
            type=KINDS,
            accept_multiple_files=True,
            key=f"workbooks {st.session_state.setdefault(ROUND, 0)}",
        )
    if not files:
        st.markdown(
            gray(_("有错误的文件一行也不会入库；提醒不影响入库。同一文件再传一次不会重复。"))
        )
        return
    checked(files, who, below)


def checked(files: Sequence[UploadedFile], who: Reader, below: DeltaGenerator) -> None:
    """What the files' check found and what they change, in short here and in detail `below`."""
    try:
        check = check_files(files, who)
    except RefusedError as refusal:
        st.error(refusal_text(refusal))
        return
    if refused := other_ledgers(who, check):
        refused_titles = joined([plain(ledger_title(by_name()[name])) for name in refused])
        st.error(_("{ledgers}不由{department}填报，请由填报部门上传。",
                   ledgers=refused_titles, department=_(access.loads_for(who))))  # fmt: skip
        return
    st.markdown(findings.summary(counts(check.findings)))
    if check.refused or not check.replacing.adds:
        st.markdown(gray(row_summary(check.rows)))
    if check.findings:
        with below:
            findings.details(check.findings, who)
    if check.refused:
        st.markdown(_("请在原文件里改好，再上传一次。"))
        marked.offer(files, check.findings)
        return
    for line in replacing.summary(check.replacing):
        st.markdown(gray(line))
    with below:
        replacing.cells(check.replacing, who)
    load_form(files, check)
    if check.findings:
        marked.offer(files, check.findings)


def other_ledgers(who: Reader, check: intake.Check) -> list[str]:
    """The ledgers with rows or errors in the files that the reader may not load."""
    faulty = (f.ledger for f in check.findings if f.severity == "error" and f.ledger)
    names = dict.fromkeys((*check.rows, *faulty))
    return [name for name in names if name in by_name() and not access.may(who, Action.LOAD, name)]


def show_result() -> None:
    """The result of the last load."""
    if message := st.session_state.pop(LOADED, None):
        st.success(message)


def check_files(files: Sequence[UploadedFile], who: Reader) -> intake.Check:
    """The check of the files, made and recorded once for these files, snapshot and reader.

    It tells nothing about people in ledgers of other departments.
    """
    hashes = tuple(hashlib.sha256(file.getbuffer()).hexdigest() for file in files)
    key = hashes, tuple(file.name for file in files), state.snapshot().name, who
    last_check = st.session_state.get(CHECKED)
    if last_check is None or last_check[0] != key:
        with turn(), st.spinner(_("正在核对，请稍候……"), show_time=True):
            check = on_disk(files, lambda paths: intake.check(paths, state.root()))
        state.on_record(who, acts.Check(tuple(check.rows)))
        last_check = st.session_state[CHECKED] = (
            key,
            intake.visible_to(check, who.department, who.keepers),
        )
    return last_check[1]


def row_summary(rows: dict[str, int]) -> str:
    """户台账 1,000行 · 劳动力台账 4,440行."""
    declared = by_name()
    parts = [
        _("{ledger} {n}行", ledger=plain(ledger_title(declared[name])), n=f"{count:,}")
        for name, count in rows.items()
        if name in declared and count
    ]
    return noted(*parts) or _("没有读到台账的数据行。")


def load_form(files: Sequence[UploadedFile], check: intake.Check) -> None:
    """A note, and the button that loads the files as a batch; of older files it asks once more."""
    asked = st.session_state.get(ASKED)
    if asked is not None and asked[0] == file_names(files):
        ask_again(files, check, asked[1])
        return
    with st.form("load", border=False):
        note = text_field(_("说明（可不填）"), 200, placeholder=_("例如：9月月报"))
        if not st.form_submit_button(_("入库"), type="primary"):
            return
    if check.older:
        st.session_state[ASKED] = file_names(files), note.strip()
        st.rerun()
    load_checked(files, check.rows, note.strip())


def file_names(files: Sequence[UploadedFile]) -> tuple[str, ...]:
    """What tells these uploads from others in the session."""
    return tuple(file.file_id for file in files)


def ask_again(files: Sequence[UploadedFile], check: intake.Check, note: str) -> None:
    """Say in which way the files are older than the store, and load them only if told to again."""
    st.warning("\n\n".join(plain(str(finding.message)) for finding in check.older))
    yes, no = st.columns(2)
    if no.button(_("先不入库"), width="stretch"):
        del st.session_state[ASKED]
        st.rerun()
    if yes.button(_("确实要入库"), type="primary", width="stretch"):
        del st.session_state[ASKED]
        load_checked(files, check.rows, note)


def load_checked(files: Sequence[UploadedFile], rows: Mapping[str, int], note: str) -> None:
    """Load files whose check was shown, within the day's limit of comparisons with other ledgers."""
    who = recheck.now()
    if who.begins and not state.new():
        st.rerun()  # Another reader has loaded the first batch meanwhile.
    if intake.compares_people(rows, who.department, who.keepers) and not state.comparison_on_record(
        who, list(rows)
    ):
        st.error(_("今天入库要与别的部门的台账核对的文件已满 {n} 次，请明天再来，或请那个部门核对。",
                   n=state.COMPARED_DAILY))  # fmt: skip
        return
    load(files, who, rows, note)


def load(files: Sequence[UploadedFile], who: Reader, rows: Mapping[str, int], note: str) -> None:
    """Load the files as a batch, where the reader may load all ledgers in `rows`."""
    with turn(), st.spinner(_("正在入库并发布，请稍候……"), show_time=True):
        try:
            for name in rows:
                access.demand(who, Action.LOAD, name)
            outcome = on_disk(files, partial(intake.load, root=state.root(), note=note))
            # Inside the spinner: a click during the load interrupts the run where the spinner ends.
            if outcome.batch and not outcome.already:
                state.on_record(who, acts.Load(outcome.batch))
        except RefusedError as refusal:
            st.error(refusal_text(refusal))
            return
    last_check = st.session_state.pop(CHECKED, None)
    if outcome.check.refused:
        # Findings that only the load made are shown like those of the check.
        if last_check:
            check = intake.refusal_for(outcome.check, who.department, who.keepers)
            st.session_state[CHECKED] = (last_check[0], check)
        st.rerun()
    st.session_state[LOADED] = load_message(outcome) + (_(FIRST) if who.begins else "")
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def load_message(outcome: intake.Outcome) -> str:
    """已入库（第 13 批），页面已更新."""
    if outcome.already:
        numbers = joined([str(number) for number in outcome.already])
        return _("这些文件早已入库（第 {n} 批），没有新增。", n=numbers)
    if outcome.unpublished:
        why = refusal_text(outcome.unpublished)
        return _("已入库（第 {n} 批），但还没有发布：{why}", n=outcome.batch, why=why)
    return _(
        "已入库（第 {n} 批），页面已更新：{rows}",
        n=outcome.batch,
        rows=row_summary(outcome.check.rows),
    )
