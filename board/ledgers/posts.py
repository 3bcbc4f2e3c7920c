"""岗位台账：用人单位放出哪些岗位，招了多少人。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most, rule
from board.ledgers.employment import FORMER_PLACES, INDUSTRIES, INDUSTRY_WORDS, PLACES
from board.ledgers.labour import EDUCATION_WORDS, EDUCATIONS


class Posts(Ledger):
    """一行是一个岗位。"""

    sheet = "岗位台账"
    name = "posts"
    cadence = "as_held"
    position = 140

    post_id = column.text("岗位编号", key=True)
    employer = column.text("用人单位", required=True, shared=True, carried=True)
    title = column.text("岗位名称", required=True, shared=True, carried=True)
    kind = column.code(
        "岗位类型",
        ["企业岗位", "帮扶车间", "公益性岗位", "以工代赈"],
        required=True,
        synonyms={"公益性岗位": "公益岗 公益岗位 公岗"},
        carried=True,
    )
    place = column.code(
        "地点",
        PLACES,
        required=True,
        aliases=FORMER_PLACES,
        synonyms={"广东": "广东省", "市内": "本市", "境外": "国外"},
        carried=True,
    )
    industry = column.code("行业", INDUSTRIES, synonyms=INDUSTRY_WORDS, carried=True)
    openings = column.integer("招聘人数", required=True, low=0)
    filled = column.integer("已招人数", low=0)
    wage_low = column.money("月薪下限")
    wage_high = column.money("月薪上限")
    education = column.code("学历要求", EDUCATIONS, synonyms=EDUCATION_WORDS)
    opened_on = column.date("发布日期", required=True, carried=True)
    closed_on = column.date("截止日期")
    pushes = column.integer("推送次数", low=0)

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A post that is not closed."""
        return pl.col("closed_on").is_null()

    filled_within_openings = at_most("filled", "openings", N_("不大于招聘人数"))
    wages_in_order = at_most("wage_low", "wage_high", N_("不大于月薪上限"))

    @rule("closed_on", N_("不早于发布日期"), "warning")
    def closed_after_opening(cls):
        """A post closes no earlier than it opens."""
        return cls.closed_on.col >= cls.opened_on.col
