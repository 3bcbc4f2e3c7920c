"""方案:一份方案叫什么、管到哪里、从哪月到哪月。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Plan(Ledger):
    """一张表只有一行，即这份方案。"""

    sheet = "方案"
    name = "plan"

    id_ = column.text("方案编号", alias="id", key=True)
    title = column.text("名称", required=True, shared=True)
    number = column.text("文号", shared=True)
    issued_on = column.date("印发日期")
    since = column.month("起始月份", alias="from", required=True)
    until = column.month("结束月份", required=True)
    authority = column.text("主管单位", required=True, shared=True)
    settlements = column.names("安置点", required=True, shared=True)
    city = column.text("所在市", codes_from="counties", required=True)
    zone = column.text("区域简称", required=True, shared=True)
    county = column.text("对标县", codes_from="counties", required=True)
    basis = column.text("对标口径", required=True, shared=True)
    minimum_age = column.integer("最小年龄", required=True, low=0, high=120)
    maximum_age = column.integer("最大年龄", required=True, low=1, high=120, unit="不含")
    zero_clear_within = column.integer("零就业清零时限", low=1, high=60, unit="月", note="空 = 1")
    coverage_least = column.goal("覆盖率下限", low=0, high=1, note="空 = 0.90")
    name_en = column.text("名称_en", shared=True)
    settlements_en = column.text("安置点_en", note="与安置点同样的次序，以、分开", shared=True)
    zone_en = column.text("区域简称_en", shared=True)

    @rule("until", N_("不早于起始月份"))
    def ends_after_start(cls):
        """A plan ends no earlier than it starts."""
        return cls.until.col >= cls.since.col

    @rule("maximum_age", N_("大于最小年龄"))
    def ages_in_order(cls):
        """The greatest age is above the least."""
        return cls.maximum_age.col > cls.minimum_age.col
