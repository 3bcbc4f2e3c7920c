"""巡查台账：谁在什么时候巡查了哪里。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Patrols(Ledger):
    """一行是一次巡查。"""

    sheet = "巡查台账"
    name = "patrols"
    keeper = "社会事务局"
    cadence = "as_held"
    position = 230
    dated_by = "patrolled_on"

    patrol_id = column.text("巡查编号", key=True)
    patrolled_on = column.date("巡查日期", required=True)
    hazards = column.integer("隐患数", low=0)
