"""The site plan in a panel: drawn where it can be, else what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from board import reference
from board.figures import outlines
from board.i18n import _
from board.numerals import place_name
from board.sections.blocks import Facts
from board.sections.words import joined, plain

Plan = dict[str, Any]


def drawn(draw: Callable[[Plan], Plan]) -> Plan | Facts:
    """The figure of the plan in force, or the sentence that says where its file is wrong."""
    if trouble := reference.site_problem():
        return Facts(sentences=(f":red[■] {plain(trouble)}",))
    return draw(reference.site_plan())


def stamp(view: object) -> reference.Stamp:
    """What a panel with the plan depends on besides its view."""
    return reference.site_stamp()


def absent(buildings: Iterable[str]) -> str:
    """平面图里没有 13栋; empty where every building of the ledgers has its place on the plan."""
    if reference.site_problem():
        return ""
    known = {one.key for one in outlines(reference.site_plan())}
    missing = [place_name(name) for name in buildings if name not in known]
    return _("平面图里没有{places}", places=joined(missing)) if known and missing else ""
