"""账号: who may sign in and what each may see; the page's forms are in board.ui.forms."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_, _
from board.sections.section import Section, View


def headline(view: View) -> str:
    """谁能登录，看得到什么."""
    return _("谁能登录，看得到什么")


ACCOUNTS = Section(
    key="accounts",
    label=N_("账号"),
    question=N_("谁能登录，各看得到什么，现在谁在看？"),
    group=N_("管理"),
    position=10,
    headline=headline,
    audience=Audience.ADMINISTRATORS,
    scopes=("plan",),
    always=True,
    timeless=True,
)
