"""走访台账：哪天走访了哪一户，看到什么、答应了什么。"""

import polars as pl

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Visits(Ledger):
    """一行是对一户的一次走访。"""

    sheet = "走访台账"
    name = "visits"
    cadence = "as_held"
    position = 250
    dated_by = "visited_on"

    visit_id = column.text("走访编号", key=True)
    household_id = column.text("户编号", required=True, refers_to="households")
    visited_on = column.date("走访日期", required=True, carried=True)
    visitor = column.text("走访人", in_office=True, carried=True)
    kind = column.code("方式", ["入户", "电话", "微信"], carried=True)
    found = column.text("情况")
    needs = column.codes("需求", ["就业", "培训", "医疗", "教育", "住房", "救助", "其他"])
    promised = column.text("答应事项", carried=True)
    promised_by = column.date("答应期限", carried=True)
    kept_on = column.date("兑现日期")
    next_on = column.date("下次走访")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A visit with a promise that is not kept yet."""
        return pl.col("promised").is_not_null() & pl.col("kept_on").is_null()
