"""Who works, where and for how much, person by person."""

from statistics import median
from typing import Any

from tests.outside.columns import (
    CHANNELS,
    HOME,
    INDUSTRIES,
    KINDS,
    PLACES,
    Row,
)
from tests.outside.naive._registers import Registers
from tests.outside.naive._terms import Figure, Places, counted, judged, months_of, rate


class Work(Registers):
    """Employment, month by month."""

    def workers(self, period: str, scope: Places) -> tuple[dict[str, Row], list[Row], list[Row]]:
        month = months_of(period)[-1]
        able = self.able(month, scope)
        seen = [self.jobs[month, key] for key in able if (month, key) in self.jobs]
        unseen = [row for key, row in able.items() if (month, key) not in self.jobs]
        return able, seen, unseen

    def employment_rate(self, period: str, scope: Places) -> Figure:
        _, seen, unseen = self.workers(period, scope)
        employed = [r for r in seen if r["就业状态"] in ("在业", "暂离")]
        said = {"status": "no_target", "target": None} | rate(
            len(employed), len(seen), len(unseen), len(unseen)
        )
        return Figure(
            said, parts={"numerator": employed, "denominator": seen, "unreported": unseen}
        )

    def willing_employment_rate(self, period: str, scope: Places) -> Figure:
        able, _, _ = self.workers(period, scope)
        month = months_of(period)[-1]
        willing = {citizen for citizen, row in able.items() if row["就业意愿"]}
        seen = [self.jobs[month, one] for one in willing if (month, one) in self.jobs]
        unseen = [able[one] for one in willing if (month, one) not in self.jobs]
        employed = [r for r in seen if r["就业状态"] in ("在业", "暂离")]
        said = {"status": "no_target", "target": None} | rate(
            len(employed), len(seen), len(unseen), len(unseen)
        )
        return Figure(
            said, parts={"numerator": employed, "denominator": seen, "unreported": unseen}
        )

    def stable_jobs(self, period: str, scope: Places) -> Figure:
        _, seen, unseen = self.workers(period, scope)
        employed = [r for r in seen if r["就业状态"] in ("在业", "暂离")]
        at_employer = [r for r in employed if r.get("就业类别") == "单位就业"]
        known = [r for r in at_employer if r.get("合同月数") is not None]
        stable = [r for r in known if r["合同月数"] >= 6]
        unknown = [r for r in at_employer if r.get("合同月数") is None]
        unknown += [r for r in employed if r.get("就业类别") is None] + unseen
        said = {"status": "no_target", "target": None} | rate(
            len(stable), len(known), len(unknown), len(unknown)
        )
        if not (known or unknown) and not seen:
            said = {}
        return Figure(said, parts={"numerator": stable, "denominator": known})

    def employment_destination(self, period: str, scope: Places) -> Figure:
        able, seen, unseen = self.workers(period, scope)
        employed = [r for r in seen if r["就业状态"] in ("在业", "暂离")]
        said = {"status": "no_target"} | counted(len(employed), len(able), len(seen), len(unseen))
        by: dict[str, dict[str, dict[str, Any]]] = {}
        if seen:
            for axis, column, codes in (
                ("place", "就业地点", PLACES),
                ("kind", "就业类别", KINDS),
                ("channel", "就业渠道", CHANNELS),
                ("industry", "行业", INDUSTRIES),
            ):
                by[axis] = {
                    code: {"value": sum(r.get(column) == code for r in employed)} for code in codes
                }
            homes = [self.home_place(r) for r in employed]
            by["home_place"] = {
                code: {"value": homes.count(code)}
                for code in ("大化瑶族自治县内", "县外区内", "区外", "境外")
            }
            by["county"] = {
                county: {"value": sum(r.get("就业县市") == county for r in employed)}
                for county in {r["就业县市"] for r in employed if r.get("就业县市") is not None}
            }
        return Figure(said, by, {"numerator": employed, "unreported": unseen})

    @staticmethod
    def home_place(row: Row) -> str | None:
        place = row.get("就业地点")
        if row.get("就业县市") == HOME:
            return "大化瑶族自治县内"
        if place in PLACES[:3]:
            return "县外区内"
        return {"广东": "区外", "区外其他": "区外", "境外": "境外"}.get(place or "")

    def median_wage(self, period: str, scope: Places) -> Figure:
        able, seen, unseen = self.workers(period, scope)
        at_work = [r for r in seen if r["就业状态"] == "在业"]
        said: dict[str, Any] = {"low": None, "high": None}
        if at_work:
            said |= {
                "value": median(r["月收入"] for r in at_work),
                "status": "no_target",
                "unreported": len(unseen),
            }
        else:
            said |= {"value": None}
            if not able or (unseen and not seen):
                said["status"] = "no_data" if able else "not_applicable"
        return Figure(said)

    def nearby_share(self, period: str, scope: Places) -> Figure:
        _, seen, unseen = self.workers(period, scope)
        placed = [r for r in seen if r["就业状态"] == "在业" and r.get("就业地点")]
        near = [r for r in placed if r["就业地点"] in PLACES[:2]]
        said = {"status": "no_target"} | rate(len(near), len(placed), len(unseen), len(unseen))
        return Figure(said, parts={"numerator": near, "denominator": placed, "unreported": unseen})

    def returned_workers(self, period: str, scope: Places) -> Figure:
        able, seen, unseen = self.workers(period, scope)
        back = [r for r in seen if r.get("是否返乡")]
        said = {"status": "no_target"} | counted(len(back), len(able), len(seen), len(unseen))
        by = {}
        if seen:
            by["status"] = {
                code: {"value": sum(r["就业状态"] == code for r in back)}
                for code in ("在业", "未就业", "暂离")
            }
        return Figure(said, by, {"numerator": back, "unreported": unseen})

    def monitoring_rounds(self, period: str, scope: Places) -> Figure:
        last = months_of(period)[-1]
        count, any_row, any_able = 0, False, False
        for n in range(1, int(last[5:]) + 1):
            able, seen, _ = self.workers(f"{last[:4]}-{n:02}", scope)
            any_row, any_able = any_row or bool(seen), any_able or bool(able)
            count += bool(able) and len(seen) / len(able) >= 0.9
        path, come = int(last[5:]), last.endswith("-12")
        said: dict[str, Any] = {"target": 12, "path": path}
        if not any_able:
            said |= {"value": None, "status": "not_applicable"}
        elif not any_row:
            said |= {"value": None, "status": "no_data"}
        else:
            said |= {"value": count, "low": count, "high": count}
            said["status"] = judged("higher", count, count, 12, path, come)
        return Figure(said)
