"""Who looks after the households of a building, how many each, and how well these are reported."""

from __future__ import annotations

import polars as pl

from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT
from board.numerals import place_name, shown
from board.sections._section import View
from board.sections._units_rooms import households

NOBODY = N_("未填")


def helpers(view: View) -> pl.DataFrame:
    """`unit, helper_role, households, workers, unmonitored, due, missing`, worst reported first.

    `due` and `missing` are the households whose income of the quarter should be in, and is not.
    """
    found = households(view)
    return (
        found.group_by("unit", pl.col("helper_role").fill_null(NOBODY), maintain_order=True)
        .agg(
            households=pl.len(),
            workers=pl.col("workers").sum(),
            unmonitored=pl.col("unmonitored").sum(),
            due=pl.col("income_reported").is_not_null().sum(),
            missing=(~pl.col("income_reported")).sum(),
        )
        .with_columns(share=1 - pl.col("unmonitored") / pl.col("workers"))
        .sort("share", "unit", nulls_last=True, maintain_order=True)
    )


def listed(view: View) -> pl.DataFrame:
    """The helpers in the reader's words."""
    found = helpers(view)
    incomes = [
        _("{n}/{of}", n=due - missing, of=due) if due else "—"
        for due, missing in found.select("due", "missing").rows()
    ]
    return pl.DataFrame(
        {
            _("所在单元"): [place_name(unit) for unit in found["unit"]],
            _("联系人类型"): [_(role) for role in found["helper_role"]],
            _("联系户数"): [shown(n, HOUSEHOLDS) for n in found["households"]],
            _("应监测劳动力"): found["workers"],
            _("就业报送率"): [shown(_finite(share), PERCENT) for share in found["share"]],
            _("收入已报户"): incomes,
        }
    )


def _finite(share: float | None) -> float | None:
    """The share; nothing where there was nobody to report."""
    return None if share is None or share != share else share
