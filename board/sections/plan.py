"""Names from the plan as pages show them: chapters, lead departments, short names."""

from __future__ import annotations

from board.i18n import _
from board.plans import Measure, Plan, short_name
from board.sections.section import View
from board.sections.words import plain


def chapters(plan: Plan) -> list[str]:
    """The chapters of the plan, in its order."""
    return list(dict.fromkeys(measure.chapter for measure in plan.measures))


def chapter(measure: Measure) -> str:
    """The number and the short title of a measure's chapter: 一 工作底数.

    In English without the number, which the plan writes in Chinese.
    """
    title = _(measure.chapter_short)
    return title if title != measure.chapter_short else f"{measure.chapter} {title}"


def leads(view: View, measures: tuple[str, ...]) -> list[str]:
    """The departments that lead any of the measures, in the order of the plan."""
    plan = view.plan
    led = [m for m in plan.measures if m.number in measures]
    return list(dict.fromkeys(name for measure in led for name in plan.leads(measure)))


def leads_in_short(departments: list[str]) -> str:
    """Up to two departments by name; for more, the first name and the count: 人社局等 3 个部门."""
    if not departments:
        return ""
    first = plain(_(short_name(departments[0])))
    if len(departments) == 1:
        return first
    if len(departments) == 2:
        return first + _("、") + plain(_(short_name(departments[1])))
    return _("{first}等 {n} 个部门", first=first, n=len(departments), others=len(departments) - 1)
