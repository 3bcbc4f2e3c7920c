"""The settlement's shops, parking, market and halls, and their tenants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from board.sample import story
from board.sample.rows import ROWS

OWNER = "中马投资控股集团有限公司"
SHOPS = 120
TRANSFERRED, LAND_FIRST = 0.8, 0.15
"""The shares of assets transferred when their accounts are done, and with all land papers."""
TRADES = ("小吃店", "便利店", "理发店", "五金店", "药店", "服装店", "水果店", "快递驿站", "修车铺",
          "早餐店", "文具店", "家政服务", "米粉店", "手机店", "农资店")  # fmt: skip


class Asset(ROWS.assets):
    """A row of the asset register."""


class Use(ROWS.occupancy):
    """A row of the occupancy ledger."""


@dataclass(frozen=True)
class Tenancy:
    """How an asset is used, by whom, the monthly rent in yuan, and the jobs it gives.

    `relocated` is how many of the jobs relocated people hold.
    """

    mode: str
    tenant: str
    rent: float
    jobs: int
    relocated: int


def register(households: int, months: int, seed: int) -> dict[str, list[Asset]]:
    """Asset ID → its register rows, oldest first."""
    rng = story.random_stream(seed, "assets")
    histories = {
        asset.asset_id: [asset] for asset in (*_shops(rng, households), *_others(households))
    }
    later_months = story.months_of(months)[2:]
    for history in histories.values():
        _advance_papers(rng, history, later_months)
    return _with_further_papers(histories, seed)


def _with_further_papers(histories: dict[str, list[Asset]], seed: int) -> dict[str, list[Asset]]:
    """The register with transfers into fixed assets and land papers, which follow the others."""
    rng = story.random_stream(seed, "further papers")
    further: dict[str, list[Asset]] = {}
    for key, history in histories.items():
        transfers, complete = rng.random() < TRANSFERRED, rng.random() < LAND_FIRST
        further[key] = [
            row._replace(
                capitalised=_capitalised(row, transfers),
                land_papers=_land_papers(row.registration, complete),
            )
            for row in history
        ]
    return further


def _capitalised(asset: Asset, transfers: bool) -> str:
    """An asset is transferred once its final accounts are done, unless that is still pending."""
    if asset.kind == "地面停车位":
        return "不适用"
    return "已转固" if asset.accounts == "已决算" and transfers else "未转固"


def _land_papers(registration: str, complete: bool) -> str:
    """The land papers come before the registration; for some they were complete from the start."""
    state = {"已登记": "齐全", "办理中": "办理中", "未登记": "未办", "不适用": "不适用"}[
        registration
    ]
    return "齐全" if complete and state != "不适用" else state


def _shops(rng: Random, households: int) -> list[Asset]:
    count = max(len(story.UNITS), round(SHOPS * households / story.HOUSEHOLDS))
    shops = []
    for number in range(count):
        building = number * len(story.UNITS) // count + 1
        area = round(rng.triangular(28, 140, 52), 1)
        shops.append(
            _asset(
                f"SP{number + 1:03}", None, "商业铺面", f"{building}栋{number + 1:03}号铺", area, 1, True,
                *_first_papers(rng), round(area * 6800, -2),
            )._replace(building=f"{building}栋")
        )  # fmt: skip
    return shops


def _asset(
    asset_id: str, since: date | None, kind: str, name: str, area: float | None, count: int,
    usable: bool, registration: str, accounts: str, value: float,
) -> Asset:  # fmt: skip
    """An asset's row in the register."""
    return Asset(
        asset_id=asset_id, effective_month=since, kind=kind, name=name,
        settlement=story.SETTLEMENT, area=area, count=count, usable=usable, owner=OWNER,
        registration=registration, accounts=accounts, original_value=value,
    )  # fmt: skip


def _first_papers(rng: Random) -> tuple[str, str]:
    return (
        rng.choices(("已登记", "办理中", "未登记"), (34, 30, 36))[0],
        rng.choices(("已决算", "已结算", "未结算"), (38, 47, 15))[0],
    )


