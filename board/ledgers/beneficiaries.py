"""受益户台账：一次收益分配分给了哪些户、各多少。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Beneficiaries(Ledger):
    """一行是一户在一次分配中的所得。"""

    sheet = "受益户台账"
    name = "beneficiaries"
    cadence = "as_held"
    position = 280

    return_id = column.text("分配编号", key=True, refers_to="returns")
    household_id = column.text("户编号", key=True, refers_to="households")
    amount = column.money("金额", required=True)
