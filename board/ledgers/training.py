"""培训台账：谁参加了哪次培训。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Training(Ledger):
    """一行是一个人参加的一次培训。"""

    sheet = "培训台账"
    name = "training"
    cadence = "as_held"
    position = 130

    training_id = column.text("培训编号", key=True)
    citizen_id = column.citizen_id(key=True, refers_to="labour")
    name_ = column.text("培训名称", alias="name", required=True)
    kind = column.code(
        "类型",
        [
            "订单式培训", "劳务协作培训", "劳务品牌", "新职业新业态", "新型学徒制", "创业培训",
            "技能提升",
        ],
        required=True,
    )  # fmt: skip
    starts = column.date("开始日期", required=True)
    ends = column.date("结束日期", required=True)
    certified = column.boolean("取得证书", required=True)
    subsidy = column.money("培训补贴")

    @rule("ends", N_("不早于开始日期", "training"), "warning")
    def ends_after_start(cls):
        """A training ends no earlier than it starts."""
        return cls.ends.col >= cls.starts.col
