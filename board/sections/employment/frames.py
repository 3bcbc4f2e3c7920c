"""The frames of the employment page: workers by month and place, movements, wages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from board import access, questions
from board.catalogue import METRICS
from board.figures.shared.colours import OTHER, REST
from board.figures.shared.words import named
from board.i18n import N_
from board.metrics import Period, shift
from board.metrics.axes import categories
from board.numerals import month
from board.reference import table
from board.sections.counts import visible
from board.sections.months import by_place_and_month, last_months, month_of
from board.sections.section import Options, View
from board.store import WithheldError

JOBS, RATE, RETURNED = "employment_destination", "employment_rate", "returned_workers"
AXES = {
    "place": N_("地点（按远近）"),
    "home_place": N_("地点（按对标县）"),
    "kind": N_("就业类别"),
    "channel": N_("就业渠道"),
    "industry": N_("行业"),
    "county": N_("县（市、区）"),
}
ORDERED = ("place", "home_place", "kind", "channel")
MOST = 7
FEW = 3
AREA_MONTHS, HEAT_MONTHS, OFFERED = 24, 12, 36


def axis(view: View) -> str:
    """What the reader chose to count workers by: a key of AXES."""
    return view.choice("reading") or "place"


def place_axis(view: View) -> str:
    """The chosen axis if it divides workers by place, else the zone's division, `place`."""
    return axis(view) if axis(view) in ("place", "home_place") else "place"


def order(view: View) -> Sequence[str] | None:
    """The fixed order of the chosen axis's categories; None where it has none."""
    if axis(view) not in ORDERED:
        return None
    return categories(view.snapshot, METRICS[JOBS], axis(view), ())


def split_by_month(view: View, key: str, by: str) -> pl.DataFrame:
    """`month, category, value`: a count by category in each of the last AREA_MONTHS months.

    Months without a report and categories that are always zero are left out. The categories
    hidden from the reader are summed up as REST. WithheldError where nothing visible is left, and
    where the view's own figure is hidden: the chart would end with an earlier month's.
    """
    visible([view.read(key)])  # raises WithheldError
    rows = []
    for when in last_months(view, AREA_MONTHS):
        total = view.read(key, by=(by,), period=month_of(when))
        if total.value is not None:
            shown = visible(total.by[by])
            rows += [(when, reading.label, int(reading.value or 0)) for reading in shown]
            if len(shown) < len(total.by[by]):
                visible_sum = sum(reading.value or 0 for reading in shown)
                rows.append((when, REST, int(total.value - visible_sum)))
    schema = {"month": pl.Date, "category": pl.String, "value": pl.Int64}
    counts = pl.DataFrame(rows, schema=schema, orient="row")
    nonzero = counts.group_by("category").agg(pl.col("value").sum() > 0).filter("value")["category"]
    return counts.filter(pl.col("category").is_in(nonzero.implode()))


def by_month(view: View) -> pl.DataFrame:
    """The workers of each month by the chosen axis."""
    return split_by_month(view, JOBS, axis(view))


def returned(view: View) -> pl.DataFrame:
    """The returned workers of each month by status."""
    return split_by_month(view, RETURNED, "status")


def offered_months(view: View) -> list[date]:
    """The months that can be compared, latest first."""
    return last_months(view, OFFERED)[::-1]


def year_before(view: View) -> date:
    """The month a year before the view's last, or the ledger's first if that is later."""
    return max(shift(view.period.last_month, -12), offered_months(view)[-1])


def sinces(view: View) -> Options:
    """The months to start from; the value `year` always means a year before the period's end."""
    before = year_before(view)
    return [
        ("year" if when == before else f"{when:%Y-%m}", month(when))
        for when in offered_months(view)
    ]


def untils(view: View) -> Options:
    """The months to end with; the value `end` always means the period's end."""
    first, *rest = offered_months(view)
    return [("end", month(first)), *((f"{when:%Y-%m}", month(when)) for when in rest)]


def between(view: View) -> tuple[date, date]:
    """The two months chosen, the earlier first."""
    chosen = view.choice("since") or "year", view.choice("until") or "end"
    since = year_before(view) if chosen[0] == "year" else Period.parse(chosen[0]).first
    until = view.period.last_month if chosen[1] == "end" else Period.parse(chosen[1]).first
    return min(since, until), max(since, until)


def movements(view: View) -> pl.DataFrame:
    """`origin, destination, people` between the two chosen months, by the chosen axis."""
    since, until = between(view)
    return access.movements(view.snapshot, since, until, view.scope, axis(view))


def grouped_movements(view: View) -> pl.DataFrame:
    """The movements with the smallest categories merged into OTHER, whose streams would be too thin."""
    streams = movements(view)
    outside = (questions.ENTERED, questions.LEFT, questions.OUT)
    sizes = (
        pl.concat([streams.select(pl.col(side).alias("name"), "people") for side in ("origin", "destination")])
        .filter(~pl.col("name").is_in(outside))
        .group_by("name").agg(pl.col("people").sum())
        .sort(["people", "name"], descending=[True, False])
    )  # fmt: skip
    if sizes.height <= MOST:
        return streams
    small = sizes.filter(pl.col("name") != OTHER)["name"].to_list()[MOST - 1 :]
    grouped = [
        pl.when(pl.col(side).is_in(small)).then(pl.lit(OTHER)).otherwise(pl.col(side)).alias(side)
        for side in ("origin", "destination")
    ]
    return (
        streams.with_columns(grouped)
        .group_by("origin", "destination")
        .agg(pl.col("people").sum())
        .sort("origin", "destination")
    )


def wages(view: View, by: str) -> pl.DataFrame:
    """`category, people, low, median, high` in the period's last month, most people first.

    A category of fewer than FEW people is left out, because it would show a single person's wage.
    """
    quartiles = access.wages(view.snapshot, view.period.last_month, view.scope, by)
    return quartiles.filter(pl.col("people").is_null() | (pl.col("people") >= FEW))


def county_rows(view: View) -> pl.DataFrame:
    """The workers by county; `here` marks the zone itself."""
    return access.county_flows(view.snapshot, view.period.last_month, view.scope)


def people_in_zone(view: View) -> int:
    """How many people work in the zone itself."""
    return int(county_rows(view).filter("here")["people"].sum())


def counties(view: View) -> pl.DataFrame:
    """`county, name, longitude, latitude, people` outside the zone, most people first."""
    outside = (
        county_rows(view)
        .filter(~pl.col("here"))
        .group_by("county", "longitude", "latitude")
        .agg(pl.col("people").sum())
        .sort(["people", "county"], descending=[True, False])
    )
    names = [named(county) for county in outside["county"]]
    return outside.with_columns(pl.Series("name", names, dtype=pl.String))


def coverage(view: View) -> pl.DataFrame:
    """`building, month, value`: the share of people monitored in each place inside the scope.

    WithheldError where the reader may see no share.
    """
    shares = by_place_and_month(
        view, RATE, HEAT_MONTHS, lambda readings: [reading.coverage for reading in readings]
    )
    if shares.height and shares["value"].is_null().all():
        raise WithheldError(RATE)
    return shares


def here(view: View) -> tuple[float, float]:
    """Longitude and latitude of the plan's city, in degrees, from the list of counties."""
    rows = {row["county"]: row for row in table("counties")}
    city = rows.get(view.plan.city) or next(iter(rows.values()))
    return float(city["longitude"]), float(city["latitude"])
