"""救助补贴台账：每月谁得了哪种救助、多少钱。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Assistance(Ledger):
    """一行是一笔救助或补贴。"""

    sheet = "救助补贴台账"
    name = "assistance"
    cadence = "monthly"
    position = 210

    record_id = column.text("编号", key=True, carried=False)
    month = column.month("月份", required=True)
    household_id = column.text("对象", required=True, refers_to="households", note="户编号")
    citizen_id = column.citizen_id(refers_to="labour", carried=True)
    kind = column.code(
        "类别",
        [
            "低保", "临时救助", "医疗救助", "困难残疾人生活补贴", "重度残疾人护理补贴", "教育资助",
            "公租房", "产业奖补",
        ],
        required=True,
        carried=True,
    )  # fmt: skip
    amount = column.money("金额", required=True)
