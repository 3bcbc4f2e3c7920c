"""The frames of the zero-employment page: flows, spells, places, the list of households."""

from __future__ import annotations

from datetime import date

import polars as pl

from board import access, questions
from board.figures import named
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT, Reading, Status
from board.numerals import shown
from board.sections.months import compared, due, inside, last_months, month_of
from board.sections.section import View
from board.sections.words import visible
from board.store import WithheldError
from board.table import Column, Dates, Table

ZERO = "zero_employment_households"
STATES = {"employed": N_("有人就业"), "zero": N_("零就业"), "unknown": N_("情况不明")}
KNOWN = 0.9
FLOW_MONTHS, HEAT_MONTHS, CURVE_MONTHS = 24, 12, 12


def now(view: View) -> Reading:
    """The count with its bounds, flow, states, months open and clearing."""
    return view.read(ZERO)


def last(view: View) -> date:
    """The month the count holds for."""
    return view.period.last_month


def states(view: View) -> dict[str, int]:
    """Households in each of the three states; all zero where nothing was reported."""
    found = now(view)
    if found.status is Status.SUPPRESSED or found.extra.get("states") == {}:
        raise WithheldError(ZERO)
    return found.extra.get("states") or dict.fromkeys(STATES, 0)


def flow(view: View) -> dict[str, int | None]:
    """The flow over the period, opening to closing; empty where its end is not known."""
    found = now(view)
    if found.status is Status.SUPPRESSED or found.extra.get("flow", found) == {}:
        raise WithheldError(ZERO)
    return found.extra.get("flow") or {} if said(found) is not None else {}


def by_month(view: View) -> pl.DataFrame:
    """The flow of each of the last months; no closing count where too few households are known."""
    months = last_months(view, "employment", FLOW_MONTHS)
    counts = [said(r) for r in view.read_all(ZERO, [month_of(when) for when in months])]
    found = access.flow(view.snapshot, months, view.scope)
    known = pl.Series([count is not None for count in counts])
    return found.with_columns(pl.when(known).then("closing").alias("closing"))


def months_open(view: View) -> pl.DataFrame:
    """`months, households`: how long those at zero have been so."""
    return questions.months_open(view.snapshot, last(view), view.scope)


def curve(view: View) -> pl.DataFrame:
    """`months, share, at_risk`: the share of spells not yet cleared after n months."""
    found = questions.clearing(view.snapshot, last(view), view.scope)
    return found.filter(pl.col("months") <= CURVE_MONTHS)


def places(view: View) -> list[Reading]:
    """The places inside the scope, most households at zero first, then most unknown."""
    found = compared(view, ZERO)
    visible(found)
    return sorted(found, key=lambda r: (-(r.value or 0), -r.unreported))


def heat(view: View) -> pl.DataFrame:
    """`building, month, value`: households at zero in each place inside the scope.

    Nothing where none is known to be at zero and too few households are known to say so.
    """
    months = last_months(view, "employment", HEAT_MONTHS)
    rows = []
    for scope in inside(view):
        found = view.read_all(ZERO, [month_of(when) for when in months], scope)
        label = str(scope).rsplit("/", 1)[-1]
        if any(map(due, found)):
            visible(found)
            rows += [(label, m, said(r)) for m, r in zip(months, found, strict=True)]
    schema = {"building": pl.String, "month": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def said(reading: Reading) -> float | None:
    """The count, but no nought where under nine tenths of the households are known."""
    if reading.few and reading.expected is None:
        return reading.value
    return reading.value if reading.value or (reading.coverage or 0) >= KNOWN else None


def listed(view: View) -> pl.DataFrame:
    """The open households of the state chosen, longest first, without names."""
    found = questions.open_households(view.snapshot, last(view), view.scope)
    return found.filter(pl.col("state") == (view.choice("state") or "zero"))


def silent(view: View) -> set[tuple[str, str]]:
    """Units from which nothing at all was reported in the month."""
    found = view.read("employment_rate", by=("unit",), scope=view.scope).by["unit"]
    return {
        (str(r.scope.building), str(r.scope.unit))
        for r in found
        if r.expected and r.unreported == r.expected
    }


def list_table(view: View) -> Table:
    """The list in the reader's words: code, place, months open, members, what is known of why."""
    homes, quiet = listed(view), silent(view)
    spell = [
        Column(_("已持续月数"), homes["months_open"]),
        Column(_("上次清零"), homes["cleared_on"], Dates("month")),
    ]
    at_zero = (view.choice("state") or "zero") == "zero"
    return Table.of(
        Column(_("户编号"), homes["household_id"]),
        Column(_("所在楼栋"), [named(name) for name in homes["building"]]),
        Column(_("所在单元"), [named(name) for name in homes["unit"]]),
        *(spell if at_zero else []),
        Column(_("愿就业未就业（人）"), homes["idle"]),
        Column(_("未监测（人）"), homes["unmonitored"]),
        Column(_("不愿就业（人）"), homes["unwilling"]),
        Column(_("说明"), [_(reason(row, quiet)) for row in homes.iter_rows(named=True)]),
    )


def reason(row: dict[str, object], quiet: set[tuple[str, str]]) -> str:
    """Why a household is on the list, as far as the ledgers say."""
    if row["state"] == "unknown":
        whole = (row["building"], row["unit"]) in quiet
        return N_("全单元未报") if whole else N_("有意愿者未监测")
    return N_("清零后又返零") if row["cleared_on"] else N_("此前没有清零过")


def state_rows(view: View) -> list[tuple[str, float, str]]:
    """State, households and their share, for the bars."""
    found = states(view)
    whole = sum(found.values()) or 1
    return [
        (label, found[key], shown(found[key] / whole, PERCENT)) for key, label in STATES.items()
    ]


def place_rows(view: View) -> list[tuple[str, float | None, str]]:
    """Place, households at zero and how many are unknown, for the bars."""
    return [
        (
            reading.label,
            reading.value,
            _("另 {n} 户不明", n=shown(reading.unreported, HOUSEHOLDS))
            if reading.unreported
            else "",
        )
        for reading in places(view)
    ]
