"""方案: the plans that figures go by; the page's forms are in board.ui.forms."""

from __future__ import annotations

from board.access import Audience
from board.i18n import N_, _
from board.numerals import month
from board.plans import plans
from board.sections.section import Section, View


def headline(view: View) -> str:
    """一份方案有效，管到 2025年12月."""
    live = [plan for plan in plans(view.snapshot) if plan.in_force]
    if not live:
        return _("没有有效的方案")
    last = max(plan.until for plan in live)
    return _("{n} 份方案有效，管到 {month}", n=len(live), month=month(last))


PLANS = Section(
    key="plans",
    label=N_("方案"),
    question=N_("现在按哪份方案看，怎样换一份？"),
    group=N_("管理"),
    position=5,
    headline=headline,
    audience=Audience.ADMINISTRATORS,
    scopes=("plan",),
    always=True,
    timeless=True,
)
