"""Which assets are in use in every month, such that the area in use is the story's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from board.sample import story
from board.sample.assets import Asset, Tenancy, Use, tenancy

CLOSES, MISSED = 0.012, 0.008
CLOSED_MONTHS = 3
"""How long a shop counts as 停业 before it is simply vacant."""


@dataclass
class Let:
    """An asset's tenancy in every month, None while it has none."""

    asset: Asset
    months: list[Tenancy | None] = field(default_factory=list)


def occupancy(register: dict[str, list[Asset]], months: int, seed: int) -> dict[date, list[Use]]:
    """Month → the reported rows of all usable assets that are there by then."""
    rng = story.chance(seed, "occupancy")
    lets = [Let(history[0]) for history in register.values() if history[0].usable]
    known = story.months_of(months)
    for month in known:
        fixed = sum(_area_of(let.asset, month) for let in lets if _there(let.asset, month))
        total = sum(let.asset.area or 0 for let in lets if _there(let.asset, month))
        for let in lets:
            if let.asset.kind != "商业铺面":
                in_use = _there(let.asset, month) and _part(let.asset, month) > 0
                kept = let.months[-1] if let.months else None
                let.months.append((kept or tenancy(rng, let.asset)) if in_use else None)
        shops = [let for let in lets if let.asset.kind == "商业铺面"]
        _let_shops(rng, shops, story.occupied_share(month) * total - fixed)
    return {
        month: [
            _use(rng, let, number, month)
            for let in lets
            if _there(let.asset, month) and not _unreported(rng, let.asset, month)
        ]
        for number, month in enumerate(known)
    }


def _unreported(rng: Random, asset: Asset, month: date) -> bool:
    """A shop now and then, the market in one month, nothing at a year's end."""
    if asset.kind != "商业铺面":
        return asset.kind == "农贸市场" and month == story.MARKET_UNREPORTED
    return month.month != 12 and rng.random() < MISSED


def _there(asset: Asset, month: date) -> bool:
    return asset.effective_month is None or asset.effective_month <= month


def _part(asset: Asset, month: date) -> float:
    """The part of an asset other than a shop that is in use."""
    if asset.asset_id in story.PLACES_IN_USE:
        first, last = story.PLACES_IN_USE[asset.asset_id]
        done = min(1.0, story.months_between(story.FIRST, month) / 35)
        return round(asset.count * (first + (last - first) * done)) / asset.count
    spans = story.HALLS_IN_USE.get(asset.asset_id, ())
    return float(any(since <= month <= until for since, until in spans))


def _area_of(asset: Asset, month: date) -> float:
    return 0.0 if asset.kind == "商业铺面" else (asset.area or 0) * _part(asset, month)


def _let_shops(rng: Random, shops: list[Let], needed: float) -> None:
    """One month of the letting of shops, towards the area that is needed."""
    kept = [let for let in shops if let.months and let.months[-1] and rng.random() >= CLOSES]
    vacant = [let for let in shops if not (let.months and let.months[-1])]
    rng.shuffle(vacant)
    area = sum(let.asset.area or 0 for let in kept)
    taken = []
    for let in vacant:
        if area + (let.asset.area or 0) <= needed:
            taken.append(let)
            area += let.asset.area or 0
    while kept and area > needed + 60:
        area -= kept.pop(rng.randrange(len(kept))).asset.area or 0
    for let in shops:
        if let in taken:
            let.months.append(tenancy(rng, let.asset))
        else:
            let.months.append(let.months[-1] if let in kept else None)


def _use(rng: Random, let: Let, number: int, month: date) -> Use:
    asset, held = let.asset, let.months[number]
    if held is None:
        return Use(month, asset.asset_id, _vacancy(let, number), None, None, None, None, None, None)
    used = None
    rent, jobs, relocated = held.rent, held.jobs, held.relocated
    if asset.count > 1:
        used = round(asset.count * _part(asset, month))
        rent = held.rent * used
        if asset.kind == "农贸市场":
            jobs, relocated = round(used * 1.3), round(used * 0.9)
    return Use(month, asset.asset_id, "在用", used, held.mode, held.tenant, rent, jobs, relocated)


def _vacancy(let: Let, number: int) -> str:
    """装修 in the month before a tenant comes, 停业 in the months after one left, else 闲置."""
    if number + 1 < len(let.months) and let.months[number + 1] and let.asset.kind == "商业铺面":
        return "装修"
    before = let.months[max(0, number - CLOSED_MONTHS) : number]
    return "停业" if any(before) else "闲置"


def overstated(uses: list[Use], extra: int | None) -> list[Use]:
    """The month as it was first sent: `extra` vacant shops (None: everything) said to be in use."""
    vacant = [use.asset_id for use in uses if use.state != "在用"][:extra]
    return [
        use._replace(state="在用", mode="零散出租", tenant="待签约商户", rent=900.0)
        if use.asset_id in vacant
        else use
        for use in uses
    ]
