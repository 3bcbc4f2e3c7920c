"""The site plan in a panel: its figure, or the error in the plan's file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from board import reference
from board.figures.shared.outlines import outlines
from board.i18n import _
from board.numerals import place_name
from board.sections.blocks import Facts
from board.sections.words import joined, plain

Plan = dict[str, Any]


def drawn(draw: Callable[[Plan], Plan]) -> Plan | Facts:
    """The figure that `draw` makes of the site plan, or a sentence with the error in its file."""
    if error := reference.site_problem():
        return Facts(sentences=(f":red[■] {plain(error)}",))
    return draw(reference.site_plan())


def stamp(view: object) -> reference.Stamp:
    """The version of the plan's file: a panel with the plan depends on it besides its view."""
    return reference.site_stamp()


def absent(buildings: Iterable[str]) -> str:
    """平面图里没有 13栋; empty when the plan has every one of the buildings."""
    if reference.site_problem():
        return ""
    drawn_keys = {outline.key for outline in outlines(reference.site_plan())}
    missing = [place_name(name) for name in buildings if name not in drawn_keys]
    return _("平面图里没有{places}", places=joined(missing)) if drawn_keys and missing else ""
