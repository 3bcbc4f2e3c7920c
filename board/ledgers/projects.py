"""项目台账：产业、招商、配套设施、以工代赈和新型城镇化的项目。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most, rule


class Projects(Ledger):
    """一行是一个项目的现况。"""

    sheet = "项目台账"
    name = "projects"
    cadence = "as_held"
    position = 110

    project_id = column.text("项目编号", key=True)
    name_ = column.text("项目名称", alias="name", required=True, shared=True, carried=True)
    kind = column.code(
        "类别",
        ["产业项目", "招商项目", "配套设施", "以工代赈", "新型城镇化"],
        required=True,
        carried=True,
    )
    fund_source = column.code(
        "资金来源",
        ["财政衔接资金", "涉农资金", "自治区资金", "市级资金", "企业投资", "银行贷款", "其他"],
        required=True,
        carried=True,
    )
    investment = column.money("总投资", required=True, carried=True)
    disbursed = column.money("已拨付")
    spent = column.money("已支出")
    planned_start = column.date("计划开工", required=True, carried=True)
    planned_finish = column.date("计划完工", required=True, carried=True)
    started = column.date("实际开工", carried=True)
    finished = column.date("实际完工")
    state = column.code(
        "建设状态",
        ["谋划", "在建", "完工", "运营", "停建"],
        required=True,
        synonyms={
            "谋划": "前期",
            "在建": "建设中 施工中",
            "完工": "竣工 已完工",
            "运营": "运营中 投产",
            "停建": "停工",
        },
    )
    rolling_years = column.codes("列入滚动计划年度", [str(year) for year in range(2000, 2101)])
    continuation = column.code("新续建", ["新建", "续建"], carried=True)
    households_helped = column.integer("带动户数", low=0)
    relocated_workers = column.integer("吸纳搬迁劳动力", low=0)
    wages_paid = column.money("发放劳务报酬")

    @classmethod
    def still_open(cls) -> pl.Expr:
        """A project that is not finished."""
        return ~pl.col("state").is_in(["完工", "运营"])

    @classmethod
    def month_kept(cls) -> pl.Expr:
        """The month in which a project starts, planned or not, whichever is earlier (Date)."""
        return pl.min_horizontal("planned_start", "started").dt.truncate("1mo")

    spent_within_disbursed = at_most("spent", "disbursed", N_("不大于已拨付"))

    @rule("planned_finish", N_("不早于计划开工"), "warning")
    def planned_in_order(cls):
        """A project is planned to finish no earlier than it starts."""
        return cls.planned_finish.col >= cls.planned_start.col

    @rule("finished", N_("不早于实际开工"), "warning")
    def finished_after_start(cls):
        """A project finishes no earlier than it starts."""
        return cls.finished.col >= cls.started.col
