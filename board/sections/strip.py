"""The plan on a page: each measure's status, the worst of the figures that speak for it."""

from __future__ import annotations

from board.catalogue import METRICS
from board.i18n import _
from board.metrics import Status
from board.sections.blocks import Cell, Chapter, Strip
from board.sections.matters import readings
from board.sections.plan import chapter
from board.sections.section import View

# The first found speaks for the measure; what has a target comes before what has none.
ORDER = (
    Status.MISSED, Status.BEHIND, Status.UNDETERMINED, Status.ON_PACE, Status.MET,
    Status.NO_DATA, Status.NOT_DUE, Status.SUPPRESSED, Status.NO_TARGET, Status.NOT_APPLICABLE,
)  # fmt: skip
FINE = (Status.MET, Status.ON_PACE)
CARE = (Status.MISSED, Status.BEHIND, Status.UNDETERMINED)


def statuses(view: View) -> dict[str, list[Status]]:
    """Measure → the statuses of the metrics that speak for it.

    Where they all speak of other places than the view's, the measure does not apply.
    """
    elsewhere = [Status.NOT_APPLICABLE]
    found = {key: list(elsewhere) for one in METRICS.values() for key in one.measures}
    for reading in readings(view):
        for measure in reading.metric.measures:
            found.setdefault(measure, []).append(reading.status)
    return found


def worst(found: list[Status]) -> Status:
    """The status that speaks for a measure; one without any figure has no target."""
    return min(found or [Status.NO_TARGET], key=ORDER.index)


def strip(view: View) -> Strip:
    """The measures by chapter; one without any figure has no target to be judged by."""
    found = statuses(view)
    chapters: dict[str, list[Cell]] = {}
    for row in view.frame("plan").rows(named=True):
        cell = Cell(row["measure"], _(row["short"]), worst(found.get(row["measure"], [])))
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
