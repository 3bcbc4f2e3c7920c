"""机制台账：方案要求建立的机制建没建、在不在运行。"""

import polars as pl

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Mechanisms(Ledger):
    """一行是一个机制在一个更新日期的情况。"""

    sheet = "机制台账"
    name = "mechanisms"
    cadence = "as_held"
    position = 270
    dated_by = "updated_on"

    measure = column.code("举措序号", codes_from="measures", key=True)
    name_ = column.text("机制名称", alias="name", key=True)
    updated_on = column.date("更新日期", key=True)
    state = column.code(
        "状态",
        ["未建立", "建设中", "运行中", "停止"],
        required=True,
        synonyms={"未建立": "没建立", "运行中": "运行 正常运行", "停止": "已停止 停用"},
    )
    founded_on = column.date("建立日期", carried=True)
    note_ = column.text("情况", alias="note")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A mechanism that has not stopped."""
        return pl.col("state") != "停止"
