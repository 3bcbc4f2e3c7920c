"""Households: their persons, first visits, and whether anyone works."""

from datetime import date

from tests.outside.columns import (
    ABLE,
    GROUPS,
    Row,
)
from tests.outside.naive._registers import Registers
from tests.outside.naive._terms import Figure, Places, counted, judged, months_of, rate, shift


class Homes(Registers):
    """Households, month by month."""

    def register_size(self, period: str, scope: Places) -> Figure:
        month = months_of(period)[-1]
        rows = [row for row, home in self.persons(month).values() if self.inside(home, scope)]
        by = {code: {"value": sum(code in r["人群类别"] for r in rows)} for code in GROUPS}
        by["弱劳动力或半劳动力"] = {"value": sum(r["劳动能力"] == ABLE[2] for r in rows)}
        if not rows:
            return Figure({})
        said = {"value": len(rows), "numerator": len(rows), "status": "no_target"}
        return Figure(said, {"group": by}, {"numerator": rows})

    def entry_coverage(self, period: str, scope: Places) -> Figure:
        homes = [
            h for key in self.homes if (h := self.home(key, "2023-04")) and self.inside(h, scope)
        ]
        visited = []
        for home in homes:
            first = self.homes[home["户编号"]][-1]["首次入户日期"]
            if first and first <= date(2023, 4, 30):
                visited.append(home)
        said = rate(len(visited), len(homes), 0, 0) | {"target": 1}
        if said["value"] is not None:
            share = said["value"]
            come = months_of(period)[-1] >= "2023-04"
            said |= {"path": 1, "status": judged("higher", share, share, 1, 1, come)}
        return Figure(said, parts={"numerator": visited, "denominator": homes})

    def states(self, month: str) -> dict[str, tuple[str, tuple[str, str], Row]]:
        """State, place and register row of every household with a willing able worker."""
        if month in self.remembered:
            return self.remembered[month]
        members: dict[str, list[Row]] = {}
        for row, home in self.persons(month).values():
            if self.is_able(row, month):
                members.setdefault(home["户编号"], []).append(row)
        found: dict[str, tuple[str, tuple[str, str], Row]] = {}
        for key, rows in members.items():
            willing = [r for r in rows if r["就业意愿"]]
            held = self.home(key, month)
            if not willing or held is None:
                continue
            jobs = [self.jobs.get((month, r["身份证号"])) for r in rows]
            if any(j and j["就业状态"] in ("在业", "暂离") for j in jobs):
                state = "employed"
            elif any((month, r["身份证号"]) not in self.jobs for r in willing):
                state = "unknown"
            else:
                state = "zero"
            found[key] = (state, (held["楼栋"], held["单元"]), held)
        self.remembered[month] = found
        return found

    def state_in(self, key: str, month: str, scope: Places) -> str:
        found = self.states(month).get(key)
        return found[0] if found and found[1][: len(scope)] == scope else "out"

    def state(self, key: str, month: str) -> str:
        return self.state_in(key, month, ())

    def zero_employment_households(self, period: str, scope: Places) -> Figure:
        month = months_of(period)[-1]
        here = {k: v for k, v in self.states(month).items() if v[1][: len(scope)] == scope}
        zero = [home for state, _, home in here.values() if state == "zero"]
        unknown = [home for state, _, home in here.values() if state == "unknown"]
        reported = any(
            (month, citizen) in self.jobs
            for citizen, row in self.able(month, scope).items()
            if row["户编号"] in here
        )
        said = counted(len(zero), len(here), reported, len(unknown))
        said |= {"target": None, "path": None}
        if said["value"] is not None:
            said["status"] = "no_target"
            said["states"] = {
                "employed": len(here) - len(zero) - len(unknown),
                "zero": len(zero),
                "unknown": len(unknown),
            }
        if here:
            # Of a place of which nothing was reported no movement is known.
            known = said["value"] is not None
            said["flow"] = self.flow(months_of(period), scope) if known else {}
        return Figure(said, parts={"numerator": zero, "unreported": unknown})

    def zero_employment_overdue(self, period: str, scope: Places) -> Figure:
        month = months_of(period)[-1]
        now = {k: v for k, v in self.states(month).items() if v[1][: len(scope)] == scope}
        overdue, unclear = [], []
        for key, (state, _, home) in now.items():
            both = {state, self.state(key, shift(month, -1))}
            if both == {"zero"}:
                overdue.append(home)
            elif both <= {"zero", "unknown"}:
                unclear.append(home)
        reported = any(
            (month, citizen) in self.jobs
            for citizen, row in self.able(month, scope).items()
            if row["户编号"] in now
        )
        said = counted(len(overdue), len(now), reported, len(unclear))
        said |= {"target": 0, "path": 0}
        if said["value"] is not None:
            said["status"] = judged("lower", said["low"], said["high"], 0, 0, True)
        return Figure(said, parts={"numerator": overdue, "unreported": unclear})

    def flow(self, span: list[str], scope: Places) -> dict[str, int]:
        found = dict.fromkeys(
            ("opening", "new", "relapsed", "came_in", "cleared", "went_out", "closing"), 0
        )
        for key in self.homes:
            for month in span:
                before, now = (self.state_in(key, m, scope) for m in (shift(month, -1), month))
                if month == span[0]:
                    found["opening"] += before == "zero"
                if month == span[-1]:
                    found["closing"] += now == "zero"
                if now == "zero" and before == "employed":
                    found["relapsed" if self.cleared_lately(key, month) else "new"] += 1
                elif now == "zero" and before != "zero":
                    found["came_in"] += 1
                elif before == "zero" and now == "employed":
                    found["cleared"] += 1
                elif before == "zero" and now != "zero":
                    found["went_out"] += 1
        return found

    def cleared_lately(self, key: str, month: str) -> bool:
        for back in range(1, 13):
            at = shift(month, -back)
            if self.state(key, at) == "employed" and self.state(key, shift(at, -1)) == "zero":
                return True
        return False
