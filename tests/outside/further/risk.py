"""Households monitored against falling back into poverty."""

from tests.outside.further.ground import Ground
from tests.outside.further.terms import Figure, Item, Period, Row, Scope, month_of


def open_rows(ground: Ground, period: Period) -> list[Row]:
    """Rows found by the period's end and not cleared by then."""
    return [
        row
        for row in ground.rows["防返贫监测台账"]
        if row["识别日期"] <= period.end
        and not (row["风险消除日期"] and row["风险消除日期"] <= period.end)
    ]


def at_risk(ground: Ground, period: Period) -> set[str]:
    """Households open at the period's end."""
    return {row["户编号"] for row in open_rows(ground, period)}


def here(ground: Ground, period: Period, scope: Scope) -> list[Row]:
    """Of each of the scope's households in register, the open row found last."""
    inside = {home["户编号"] for home in ground.households(period.last, scope)}
    rows = sorted(open_rows(ground, period), key=lambda row: row["识别日期"])
    latest = {row["户编号"]: row for row in rows if row["户编号"] in inside}
    return list(latest.values())


def state(ground: Ground, period: Period) -> str:
    """Nothing is known before the first row."""
    return "" if ground.begun("防返贫监测台账", period) else "no_data"


def risk_referred(ground: Ground, period: Period, scope: Scope) -> Figure:
    """17: open households whose clues were handed to the county they came from ÷ open."""
    items = []
    for row in here(ground, period, scope):
        said = row.get("线索移交原籍县")
        known = said is not None
        items.append(Item(row["户编号"], float(bool(said)), float(known), float(not known)))
    return Figure("rate", items, state(ground, period))


def risk_helped(ground: Ground, period: Period, scope: Scope) -> Figure:
    """17: open households whose measures are in place by the period's end ÷ open."""
    items = []
    for row in here(ground, period, scope):
        helped = row["措施落实日期"] and row["措施落实日期"] <= period.end
        items.append(Item(row["户编号"], float(bool(helped)), 1))
    return Figure("rate", items, state(ground, period))


def risk_households(ground: Ground, period: Period, scope: Scope) -> Figure:
    """17: households open at the period's end."""
    items = [Item(row["户编号"], 1) for row in here(ground, period, scope)]
    return Figure("count", items, state(ground, period))


def risk_cleared(ground: Ground, period: Period, scope: Scope) -> Figure:
    """17: times risks were cleared in the year to date, over households monitored in it.

    A household counts where it stood when its risk was cleared, else where it stands.
    """
    times: dict[str, int] = {}
    for row in ground.rows["防返贫监测台账"]:
        day = row["风险消除日期"]
        cleared = bool(day and day <= period.end)
        home = ground.home(row["户编号"], month_of(day) if cleared else period.last)
        over = cleared and not period.to_date(day)
        if row["识别日期"] <= period.end and not over and home and scope.holds(home):
            times[row["户编号"]] = times.get(row["户编号"], 0) + cleared
    items = [Item(key, count) for key, count in times.items()]
    nobody = "" if ground.peopled(period, scope) else "not_applicable"
    return Figure("count", items, state(ground, period) or nobody)
