"""巡查: how often buildings are patrolled."""

from __future__ import annotations

from typing import Any

from board.access import Audience
from board.figures.beads import beads
from board.i18n import N_
from board.sections.indicators import course, label_and_value, months
from board.sections.section import Panel, Section, View

METRIC = "patrols_made"


def headline(view: View) -> str:
    """巡查次数 3次."""
    return label_and_value(view.read(METRIC))


def monthly(view: View) -> dict[str, Any]:
    """A dot for each month."""
    return beads([int(reading.value or 0) for reading in months(view, METRIC)], view.theme)


PATROLS = Section(
    key="patrols",
    label=N_("巡查"),
    question=N_("巡查了没有？"),
    group=N_("推进"),
    position=70,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=(METRIC,),
    source=("patrols",),
    panels=(Panel("monthly", headline, monthly, needs=("patrols",)), course(METRIC)),
)
