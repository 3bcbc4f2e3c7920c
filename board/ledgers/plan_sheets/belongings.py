"""指标归属:每项举措看哪些指标,按什么次序,只看哪些行。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Belongings(Ledger):
    """一行是一项举措的一个指标。"""

    sheet = "指标归属"
    name = "belongings"

    measure = column.text("举措序号", key=True)
    metric = column.text("指标", key=True)
    filter_ = column.text(
        "筛选", alias="filter", key=True, optional=True, note="如 来源类型=实体公司"
    )
    position_ = column.integer("顺序", alias="position", low=0)
