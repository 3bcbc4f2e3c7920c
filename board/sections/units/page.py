"""楼栋单元: what is the state of this building, its units and each household in it?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from board.access import Audience
from board.catalogue import METRICS
from board.figures import tables
from board.figures.ranking import ranking
from board.figures.relief import site_relief
from board.figures.rooms import rooms as rooms_chart
from board.figures.shared.floors import Room
from board.figures.shared.words import named
from board.figures.side_by_side import side_by_side
from board.figures.site import site_plan
from board.i18n import N_, _
from board.metrics.terms import ScopeKind
from board.numerals import place_name
from board.sections.blocks import Facts
from board.sections.section import Choice, DrillThrough, Options, Panel, Section, View
from board.sections.site import drawn, stamp
from board.sections.units import helpers, places, words
from board.sections.units.rooms import households, spot
from board.sections.units.states import BY_KEY, LENSES, Lens
from board.table import Column, Figures, Table

LENS = "lens"
NEEDS = ("households",)
INSIDE: tuple[ScopeKind, ...] = ("building", "unit")


def lens(view: View) -> Lens:
    """The lens that was chosen; the first one by default."""
    return BY_KEY.get(view.choice(LENS), LENSES[0])


def members(view: View) -> list[Room]:
    """The households of the view's scope in their rooms, each with its state in the lens."""
    chosen = lens(view)
    county = view.read("income_growth_gap", scope=view.whole).extra.get("benchmark_growth")
    occupied = []
    for row in households(view).iter_rows(named=True):
        floor, door = spot(row["room"]) or (None, "")
        state = chosen.state(row, county)
        word = next(_(option.word) for option in chosen.states if option.key == state)
        lines = (
            word,
            chosen.explanation(row),
            _("{code}，{n}口人", code=row["household_id"], n=row["size"]),
        )
        occupied.append(
            Room(row["household_id"], row["unit"], row["room"], floor, door, state,
                         tuple(line for line in lines if line))
        )  # fmt: skip
    return occupied


def rooms(view: View) -> dict[str, Any]:
    """A chart of the rooms by floor and door, unit by unit; a click opens the household's card."""
    chosen = lens(view)
    across = 560 if view.scope.unit else 1180
    return rooms_chart(
        members(view), chosen.states, view.theme, title=_(chosen.label), across=across
    )


def rooms_finding(view: View) -> str:
    """78户里：零就业 2户，情况不明 3户."""
    return words.rooms_finding(view, lens(view), members(view))


def rooms_caption(view: View) -> str:
    """The definition of the lens, its ledger and date."""
    return words.rooms_caption(view, lens(view))


def rooms_table(view: View) -> Table:
    """One row a household: unit, room, code, people, state and explanation."""
    chosen, homes, shown = lens(view), households(view), members(view)
    word = {state.key: f"{state.mark} {_(state.word)}" for state in chosen.states}
    return Table.of(
        Column(_("所在单元"), [place_name(unit) for unit in homes["unit"]]),
        Column(_("房号"), homes["room"]),
        Column(_("户编号"), homes["household_id"]),
        Column(_("人口"), homes["size"]),
        Column(_(chosen.label), [word[room.state] for room in shown]),
        Column(_("说明"), [chosen.explanation(row) for row in homes.iter_rows(named=True)]),
    )


def listing(view: View) -> Table:
    """The same table for one unit, without the column of units."""
    return replace(rooms_table(view).without(_("所在单元")), empty=_("这里没有在册户。"))


def cards(view: View) -> Options:
    """Every household of the view's scope as an option of the drop-down, by room."""
    chosen = lens(view)
    word = {state.key: _(state.word) for state in chosen.states}
    return [
        (home.key, " · ".join([f"{place_name(home.unit)} {home.room}", home.key, word[home.state]]))
        for home in members(view)
    ]


