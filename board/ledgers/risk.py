"""防返贫监测台账：哪些户有返贫风险，帮了没有，消除了没有。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Risk(Ledger):
    """一行是一户的一次识别。"""

    sheet = "防返贫监测台账"
    name = "risk"
    cadence = "as_held"
    position = 180

    household_id = column.text("户编号", key=True, refers_to="households")
    found_on = column.date("识别日期", key=True, carried=True)
    category = column.code(
        "对象类别",
        ["脱贫不稳定户", "边缘易致贫户", "突发严重困难户"],
        required=True,
        carried=True,
    )
    risk = column.code(
        "风险类型", ["因病", "因残", "因学", "因灾", "因业", "其他"], required=True, carried=True
    )
    measures = column.codes(
        "帮扶措施", ["就业", "低保", "养老", "残疾保障", "教育", "医疗", "产业"]
    )
    helped_on = column.date("措施落实日期")
    cleared_on = column.date("风险消除日期")
    referred = column.boolean("线索移交原籍县", former_headers=["线索移交大化县"])

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A risk that is not cleared."""
        return pl.col("cleared_on").is_null()

    @rule("cleared_on", N_("不早于识别日期"))
    def cleared_after_finding(cls):
        """A risk is cleared no earlier than it is found."""
        return cls.cleared_on.col >= cls.found_on.col
