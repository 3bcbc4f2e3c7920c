"""参数:方案规定的数,如补贴标准、合同月数、贷款上限。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Parameters(Ledger):
    """一行是一个数。"""

    sheet = "参数"
    name = "parameters"

    key_ = column.text("键", alias="key", key=True)
    value = column.goal("值", required=True)
    quote = column.text("摘句", shared=True)
    basis = column.code("依据", ("方案", "本板设定"))
