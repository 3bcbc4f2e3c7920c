"""Meetings, leaders, mechanisms and items followed up."""

from tests.outside.further.ground import Ground
from tests.outside.further.plan import names
from tests.outside.further.projects import state
from tests.outside.further.terms import Figure, Item, Period, Row, Scope, month_of


def decided(row: Row, answers: list[bool | None]) -> Item | None:
    """Counted where every answer is yes, perhaps where none is no."""
    if False in answers:
        return None
    return Item(row["编号"], m=1) if None in answers else Item(row["编号"], 1)


def is_one(value: str | None, wanted: str) -> bool | None:
    """Whether a cell says so; None where it says nothing."""
    return None if value is None else value == wanted


def leader_visits(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R1: visits of a committee leader in charge, held at the settlement."""
    items = []
    for row in ground.rows_of("会议调研台账", period, Scope(), to_date=False):
        if row["类型"] != "领导调研":
            continue
        in_charge = {leader["姓名"] for leader in in_force(ground, row["日期"])}
        chair = row.get("主持")
        answers = [
            is_one(row["层级"], "管委领导"),
            is_one(row.get("地点"), "安置点"),
            None if chair is None else chair in in_charge,
        ]
        items.append(decided(row, answers))
    held = [item for item in items if item]
    return Figure("count", held, state(ground, "会议调研台账", period))


def quarterly_meetings(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R1: quarterly meetings at the settlement that the bodies of the filter came to."""
    asked, items = ground.plan.usual("quarterly_meetings"), []
    needed = set(names(asked.partition("=")[2]))
    for row in ground.rows_of("会议调研台账", period, Scope(), to_date=False):
        if row["类型"] == "季度工作会议":
            came = None if not row["参加单位"] else needed <= set(row["参加单位"])
            items.append(
                decided(row, [is_one(row.get("地点"), "安置点"), came if needed else True])
            )
    held = [item for item in items if item]
    return Figure("count", held, state(ground, "会议调研台账", period))


def of_kind(ground: Ground, period: Period, kind: str) -> Figure:
    """Meetings of a kind in the year to date."""
    rows = ground.rows_of("会议调研台账", period, Scope())
    items = [Item(row["编号"], 1) for row in rows if row["类型"] == kind]
    return Figure("count", items, state(ground, "会议调研台账", period))


def inspections(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R3: inspections of the year to date."""
    return of_kind(ground, period, "督导检查")


def criticisms(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R3: public criticisms of the year to date."""
    return of_kind(ground, period, "通报批评")


def in_force(ground: Ground, day: object) -> list[Row]:
    """Leaders in charge on a day."""
    return [
        row
        for row in ground.rows["包点台账"]
        if row["起始日期"] <= day and not (row["截止日期"] and row["截止日期"] < day)
    ]


def leaders_assigned(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R1: levels with exactly one leader in charge at the month's end ÷ 2."""
    ranks = [row["层级"] for row in in_force(ground, period.end)]
    items = [Item(rank, float(ranks.count(rank) == 1), 1) for rank in ("管委领导", "处级领导")]
    return Figure("rate", items, state(ground, "包点台账", period), known=True)


def mechanisms_running(ground: Ground, period: Period, scope: Scope, measure: str = "") -> Figure:
    """Mechanisms that run ÷ those listed of which something is told."""
    items = []
    for pair in ground.plan.mechanisms:
        if measure and pair[0] != measure:
            continue
        rows = [
            row
            for row in ground.rows["机制台账"]
            if (row["举措序号"], row["机制名称"]) == pair and row["更新日期"] <= period.end
        ]
        if not rows:
            items.append(Item(pair, m=1))
            continue
        latest = max(rows, key=lambda row: row["更新日期"])
        items.append(Item(pair, float(latest["状态"] == "运行中"), 1))
    return Figure("rate", items, state(ground, "机制台账", period), known=True)


def followed_up(ground: Ground, period: Period, kind: str, body: str = "") -> Figure:
    """Items done ÷ items due since the plan began."""
    histories: dict[str, list[Row]] = {}
    for row in sorted(ground.rows["督办台账"], key=lambda r: r["更新日期"]):
        histories.setdefault(row["事项编号"], []).append(row)
    items, accepted = [], 0
    for key, rows in histories.items():
        last = rows[-1]
        gone = any(r["状态"] == "已取消" and r["更新日期"] <= period.end for r in rows)
        due = ground.plan.said["起始月份"] <= month_of(last["时限"]) and last["时限"] <= period.end
        if last["类型"] != kind or gone or not due or (body and body not in last["牵头部门"]):
            continue
        done = last["状态"] in ("已办结", "已销号") and last["办结日期"] <= period.end
        closed = last["状态"] == "已销号" and last["销号日期"] and last["销号日期"] <= period.end
        accepted += bool(closed)
        axes = {"department": tuple(last["牵头部门"])}
        items.append(Item(key, float(done), 1, axes=axes))
    known = state(ground, "督办台账", period)
    figure = Figure("rate", items, known, left_open=() if items else ("status",))
    if items and not known:
        figure.beside = {"accepted": accepted}
        figure.axes = {} if body else {"department": ground.plan.departments}
    return figure


def decisions_done(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R3: 议定事项 done ÷ due."""
    return followed_up(ground, period, "议定事项", scope.department)


def problems_closed(ground: Ground, period: Period, scope: Scope) -> Figure:
    """R1: 问题整改 done ÷ due."""
    return followed_up(ground, period, "问题整改", scope.department)
