"""The frames of the employment page: who works where by month, who moved, what is earned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from board import access, questions
from board.figures import named
from board.i18n import N_
from board.metrics import Period, shift
from board.numerals import month
from board.sections.months import due, inside, last_months, month_of
from board.sections.section import Options, View
from board.sections.words import visible
from board.store import WithheldError

JOBS, RATE, RETURNED = "employment_destination", "employment_rate", "returned_workers"
READINGS = {
    "place": N_("地点（片区口径）"),
    "home_place": N_("地点（大化县口径）"),
    "kind": N_("就业类别"),
    "channel": N_("就业渠道"),
    "industry": N_("行业"),
    "county": N_("县（市、区）"),
}
ORDERED = ("place", "home_place", "kind", "channel")
OTHER = "其他"
REST = N_("隐去的合计")
MOST = 7
FEW = 3
AREA_MONTHS, HEAT_MONTHS, OFFERED = 24, 12, 36


def axis(view: View) -> str:
    """The reading chosen."""
    return view.choice("reading") or "place"


def place_axis(view: View) -> str:
    """The reading of place chosen, the zone's where something else is."""
    return axis(view) if axis(view) in ("place", "home_place") else "place"


def order(view: View) -> Sequence[str] | None:
    """The categories' own order where they have one."""
    if axis(view) not in ORDERED:
        return None
    return [reading.label for reading in view.read(JOBS, by=(axis(view),)).by[axis(view)]]


def split_by_month(view: View, key: str, by: str) -> pl.DataFrame:
    """`month, category, value` of a count over the last months; months not reported left out."""
    rows = []
    for when in last_months(view, "employment", AREA_MONTHS):
        now = view.read(key, by=(by,), period=month_of(when))
        if now.value is not None:
            seen = visible(now.by[by])
            rows += [(when, reading.label, int(reading.value or 0)) for reading in seen]
            if len(seen) < len(now.by[by]):
                told = sum(reading.value or 0 for reading in seen)
                rows.append((when, REST, int(now.value - told)))
    schema = {"month": pl.Date, "category": pl.String, "value": pl.Int64}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    held = found.group_by("category").agg(pl.col("value").sum() > 0).filter("value")["category"]
    return found.filter(pl.col("category").is_in(held.implode()))


def by_month(view: View) -> pl.DataFrame:
    """Those at work by the reading chosen."""
    return split_by_month(view, JOBS, axis(view))


def returned(view: View) -> pl.DataFrame:
    """Those who came back by status."""
    return split_by_month(view, RETURNED, "status")


def offered_months(view: View) -> list[date]:
    """The months that can be compared, latest first."""
    return last_months(view, "employment", OFFERED)[::-1]


def year_before(view: View) -> date:
    """The month a year before the view's last, or the first held."""
    return max(shift(view.period.last_month, -12), offered_months(view)[-1])


def sinces(view: View) -> Options:
    """Months to start from; `year` stays a year before the period's end."""
    before = year_before(view)
    return [
        ("year" if when == before else f"{when:%Y-%m}", month(when))
        for when in offered_months(view)
    ]


def untils(view: View) -> Options:
    """Months to end with; `end` stays the period's end."""
    first, *rest = offered_months(view)
    return [("end", month(first)), *((f"{when:%Y-%m}", month(when)) for when in rest)]


def between(view: View) -> tuple[date, date]:
    """The two months chosen, the earlier first."""
    chosen = view.choice("since") or "year", view.choice("until") or "end"
    since = year_before(view) if chosen[0] == "year" else Period.parse(chosen[0]).first
    until = view.period.last_month if chosen[1] == "end" else Period.parse(chosen[1]).first
    return min(since, until), max(since, until)


def moved(view: View) -> pl.DataFrame:
    """`origin, destination, people` between the two months, by the reading chosen."""
    since, until = between(view)
    return access.movements(view.snapshot, since, until, view.scope, axis(view))


def gathered(view: View) -> pl.DataFrame:
    """The same with the smallest categories together, so that no stream is a hair."""
    found = moved(view)
    outside = (questions.ENTERED, questions.LEFT, questions.OUT)
    sizes = (
        pl.concat([found.select(pl.col(side).alias("name"), "people") for side in ("origin", "destination")])
        .filter(~pl.col("name").is_in(outside))
        .group_by("name").agg(pl.col("people").sum())
        .sort(["people", "name"], descending=[True, False])
    )  # fmt: skip
    if sizes.height <= MOST:
        return found
    small = sizes.filter(pl.col("name") != OTHER)["name"].to_list()[MOST - 1 :]
    together = [
        pl.when(pl.col(side).is_in(small)).then(pl.lit(OTHER)).otherwise(pl.col(side)).alias(side)
        for side in ("origin", "destination")
    ]
    return (
        found.with_columns(together)
        .group_by("origin", "destination")
        .agg(pl.col("people").sum())
        .sort("origin", "destination")
    )


def wages(view: View, by: str) -> pl.DataFrame:
    """`category, people, low, median, high` in the period's last month, most people first.

    A category of fewer than FEW people is left out: its wages would be somebody's own.
    """
    found = access.wages(view.snapshot, view.period.last_month, view.scope, by)
    return found.filter(pl.col("people").is_null() | (pl.col("people") >= FEW))


def county_rows(view: View) -> pl.DataFrame:
    """Who works in which county, and whether in the zone itself."""
    return access.county_flows(view.snapshot, view.period.last_month, view.scope)


def here(view: View) -> int:
    """How many work in the zone itself."""
    return int(county_rows(view).filter("here")["people"].sum())


def counties(view: View) -> pl.DataFrame:
    """`county, name, longitude, latitude, people` outside the zone, most people first."""
    found = (
        county_rows(view)
        .filter(~pl.col("here"))
        .group_by("county", "longitude", "latitude")
        .agg(pl.col("people").sum())
        .sort(["people", "county"], descending=[True, False])
    )
    names = [named(county) for county in found["county"]]
    return found.with_columns(pl.Series("name", names, dtype=pl.String))


def coverage(view: View) -> pl.DataFrame:
    """`building, month, value`: the share monitored of each place inside the scope."""
    months = last_months(view, "employment", HEAT_MONTHS)
    rows = []
    for scope in inside(view):
        found = view.read_all(RATE, [month_of(when) for when in months], scope)
        label = str(scope).rsplit("/", 1)[-1]
        if any(map(due, found)):
            rows += [(label, m, r.coverage) for m, r in zip(months, found, strict=True)]
    if rows and all(share is None for _label, _month, share in rows):
        raise WithheldError(RATE)
    schema = {"building": pl.String, "month": pl.Date, "value": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")
