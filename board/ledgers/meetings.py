"""会议调研台账:领导什么时候到过现场、开过什么会。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most

RANKS = ("管委领导", "处级领导", "部门负责人")


class Meetings(Ledger):
    """一行是一次会议、调研、督查或通报。"""

    sheet = "会议调研台账"
    name = "meetings"
    cadence = "as_held"
    position = 90
    dated_by = "held_on"

    meeting_id = column.text("编号", key=True)
    kind = column.code(
        "类型", ["领导调研", "季度工作会议", "督导检查", "通报批评", "专题会议"], required=True
    )
    held_on = column.date("日期", required=True)
    rank = column.code("层级", RANKS)
    settlement = column.text("安置点", codes_from="settlements")
    place = column.code("地点", ["安置点", "片区", "其他"])
    chair = column.text("主持", in_office=True)
    attendees = column.codes("参加单位", codes_from="departments")
    issues_raised = column.integer("提出问题数", low=0)
    issues_settled = column.integer("已解决数", low=0)
    summary = column.text("摘要")

    settled_within_raised = at_most("issues_settled", "issues_raised", N_("不大于提出问题数"))
