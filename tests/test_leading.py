"""Every change and every matter of the overview leads to a page that shows its figure."""

from __future__ import annotations

import pytest

from board.access import Reader, Role
from board.metrics import Period, Scope
from board.sections import View, by_key, matters
from board.sections.leading import MEASURES, page_of, pages
from board.sections.overview import moves
from tests.support import settlement


def seen_by(who: Reader) -> View:
    """The whole settlement in the last quarter of the sample."""
    return View.of(settlement.snapshot(), Period.parse("2025-Q4"), Scope("幸福小镇"), reader=who)


def test_every_line_of_the_overview_leads_to_a_page_with_its_figure() -> None:
    view = seen_by(Reader(role=Role.LEADER))
    better, worse = moves.moves(view)
    metrics = [m.metric for m in (*better, *worse)] + [r.metric for r in matters.matters(view)]
    lines = [*moves.lines(view).lines, *matters.lines(view).lines]
    assert lines
    assert all(line.page in by_key() for line in lines)
    for metric in metrics:
        own = [key for key, _label in pages(view, [metric])]
        assert page_of(view, metric) == (own[0] if own else MEASURES)


@pytest.mark.parametrize("presenting", [False, True])
def test_no_line_leads_a_viewer_to_a_page_that_is_closed_to_them(presenting: bool) -> None:
    who = Reader(role=Role.VIEWER, presenting=presenting)
    view = seen_by(who)
    for line in (*moves.lines(view).lines, *matters.lines(view).lines):
        assert by_key()[line.page].opens_to(who)
