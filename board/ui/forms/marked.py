"""The button that gives checked files back with their findings marked in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import partial

from streamlit.runtime.uploaded_file_manager import UploadedFile

from board import intake
from board.access import Action
from board.findings import Finding
from board.i18n import _
from board.journal import acts
from board.ui import recheck, state
from board.ui.downloads import XLSX
from board.ui.forms.files import on_disk, unseen_turn

ZIP = "application/zip"


def offer(files: Sequence[UploadedFile], findings: Sequence[Finding]) -> None:
    """A button for the marked files: one workbook, or all of them in a zip; none without findings."""
    marked = list(dict.fromkeys(finding.file for finding in findings if finding.file))
    if not marked:
        return
    several = len(marked) > 1
    recheck.download(
        _("下载标注好的文件，照着改"),
        partial(content, files, findings),
        f"{_('已标注')}.zip" if several else intake.marked_name(marked[0]),
        ZIP if several else XLSX,
        key="marked",
        record=acts.FindingsExport(),
        action=Action.LOAD,
        about=_("您的原文件，有问题的格子涂了颜色并写了批注，第一张表列出全部问题。"),
        quiet=False,
    )


def content(files: Sequence[UploadedFile], findings: Sequence[Finding]) -> bytes:
    """The bytes of the marked workbook, or of a zip of several."""
    with unseen_turn():
        copies = on_disk(files, lambda paths: intake.marked_copies(paths, findings, state.root()))
    if len(copies) == 1:
        return copies[0].content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for copy in copies:
            archive.writestr(copy.name, copy.content)
    return buffer.getvalue()
