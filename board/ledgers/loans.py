"""创业贷款台账：哪些企业拿到了担保贷款。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule

CAP = 3_000_000


class Loans(Ledger):
    """一行是一笔贷款。"""

    sheet = "创业贷款台账"
    name = "loans"
    cadence = "as_held"
    position = 170

    loan_id = column.text("贷款编号", key=True)
    enterprise = column.text("企业名称", required=True)
    citizen_id = column.citizen_id("法人身份证号")
    amount = column.money("金额", required=True)
    granted_on = column.date("放款日期", required=True)
    due_on = column.date("到期日期")
    jobs = column.integer("带动就业", low=0)
    form = column.code("创业形式", ["帮扶车间", "帮扶工厂", "家庭作坊", "小微企业", "个体工商户"])

    @rule("amount", N_("不超过300万元"), "warning")
    def within_cap(cls):
        """The plan guarantees up to three million yuan for each enterprise."""
        return cls.amount.col <= CAP

    @rule("due_on", N_("不早于放款日期"), "warning")
    def due_after_granting(cls):
        """A loan is due no earlier than it is granted."""
        return cls.due_on.col >= cls.granted_on.col
