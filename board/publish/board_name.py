"""The board's name, made of the words of the plan that a store goes by at present."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from board.i18n import _, language
from board.journal import Journal
from board.plan_names import batches_in_force, sheet
from board.publish.plans import shipped
from board.storage import today


def board_name(root: Path) -> str:
    """幸福小镇后续扶持督导: for one settlement its own name, for several that of their zone.

    A store that can't be read leaves the place out, so that a page can still say what is wrong.
    """
    try:
        facts = present_plan(root)
    except Exception:
        return _("安置点后续扶持督导")
    english = language() == "en"
    settlements = facts["settlements"]
    if len(settlements) == 1:
        name = (english and facts["settlements_en"]) or settlements[0]
        return _("{settlement}后续扶持督导", settlement=name)
    zone = (english and facts["zone_en"]) or facts["zone"]
    return _("{zone}安置点后续扶持督导", zone=zone)


def present_plan(root: Path) -> dict[str, Any]:
    """The row of the sheet 方案 of the plan whose span holds today, else of the latest."""
    batches = batches_in_force(Journal(root).batches())
    plans = [sheet(root, batch, "plan").row(0, named=True) for batch in batches]
    plans = sorted(plans or [shipped()["plan"].row(0, named=True)], key=lambda facts: facts["from"])
    month = today().replace(day=1)
    running = [facts for facts in plans if facts["from"] <= month <= facts["until"]]
    return (running or plans)[-1]
