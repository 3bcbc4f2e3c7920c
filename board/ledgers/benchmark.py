"""县域基准:县里同口径的收入。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Benchmark(Ledger):
    """一行是一个县在一个季度一种口径的年内累计收入。"""

    sheet = "县域基准"
    name = "benchmark"
    cadence = "quarterly"
    position = 50

    county = column.text("县", key=True)
    quarter = column.quarter("季度", key=True)
    basis = column.code(
        "口径",
        ["脱贫人口人均可支配收入", "脱贫人口人均纯收入", "农村居民人均可支配收入"],
        key=True,
    )
    ytd_amount = column.money("累计金额", required=True, note="年初至本季度末,元/人")
    ytd_growth = column.percent("累计同比增速")
    source = column.text("来源", required=True, shared=True)
