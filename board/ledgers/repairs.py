"""维修台账：报了什么修，修好了没有。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Repairs(Ledger):
    """一行是一张工单。"""

    sheet = "维修台账"
    name = "repairs"
    cadence = "as_held"
    position = 190

    ticket_id = column.text("工单编号", key=True)
    kind = column.code(
        "类别",
        ["住房", "供排水", "电力", "消防", "电梯", "道路", "环卫", "其他"],
        required=True,
        carried=True,
    )
    settlement = column.text("安置点", codes_from="settlements", carried=True)
    building = column.text("楼栋", place="building")
    unit = column.text("单元", place="unit")
    reported_on = column.date("报修日期", required=True, carried=True)
    owner = column.text("责任单位", required=True, shared=True, carried=True)
    due = column.date("办结时限", carried=True)
    closed_on = column.date("办结日期")
    cost = column.money("费用")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A ticket that is not closed."""
        return pl.col("closed_on").is_null()

    @rule("closed_on", N_("不早于报修日期"), "warning")
    def closed_after_report(cls):
        """A repair is closed no earlier than it is reported."""
        return cls.closed_on.col >= cls.reported_on.col
