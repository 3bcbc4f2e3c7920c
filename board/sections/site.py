"""The site plan in a panel: its figure, or the error in the plan's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from board import reference
from board.figures.shared.outlines import outlines
from board.i18n import _
from board.numerals import place_name
from board.sections.blocks import Facts
from board.sections.section import View
from board.sections.words import joined, plain

Plan = dict[str, Any]


def drawn(view: View, draw: Callable[[Plan], Plan]) -> Plan | Facts:
    """The figure that `draw` makes of the site plan, or a sentence why there is none.

    The file may have an error, or be of a settlement that is not the plan's.
    """
    if error := reference.site_problem():
        return Facts(sentences=(f":red[■] {plain(error)}",))
    if elsewhere(view):
        return Facts(
            sentences=(_("还没有{place}的平面图。", place=plain(place_name(view.settlement))),)
        )
    return draw(reference.site_plan())


def elsewhere(view: View) -> bool:
    """Whether the file names a settlement that is not one of the view's plan."""
    return reference.site_plan().get("settlement", "") not in ("", *view.plan.settlements)


def stamp(view: object) -> reference.Stamp:
    """The version of the plan's file: a panel with the plan depends on it besides its view."""
    return reference.site_stamp()


def absent(view: View, buildings: Iterable[str]) -> str:
    """平面图里没有 13栋; empty when the plan has every one of the buildings."""
    if reference.site_problem() or elsewhere(view):
        return ""
    drawn_keys = {outline.key for outline in outlines(reference.site_plan())}
    missing = [place_name(name) for name in buildings if name not in drawn_keys]
    return _("平面图里没有{places}", places=joined(missing)) if drawn_keys and missing else ""
