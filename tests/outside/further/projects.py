"""Projects, returns, funds and loans."""

from datetime import date

from tests.outside.further.ground import Ground
from tests.outside.further.terms import Figure, Item, Period, Row, Scope
from tests.outside.other_columns import FUND_LEVELS, FUND_USES, LOAN_FORMS, RETURN_USES, SOURCES


def begins(row: Row) -> date:
    """The planned start, or the real one where that is earlier."""
    planned: date = row["计划开工"]
    return min(planned, row["实际开工"] or planned)


def state(ground: Ground, ledger: str, period: Period) -> str:
    """Nothing is known before the first row."""
    return "" if ground.begun(ledger, period) else "no_data"


def projects_on_time(ground: Ground, period: Period, scope: Scope) -> Figure:
    """10: bridging-fund projects of the year finished in it ÷ all of them."""
    items = []
    for row in ground.rows["项目台账"]:
        if row["资金来源"] == "财政衔接资金" and period.to_date(begins(row)):
            done = period.to_date(row["实际完工"])
            items.append(Item(row["项目编号"], float(done), 1, axes={"kind": (row["类别"],)}))
    return Figure("rate", items, state(ground, "项目台账", period))


def projects_advanced(ground: Ground, period: Period, scope: Scope) -> Figure:
    """11: industry and investment projects on which work was done in the year.

    The ledger does not say since when it has a project: all of them are looked at in every period.
    """
    items = []
    for row in ground.rows["项目台账"]:
        if row["类别"] not in ("产业项目", "招商项目"):
            continue
        begun = row["实际开工"] and row["实际开工"] <= period.end
        going = begun and row["建设状态"] in ("在建", "完工", "运营")
        over = row["实际完工"] and row["实际完工"].year < int(period.year)
        items.append(Item(row["项目编号"], float(bool(going and not over))))
    return Figure("count", items, state(ground, "项目台账", period))


def work_relief(ground: Ground, period: Period, scope: Scope) -> Figure:
    """29: work-relief projects begun by the period's end, out of all."""
    listed = [row for row in ground.rows["项目台账"] if row["类别"] == "以工代赈"]
    rows = [row for row in listed if row["实际开工"] and row["实际开工"] <= period.end]
    columns = {
        "relocated_workers": "吸纳搬迁劳动力",
        "wages_paid": "发放劳务报酬",
        "investment": "总投资",
    }
    beside = {key: sum(row[column] or 0 for row in rows) for key, column in columns.items()}
    known = state(ground, "项目台账", period)
    items = [Item(row["项目编号"], float(row in rows)) for row in listed]
    told = {key: value for key, value in beside.items() if value}
    return Figure("count", items, known, {} if known else told)


def returns(ground: Ground, period: Period, column: str, source: str) -> Figure:
    """Returns of the year to date, adding up a column."""
    items = []
    for row in ground.rows_of("收益分配台账", period, Scope()):
        if (not source or row["来源类型"] == source) and row[column] is not None:
            axes = {"use": (row["用途"],), "source_kind": (row["来源类型"],)}
            items.append(Item(row["分配编号"], row[column], axes=axes))
    figure = Figure("count", items, state(ground, "收益分配台账", period))
    if not figure.state:
        figure.axes = {"use": RETURN_USES} | ({} if source else {"source_kind": SOURCES})
    return figure


def returns_by_use(ground: Ground, period: Period, scope: Scope, source: str = "") -> Figure:
    """12, 13, 16: amounts distributed, by use."""
    return returns(ground, period, "金额", source)


def benefit_households(ground: Ground, period: Period, scope: Scope) -> Figure:
    """12: households in the distributions of the year."""
    figure = returns(ground, period, "受益户数", "")
    figure.left_open = ("low", "high", "unreported")
    return figure


def funds(ground: Ground, period: Period, got: str, of: str, use: str) -> Figure:
    """One sum ÷ another over each fund's latest row of the year."""
    latest: dict[str, Row] = {}
    for row in sorted(ground.rows["资金台账"], key=lambda r: r["月份"]):
        if f"{period.year}-01" <= row["月份"] <= period.last:
            latest[row["资金编号"]] = row
    items = []
    for key, row in latest.items():
        if use and row["用途"] != use:
            continue
        axes = {"level": (row["级次"],), "use": (row["用途"],)}
        if row[got] is None:
            items.append(Item(key, m=row[of] or 0, axes=axes))
        elif row[of] is not None:
            items.append(Item(key, row[got], row[of], axes=axes))
    figure = Figure("rate", items, "" if latest else "no_data", left_open=("unreported",))
    if items and not any(item.d + item.m for item in items):  # rows, but both cells are empty
        figure.left_open = ("unreported", "status", "low", "high")
    figure.axes = {} if use or not latest else {"level": FUND_LEVELS, "use": FUND_USES}
    return figure


def funds_disbursed(ground: Ground, period: Period, scope: Scope, use: str = "") -> Figure:
    """26, 28, 29: disbursed ÷ approved."""
    return funds(ground, period, "到位金额", "批复金额", use)


def funds_spent(ground: Ground, period: Period, scope: Scope, use: str = "") -> Figure:
    """26, 28, 29: spent ÷ disbursed."""
    figure = funds(ground, period, "支出金额", "到位金额", use)
    figure.left_open = (*figure.left_open, "low", "high")
    return figure


def loans_granted(ground: Ground, period: Period, scope: Scope) -> Figure:
    """7: loans granted in the year to date."""
    rows = ground.rows_of("创业贷款台账", period, Scope())
    items = [
        Item(r["贷款编号"], 1, axes={"form": (r["创业形式"],)} if r["创业形式"] else {})
        for r in rows
    ]
    figure = Figure("count", items, state(ground, "创业贷款台账", period))
    if not figure.state:
        figure.axes = {"form": LOAN_FORMS}
        figure.beside = {"amount": sum(row["金额"] for row in rows)} if rows else {}
    return figure


def loans_above_cap(ground: Ground, period: Period, scope: Scope) -> Figure:
    """7: loans of the year above the plan's cap."""
    cap = ground.plan.numbers["贷款上限"]
    rows = ground.rows_of("创业贷款台账", period, Scope())
    items = [Item(row["贷款编号"], float(row["金额"] > cap)) for row in rows]
    return Figure("count", items, state(ground, "创业贷款台账", period))
