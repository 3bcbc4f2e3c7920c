"""The status strip of the plan: for each measure the worst status of its metrics."""

from __future__ import annotations

from board.catalogue import METRICS
from board.i18n import _
from board.metrics import Status
from board.sections.blocks import Cell, Chapter, Strip
from board.sections.matters import readings
from board.sections.plan import chapter
from board.sections.section import View

# A measure gets the first of these that one of its metrics has.
ORDER = (
    Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.ON_PACE, Status.MET,
    Status.NO_DATA, Status.NOT_DUE, Status.SUPPRESSED, Status.NO_TARGET, Status.NOT_APPLICABLE,
)  # fmt: skip
FINE = (Status.MET, Status.ON_PACE)
CARE = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)


def statuses(view: View) -> dict[str, list[Status]]:
    """Measure → the statuses of its metrics.

    The list starts with NOT_APPLICABLE, which is the result when no metric is defined for the
    view's kind of scope.
    """
    by_measure = {
        measure: [Status.NOT_APPLICABLE]
        for metric in METRICS.values()
        for measure in metric.measures
    }
    for reading in readings(view):
        for measure in reading.metric.measures:
            by_measure.setdefault(measure, []).append(reading.status)
    return by_measure


def worst(statuses: list[Status]) -> Status:
    """The worst of the statuses by ORDER; NO_TARGET when there is none."""
    return min(statuses or [Status.NO_TARGET], key=ORDER.index)


def strip(view: View) -> Strip:
    """The measures by chapter, each with its status; NO_TARGET for a measure without a metric."""
    by_measure = statuses(view)
    chapters: dict[str, list[Cell]] = {}
    for row in view.frame("plan").rows(named=True):
        cell = Cell(row["measure"], _(row["short"]), worst(by_measure.get(row["measure"], [])))
        chapters.setdefault(chapter(row["chapter"]), []).append(cell)
    titled = tuple(Chapter(title, tuple(cells)) for title, cells in chapters.items())
    return Strip(titled, page="measures")


def finding(view: View) -> str:
    """29 项举措、3 项要求：13 项正常，4 项需关注，15 项无目标、未报或未到期."""
    counts = strip(view).counts
    fine = sum(counts.get(status, 0) for status in FINE)
    care = sum(counts.get(status, 0) for status in CARE)
    rest = sum(counts.values()) - fine - care
    return _(
        "29 项举措、3 项要求：{fine} 项正常，{care} 项需关注，{rest} 项无目标、未报或未到期",
        fine=fine,
        care=care,
        rest=rest,
    )
