"""任务台账:每个部门答应了什么、做到哪一步。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule

MEASURES = (*(str(number) for number in range(1, 30)), "R1", "R2", "R3")


class Tasks(Ledger):
    """一行是一项任务在一个更新日期的情况。"""

    sheet = "任务台账"
    name = "tasks"
    keeper = "乡村振兴工作专班"
    cadence = "monthly"
    position = 80
    dated_by = "updated_on"

    task_id = column.text("任务编号", key=True)
    measure = column.code("举措序号", MEASURES, required=True)
    content = column.text("任务内容", required=True)
    leads = column.codes("牵头部门", codes_from="departments", required=True)
    supports = column.codes("配合部门", codes_from="departments")
    starts = column.date("开始日期", required=True)
    due = column.date("完成时限", required=True)
    cadence_ = column.code(
        "周期", alias="cadence", codes=["一次性", "每月", "每季度", "每半年", "每年"]
    )
    progress = column.percent("进度", low=0, high=100)
    state = column.code("状态", ["未开始", "推进中", "已完成", "已取消"], required=True)
    done_on = column.date("完成日期")
    accepted_on = column.date("销号日期")
    evidence = column.text("佐证材料")
    problem = column.text("存在问题")
    updated_on = column.date("更新日期", key=True)

    @rule("due", N_("不早于开始日期"))
    def due_after_start(cls):
        """A task is due no earlier than it starts."""
        return cls.due.col >= cls.starts.col

    @rule("done_on", N_("状态为已完成时必填,其他状态须为空"))
    def done_on_with_state(cls):
        """A finished task has a date of completion; any other task has none."""
        return cls.done_on.col.is_not_null() == (cls.state.col == "已完成")

    @rule("accepted_on", N_("不早于完成日期"))
    def accepted_after_done(cls):
        """The task force accepts a task no earlier than it is done."""
        return cls.accepted_on.col.is_null() | (cls.accepted_on.col >= cls.done_on.col).fill_null(
            False
        )
