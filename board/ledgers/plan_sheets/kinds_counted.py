"""口径范围:一个指标只算某一列取某些值的行。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class KindsCounted(Ledger):
    """一行是一个指标的一列；没有行的指标不限。"""

    sheet = "口径范围"
    name = "kinds_counted"

    metric = column.text("指标", key=True)
    column_ = column.text("列", alias="column", key=True)
    values = column.names("取值", required=True, shared=True)
