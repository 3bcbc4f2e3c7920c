"""就业补助台账：谁申请、够不够条件、发了没有。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Subsidies(Ledger):
    """一行是一份申请。"""

    sheet = "就业补助台账"
    name = "subsidies"
    cadence = "as_held"
    position = 160

    application_id = column.text("申请编号", key=True)
    kind = column.code(
        "补助类型", ["就业创业服务补助", "跟踪服务补贴"], required=True, carried=True
    )
    agency = column.text("申请机构", required=True, carried=True)
    citizen_id = column.citizen_id(required=True, refers_to="labour")
    contract_from = column.date("合同起", required=True, carried=True)
    contract_to = column.date("合同止", required=True, carried=True)
    insured_months = column.integer("社保缴纳月数", required=True, low=0)
    pension_months = column.integer("养老保险月数", low=0)
    requested = column.money("申请金额", required=True, carried=True)
    paid = column.money("发放金额")
    paid_on = column.date("发放日期")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """An application that is not paid yet."""
        return pl.col("paid_on").is_null()

    @rule("contract_to", N_("不早于合同起"), "warning")
    def contract_in_order(cls):
        """A contract ends no earlier than it begins."""
        return cls.contract_to.col >= cls.contract_from.col
