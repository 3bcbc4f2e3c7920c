"""Who looks after the households of a building, how many each, and how well these are reported."""

from __future__ import annotations

import polars as pl

from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT
from board.numerals import place_name
from board.sections.section import View
from board.sections.units.rooms import households, month
from board.sections.words import joined
from board.store import WithheldError
from board.table import Column, Figures, Table

NOBODY = N_("未填")


def helpers(view: View, named: pl.DataFrame | None = None) -> pl.DataFrame:
    """A helper a row, the worst reported first; without their names by unit and role.

    `helper_name, helper_role, units, households, workers, unmonitored, share, due, missing`:
    `due` and `missing` are the households whose income of the quarter should be in, and is not.
    """
    found = households(view).with_columns(pl.col("helper_role").fill_null(NOBODY))
    if named is None:
        found = found.with_columns(helper="unit", helper_name=pl.lit(None, pl.String))
    else:
        found = found.join(named, on="household_id", how="left", maintain_order="left")
    return (
        found.group_by("helper", "helper_role", maintain_order=True)
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
    """`household_id, helper, helper_name` of the view's building; none where no name may be seen.

    The names are as the reader may see them: what is made of them is kept nowhere.
    """
    building = view.scope.building or ""
    try:
        found = view.persons("persons/helpers", building=building, month=month(view))
    except WithheldError:
        return None
    return found.select("household_id", "helper", "helper_name")


def listed(view: View) -> Table:
    """The helpers in the reader's words."""
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
        Column(_("所在单元"), [placed(units) for units in rows["units"]]),
        Column(_("联系户数"), rows["households"], Figures(HOUSEHOLDS)),
        Column(_("劳动力"), rows["workers"]),
        Column(_("就业报送率"), rows["share"], Figures(PERCENT)),
        Column(_("收入已报户"), incomes),
    )


def placed(units: list[str]) -> str:
    """1单元、2单元."""
    return joined([place_name(unit) for unit in units])
