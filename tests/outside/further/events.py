"""Activities, repairs, posts and workshops."""

from statistics import median

from tests.outside.further.ground import Ground
from tests.outside.further.projects import state
from tests.outside.further.terms import Figure, Item, Period, Row, Scope


def events(
    ground: Ground, period: Period, scope: Scope, kinds: tuple[str, ...], to_date: bool = True
) -> Figure:
    """Activities of these kinds, with the people who came."""
    rows = ground.rows_of("活动台账", period, scope, to_date)
    rows = [row for row in rows if row["类型"] in kinds]
    people = [row["参与人次"] for row in rows if row["参与人次"] is not None]
    items = [Item(row["编号"], 1, axes={"kind": (row["类型"],)}) for row in rows]
    figure = Figure("count", items, state(ground, "活动台账", period))
    if not figure.state:
        figure.beside = {"people": sum(people)} if people else {}
        figure.axes = {"kind": list(kinds)} if len(kinds) > 1 else {}
    return figure


def job_fairs(ground: Ground, period: Period, scope: Scope) -> Figure:
    """4: job fairs of the year to date."""
    return events(ground, period, scope, ("招聘会",))


def training_sessions(ground: Ground, period: Period, scope: Scope) -> Figure:
    """19: cadre training of the year to date."""
    return events(ground, period, scope, ("干部培训",))


def disputes_settled(ground: Ground, period: Period, scope: Scope) -> Figure:
    """22: disputes mediated in the year to date."""
    return events(ground, period, scope, ("矛盾调解",))


def unity_events(ground: Ground, period: Period, scope: Scope) -> Figure:
    """25: unity events of the year to date."""
    return events(ground, period, scope, ("民族团结",))


def care_events(ground: Ground, period: Period, scope: Scope) -> Figure:
    """24: volunteer, culture and counselling events of the year to date."""
    return events(ground, period, scope, ("志愿服务", "文化活动", "心理服务"))


def fire_drills(ground: Ground, period: Period, scope: Scope, kind: str = "") -> Figure:
    """22: fire-safety publicity and drills of the quarter."""
    kinds = (kind,) if kind else ("消防宣传", "消防演练")
    return events(ground, period, scope, kinds, to_date=False)


def demonstration_sites(ground: Ground, period: Period, scope: Scope) -> Figure:
    """14: awards at city level or above, to date."""
    items = []
    for row in ground.rows["活动台账"]:
        if row["类型"] != "示范创建" or row["日期"] > period.end or not scope.holds(row):
            continue
        if row["级别"] is None:
            items.append(Item(row["编号"], m=1))
        elif row["级别"] in ("市级", "自治区级", "国家级"):
            items.append(Item(row["编号"], 1, axes={"level": (row["级别"],)}))
    return Figure("count", items, state(ground, "活动台账", period))


def closed(row: Row, period: Period) -> bool:
    """Whether a ticket is closed by the period's end."""
    return bool(row["办结日期"] and row["办结日期"] <= period.end)


def repairs_closed(ground: Ground, period: Period, scope: Scope) -> Figure:
    """21: tickets of the year closed ÷ all."""
    rows = ground.rows_of("维修台账", period, scope)
    items = [
        Item(r["工单编号"], float(closed(r, period)), 1, axes={"kind": (r["类别"],)}) for r in rows
    ]
    return Figure("rate", items, state(ground, "维修台账", period))


def repair_days(ground: Ground, period: Period, scope: Scope) -> Figure:
    """21: median days from report to closing."""
    rows = [row for row in ground.rows_of("维修台账", period, scope) if closed(row, period)]
    items = [Item(r["工单编号"], (r["办结日期"] - r["报修日期"]).days) for r in rows]
    assert not items or median(item.n for item in items) >= 0
    known = state(ground, "维修台账", period)
    return Figure("median", items, known or ("" if rows else "not_applicable"))


def overdue_repairs(ground: Ground, period: Period, scope: Scope) -> Figure:
    """21: tickets whose term has passed, still open; one without a term may be."""
    items = []
    for row in ground.rows["维修台账"]:
        if row["报修日期"] > period.end or not scope.holds(row) or closed(row, period):
            continue
        if row["办结时限"] is None:
            items.append(Item(row["工单编号"], m=1))
        else:
            items.append(Item(row["工单编号"], float(row["办结时限"] < period.end)))
    return Figure("count", items, state(ground, "维修台账", period))


def posts_filled(ground: Ground, period: Period, scope: Scope) -> Figure:
    """6: filled ÷ openings of the posts of the year."""
    items = []
    for row in ground.rows_of("岗位台账", period, Scope()):
        known = row["已招人数"] is not None
        openings = row["招聘人数"]
        item = Item(row["岗位编号"], row["已招人数"] or 0, openings if known else 0)
        item.m = 0 if known else openings
        items.append(item)
    return Figure("rate", items, state(ground, "岗位台账", period))


def posts_opened(ground: Ground, period: Period, scope: Scope) -> Figure:
    """4 and 6: openings of the posts of the year."""
    rows = ground.rows_of("岗位台账", period, Scope())
    items = [
        Item(row["岗位编号"], row["招聘人数"], axes={"kind": (row["岗位类型"],)}) for row in rows
    ]
    return Figure("count", items, state(ground, "岗位台账", period))


def workshop_jobs(ground: Ground, period: Period, scope: Scope) -> Figure:
    """4: relocated workers in workshops at the month."""
    month = [row for row in ground.rows["帮扶车间台账"] if row["月份"] == period.last]
    rows = [row for row in month if scope.holds(row)]
    items = [Item(row["车间编号"], row["搬迁劳动力人数"]) for row in rows]
    beside = {"workers": sum(row["用工人数"] for row in rows)}
    return Figure("count", items, "" if month else "no_data", beside if rows else {})
