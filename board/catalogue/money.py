"""Metrics of funds: disbursed and spent."""

from __future__ import annotations

from typing import Any

from board.i18n import N_
from board.metrics import Companion, Metric, units

FUNDS: dict[str, Any] = {
    "ledgers": ("funds",),
    "scopes": ("plan",),
    "axes": ("level", "use"),
    "amount": units.YUAN,
    "events": True,
    "yearly": True,
    "companions": (
        Companion("approved", N_("批复金额"), units.YUAN),
        Companion("disbursed", N_("到位金额"), units.YUAN),
        Companion("spent", N_("支出金额"), units.YUAN),
    ),
}

DECLARED = (
    Metric(
        key="funds_disbursed",
        label=N_("资金到位率"),
        definition=N_(
            "到位金额 ÷ 批复金额，当年累计，每笔资金取当年最近一行，按级次和用途分；没有填到位金额的算进上下限。"
        ),
        **FUNDS,
    ),
    Metric(
        key="funds_spent",
        label=N_("资金支出率"),
        definition=N_(
            "支出金额 ÷ 到位金额，当年累计，每笔资金取当年最近一行，按级次和用途分；没有填支出金额的算进上下限。"
        ),
        **FUNDS,
    ),
)
