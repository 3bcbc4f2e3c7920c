"""举措:方案的总体目标、各项举措和工作要求,原文怎么说,谁牵头。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger

FIRMNESS = ("应当", "力争", "原则上", "争取", "努力", "探索")


class Measures(Ledger):
    """一行是一项举措，按方案里的次序；原文逐字照录。"""

    sheet = "举措"
    name = "measures"

    measure = column.text("举措序号", key=True)
    chapter = column.text("章", required=True, plain=True)
    chapter_title = column.text("章名", required=True, shared=True)
    chapter_short = column.text("章短名", required=True, shared=True)
    title = column.text("标题", required=True, shared=True)
    short = column.text("短名", required=True, shared=True)
    firmness = column.code("性质", FIRMNESS)
    text = column.text("原文", required=True, shared=True)
    leads = column.names("牵头部门", note="空 = 方案里的所有部门", shared=True)
    due_on = column.date("截止日期")
    source_note = column.text("原文说明", shared=True)
    title_en_ = column.text("标题_en", alias="title_en", shared=True)
    text_en = column.text("原文_en", shared=True)
    short_en = column.text("短名_en", shared=True)
    chapter_short_en = column.text("章短名_en", shared=True)
