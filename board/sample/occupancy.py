"""Which assets are in use in each month, so that the area in use is what `story` sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from board.sample import story
from board.sample.assets import Asset, Tenancy, Use, tenancy

CLOSES, MISSED = 0.012, 0.008
CLOSED_MONTHS = 3
"""How many months a shop without a tenant counts as 停业 before it counts as 闲置."""


@dataclass
class Letting:
    """An asset's tenancy in every month; None in a month without one."""

    asset: Asset
    months: list[Tenancy | None] = field(default_factory=list)


def occupancy(register: dict[str, list[Asset]], months: int, seed: int) -> dict[date, list[Use]]:
    """Month → the reported rows of all usable assets that exist in it."""
    rng = story.random_stream(seed, "occupancy")
    lets = [Letting(history[0]) for history in register.values() if history[0].usable]
    all_months = story.months_of(months)
    for month in all_months:
        fixed = sum(_area_in_use(let.asset, month) for let in lets if _exists(let.asset, month))
        total = sum(let.asset.area or 0 for let in lets if _exists(let.asset, month))
        for let in lets:
            if let.asset.kind != "商业铺面":
                in_use = _exists(let.asset, month) and _share_in_use(let.asset, month) > 0
                tenancy_before = let.months[-1] if let.months else None
                let.months.append((tenancy_before or tenancy(rng, let.asset)) if in_use else None)
        shops = [let for let in lets if let.asset.kind == "商业铺面"]
        _let_shops(rng, shops, story.occupied_share(month) * total - fixed)
    return {
        month: [
            _use(rng, let, number, month)
            for let in lets
            if _exists(let.asset, month) and not _unreported(rng, let.asset, month)
        ]
        for number, month in enumerate(all_months)
    }


def _unreported(rng: Random, asset: Asset, month: date) -> bool:
    """Whether an asset is not reported: rarely a shop, the market once, none in December."""
    if asset.kind != "商业铺面":
        return asset.kind == "农贸市场" and month == story.MARKET_UNREPORTED
    return month.month != 12 and rng.random() < MISSED


def _exists(asset: Asset, month: date) -> bool:
    return asset.effective_month is None or asset.effective_month <= month


def _share_in_use(asset: Asset, month: date) -> float:
    """The share in use of an asset that is not a shop."""
    if asset.asset_id in story.PLACES_IN_USE:
        first, last = story.PLACES_IN_USE[asset.asset_id]
        done = min(1.0, story.months_between(story.FIRST, month) / 35)
        return round(asset.count * (first + (last - first) * done)) / asset.count
    spans = story.HALLS_IN_USE.get(asset.asset_id, ())
    return float(any(since <= month <= until for since, until in spans))


def _area_in_use(asset: Asset, month: date) -> float:
    return 0.0 if asset.kind == "商业铺面" else (asset.area or 0) * _share_in_use(asset, month)


def _let_shops(rng: Random, shops: list[Letting], needed: float) -> None:
    """Choose the shops let in one more month, so that their area comes near `needed` (m²)."""
    occupied = [let for let in shops if let.months and let.months[-1] and rng.random() >= CLOSES]
    vacant = [let for let in shops if not (let.months and let.months[-1])]
    rng.shuffle(vacant)
    area = sum(let.asset.area or 0 for let in occupied)
    newly_let = []
    for let in vacant:
        if area + (let.asset.area or 0) <= needed:
            newly_let.append(let)
            area += let.asset.area or 0
    while occupied and area > needed + 60:
        area -= occupied.pop(rng.randrange(len(occupied))).asset.area or 0
    for let in shops:
        if let in newly_let:
            let.months.append(tenancy(rng, let.asset))
        else:
            let.months.append(let.months[-1] if let in occupied else None)


def _use(rng: Random, let: Letting, number: int, month: date) -> Use:
    asset, current = let.asset, let.months[number]
    if current is None:
        return Use(month, asset.asset_id, _vacancy(let, number))
    used = None
    rent, jobs, relocated = current.rent, current.jobs, current.relocated
    if asset.count > 1:
        used = round(asset.count * _share_in_use(asset, month))
        rent = current.rent * used
        if asset.kind == "农贸市场":
            jobs, relocated = round(used * 1.3), round(used * 0.9)
    return Use(
        month, asset.asset_id, "在用", used, current.mode, current.tenant, rent, jobs, relocated
    )


def _vacancy(let: Letting, number: int) -> str:
    """装修 in the month before a new tenant, 停业 in the months after the last one left, else 闲置."""
    if number + 1 < len(let.months) and let.months[number + 1] and let.asset.kind == "商业铺面":
        return "装修"
    before = let.months[max(0, number - CLOSED_MONTHS) : number]
    return "停业" if any(before) else "闲置"


def overstated(uses: list[Use], extra: int | None) -> list[Use]:
    """The month's rows with `extra` vacant assets (None: all) wrongly reported as in use."""
    vacant = [use.asset_id for use in uses if use.state != "在用"][:extra]
    return [
        use._replace(state="在用", mode="零散出租", tenant="待签约商户", rent=900.0)
        if use.asset_id in vacant
        else use
        for use in uses
    ]
