"""帮扶车间台账：每个车间每月用了多少人。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most


class Workshops(Ledger):
    """一行是一个车间的一个月。"""

    sheet = "帮扶车间台账"
    name = "workshops"
    cadence = "monthly"
    position = 150

    workshop_id = column.text("车间编号", key=True)
    month = column.month("月份", key=True)
    name_ = column.text("名称", alias="name", required=True, shared=True, carried=True)
    settlement = column.text("安置点", codes_from="settlements", carried=True)
    place = column.text("地址", shared=True, carried=True)
    workers = column.integer("用工人数", required=True, low=0)
    relocated_workers = column.integer("搬迁劳动力人数", required=True, low=0)
    wage = column.money("月人均工资")

    relocated_within_workers = at_most("relocated_workers", "workers", N_("不大于用工人数"))
