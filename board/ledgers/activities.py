"""活动台账：培训、消防、调解、志愿服务和文化活动。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Activities(Ledger):
    """一行是一次活动。"""

    sheet = "活动台账"
    name = "activities"
    cadence = "as_held"
    position = 220

    activity_id = column.text("编号", key=True)
    kind = column.code(
        "类型",
        [
            "干部培训", "消防宣传", "消防演练", "普法", "矛盾调解", "志愿服务", "文化活动", "心理服务",
            "民族团结", "招聘会", "示范创建",
        ],
        required=True,
    )  # fmt: skip
    held_on = column.date("日期", required=True)
    settlement = column.text("安置点", codes_from="settlements")
    measure = column.code("举措序号", codes_from="measures")
    people = column.integer("参与人次", low=0)
    outcome = column.text("成效")
    level = column.code("级别", ["片区", "市级", "自治区级", "国家级"])
