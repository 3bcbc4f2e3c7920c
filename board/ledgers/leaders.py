"""包点台账：哪一级领导从哪天起联系安置点。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, not_before
from board.ledgers.meetings import RANKS


class Leaders(Ledger):
    """一行是一位领导的一段包点时间。"""

    sheet = "包点台账"
    name = "leaders"
    cadence = "as_held"
    position = 260
    dated_by = "since"

    rank = column.code("层级", RANKS, key=True)
    since = column.date("起始日期", key=True, carried=True)
    post = column.text("职务", required=True, shared=True, carried=True)
    name_ = column.text("姓名", alias="name", in_office=True, carried=True)
    until = column.date("截止日期")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A leader who is still in charge."""
        return pl.col("until").is_null()

    until_after_since = not_before("until", "since", N_("不早于起始日期"), "warning")
