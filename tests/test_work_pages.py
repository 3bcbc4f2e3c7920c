"""What the pages on work compute themselves: movements, coverage, flows, how soon cleared."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import polars as pl
import pytest

from board import questions
from board.i18n import LANGUAGES, speaking
from board.metrics import Period, Scope, shift
from board.sections import Section, View
from board.sections.employment import frames as work
from board.sections.employment.page import EMPLOYMENT
from board.sections.zero_employment import frames as zero
from board.sections.zero_employment.page import ZERO_EMPLOYMENT
from board.store import Snapshot
from tests.support import settlement
from tests.support.reading import full_view

PLACES = (Scope(), Scope(building="3栋"), Scope(building="7栋", unit="2单元"))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return settlement.snapshot()


@pytest.fixture(params=PLACES, ids=str)
def view(request: pytest.FixtureRequest, snapshot: Snapshot) -> View:
    return full_view(snapshot, Period.parse("2024-Q2"), request.param)


@pytest.mark.parametrize("reading", work.AXES)
def test_every_stream_of_people_ends_where_the_month_counts_them(view: View, reading: str) -> None:
    view = view.choosing(reading=reading)
    streams = work.movements(view)
    since, until = work.between(view)
    for side, when in (("origin", since), ("destination", until)):
        counted = view.read(work.JOBS, by=(reading,), period=Period(when)).by[reading]
        sums = dict(streams.group_by(side).agg(pl.col("people").sum()).rows())
        for one in counted:
            assert sums.get(one.label, 0) == (one.value or 0), (side, one.label)


@pytest.mark.parametrize("reading", work.AXES)
def test_gathering_small_categories_loses_nobody(view: View, reading: str) -> None:
    view = view.choosing(reading=reading)
    streams, gathered = work.movements(view), work.grouped_movements(view)
    assert gathered["people"].sum() == streams["people"].sum()
    names = {*gathered["origin"], *gathered["destination"]}
    assert len(names - {questions.OUT, questions.ENTERED, questions.LEFT}) <= work.MOST + 1


def test_the_months_compared_follow_the_period_until_one_is_chosen(snapshot: Snapshot) -> None:
    view = full_view(snapshot, Period.parse("2024-Q2"), Scope())
    assert work.between(view) == (date(2023, 6, 1), date(2024, 6, 1))
    assert work.between(view.choosing(since="2024-04", until="2023-09")) == (
        date(2023, 9, 1), date(2024, 4, 1),
    )  # fmt: skip
    early = full_view(snapshot, Period.parse("2023-03"), Scope())
    assert work.between(early) == (date(2023, 1, 1), date(2023, 3, 1))


def test_the_zone_and_the_counties_hold_everybody_at_work(view: View) -> None:
    away = int(work.counties(view)["people"].sum())
    assert work.people_in_zone(view) + away == (view.read(work.JOBS).value or 0)


def test_no_wage_of_one_or_two_people_is_shown(view: View) -> None:
    for reading in work.AXES:
        assert work.wages(view, reading)["people"].min() in (None, *range(work.FEW, 999))


def test_the_areas_add_up_to_those_at_work_each_month(view: View) -> None:
    for when, people in work.by_month(view).group_by("month").agg(pl.col("value").sum()).rows():
        assert people == view.read(work.JOBS, period=Period(when)).value


def test_the_curve_goes_through_the_shares_of_the_metric(view: View) -> None:
    found = dict(zero.curve(view).select("months", "share").rows())
    clearing = view.read(zero.ZERO).extra["clearing"]
    for months in (1, 2, 3):
        share = clearing[f"within_{months}"]
        assert (found.get(months) is None) == (share is None)
        assert share is None or found[months] == pytest.approx(1 - share)


def test_every_month_of_the_flow_closes_where_the_next_opens(view: View) -> None:
    rows = [row for row in zero.by_month(view).rows(named=True) if row["closing"] is not None]
    for row in rows:
        came = row["new"] + row["relapsed"] + row["came_in"]
        assert row["opening"] + came - row["cleared"] - row["went_out"] == row["closing"]
    for before, after in pairwise(rows):
        if shift(before["month"], 1) == after["month"]:
            assert before["closing"] == after["opening"]


def test_the_lists_hold_as_many_households_as_the_figures_say(view: View) -> None:
    states = zero.states(view)
    for state in ("zero", "unknown"):
        assert zero.open_households(view.choosing(state=state)).height == states[state]
    months = zero.open_households(view)["months_open"].to_list()
    assert months == sorted(months, reverse=True)


def test_a_silent_unit_is_said_to_be_silent_and_has_no_nought(snapshot: Snapshot) -> None:
    silent = full_view(snapshot, Period.parse("2024-07"), Scope())
    assert ("7栋", "2单元") in zero.unreported_units(silent)
    inside = full_view(snapshot, Period.parse("2024-07"), Scope(building="7栋"))
    cells = zero.heat(inside).filter(building="2单元", month=date(2024, 7, 1))
    assert cells["value"].to_list() == [None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", [EMPLOYMENT, ZERO_EMPLOYMENT], ids=lambda s: s.key)
def test_every_choice_of_a_page_can_be_shown(
    section: Section, language: str, snapshot: Snapshot
) -> None:
    view = full_view(snapshot, Period.parse("2024-Q2"), Scope())
    with speaking(language):
        for choice in section.choices:
            for value, _label in choice.offered(view):
                chosen = view.choosing(**{choice.key: value})
                for panel in section.panels:
                    assert panel.finding(chosen)
                    assert panel.body(chosen)


def test_a_year_before_is_offered_by_its_name(snapshot: Snapshot) -> None:
    view = full_view(snapshot, Period.parse("2024-Q2"), Scope())
    offered = [value for value, _label in work.sinces(view)]
    assert "year" in offered
    assert f"{shift(view.period.last_month, -12):%Y-%m}" not in offered
    assert work.untils(view)[0][0] == "end"
