"""The words of the plan that a page shows: short names, and the English that the plan itself gives.

A page sets its plan once; figures and sentences then name departments and measures by it.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache

from board.i18n import know
from board.plans.plan import Plan

_shown: ContextVar[Plan | None] = ContextVar("plan", default=None)


def speak_of(plan: Plan) -> None:
    """Name departments and measures as this plan does, for the rest of this run."""
    _shown.set(plan)
    know(_english(plan))


def short_name(department: str) -> str:
    """The short name of a department of the plan that is shown; of others the name itself."""
    plan = _shown.get()
    bodies = plan.departments if plan else ()
    return next((body.short for body in bodies if body.name == department), department)


@cache
def _english(plan: Plan) -> dict[str, str]:
    """Chinese → English of the plan's own words."""
    bodies = {
        name: body.name_en
        for body in plan.departments
        if body.name_en
        for name in (body.name, body.short)
    }
    titles = {m.title: m.title_en for m in plan.measures if m.title_en}
    texts = {m.text: m.text_en for m in plan.measures if m.text_en}
    whole = {plan.title: plan.name_en} if plan.name_en else {}
    return {**bodies, **titles, **texts, **whole}
