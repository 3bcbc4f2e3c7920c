"""总览: are we on plan? The headline figures, changes, decisions to make, status of the plan."""

from __future__ import annotations

from board.access import Audience
from board.catalogue import HEADLINE, METRICS
from board.i18n import N_, _
from board.metrics import Status
from board.sections import matters, strip
from board.sections.overview import moves
from board.sections.section import Panel, Section, View
from board.sections.words import joined, judged, number


def headline(view: View) -> str:
    """五项核心指标三项达序时，两项未达标."""
    here = [key for key in HEADLINE if view.scope.kind in METRICS[key].scopes]
    statuses = [judged(view, view.read(key)).status for key in here]
    parts = [
        _("{n}项{word}", n=number(statuses.count(status)), word=_(status.word).lower())
        for status in Status
        if status in statuses
    ]
    return _("{total}项核心指标{parts}", total=number(len(here)), parts=joined(parts))


OVERVIEW = Section(
    key="overview",
    label=N_("总览"),
    question=N_("各项工作是否按计划推进？"),
    position=0,
    headline=headline,
    audience=Audience.TOWN,
    presentable=True,
    figures=tuple(HEADLINE),
    panels=(
        Panel("moves", moves.finding, moves.lines, width=5),
        Panel("matters", matters.finding, matters.lines, width=7),
        Panel("strip", strip.finding, strip.strip),
    ),
)
