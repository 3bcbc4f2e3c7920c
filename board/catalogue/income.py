"""Metrics of income growth against the county's."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import Metric, units

INCOME: dict[str, Any] = {
    "ledgers": ("income", "benchmark", "households", "labour"),
    "periods": ("quarter", "half", "year"),
    "query": "income_growth_gap",
    "left_out": "left_out/incomes",
    "amount": units.YUAN,
    "people": people.REPORTING_INCOME,
}

DECLARED = (
    Metric(
        key="income_growth_gap",
        label=N_("增速高出幅度"),
        unit=units.POINTS,
        definition=N_(
            "搬迁脱贫户人均可支配收入的年内累计增速 − 县域同口径增速；各季度人均收入相加得年内累计，与上年同期相比。"
        ),
        kind="gap",
        axes=("component",),
        **INCOME,
    ),
    Metric(
        key="matched_income_growth",
        label=N_("同户增速"),
        definition=N_("两年各季度都报了收入的脱贫户，人均可支配收入的年内累计增速。"),
        kind="growth",
        hidden_with="income_growth_gap",
        **INCOME,
    ),
)
