"""The frames of the zero-employment page: flows, spells, places, the list of households."""

from __future__ import annotations

import polars as pl

from board import access, questions
from board.figures.shared.words import named
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT, Reading, Status
from board.numerals import shown
from board.sections.counts import visible
from board.sections.months import by_place_and_month, compared, last_months, month_of
from board.sections.section import View
from board.store import WithheldError
from board.table import Column, Dates, Table

ZERO = "zero_employment_households"  # its extras: flow, states, months_open, clearing
STATES = {"employed": N_("有人就业"), "zero": N_("零就业"), "unknown": N_("情况不明")}
LEAST_COVERAGE = 0.9
FLOW_MONTHS, HEAT_MONTHS, CURVE_MONTHS = 24, 12, 12


def states(view: View) -> dict[str, int]:
    """The number of households in each state of STATES; all zero where none is willing to work.

    WithheldError where the reader may not see them, or nothing was reported of the place.
    """
    count = view.read(ZERO)
    known = count.extra.get("states")
    hidden = known == {} or (not known and not view.sees_few)
    if count.status is Status.SUPPRESSED or hidden:
        raise WithheldError(ZERO)
    return known or dict.fromkeys(STATES, 0)


def flow(view: View) -> dict[str, int | None]:
    """The steps of the flow over the period, opening to closing.

    Empty where nothing was reported, or too few households are known at its end; WithheldError
    where it is hidden.
    """
    count = view.read(ZERO)
    steps = count.extra.get("flow")
    if count.status is Status.NO_DATA:
        return {}
    hidden = steps == {} or (not steps and not view.sees_few)
    if count.status is Status.SUPPRESSED or hidden:
        raise WithheldError(ZERO)
    return steps or {} if reliable_count(count) is not None else {}


def by_month(view: View) -> pl.DataFrame:
    """The flow of each of the last months; `closing` is empty where too few households are known."""
    months = last_months(view, FLOW_MONTHS)
    counts = [reliable_count(r) for r in view.read_all(ZERO, [month_of(when) for when in months])]
    flows = access.flow(view.snapshot, months, view.scope)
    reliable = pl.Series([count is not None for count in counts])
    return flows.with_columns(pl.when(reliable).then("closing").alias("closing"))


def months_open(view: View) -> pl.DataFrame:
    """`months, households`: how many households have been at zero for how many months."""
    return questions.months_open(view.snapshot, view.period.last_month, view.scope)


def curve(view: View) -> pl.DataFrame:
    """`months, share, at_risk`: the share of spells not cleared so many months after they began."""
    shares = questions.clearing(view.snapshot, view.period.last_month, view.scope)
    return shares.filter(pl.col("months") <= CURVE_MONTHS)


def places(view: View) -> list[Reading]:
    """The places inside the scope: most households at zero first, then most unknown.

    WithheldError where every count that is not zero is hidden.
    """
    readings = compared(view, ZERO)
    visible(readings)  # raises WithheldError
    return sorted(readings, key=lambda r: (-(r.value or 0), -r.unreported))


def heat(view: View) -> pl.DataFrame:
    """`building, month, value`: the households at zero in each place inside the scope.

    The value is empty where it would be zero but too few households are known.
    """

    def counts(readings: list[Reading]) -> list[float | None]:
        visible(readings)  # raises WithheldError
        return [reliable_count(reading) for reading in readings]

    return by_place_and_month(view, ZERO, HEAT_MONTHS, counts)


def reliable_count(reading: Reading) -> float | None:
    """The number of households at zero; None instead of zero where too few households are known.

    Too few is less than LEAST_COVERAGE of them.
    """
    if reading.threshold and reading.expected is None:  # the reader may not see the coverage
        return reading.value
    covered = (reading.coverage or 0) >= LEAST_COVERAGE
    return reading.value if reading.value or covered else None


def open_households(view: View) -> pl.DataFrame:
    """The households of the chosen state (zero or unknown), longest first, without names."""
    households = questions.open_households(view.snapshot, view.period.last_month, view.scope)
    return households.filter(pl.col("state") == (view.choice("state") or "zero"))


def unreported_units(view: View) -> set[tuple[str, str]]:
    """The (building, unit) pairs from which no worker was reported in the month."""
    units = view.read("employment_rate", by=("unit",), scope=view.scope).by["unit"]
    return {
        (str(r.scope.building), str(r.scope.unit))
        for r in units
        if r.expected and r.unreported == r.expected
    }


def list_table(view: View) -> Table:
    """The chosen households: code, place, months open, members by state, reason for the state."""
    households, units = open_households(view), unreported_units(view)
    spell_columns = [
        Column(_("已持续月数"), households["months_open"]),
        Column(_("上次清零"), households["cleared_on"], Dates("month")),
    ]
    at_zero = (view.choice("state") or "zero") == "zero"
    return Table.of(
        Column(_("户编号"), households["household_id"]),
        Column(_("所在楼栋"), [named(name) for name in households["building"]]),
        Column(_("所在单元"), [named(name) for name in households["unit"]]),
        *(spell_columns if at_zero else []),
        Column(_("愿就业未就业（人）"), households["idle"]),
        Column(_("未监测（人）"), households["unmonitored"]),
        Column(_("不愿就业（人）"), households["unwilling"]),
        Column(_("说明"), [_(reason(row, units)) for row in households.iter_rows(named=True)]),
    )


def reason(row: dict[str, object], unreported: set[tuple[str, str]]) -> str:
    """Why a household is on the list, as far as the ledgers show."""
    if row["state"] == "unknown":
        whole_unit = (row["building"], row["unit"]) in unreported
        return N_("全单元未报") if whole_unit else N_("有意愿者未监测")
    return N_("清零后再次零就业") if row["cleared_on"] else N_("此前没有清零过")


def state_rows(view: View) -> list[tuple[str, float, str]]:
    """State, number of households and share of each, for the bars."""
    counts = states(view)
    total = sum(counts.values()) or 1
    return [
        (label, counts[key], shown(counts[key] / total, PERCENT)) for key, label in STATES.items()
    ]


def place_rows(view: View) -> list[tuple[str, float | None, str]]:
    """Place, households at zero and a note on unknown households, for the bars."""
    return [
        (
            reading.label,
            reading.value,
            _("另 {n}户不明", n=shown(reading.unreported, HOUSEHOLDS))
            if reading.unreported
            else "",
        )
        for reading in places(view)
    ]
