"""What a reader may not see is counted and said: no verdict, denominator or course changes by it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from board.access import Reader, Role, noting_unsaid
from board.figures.area import area_by_category
from board.i18n import speaking
from board.metrics import Period, Scope, Status
from board.sections import cards, matters, sections, strip
from board.sections.employment import frames
from board.sections.measures import closing
from board.sections.measures import page as measures
from board.sections.overview import moves
from board.sections.section import Panel, View
from board.store import Snapshot, WithheldError, open_store
from board.ui.panel import content_of
from tests.support.reading import full_view
from tests.support.settlement import made

OVERDUE = "zero_employment_overdue"
PERIODS = ("2023-06", "2024-Q1", "2024-Q4", "2025-H1", "2025")


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return open_store(made(60, 36)).snapshot()


def pair(snapshot: Snapshot, period: str, scope: Scope | None = None) -> tuple[View, View]:
    """The view of a reader who sees every count, and of one who may not see few."""
    when = Period.parse(period)
    return full_view(snapshot, when, scope), View.of(snapshot, when, scope or Scope())


def of_department(snapshot: Snapshot, period: str) -> View:
    """The view of a department, which does not see what others keep."""
    reader = Reader(role=Role.DEPARTMENT, department="组织人社局")
    return View.of(snapshot, Period.parse(period), Scope(), reader=reader)


def told(text: str) -> list[int]:
    """The numbers of a sentence, in their order."""
    return [int(one) for one in re.findall(r"\d+", text)]


@pytest.mark.parametrize("period", PERIODS)
def test_as_many_measures_have_a_verdict_for_every_reader(snapshot: Snapshot, period: str) -> None:
    leader, viewer = pair(snapshot, period)
    views = (leader, viewer, of_department(snapshot, period))
    totals = {sum(strip.strip(view).counts.values()) for view in views}
    assert len(totals) == 1
    (total,) = totals
    for view in views:
        for text in (measures.headline(view), strip.finding(view)):
            kinds, verdicts = text.split("：")
            assert sum(told(kinds)) == sum(told(verdicts)) == total


@pytest.mark.parametrize("period", PERIODS)
def test_a_measure_has_its_true_state_or_none(snapshot: Snapshot, period: str) -> None:
    leader, *others = (*pair(snapshot, period), of_department(snapshot, period))
    truth = strip.states(leader)
    for view in others:
        for one, true in zip(strip.states(view), truth, strict=True):
            assert one.measure == true.measure
            assert one.state in (true.state, Status.SUPPRESSED), one.measure.number


@pytest.mark.parametrize("period", PERIODS)
def test_as_many_targets_were_due_for_every_reader_and_no_more_are_met(
    snapshot: Snapshot, period: str
) -> None:
    leader, *others = (*pair(snapshot, period), of_department(snapshot, period))
    truth = {metric: closing.every(by_year) for metric, by_year in closing.due(leader)}
    for view in others:
        seen = {metric: closing.every(by_year) for metric, by_year in closing.due(view)}
        assert list(seen) == list(truth)
        for metric, readings in seen.items():
            assert [r.period for r in readings] == [r.period for r in truth[metric]]
            for reading, true in zip(readings, truth[metric], strict=True):
                assert reading.status in (true.status, Status.SUPPRESSED)
        total, *parts = told(closing.finding(view))
        assert total == len(truth) == sum(parts)


@pytest.mark.parametrize("period", PERIODS)
def test_the_meeting_is_told_of_how_many_figures_it_decides(
    snapshot: Snapshot, period: str
) -> None:
    leader, *others = (*pair(snapshot, period), of_department(snapshot, period))
    truth = matters.readings(leader)
    for view in others:
        readings = matters.readings(view)
        assert [r.metric for r in readings] == [r.metric for r in truth]
        hidden = [r.status for r in readings].count(Status.SUPPRESSED)
        text = matters.finding(view)
        assert f"共 {len(truth)} 项" in text
        assert (f"另有 {hidden} 项不单独显示" in text) == bool(hidden)


@pytest.mark.parametrize("period", PERIODS)
def test_movements_that_are_not_told_are_counted(snapshot: Snapshot, period: str) -> None:
    leader, viewer = pair(snapshot, period)
    assert moves.unseen(leader) == 0
    lost = {m.metric.key for part in moves.moves(leader) for m in part}
    lost -= {m.metric.key for part in moves.moves(viewer) for m in part}
    assert moves.unseen(viewer) >= len(lost)
    assert ("不单独显示" in moves.finding(viewer)) == bool(moves.unseen(viewer))


def test_a_streak_is_not_cut_short_by_what_is_hidden() -> None:
    # In a smaller town the figure is never shown.
    larger = open_store(made(120, 36)).snapshot()
    shorter = 0
    for period in ("2025-07", "2025-08", "2025-09"):
        leader, viewer = (view.read(OVERDUE) for view in pair(larger, period))
        if viewer.status is Status.SUPPRESSED:
            continue
        true, text = (
            matters.duration(view, reading)
            for view, reading in zip(pair(larger, period), (leader, viewer), strict=True)
        )
        if text != true:
            assert text == "" or text.startswith("至少")
            assert told(text) <= told(true)
            shorter += 1
    assert shorter


def test_a_card_draws_no_line_over_a_period_without_a_figure(snapshot: Snapshot) -> None:
    _leader, viewer = pair(snapshot, "2025-12")
    trend = viewer.trend("asset_occupancy", 6)
    assert cards.unbroken(trend) == tuple(r.value for r in trend)
    hidden = [*trend[:2], replace(trend[2], value=None), *trend[3:]]
    assert cards.unbroken(hidden) == tuple(r.value for r in trend[3:])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_panel_that_lacks_hidden_figures_says_so(snapshot: Snapshot, language: str) -> None:
    building = Scope("幸福小镇", "1栋")
    lacking = 0
    with speaking(language):
        for section, scope in product(sections(), (Scope(), building)):
            _leader, view = pair(snapshot, "2025-Q4", scope)
            if scope.kind not in section.scopes or not section.opens_to(view.reader):
                continue
            for panel in section.shown(view):
                if (text := said(panel, view)) is not None:
                    assert text
                    lacking += 1
    assert lacking > 5


def said(panel: Panel, view: View) -> bool | None:
    """Whether a panel says that figures are not shown; None where it reads no hidden one."""
    word = "不单独显示" if view.reader and speaks_chinese() else "shown"
    try:
        with noting_unsaid() as unsaid:
            panel.body(view)
            panel.finding(view)
        if not unsaid.hidden:
            return None
        content = content_of(panel, view)
    except WithheldError:
        return None
    return word in content.finding + content.caption


def speaks_chinese() -> bool:
    """Whether the texts of the test are in Chinese."""
    from board.i18n import language

    return language() == "zh"


@pytest.mark.parametrize("reading", ["place", "home_place", "kind", "channel"])
def test_a_category_keeps_its_colour_whatever_is_hidden(snapshot: Snapshot, reading: str) -> None:
    shades = []
    for view in pair(snapshot, "2024-07"):
        chosen = view.choosing(reading=reading)
        chart = area_by_category(frames.by_month(chosen), view.theme, order=frames.order(chosen))
        shades.append({str(trace["customdata"][0]): trace["fillcolor"] for trace in chart["data"]})
    shared = shades[0].keys() & shades[1].keys()
    assert shared
    assert {name: shades[0][name] for name in shared} == {name: shades[1][name] for name in shared}
