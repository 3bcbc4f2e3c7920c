"""The helpers of a building's households: how many each has, and how completely they report."""

from __future__ import annotations

import polars as pl

from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT
from board.numerals import place_name
from board.sections.section import View
from board.sections.units.rooms import households
from board.sections.words import joined
from board.store import WithheldError
from board.table import Column, Figures, Table

NOBODY = N_("未填")


def helpers(view: View, named: pl.DataFrame | None = None) -> pl.DataFrame:
    """One row a helper, least completely reported first; without names, one a unit and role.

    `helper_name, helper_role, units, households, workers, unmonitored, share, due, missing`:
    `share` is the share of workers monitored, `due` the households that must report an income for
    the quarter, `missing` those of them that have not.
    """
    homes = households(view).with_columns(pl.col("helper_role").fill_null(NOBODY))
    if named is None:
        homes = homes.with_columns(helper="unit", helper_name=pl.lit(None, pl.String))
    else:
        homes = homes.join(named, on="household_id", how="left", maintain_order="left")
    return (
        homes.group_by("helper", "helper_role", maintain_order=True)
        .agg(
            pl.col("helper_name").first(),
            units=pl.col("unit").unique(maintain_order=True),
            households=pl.len(),
            workers=pl.col("workers").sum(),
            unmonitored=pl.col("unmonitored").sum(),
            due=pl.col("income_reported").is_not_null().sum(),
            missing=(~pl.col("income_reported")).sum(),
        )
        .with_columns(
            share=pl.when(pl.col("workers") > 0).then(1 - pl.col("unmonitored") / pl.col("workers"))
        )
        .sort("share", "households", descending=[False, True], nulls_last=True, maintain_order=True)
        .drop("helper")
    )


def names(view: View) -> pl.DataFrame | None:
    """`household_id, helper, helper_name` of the view's building; None if the reader sees no names.

    The names are masked as the reader's permissions require. They must not be cached.
    """
    building = view.scope.building or ""
    try:
        people = view.persons("persons/helpers", building=building, month=view.period.last_month)
    except WithheldError:
        return None
    return people.select("household_id", "helper", "helper_name")


def listed(view: View) -> Table:
    """The helpers as a table in the reader's language; without names if none may be seen."""
    rows = helpers(view, names(view))
    incomes = [
        _("{n}/{of}", n=due - missing, of=due) if due else "—"
        for due, missing in rows.select("due", "missing").rows()
    ]
    helper = Column(_("联系人"), rows["helper_name"].fill_null("—"))
    nameless = rows["helper_name"].is_null().all()
    return Table.of(
        *([] if nameless else [helper]),
        Column(_("类型"), [_(role) for role in rows["helper_role"]]),
        Column(_("所在单元"), [unit_names(units) for units in rows["units"]]),
        Column(_("联系户数"), rows["households"], Figures(HOUSEHOLDS)),
        Column(_("劳动力"), rows["workers"]),
        Column(_("就业报送率"), rows["share"], Figures(PERCENT)),
        Column(_("收入已报户"), incomes),
        empty=_("这里没有在册户。"),
    )


def unit_names(units: list[str]) -> str:
    """The names of units: 1单元、2单元."""
    return joined([place_name(unit) for unit in units])
