"""资金台账：每笔资金批了多少、到了多少、花了多少。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most


class Funds(Ledger):
    """一行是一笔资金到一个月末的年内累计数。"""

    sheet = "资金台账"
    name = "funds"
    cadence = "monthly"
    position = 230

    fund_id = column.text("资金编号", key=True)
    month = column.month("月份", key=True)
    name_ = column.text("名称", alias="name", required=True, shared=True, carried=True)
    level = column.code(
        "级次", ["中央", "自治区", "市级", "片区", "银行", "其他"], required=True, carried=True
    )
    use = column.code(
        "用途",
        ["产业", "就业", "基础设施", "公共服务", "新型城镇化", "以工代赈", "奖补", "其他"],
        required=True,
        carried=True,
    )
    approved = column.money("批复金额", required=True, note="年初至本月底", carried=True)
    disbursed = column.money("到位金额", note="年初至本月底")
    spent = column.money("支出金额", note="年初至本月底")

    disbursed_within_approved = at_most("disbursed", "approved", N_("不大于批复金额"))
    spent_within_disbursed = at_most("spent", "disbursed", N_("不大于到位金额"))
