"""The 零就业家庭 page: the households where nobody works, for how long, and how fast they are cleared."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from board.access import Audience
from board.figures import tables
from board.figures.flow import flow_by_month
from board.figures.heat import heat_rows
from board.figures.ranking import ranking
from board.figures.shared.words import named
from board.figures.spread import open_months
from board.figures.survival import survival
from board.figures.waterfall import bridge
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT
from board.sections.indicators import course, split
from board.sections.section import WITH_PLACES_BELOW, Choice, Panel, Section, View
from board.sections.zero_employment import frames, words
from board.table import Column, Figures, Table

ZERO = frames.ZERO
NEEDS = ("employment", "labour", "households")


def states(view: View) -> dict[str, Any]:
    """The households in each of the three states."""
    rows = frames.state_rows(view)
    return ranking(rows, view.theme, HOUSEHOLDS, title=_("有就业意愿的户"), accent=["零就业"])


def states_table(view: View) -> Table:
    """A row for each state."""
    counts = frames.states(view)
    whole = sum(counts.values()) or 1
    return Table.of(
        Column(_("状态"), [named(label) for label in frames.STATES.values()]),
        Column(_("户数"), [counts[key] for key in frames.STATES]),
        Column(_("占比"), [counts[key] / whole for key in frames.STATES], Figures(PERCENT)),
    )


def steps(view: View) -> dict[str, Any]:
    """The steps from the count at the period's start to the count at its end."""
    return bridge(frames.flow(view), view.theme)


def flows(view: View) -> dict[str, Any]:
    """The households that came to zero and left it, month by month."""
    return flow_by_month(frames.by_month(view), view.theme)


def durations(view: View) -> dict[str, Any]:
    """The households by the number of months they have been at zero."""
    return open_months(frames.months_open(view), view.theme)


def curve(view: View) -> dict[str, Any]:
    """The share of spells not cleared so many months after they began."""
    return survival(frames.curve(view), view.theme)


def places(view: View) -> dict[str, Any]:
    """The places inside the scope, most households at zero first; a click chooses the scope."""
    rows = frames.place_rows(view)
    return ranking(rows, view.theme, HOUSEHOLDS, title=_("零就业家庭"))


def heat(view: View) -> dict[str, Any]:
    """The households at zero by place and month; a click on a place chooses it as the scope."""
    return heat_rows(frames.heat(view), view.theme, HOUSEHOLDS, title=_("零就业家庭"))


def listing(view: View) -> Table:
    """The households of the chosen state by their codes."""
    name = f"{_('零就业家庭')}-{view.period.last_month:%Y-%m}"
    return replace(frames.list_table(view), file=name, empty=_("这个月没有这样的户。"))


ZERO_EMPLOYMENT = Section(
    key="zero_employment",
    label=N_("零就业家庭"),
    question=N_("还有哪些户没有人就业，多久了？"),
    group=N_("核心指标"),
    position=40,
    headline=words.headline,
    audience=Audience.FIGURES,
    presentable=True,
    source=("employment",),
    figures=(ZERO, "employment_rate", "monitoring_rounds"),
    panels=(
        Panel("states", words.states_finding, states, words.states_caption, states_table, NEEDS,
              (ZERO,), width=5),
        Panel("bridge", words.flow_finding, steps, words.flow_caption,
              lambda view: tables.of_flow(frames.flow(view)), NEEDS, (ZERO,), width=7),
        Panel("flows", words.months_finding, flows, words.months_caption,
              lambda view: tables.of_rows(frames.by_month(view)), NEEDS, (ZERO,)),
        Panel("durations", words.open_finding, durations, words.open_caption,
              lambda view: tables.of_rows(frames.months_open(view)), NEEDS, width=5),
        Panel("curve", words.curve_finding, curve, words.curve_caption,
              lambda view: tables.of_rows(frames.curve(view)), NEEDS, width=7),
        Panel("places", words.places_finding, places, words.places_caption,
              lambda view: tables.of_readings(frames.places(view)), NEEDS, width=5,
              click="scope", scopes=WITH_PLACES_BELOW),
        Panel("heat", words.heat_finding, heat, words.heat_caption,
              lambda view: tables.of_months(frames.heat(view), rows="building", unit=HOUSEHOLDS),
              NEEDS, width=7,
              click="scope"),
        split("zero_employment_overdue", "place_below", width=5),
        course("zero_employment_overdue", width=7),
        Panel("list", words.list_finding, listing, words.list_caption, needs=NEEDS, choices=(
            Choice("state", N_("名单"), (("zero", N_("零就业")), ("unknown", N_("情况不明")))),)),
    ),
)  # fmt: skip
