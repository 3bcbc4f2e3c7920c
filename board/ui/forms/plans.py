"""The administrator's forms for plans: those of the store, an upload that is checked, a template."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import polars as pl
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from board import intake, publish, storage
from board.access import Action, Reader, demand, may
from board.i18n import N_, _, language
from board.intake import plans as plan_intake
from board.intake.plan_changes import target_changes
from board.journal import Journal, acts
from board.ledgers.plan_sheets import SHEETS, sheet_by_name
from board.numerals import clock
from board.publish import StoredPlan
from board.sections import View
from board.sections.words import noted, plain
from board.storage import RefusedError
from board.ui import blocks, recheck, state
from board.ui.forms import batches, findings
from board.ui.forms import plan_changes as wording
from board.ui.forms.batches import refusal_text
from board.ui.forms.fields import text_field
from board.ui.forms.files import name_of, turn
from board.ui.panel import guarded
from board.ui.status_markup import gray

KINDS = ["csv", "xlsx", "xlsm", "xls", "et"]
CHECKED, LOADED, ROUND = "plan_checked", "plan_loaded", "plan_round"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = {
    "in_force": N_("有效"), "replaced": N_("已被替换"), "withdrawn": N_("已撤回"),
    "shipped": N_("随产品提供，尚未入库"),
}  # fmt: skip
Result = TypeVar("Result")
Examined = tuple[intake.Check, StoredPlan | None]


class WrongFilesError(Exception):
    """The chosen files are not one plan; the text says why, in the reader's language."""


def plan_forms(view: View) -> None:
    """The plans, the upload and the template, for an administrator only; each part fails alone."""
    who = view.reader
    if not may(who, Action.PLANS):
        return
    guarded("plans.list", lambda: listed(who))
    left, right = st.columns([5, 7], gap="large")
    with left:
        guarded("plans.template", template)
    with right:
        guarded("plans.upload", lambda: upload(who))


def listed(who: Reader) -> None:
    """Every plan ever loaded, newest first, and the form that withdraws one."""
    listing = publish.plans_listed(state.root())
    in_force = sum(1 for row in listing if row["state"] in ("in_force", "shipped"))
    st.header(_("收过 {n} 份，{live} 份有效", n=len(listing), live=in_force), anchor=False)
    for key in (LOADED, batches.RESULT):
        if result := st.session_state.pop(key, None):
            st.success(result)
    st.dataframe(frame(listing[::-1]), hide_index=True, alt=_("方案"))
    live = [b for b in Journal(state.root()).batches() if b.plan and b.state == "live"]
    if live and may(who, Action.WITHDRAW):
        names = {b.number: b.plan for b in live}
        batches.withdrawal_form(
            live,
            lambda batch: _("第 {n} 批 · {plan} · {when}", n=batch.number,
                            plan=names[batch.number], when=clock(batch.recorded_at)),
            _("撤回后，前一次收的同一份方案重新有效；没有前一次的，它的时期没有目标。"),
        )  # fmt: skip


