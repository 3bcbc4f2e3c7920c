"""目标:哪个指标到什么时候要达到多少,依据哪句原文。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, required_when, rule
from board.ledgers.plan_sheets.measures import FIRMNESS

EVERY = {"每年": "year", "每半年": "half", "每季度": "quarter", "每月": "month"}
PATHS = {"平稳": "flat", "直线": "straight", "逐月累计": "growing", "节点": "milestone"}


class Targets(Ledger):
    """一行是一个指标在一个期限的目标。"""

    sheet = "目标"
    name = "targets"

    measure = column.text("举措序号", key=True)
    metric = column.text("指标", key=True)
    due = column.text("期限", key=True, note="如 2023-12，或 每年、每半年、每季度、每月")
    since = column.month("起", alias="from")
    until = column.month("止")
    sign = column.code("方向", ("≥", ">", "≤", "<", "="), required=True)
    value = column.goal("目标值", required=True)
    firmness = column.code("性质", FIRMNESS, required=True)
    basis = column.code("依据", ("方案", "本板设定"), required=True)
    quote = column.text("摘句", note="所依据的原文", shared=True)
    path = column.code("类型", tuple(PATHS), alias="kind", required=True)
    filter_ = column.text("筛选", alias="filter", key=True, optional=True, note="如 类型=消防演练")

    quoted = required_when("quote", "basis", "方案")

    @rule("until", N_("不早于“起”"))
    def ends_after_start(cls):
        """A target ends no earlier than it starts."""
        return cls.until.col >= cls.since.col
