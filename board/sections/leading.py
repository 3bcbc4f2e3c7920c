"""Where a figure leads: the pages that show it in full."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from board.i18n import _
from board.metrics import Metric
from board.sections.view import View

MEASURES = "measures"


def pages(view: View, metrics: Iterable[Metric]) -> tuple[tuple[str, str], ...]:
    """The pages that show the metrics in full: key and translated label of each."""
    from board.sections import by_key

    keys = {metric.key for metric in metrics}
    return tuple(
        (section.key, _(section.label))
        for section in by_key().values()
        if section.key != "overview"
        and section.opens_to(view.reader)
        and keys & shown_on(section.key)
    )


def page_of(view: View, metric: Metric) -> str:
    """The key of the first page that shows a metric in full, else of the plan's measures.

    Empty where the reader may open none.
    """
    from board.sections import by_key

    own = next((key for key, _label in pages(view, [metric])), "")
    return own or (MEASURES if by_key()[MEASURES].opens_to(view.reader) else "")


@cache
def shown_on(page: str) -> frozenset[str]:
    """The keys of the metrics that a page shows."""
    from board.sections import by_key

    section = by_key()[page]
    of_panels = (key for panel in section.panels for key in panel.metrics)
    return frozenset({*section.figures, *of_panels})