def site(view: View) -> dict[str, Any] | Facts:
    """The site plan coloured by the chosen metric, flat or raised; a click opens a building."""
    readings, metric = places.buildings(view), METRICS[places.layer(view)]
    figure = site_relief if view.choice(places.FORM) == places.RAISED else site_plan
    return drawn(
        view,
        lambda plan: figure(
            plan, {r.label: r.value for r in readings}, view.theme,
            title=_(metric.label), unit=metric.unit,
            states={r.label: r.status for r in readings}, current=view.scope.building or "",
        )
    )  # fmt: skip


def order(view: View) -> dict[str, Any]:
    """The buildings ranked by the chosen metric; a click opens a building."""
    readings = places.in_order(view)
    rows = [(r.label, r.value, "" if r.value is not None else _(r.status.word)) for r in readings]
    metric = readings[0].metric if readings else METRICS[places.layer(view)]
    return ranking(rows, view.theme, metric.unit, title=_(metric.label))


def site_table(view: View) -> Table:
    """The chosen metric, one row a building."""
    return tables.of_readings(places.buildings(view))


def compared(view: View) -> dict[str, Any]:
    """A chart that compares the buildings or units: one row a place, one column a metric."""
    current = str(view.scope) if view.scope.unit else ""
    return side_by_side(places.compared(view), places.whole(view), view.theme, current=current)


def compared_table(view: View) -> Table:
    """The same comparison as a table; the last row is the settlement or the building."""
    columns, whole = places.compared(view), places.whole(view)
    names = [named(reading.label) for reading in columns[0]]
    return Table.of(
        Column(_("范围"), [*names, place_name(whole[0].scope)]),
        *(
            Column(
                _(total.metric.label),
                [reading.value for reading in [*column, total]],
                Figures(total.metric.unit),
            )
            for column, total in zip(columns, whole, strict=True)
        ),
    )


LAYER = Choice(places.LAYER, N_("指标"), places.layers, width=260)
FORM = Choice(places.FORM, N_("样式"), ((places.FLAT, N_("平面")), (places.RAISED, N_("立体"))))
LOOK = Choice(LENS, N_("看什么"), tuple((option.key, option.label) for option in LENSES))
CARD = DrillThrough("household", "household", N_("打开一户一档：选一户"), cards)

UNITS = Section(
    key="units",
    label=N_("楼栋单元"),
    question=N_("这一栋、这个单元的情况怎样？"),
    group=N_("查询"),
    position=5,
    headline=words.headline,
    audience=Audience.FIGURES,
    presentable=True,
    source=("households", "employment"),
    panels=(
        Panel("site", words.site_finding, site, words.site_caption, site_table, NEEDS,
              click="scope", choices=(LAYER, FORM), stamp=stamp, scopes=("plan", "settlement"), width=7),
        Panel("order", words.order_finding, order, table=site_table, needs=NEEDS, click="scope",
              follows=(LAYER,), scopes=("plan", "settlement"), width=5),
        Panel("rooms", rooms_finding, rooms, rooms_caption, rooms_table, NEEDS, choices=(LOOK,),
              drill_through=CARD, scopes=("building",)),
        Panel("unit", rooms_finding, rooms, rooms_caption, rooms_table, NEEDS, choices=(LOOK,),
              drill_through=CARD, scopes=("unit",), width=6),
        Panel("listing", lambda view: _("逐户"), listing, needs=NEEDS, follows=(LOOK,),
              scopes=("unit",), width=6),
        Panel("compared", words.compared_finding, compared, words.compared_caption, compared_table,
              NEEDS, places.COMPARED, click="scope"),
        Panel("helpers", words.helpers_finding, helpers.listed, words.helpers_caption, needs=NEEDS,
              scopes=INSIDE, width=6),
        Panel("around", words.site_finding, site, words.site_caption, site_table, NEEDS,
              click="scope", choices=(LAYER, FORM), stamp=stamp, scopes=INSIDE, width=6),
    ),
)  # fmt: skip
