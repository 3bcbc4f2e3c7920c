"""查看与导出记录: who viewed and who exported what, and whether the audit log is complete."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_, _
from board.sections.section import Section, View


def headline(_view: View) -> str:
    """谁看了个人信息、谁带走了表格，每次都有记录."""
    return _("谁看了个人信息、谁带走了表格，每次都有记录")


LOOKS = Section(
    key="looks",
    label=N_("查看与导出记录"),
    question=N_("谁看了什么，带走了什么，为什么？"),
    group=N_("管理"),
    position=20,
    headline=headline,
    audience=Audience.ADMINISTRATORS,
    scopes=("plan",),
    always=True,
    timeless=True,
)
