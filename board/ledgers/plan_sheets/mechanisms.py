"""机制:方案说每项举措要建立什么机制。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class ListedMechanisms(Ledger):
    """一行是一项机制。"""

    sheet = "机制"
    name = "listed_mechanisms"

    measure = column.text("举措序号", key=True)
    mechanism = column.text("机制名称", key=True)
    quote = column.text("原文", shared=True)
