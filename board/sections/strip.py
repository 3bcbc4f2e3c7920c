"""The status strip of the plan: every measure with its state, by chapter."""

from __future__ import annotations

from collections.abc import Sequence

from board import access
from board.catalogue import MeasureState
from board.i18n import _
from board.metrics import Status
from board.numerals import place_name
from board.plans import Measure
from board.sections.blocks import Cell, Chapter, Strip
from board.sections.counts import not_shown
from board.sections.plan import chapter
from board.sections.section import View
from board.store import derived

FINE = (Status.MET, Status.ON_PACE)
CARE = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.MET_LATE)


def states(view: View) -> list[MeasureState]:
    """The state of every measure of the plan at the view's period, as the reader may see it."""
    return derived(
        view.snapshot,
        ("measure states", view.period),
        lambda: access.measure_states(view.snapshot, view.period),
    )


def strip(view: View) -> Strip:
    """The overall goals, then the measures by chapter, each with its state."""
    goals: list[Cell] = []
    chapters: dict[str, list[Cell]] = {}
    for one in states(view):
        measure = one.measure
        cell = Cell(measure.number, _(measure.short), one.state)
        group = goals if measure.is_goal else chapters.setdefault(chapter(measure), [])
        group.append(cell)
    titled = tuple(Chapter(title, tuple(cells)) for title, cells in chapters.items())
    return Strip(titled, page="measures", goals=tuple(goals))


def finding(view: View) -> str:
    """29 项举措、3 项要求：13 项正常，4 项需关注，15 项未评定.

    On the page of a building the place is named, because measures have states for the whole only.
    """
    measures = states(view)
    counts = counted([one.state for one in measures])
    text = _("{measures}：{counts}", measures=numbers([m.measure for m in measures]), counts=counts)
    inside = view.scope.kind != "plan"
    return _("{place} {text}", place=place_name(view.whole), text=text) if inside else text


def counted(statuses: Sequence[Status]) -> str:
    """13 项正常，4 项需关注，2 项不单独显示: how many states are of each kind, without zeros.

    The first two also where there are none. They add up to all of them. 未评定 are those without
    target, unreported or not due.
    """
    fine, care = (sum(status in kind for status in statuses) for kind in (FINE, CARE))
    hidden = sum(status is Status.SUPPRESSED for status in statuses)
    parts = [_("{n} 项正常", n=fine), _("{n} 项需关注", n=care)]
    if rest := len(statuses) - fine - care - hidden:
        parts.append(_("{n} 项未评定", n=rest))
    if hidden:
        parts.append(not_shown(hidden))
    return _("，").join(parts)


def numbers(measures: Sequence[Measure]) -> str:
    """29 项举措、3 项要求、1 项总目标: how many of each there are."""
    requirements = sum(1 for m in measures if m.is_requirement)
    goals = sum(1 for m in measures if m.is_goal)
    rest = len(measures) - requirements - goals
    parts = [_("{n} 项举措", n=rest)] if rest else []
    if requirements:
        parts.append(_("{n} 项要求", n=requirements))
    if goals:
        parts.append(_("{n} 项总目标", n=goals))
    return _("、").join(parts)
