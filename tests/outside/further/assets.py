"""Assets: used, changed between usable and not, settled, capitalised, with land papers."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from tests.outside.columns import ASSET_KINDS
from tests.outside.further.ground import Ground
from tests.outside.further.terms import Figure, Item, Period, Row, Scope
from tests.outside.other_columns import MODES


def area_used(area: float, used: int, places: int) -> float:
    """The area in use, to 0.01 m², halves up."""
    exact = Fraction(str(area)) * used / places * 100
    whole, rest = divmod(exact.numerator, exact.denominator)
    up = Fraction(rest, exact.denominator) >= Fraction(1, 2)
    return float((Decimal(whole + up) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP))


def places_used(row: Row, report: Row) -> int:
    """Places of an asset in use."""
    if report["在用数量"] is not None:
        return int(report["在用数量"])
    return int(row["数量"]) if report["状态"] == "在用" else 0


def occupied(ground: Ground, metric: str, month: str, rows: list[Row]) -> Figure:
    """Share of area or places in use over these assets."""
    kinds, by_area, items = ground.plan.kinds(metric), metric == "asset_occupancy", []
    for row in rows:
        if not row["可盘活"] or (kinds is not None and row["资产类别"] not in kinds):
            continue
        weight = row["面积"] if by_area else row["数量"]
        if not weight:
            continue
        item = Item(row["资产编号"], axes={"kind": (row["资产类别"],)})
        report = ground.uses.get((month, row["资产编号"]))
        if report is None:
            item.m = weight
        else:
            used = places_used(row, report)
            item.n = area_used(weight, used, row["数量"]) if by_area else used
            item.d = weight
        items.append(item)
    shown = kinds if kinds is not None else ASSET_KINDS
    return Figure("rate", items, axes={"kind": shown})


def asset_occupancy(ground: Ground, period: Period, scope: Scope) -> Figure:
    """15: area in use of usable assets of the kinds named."""
    return occupied(ground, "asset_occupancy", period.last, ground.assets(period.last, scope))


def asset_occupancy_count(ground: Ground, period: Period, scope: Scope) -> Figure:
    """15: places in use of usable assets of the kinds named."""
    return occupied(ground, "asset_occupancy_count", period.last, ground.assets(period.last, scope))


def industrial_occupancy(ground: Ground, period: Period, scope: Scope) -> Figure:
    """16: usable assets of industry in use, each counted once by its state."""
    kinds, items = ground.plan.kinds("industrial_occupancy"), []
    for row in ground.assets(period.last, scope):
        if not row["可盘活"] or (kinds is not None and row["资产类别"] not in kinds):
            continue
        item = Item(row["资产编号"], axes={"kind": (row["资产类别"],)})
        report = ground.uses.get((period.last, row["资产编号"]))
        if report is None:
            item.m = 1
        else:
            item.n, item.d = float(report["状态"] == "在用"), 1
            if report["盘活方式"]:
                item.axes = {**item.axes, "mode": (report["盘活方式"],)}
        items.append(item)
    shown = kinds if kinds is not None else ASSET_KINDS
    return Figure("rate", items, axes={"kind": shown, "mode": MODES}, whole=("mode",))


def usable_changes(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3 and 15: assets whose 可盘活 a row of the year to date changed, each once."""
    items, old, december = [], [], f"{int(period.year) - 1}-12"
    here = ground.assets(period.last, scope)
    for row in here:
        history = ground.things[row["资产编号"]]
        changed = False
        for before, after in pairwise(history):
            recent = f"{period.year}-01" <= after["生效月份"] <= period.last
            changed = changed or (recent and before["可盘活"] != after["可盘活"])
        items.append(Item(row["资产编号"], float(changed)))
        was = ground.at(history, december) or row
        old.append(row | {"可盘活": was["可盘活"]})
    state = "" if here else "not_applicable"
    before = occupied(ground, "asset_occupancy", period.last, old).fields["value"]
    return Figure("count", items, state, {"occupancy_before": before} if here else {})


def share(
    ground: Ground, period: Period, scope: Scope, column: str, good: tuple[str, ...]
) -> Figure:
    """Assets whose column says so ÷ those to which it applies."""
    items = []
    for row in ground.assets(period.last, scope):
        value = row.get(column)
        if value is None:
            items.append(Item(row["资产编号"], m=1))
        elif value != "不适用":
            items.append(Item(row["资产编号"], float(value in good), 1))
    return Figure("rate", items)


def capitalised_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3: 已转固 ÷ (all - 不适用)."""
    return share(ground, period, scope, "转固", ("已转固",))


def land_papers_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3: 齐全 ÷ (all - 不适用)."""
    return share(ground, period, scope, "土地手续", ("齐全",))


def registration_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3: 已登记 ÷ (all - 不适用)."""
    return share(ground, period, scope, "不动产登记", ("已登记",))


def final_accounts_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3: 已决算 ÷ all."""
    return share(ground, period, scope, "财务决算", ("已决算",))


def settlement_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """3: of the assets that held at the target's month, 已决算 or 已结算."""
    month = ground.plan.own_month("settlement_rate")
    assert month
    items = []
    for history in ground.things.values():
        then, now = ground.at(history, month), ground.at(history, period.last)
        row = now or then
        if then and row and scope.holds(row):
            done = now is not None and now["财务决算"] in ("已决算", "已结算")
            items.append(Item(row["资产编号"], float(done), 1))
    return Figure("rate", items)