def frame(listing: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """A row a plan: 方案编号, title, span, batch, state."""
    return pl.DataFrame(
        {
            _("方案编号"): [row["plan"] for row in listing],
            _("名称"): [_(row["title"]) for row in listing],
            _("起止"): [f"{row['from']} — {row['until']}" for row in listing],
            _("批"): [row["batch"] for row in listing],
            _("状态"): [_(STATES[row["state"]]) for row in listing],
        }
    )


def template() -> None:
    """The download of an empty workbook for a plan."""
    st.header(_("第一步：下载方案模板"), anchor=False)
    st.markdown(gray(_("一个工作簿，每个部分一张表；也可以按同样的表头分成几个 .csv。")))
    recheck.download(_("方案模板"), template_bytes, "方案模板.xlsx", XLSX, key="plans.template")


def template_bytes() -> bytes:
    """The empty workbook of a plan."""
    # The import loads XlsxWriter, which takes time and is needed at the click only.
    from board.template import write_sheets

    with tempfile.TemporaryDirectory() as folder:
        return write_sheets(SHEETS, Path(folder) / "plan.xlsx").read_bytes()


def upload(who: Reader) -> None:
    """Choose the files of a plan, show the findings and what it changes, load it."""
    st.header(_("第二步：上传方案，先查后收"), anchor=False)
    # Streamlit's button is in English always; board/ui/assets/board.css replaces its text.
    with st.container(key=f"upload_{language()}"):
        files = st.file_uploader(
            _("选择方案（几个 .csv 一起选，或一个工作簿）"),
            type=KINDS,
            accept_multiple_files=True,
            key=f"plan {st.session_state.setdefault(ROUND, 0)}",
        )
    if not files:
        st.markdown(gray(_("方案编号相同的，入库后代替原来的；时间与别的方案重叠的不收。")))
        return
    try:
        check, plan = examined(files)
    except (RefusedError, WrongFilesError) as refusal:
        st.error(refusal_words(refusal))
        return
    findings.show(check.findings, who)
    st.markdown(gray(row_summary(check.rows)))
    if plan is None:
        st.markdown(_("请在原文件里改好，再上传一次。"))
        return
    compare(plan)
    load_form(files)


def examined(files: Sequence[UploadedFile]) -> Examined:
    """The check of the files and the plan in them, made once for these files and this snapshot."""
    hashes = tuple(hashlib.sha256(file.getbuffer()).hexdigest() for file in files)
    key = hashes, tuple(file.name for file in files), state.snapshot().name
    last = st.session_state.get(CHECKED)
    if last is None or last[0] != key:
        with turn(), st.spinner(_("正在核对，请稍候……"), show_time=True):
            result = on_disk(files, lambda path: plan_intake.examine(path, state.root()))
        last = st.session_state[CHECKED] = (key, result)
    examined_plan: Examined = last[1]
    return examined_plan


def on_disk(files: Sequence[UploadedFile], use: Callable[[Path], Result]) -> Result:
    """Run a function on the plan written to a temporary folder: on the folder, or the workbook.

    Raises WrongFilesError where the files are not one plan.
    """
    names = [name_of(file) for file in files]
    tables = [name for name in names if name.lower().endswith(".csv")]
    if len(tables) < len(names) and len(names) > 1:
        raise WrongFilesError(_("请一次只选一份方案：几个 .csv，或一个工作簿。"))
    if len(set(names)) < len(names):
        raise WrongFilesError(_("有两个文件同名，每张表请只选一个文件。"))
    storage.prepare(state.root())
    with storage.refusing_disk_faults(), storage.staging(state.root()) as folder:
        for name, file in zip(names, files, strict=True):
            # The ending in small letters, as the folder of a plan is read.
            (folder / (Path(name).stem + Path(name).suffix.lower())).write_bytes(file.getbuffer())
        try:
            return use(folder if tables else next(folder.iterdir()))
        except plan_intake.NoPlanFilesError:
            raise WrongFilesError(_("这些文件里没有方案的表。")) from None


def row_summary(rows: dict[str, int]) -> str:
    """举措 33行 · 目标 29行."""
    declared = sheet_by_name()
    parts = [
        _("{ledger} {n}行", ledger=plain(declared[name].sheet_title()), n=f"{count:,}")
        for name, count in rows.items()
        if name in declared and count
    ]
    return noted(*parts) or _("没有读到方案的行。")


def compare(plan: StoredPlan) -> None:
    """The targets that the plan changes, against the one in the store with the same 方案编号."""
    root = state.root()
    stored = publish.stored_plans(root, Journal(root).batches())
    former = next((p for p in stored if p.id == plan.id and p.in_force), None)
    after = plan.sheets["targets"]
    changes = target_changes(former.sheets["targets"] if former else None, after)
    st.markdown(f"**{wording.finding(plan.id, former is not None, changes, after.height)}**")
    if former is None and publish.plans_listed(root)[0]["state"] == "shipped":
        st.markdown(gray(_("库里还没有收过方案：入库以后只用这一份，随产品提供的那份不再用。")))
    if changes:
        blocks.draw(wording.table(changes), "plans.compare")


def load_form(files: Sequence[UploadedFile]) -> None:
    """A note, and the button that loads the plan as a batch."""
    with st.form("plan.load", border=False):
        note = text_field(_("说明（可不填）"), 200, placeholder=_("例如：年中调整"))
        if not st.form_submit_button(_("入库"), type="primary"):
            return
    load(files, recheck.now(), note.strip())


def load(files: Sequence[UploadedFile], who: Reader, note: str) -> None:
    """Load the plan as a batch, where the reader may."""
    with turn(), st.spinner(_("正在入库并发布，请稍候……"), show_time=True):
        try:
            demand(who, Action.PLANS)
            outcome = on_disk(files, partial(plan_intake.load, root=state.root(), note=note))
            # Inside the spinner: a click during the load interrupts the run where the spinner ends.
            if outcome.batch and not outcome.already:
                state.on_record(who, acts.Load(outcome.batch))
        except (RefusedError, WrongFilesError) as refusal:
            st.error(refusal_words(refusal))
            return
    last = st.session_state.pop(CHECKED, None)
    if outcome.check.refused:
        # Findings that only the load made are shown like those of the check.
        if last:
            st.session_state[CHECKED] = (last[0], (outcome.check, None))
        st.rerun()
    st.session_state[LOADED] = load_message(outcome)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    st.rerun()


def load_message(outcome: intake.Outcome) -> str:
    """已入库（第 13 批），页面已更新."""
    if outcome.already:
        return _("这些文件早已入库（第 {n} 批），没有新增。", n=outcome.batch)
    if outcome.unpublished:
        why = refusal_text(outcome.unpublished)
        return _("已入库（第 {n} 批），但还没有发布：{why}", n=outcome.batch, why=why)
    rows = row_summary(outcome.check.rows)
    return _("已入库（第 {n} 批），页面已更新：{rows}", n=outcome.batch, rows=rows)


def refusal_words(refusal: RefusedError | WrongFilesError) -> str:
    """Why the files or the load were refused, in the reader's language."""
    return refusal_text(refusal) if isinstance(refusal, RefusedError) else str(refusal)
