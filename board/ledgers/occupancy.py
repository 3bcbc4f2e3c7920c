"""资产盘活台账:每项资产每月的使用状态。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, at_most


class Occupancy(Ledger):
    """一行是一项资产在一个月的使用状态。"""

    sheet = "资产盘活台账"
    name = "occupancy"
    cadence = "monthly"
    position = 70

    month = column.month("月份", key=True)
    asset_id = column.text("资产编号", key=True, refers_to="assets")
    state = column.code(
        "状态",
        ["在用", "闲置", "装修", "停业"],
        required=True,
        synonyms={
            "在用": "使用中 已出租",
            "闲置": "空置 空闲 未使用",
            "装修": "装修中",
            "停业": "歇业 关门",
        },
    )
    used_count = column.integer("在用数量", low=0, note="空:在用=全部,其余=0")
    mode = column.code(
        "盘活方式",
        ["整体招商", "零散出租", "自营", "入股", "联合经营", "融资", "公益使用"],
        proposed=True,
    )
    tenant = column.text("经营主体", proposed=True)
    rent = column.money("月租金", proposed=True)
    jobs = column.integer("带动就业人数", low=0)
    relocated_jobs = column.integer("带动搬迁群众就业人数", low=0)

    @classmethod
    def expected(cls) -> pl.Expr:
        """Every asset that can be put to use is reported."""
        return pl.col("usable")

    relocated_within_jobs = at_most("relocated_jobs", "jobs", N_("不大于带动就业人数"))
