"""收益分配台账：项目、资产和实体公司的收益用在哪里。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Returns(Ledger):
    """一行是一次分配。"""

    sheet = "收益分配台账"
    name = "returns"
    cadence = "as_held"
    position = 120

    return_id = column.text("分配编号", key=True)
    source_kind = column.code("来源类型", ["项目", "资产", "实体公司"], required=True)
    source_id = column.text(
        "来源编号", required=True, note="项目编号、资产编号或公司名称", shared=True
    )
    paid_on = column.date("分配日期", required=True)
    use = column.code(
        "用途",
        ["群众增收", "物业管理", "设施管护", "集体经济", "住房维修", "其他"],
        required=True,
    )
    amount = column.money("金额", required=True)
    households = column.integer("受益户数", low=0)
