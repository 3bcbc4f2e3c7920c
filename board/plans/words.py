"""The words of the plan that a page shows: short names, and the English that the plan itself gives.

A page sets its plan once; figures and sentences then name departments and measures by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache

from board.i18n import N_, _, know
from board.plans.plan import Plan

# What tells the zone's name from a code of a ledger that is written alike.
ZONE = "zone"
_shown: ContextVar[Plan | None] = ContextVar("plan", default=None)


def speak_of(plan: Plan | None, others: Sequence[Plan] = ()) -> None:
    """Name departments and measures as this plan does, for the rest of this run.

    What it does not name is named as the `others` do, such as the department of an account.
    """
    _shown.set(plan)
    words: dict[str, str] = {}
    for known in (*others, *([plan] if plan else [])):
        words |= _english(known)
    know(words)


def surrounding(category: str) -> str:
    """The place of the plan that is shown in which a category of places of work lies, else "".

    The ledger's codes 片区内 and 市内 name no place: those are the plan's zone and its city.
    """
    plan = _shown.get()
    if plan is None:
        return ""
    places = {"片区内": N_(plan.zone, ZONE), "市内": plan.city, f"{plan.county}内": plan.county}
    return places.get(category, "")


def place_of_work(category: str) -> str:
    """A category of places of work in the reader's language, by the plan that is shown."""
    place = surrounding(category)
    return _("{place}内", place=_(place)) if place else _(category)


def zone_name(plan: Plan) -> str:
    """The plan's zone in the reader's language."""
    return _(N_(plan.zone, ZONE))


def spoken_of() -> Plan | None:
    """The plan that this run names departments and measures by; None before a view is made."""
    return _shown.get()


def short_name(department: str) -> str:
    """The short name of a department of the plan that is shown; of others the name itself."""
    plan = _shown.get()
    bodies = plan.departments if plan else ()
    return next((body.short for body in bodies if body.name == department), department)


@cache
def _english(plan: Plan) -> dict[str, str]:
    """Chinese → English of the plan's own words."""
    bodies = [
        pair
        for body in plan.departments
        for pair in ((body.name, body.name_en), (body.short, body.short_en or body.name_en))
    ]
    measures = [
        pair
        for m in plan.measures
        for pair in (
            (m.chapter_short, m.chapter_short_en), (m.text, m.text_en),
            (m.short, m.short_en or m.title_en), (m.title, m.title_en),
        )
    ]  # fmt: skip
    places = zip(plan.settlements, plan.settlements_en, strict=False)
    whole = [*places, (N_(plan.zone, ZONE), plan.zone_en), (plan.title, plan.name_en)]
    return {chinese: english for chinese, english in (*bodies, *measures, *whole) if english}
