"""The 就业去向 page: where people work, what they earn, who changed work and who returned."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.access import Audience
from board.figures import tables
from board.figures.area import area_by_category
from board.figures.bullets import bullets
from board.figures.flow_map import flow_map
from board.figures.heat import heat_rows
from board.figures.movement import sankey
from board.figures.wages import wages_by
from board.i18n import N_, _
from board.metrics import PERCENT, PERSONS, Reading
from board.numerals import month, place_name
from board.plans import place_of_work
from board.sections.employment import frames, words
from board.sections.employment.frames import JOBS, RATE, RETURNED
from board.sections.indicators import course
from board.sections.months import compared
from board.sections.section import WITH_PLACES_BELOW, Choice, Panel, Section, View
from board.table import Table

NEEDS = ("employment", "labour", "households")


def area(view: View) -> dict[str, Any]:
    """The workers of each month by the chosen axis."""
    whole = view.read(frames.JOBS).value
    return area_by_category(
        frames.by_month(view), view.theme, order=frames.order(view), whole=whole
    )


def moves(view: View) -> dict[str, Any]:
    """The people who changed category between the two chosen months."""
    since, until = frames.between(view)
    return sankey(
        frames.grouped_movements(view),
        view.theme,
        months=(month(since), month(until)),
        order=frames.order(view) or (),
    )


def moves_table(view: View) -> Table:
    """A row for each movement, most people first."""
    movements = frames.grouped_movements(view).sort(["people", "origin"], descending=[True, False])
    return tables.of_rows(movements)


def industries(view: View) -> dict[str, Any]:
    """The wages in the industries with most people."""
    return wages(view, frames.wages(view, "industry").head(frames.MOST + 3))


def destinations(view: View) -> dict[str, Any]:
    """The wages at each place of work."""
    return wages(view, frames.wages(view, frames.place_axis(view)))


def wages(view: View, frame: pl.DataFrame) -> dict[str, Any]:
    """A row of quartiles for each category, with everybody's median as a line."""
    return wages_by(frame, view.theme, overall=view.read("median_wage").value)


def flows(view: View) -> dict[str, Any]:
    """A map of the lines from the settlement to the counties where people work."""
    counties = frames.counties(view)
    return flow_map(
        counties,
        frames.here(view),
        view.theme,
        here=place_name(view.whole),
        here_people=frames.people_in_zone(view),
        height=160 if counties.is_empty() else 520,
    )


def flows_table(view: View) -> Table:
    """A row for each county, the zone itself first."""
    zone = pl.DataFrame(
        {"county": [place_of_work("片区内")], "people": [frames.people_in_zone(view)]}
    )
    counties = frames.counties(view).select("county", pl.col("people").cast(pl.Int64))
    return tables.of_rows(pl.concat([zone, counties]))


def returned(view: View) -> dict[str, Any]:
    """The returned workers of each month, by whether they work."""
    order = ("在业", "暂离", "未就业")
    whole = view.read(frames.RETURNED).value
    return area_by_category(
        frames.returned(view), view.theme, order=order, whole=whole, height=400, ticks=5
    )


def rates(view: View) -> list[Reading]:
    """The employment rate of each place inside the scope, lowest first."""
    return sorted(compared(view, RATE), key=lambda r: (r.value is None, r.value or 0))


def rate_bars(view: View) -> dict[str, Any]:
    """A row for each place; a click on one chooses it as the scope."""
    return bullets(rates(view), view.theme, parts=PERSONS)


def coverage(view: View) -> dict[str, Any]:
    """The share monitored in each place and month; a click on a place chooses it as the scope."""
    return heat_rows(frames.coverage(view), view.theme, PERCENT, title=_("就业监测覆盖率"))


EMPLOYMENT = Section(
    key="employment",
    label=N_("就业去向"),
    question=N_("搬迁群众在哪里就业，做什么，收入多少？"),
    group=N_("核心指标"),
    position=10,
    headline=words.headline,
    audience=Audience.FIGURES,
    presentable=True,
    source=("employment",),
    figures=(JOBS, RATE, "nearby_share", "median_wage", RETURNED),
    choices=(Choice("reading", N_("看哪个方面"), tuple(frames.AXES.items())),),
    panels=(
        Panel("area", words.area_finding, area, words.area_caption,
              lambda view: tables.of_months(frames.by_month(view)), NEEDS, (JOBS,)),
        Panel("moves", words.moves_finding, moves, words.moves_caption, moves_table, NEEDS, (JOBS,),
              width=7, choices=(Choice("since", N_("从哪个月"), frames.sinces, default="year"),
                                Choice("until", N_("到哪个月"), frames.untils))),
        Panel("returned", words.returned_finding, returned, words.returned_caption,
              lambda view: tables.of_months(frames.returned(view)), NEEDS, (RETURNED,), width=5),
        Panel("industries", words.industries_finding, industries, words.industries_caption,
              lambda view: tables.of_rows(frames.wages(view, "industry")),
              NEEDS, ("median_wage",), width=6),
        Panel("destinations", words.destinations_finding, destinations, words.destinations_caption,
              lambda view: tables.of_rows(frames.wages(view, frames.place_axis(view))),
              NEEDS, ("median_wage",), width=6),
        Panel("flows", words.flows_finding, flows, words.flows_caption, flows_table, NEEDS),
        Panel("rates", words.rates_finding, rate_bars, words.rates_caption,
              lambda view: tables.of_readings(rates(view)), NEEDS, (RATE,), width=6, click="scope",
              scopes=WITH_PLACES_BELOW),
        course("willing_employment_rate"),
        course("stable_jobs"),
        Panel("coverage", words.coverage_finding, coverage, words.coverage_caption,
              lambda view: tables.of_months(frames.coverage(view), rows="building", unit=PERCENT),
              NEEDS, width=6, click="scope"),
    ),
)  # fmt: skip
