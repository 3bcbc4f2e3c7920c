"""Metrics of assets: use, settled accounts, registration."""

from __future__ import annotations

from typing import Any

from board.i18n import N_
from board.metrics import Metric, units

OCCUPANCY: dict[str, Any] = {
    "ledgers": ("occupancy", "assets"),
    "scopes": ("plan", "settlement", "building"),
    "axes": ("kind",),
}
REGISTERED: dict[str, Any] = {
    "ledgers": ("assets",),
    "scopes": ("plan", "settlement", "building"),
    "amount": units.ASSETS,
}

DECLARED = (
    Metric(
        key="asset_occupancy",
        label=N_("资产盘活率"),
        definition=N_(
            "在用面积 ÷ 已报的可盘活资产面积；部分在用的按位数折算，没有面积的不计；未报的算进上下限。"
        ),
        amount=units.SQUARE_METRES,
        **OCCUPANCY,
    ),
    Metric(
        key="asset_occupancy_count",
        label=N_("资产盘活率（按位数）"),
        definition=N_("在用位数 ÷ 已报的可盘活资产位数；铺面一间算一位，停车场一个车位算一位。"),
        amount=units.PLACES,
        **OCCUPANCY,
    ),
    Metric(
        key="final_accounts_rate",
        label=N_("决算完成率"),
        definition=N_("已决算的资产 ÷ 登记的全部资产。"),
        **REGISTERED,
    ),
    Metric(
        key="settlement_rate",
        label=N_("结算完成率"),
        definition=N_("目标期限当月已登记的资产里，已结算或已决算的 ÷ 全部。"),
        dated=True,
        **REGISTERED,
    ),
    Metric(
        key="registration_rate",
        label=N_("登记完成率"),
        definition=N_("已办不动产登记的资产 ÷ 应办登记的资产（不适用的不计）。"),
        **REGISTERED,
    ),
)
