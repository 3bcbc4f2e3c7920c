"""户台账:安置点里的每一户。"""

from datetime import date

import polars as pl

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Households(Ledger):
    """一行是一户从某月起的登记情况。"""

    sheet = "户台账"
    name = "households"
    cadence = "register"
    position = 10

    household_id = column.text("户编号", key=True)
    effective_month = column.month("生效月份", key=True, optional=True, note="空 = 从一开始")
    settlement = column.text("安置点", codes_from="settlements", required=True)
    building = column.text("楼栋", required=True, place="building", note="如 3栋")
    unit = column.text("单元", required=True, place="unit", note="如 2单元")
    room = column.text("房号", required=True, place="room", note="如 0502:5层02室")
    head_name = column.text("户主姓名", required=True, personal=True)
    size = column.integer("家庭人口数", required=True, low=1, high=20)
    category = column.code(
        "户类别",
        ["脱贫户", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户", "一般户"],
        required=True,
        synonyms={
            "脱贫户": "已脱贫户",
            "脱贫不稳定户": "不稳定户",
            "边缘易致贫户": "边缘户 边缘易致贫",
            "突发严重困难户": "突发困难户",
        },
    )
    origin_county = column.text("迁出县", place="county")
    origin_township = column.text("迁出乡镇", plain=True)
    moved_in = column.date("入住日期")
    first_visit = column.date("首次入户日期")
    helper_name = column.text("帮扶联系人", personal=True)
    helper_role = column.code("联系人类型", ["帮扶干部", "网格员", "单元长", "楼栋长"])
    helper_phone = column.text("联系电话", plain=True, personal=True)
    status = column.code(
        "在册状态",
        ["在册", "迁出", "注销"],
        required=True,
        synonyms={"迁出": "已迁出 搬走 搬离", "注销": "已注销 销户"},
    )

    @classmethod
    def in_register(cls, last_day: date) -> pl.Expr:
        """A household is there while it is 在册, once it has moved in."""
        moved_in = (pl.col("moved_in") <= last_day).fill_null(value=True)
        return (pl.col("status") == "在册") & moved_in