def _others(households: int) -> list[Asset]:
    """All assets other than shops; the second hall and the cold store are finished later."""
    scale = households / story.HOUSEHOLDS
    market = max(4, round(72 * scale))
    hall2, cold = date(2023, 9, 1), date(2024, 6, 1)

    def places(number: int) -> int:
        return max(4, round(number * scale))

    def area(number: float) -> float:
        return round(max(60.0, number * scale), 1)

    return [
        _asset("TC001", None, "地下车库", "中心地下车库", None, places(360), True, "办理中", "已结算", 21_600_000),
        _asset("TC002", None, "地面停车位", "地面停车场", None, places(150), True, "不适用", "已结算", 1_050_000),
        _asset("SC001", None, "农贸市场", "幸福农贸市场", area(1850), market, True, "办理中", "已结算", 9_900_000),
        _asset("CF001", None, "标准厂房", "一号标准厂房", area(1100), 1, True, "已登记", "已决算", 3_300_000),
        _asset("CF002", hall2, "标准厂房", "二号标准厂房", area(1500), 1, True, "未登记", "未结算", 4_650_000),
        _asset("CJ001", None, "帮扶车间", "幸福小镇帮扶车间", area(640), 1, True, "已登记", "已决算", 1_700_000),
        _asset("CY001", cold, "产业资产", "冷链仓储间", area(520), 1, True, "未登记", "未结算", 2_300_000),
        _asset(story.UNUSABLE[1], None, "其他", "社区综合服务中心", area(1200), 1, False, "已登记", "已决算", 3_900_000),
        _asset("QT002", None, "其他", "物业用房", area(300), 1, False, "不适用", "已结算", 820_000),
    ]  # fmt: skip


def _advance_papers(rng: Random, history: list[Asset], months: list[date]) -> None:
    """Add a register row for each month in which an asset's accounts or registration advance."""
    for month in months:
        asset = history[-1]
        if (asset.effective_month or date.min) >= month:
            continue
        accounts, registration = asset.accounts, asset.registration
        if accounts != "已决算" and rng.random() < (0.16 if accounts == "未结算" else 0.018):
            accounts = "已结算" if accounts == "未结算" else "已决算"
        if registration in ("未登记", "办理中") and rng.random() < 0.045:
            registration = "办理中" if registration == "未登记" else "已登记"
        if (accounts, registration) != (asset.accounts, asset.registration):
            history.append(
                asset._replace(effective_month=month, accounts=accounts, registration=registration)
            )


def tenancy(rng: Random, asset: Asset) -> Tenancy:
    """A new tenant of an asset."""
    if asset.kind in ("地下车库", "地面停车位"):
        return Tenancy("自营", "幸福小镇物业服务部", 60.0, 4, 3)
    if asset.kind == "农贸市场":
        return Tenancy("零散出租", "市场摊位户", 240.0, 30, 21)
    if asset.kind == "商业铺面":
        surname, trade = rng.choice("韦蓝覃黄罗蒙陆潘"), rng.choice(TRADES)
        mode = rng.choices(("零散出租", "自营", "联合经营", "公益使用"), (80, 8, 7, 5))[0]
        rent = 0.0 if mode == "公益使用" else round((asset.area or 0) * rng.uniform(13, 22), -1)
        jobs = rng.randint(1, 5)
        return Tenancy(mode, f"{surname}记{trade}", rent, jobs, rng.randint(0, jobs))
    jobs = max(2, round((asset.area or 0) / rng.uniform(24, 34)))
    mode = "整体招商" if asset.kind == "标准厂房" else rng.choice(("入股", "联合经营"))
    tenant = {"标准厂房": "港区新禾食品有限公司(虚构)", "帮扶车间": "幸福小镇制衣车间"}.get(
        asset.kind, "幸福小镇冷链合作社"
    )
    return Tenancy(mode, tenant, round((asset.area or 0) * 9.5, -1), jobs, round(jobs * 0.6))
