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
            "在用面积 ÷ 已报的可盘活资产面积，只算方案口径里的资产类别；部分在用的按个数折算，没有面积的不计；未报的算进上下限。"
        ),
        amount=units.SQUARE_METRES,
        **OCCUPANCY,
    ),
    Metric(
        key="asset_occupancy_count",
        label=N_("资产盘活率（按个数）"),
        definition=N_(
            "在用个数 ÷ 已报的可盘活资产个数，只算方案口径里的资产类别；铺面按间、停车场按车位、市场按摊位计。"
        ),
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
    Metric(
        key="capitalised_rate",
        label=N_("转固率"),
        definition=N_("已转固的资产 ÷ 应转固的资产（不适用的不计）；没有填的算进上下限。"),
        **REGISTERED,
    ),
    Metric(
        key="land_papers_rate",
        label=N_("土地手续齐全率"),
        definition=N_("土地手续齐全的资产 ÷ 要办手续的资产（不适用的不计）；没有填的算进上下限。"),
        **REGISTERED,
    ),
    Metric(
        key="usable_changes",
        yearly=True,
        label=N_("可盘活口径变动"),
        unit=units.ASSETS,
        definition=N_(
            "年初至今可盘活与前一次登记不同的资产项数，改过又改回来的也算，一项算一次；另计照去年底的口径盘活率是多少。"
        ),
        better="neither",
        kind="count",
        ledgers=("assets", "occupancy"),
        scopes=("plan", "settlement", "building"),
    ),
)
