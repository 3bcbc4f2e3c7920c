"""Where people work: movements between two months, wages by category, counties."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.i18n import N_
from board.metrics import Scope
from board.store import Queries

AXES = ("place", "home_place", "kind", "channel", "industry", "county")
ENTERED, LEFT, OUT = N_("新进入监测"), N_("退出监测"), N_("未就业")


def movements(
    snapshot: Queries, since: date, until: date, scope: Scope, axis: str = "place"
) -> pl.DataFrame:
    """`origin, destination, people` of the able workers monitored in either of two months.

    Origin and destination are categories of the axis in the first and in the second month, or
    未就业 for those without work. Those monitored in the second month only come from 新进入监测,
    those in the first only go to 退出监测. So the rows of an origin sum to its number in the
    first month, and those of a destination to its number in the second.
    """
    return snapshot.frame(
        "movements", since=since, until=until, axis=known_axis(axis), **_where(scope)
    )


def wages(snapshot: Queries, month: date, scope: Scope, axis: str = "industry") -> pl.DataFrame:
    """`category, people, low, median, high`: quartiles of the monthly wage (yuan) of those 在业.

    The category with the most people comes first.
    """
    return snapshot.frame("wages", month=month, axis=known_axis(axis), **_where(scope))


def county_flows(snapshot: Queries, month: date, scope: Scope) -> pl.DataFrame:
    """`home` (building), `county, province, longitude, latitude, here, people` of those employed.

    `here` says that they work in the zone itself. Where a county is not reported, it and its
    province and coordinates are null.
    """
    return snapshot.frame("county_flows", month=month, **_where(scope))


def known_axis(axis: str) -> str:
    """The axis itself where it is one of `AXES`; KeyError otherwise."""
    if axis not in AXES:
        raise KeyError(axis)
    return axis


def _where(scope: Scope) -> dict[str, str | None]:
    return {"building": scope.building, "unit": scope.unit}
