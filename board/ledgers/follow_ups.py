"""督办台账：会议议定、检查发现和领导批示的事项，谁负责、办到哪一步。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, not_before, only_after, required_when


class FollowUps(Ledger):
    """一行是一个事项在一个更新日期的情况。"""

    sheet = "督办台账"
    name = "follow_ups"
    cadence = "as_held"
    position = 240
    dated_by = "updated_on"

    item_id = column.text("事项编号", key=True)
    updated_on = column.date("更新日期", key=True)
    kind = column.code(
        "类型", ["议定事项", "问题整改", "领导批示", "督查反馈"], required=True, carried=True
    )
    meeting_id = column.text("会议编号", refers_to="meetings", carried=True)
    raised_on = column.date("提出日期", required=True, carried=True)
    content = column.text("事项", required=True, shared=True, carried=True)
    measure = column.code("举措序号", codes_from="measures", carried=True)
    metric = column.text("指标", carried=True)
    scope = column.text("范围", carried=True)
    leader = column.text("责任领导", in_office=True, carried=True)
    leads = column.codes("牵头部门", codes_from="departments", required=True, carried=True)
    supports = column.codes("配合部门", codes_from="departments", carried=True)
    due = column.date("时限", required=True, carried=True)
    done_when = column.text("办结标准", carried=True)
    state = column.code(
        "状态",
        ["推进中", "已办结", "已销号", "已取消"],
        required=True,
        synonyms={
            "推进中": "进行中 正在推进 在推进",
            "已办结": "办结 完成 已完成",
            "已销号": "销号",
            "已取消": "取消",
        },
    )
    progress = column.text("进展")
    evidence = column.text("佐证材料")
    done_on = column.date("办结日期")
    accepted_on = column.date("销号日期")
    accepted_by = column.text("销号人", in_office=True)

    @classmethod
    def still_open(cls) -> pl.Expr:
        """An item that is neither accepted nor cancelled."""
        return ~pl.col("state").is_in(["已销号", "已取消"])

    due_after_raising = not_before("due", "raised_on", N_("不早于提出日期"))
    done_required = required_when("done_on", "state", "已办结", "已销号")
    accepted_after_done = only_after("accepted_on", "done_on", N_("不早于办结日期"))
