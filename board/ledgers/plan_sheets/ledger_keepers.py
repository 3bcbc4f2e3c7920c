"""台账分工:哪本台账由哪个部门填报。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class LedgerKeepers(Ledger):
    """一行是一本台账。"""

    sheet = "台账分工"
    name = "ledger_keepers"

    ledger = column.text("台账", key=True)
    keeper_ = column.text("责任部门", alias="keeper", required=True, plain=True)
