"""The choice of a department, and the view of it."""

from __future__ import annotations

from dataclasses import replace

from board.i18n import N_
from board.metrics import Scope
from board.sections.section import Choice, Options, View

EVERY = "all"


def departments(view: View) -> Options:
    """All departments together, then each of the plan; a reader of one department gets only that."""
    bodies = [(body.name, body.short) for body in view.plan.departments]
    if department := view.reader.permissions.department:
        return tuple(pair for pair in bodies if pair[0] == department)
    return ((EVERY, N_("全部部门")), *bodies)


DEPARTMENT = Choice("department", N_("牵头部门"), departments)


def chosen(view: View) -> Scope:
    """The scope of the chosen department, or of the whole settlement."""
    name = view.choice(DEPARTMENT.key)
    return view.whole if name in ("", EVERY) else replace(view.whole, department=name)


def placed(view: View) -> View:
    """The view with the chosen department as its scope."""
    return replace(view, scope=chosen(view))
