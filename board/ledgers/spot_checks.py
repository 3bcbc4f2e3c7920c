"""抽查台账：到户核对台账里的一处，看与实际是否一致。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class SpotChecks(Ledger):
    """一行是一次抽查中核对的一处。"""

    sheet = "抽查台账"
    name = "spot_checks"
    cadence = "as_held"
    position = 290
    dated_by = "checked_on"

    check_id = column.text("抽查编号", key=True)
    position_ = column.integer("序号", alias="position", key=True)
    ledger = column.text("台账", required=True, plain=True, note="台账名称，如 就业监测台账")
    subject = column.text("对象", required=True, personal=True)
    month = column.month("月份")
    column_ = column.text("列", alias="column", required=True, plain=True, note="该台账的列名")
    recorded = column.text("台账值")
    found = column.text("核实值")
    result = column.code("结果", ["一致", "不一致", "查无此人", "未核实"], required=True)
    checked_on = column.date("核查日期", required=True)
    checker = column.text("核查人", in_office=True)
