"""家庭收入台账:每户每季度的收入。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule

COMPONENTS = ("wage_income", "business_income", "property_income", "transfer_income")


class Income(Ledger):
    """一行是一户在一个季度当季的收入,不是累计数。"""

    sheet = "家庭收入台账"
    name = "income"
    cadence = "quarterly"
    position = 40

    quarter = column.quarter("季度", key=True, note="当季数,不是累计数")
    household_id = column.text("户编号", key=True, refers_to="households")
    members = column.integer("常住人口", required=True, low=1, high=20)
    wage_income = column.money("工资性收入", required=True)
    business_income = column.money("经营净收入", required=True, low=None)
    property_income = column.money("财产净收入", required=True)
    transfer_income = column.money("转移净收入", required=True)
    disposable_income = column.money("可支配收入", low=None)

    @classmethod
    def expected(cls) -> pl.Expr:
        """Every household but the ordinary ones reports its income."""
        return pl.col("category") != "一般户"

    @rule(
        "disposable_income",
        N_("等于四项收入之和(相差不超过1元)"),
    )
    def disposable_is_the_sum(cls):
        """Disposable income is the sum of its four components."""
        total = pl.sum_horizontal(*COMPONENTS, ignore_nulls=False)
        return (cls.disposable_income.col - total).abs() <= 1.0 + 1e-6
