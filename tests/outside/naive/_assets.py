"""Assets: what is used, settled and registered."""

from decimal import ROUND_HALF_UP, Decimal

from tests.outside.columns import (
    ASSET_KINDS,
    Row,
)
from tests.outside.naive._registers import Registers
from tests.outside.naive._terms import Figure, Places, between, judged, months_of, rate

# The kinds of assets that the shipped plan's measure 15 speaks of.
COUNTED = ("商业铺面", "地下车库", "地面停车位", "农贸市场", "其他")
OCCUPANCY = {"2023-12": 0.50, "2024-12": 0.60, "2025-12": 0.80}


def in_hundredths(amount: float) -> float:
    """An amount with two decimals, halves up."""
    return float(Decimal(repr(round(amount, 9))).quantize(Decimal("0.01"), ROUND_HALF_UP))


class Assets(Registers):
    """Assets, month by month."""

    def assets(self, month: str, building: Places) -> list[Row]:
        rows = [row for history in self.things.values() if (row := self.at(history, month))]
        return [row for row in rows if not building or row["楼栋"] == building[0]]

    def share_used(self, month: str, row: Row) -> float | None:
        report = self.used.get((month, row["资产编号"]))
        if report is None:
            return None
        used = report["在用数量"]
        if used is None:
            used = row["数量"] if report["状态"] == "在用" else 0
        return float(used / row["数量"])

    def occupancy(self, weight: str, month: str, scope: Places, kind: str = "") -> Figure:
        n = d = missing = 0.0
        rows = [
            r
            for r in self.assets(month, scope)
            if r["可盘活"]
            and r[weight]
            and r["资产类别"] in ((kind,) if kind else COUNTED)
            and r["资产类别"] in COUNTED
        ]
        parts: dict[str, list[Row]] = {"numerator": [], "denominator": [], "unreported": []}
        for row in rows:
            share = self.share_used(month, row)
            if share is None:
                missing += row[weight]
                parts["unreported"].append(row)
                continue
            report = self.used[month, row["资产编号"]]
            n, d = n + in_hundredths(row[weight] * share), d + row[weight]
            parts["denominator"].append(report)
            if share > 0:
                parts["numerator"].append(report)
        return Figure(rate(n, d, missing, len(parts["unreported"])), parts=parts)

    def occupied(self, weight: str, period: str, scope: Places) -> Figure:
        month = months_of(period)[-1]
        figure = self.occupancy(weight, month, scope)
        if "numerator" in figure.said and figure.said["numerator"] is not None and weight == "数量":
            figure.said["numerator"] = round(figure.said["numerator"])
        target, path, come = self.occupancy_target(weight, month, scope)
        figure.said |= {"target": target, "path": path}
        if figure.said["value"] is not None:
            low, high = figure.said["low"], figure.said["high"]
            figure.said["status"] = judged("higher", low, high, target, path, come)
            figure.by["kind"] = {}
            for kind in ASSET_KINDS:
                said = self.occupancy(weight, month, scope, kind).said
                figure.by["kind"][kind] = {
                    k: v for k, v in said.items() if k in ("value", "low", "high", "unreported")
                }
        return figure

    def occupancy_target(self, weight: str, month: str, scope: Places) -> tuple[float, float, bool]:
        due = [m for m in OCCUPANCY if m >= month]
        if not due or due[0] == month:
            target = OCCUPANCY[due[0]] if due else OCCUPANCY["2025-12"]
            return target, target, True
        target = OCCUPANCY[due[0]]
        past = [m for m in OCCUPANCY if m < month]
        if past:
            start, value = past[-1], OCCUPANCY[past[-1]]
        else:
            for start in sorted({m for m, _ in self.used}):
                first = self.occupancy(weight, start, scope).said["value"]
                if first is not None:
                    break
            if first is None or start > month:
                return target, target, False
            value = first
        share = between(start, month) / between(start, due[0])
        return target, value + (target - value) * share, False

    def asset_occupancy(self, period: str, scope: Places) -> Figure:
        return self.occupied("面积", period, scope)

    def asset_occupancy_count(self, period: str, scope: Places) -> Figure:
        return self.occupied("数量", period, scope)

    def final_accounts_rate(self, period: str, scope: Places) -> Figure:
        rows = self.assets(months_of(period)[-1], scope)
        done = [r for r in rows if r["财务决算"] == "已决算"]
        said = rate(len(done), len(rows), 0, 0) | {"target": 1}
        if rows:
            share = len(done) / len(rows)
            come = months_of(period)[-1] >= "2023-04"
            said["status"] = judged("higher", share, share, 1, 1, come)
        return Figure(said, parts={"numerator": done, "denominator": rows})

    def settlement_rate(self, period: str, scope: Places) -> Figure:
        now = {r["资产编号"]: r for r in self.assets(months_of(period)[-1], ())}
        old = {r["资产编号"]: r for r in self.assets("2023-04", ())}
        rows = [
            row
            for key, first in old.items()
            if (row := now.get(key, first)) and (not scope or row["楼栋"] == scope[0])
        ]
        settled = ("已决算", "已结算")
        done = [r for r in rows if r["资产编号"] in now and r["财务决算"] in settled]
        said = rate(len(done), len(rows), 0, 0) | {"target": 1}
        if rows:
            share = len(done) / len(rows)
            come = months_of(period)[-1] >= "2023-04"
            said["status"] = judged("higher", share, share, 1, 1, come)
        return Figure(said, parts={"numerator": done, "denominator": rows})

    def registration_rate(self, period: str, scope: Places) -> Figure:
        rows = [r for r in self.assets(months_of(period)[-1], scope) if r["不动产登记"] != "不适用"]
        done = [r for r in rows if r["不动产登记"] == "已登记"]
        said = {"status": "no_target"} | rate(len(done), len(rows), 0, 0)
        return Figure(said, parts={"numerator": done, "denominator": rows})
