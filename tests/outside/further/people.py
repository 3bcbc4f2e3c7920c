"""Persons trained, at school, entitled to allowances; households assisted, visited, benefiting."""

from datetime import date

from tests.outside.further.ground import Ground
from tests.outside.further.terms import Figure, Item, Period, Row, Scope, month_of
from tests.outside.other_columns import ASSISTANCE


def training_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """8: resident able workers trained this year ÷ those willing to be trained."""
    trained = {
        row["身份证号"] for row in ground.rows["培训台账"] if period.to_date(row["结束日期"])
    }
    items = []
    for row in ground.able(period.last, scope):
        if row["常住片区"]:
            n, d = float(row["身份证号"] in trained), float(row["培训意愿"])
            items += [Item(row["身份证号"], n, d)] if n or d else []
    state = "" if ground.begun("培训台账", period) else "no_data"
    return Figure("rate", items, state, known=True)


def term_of(month: str) -> str:
    """The school term of a month: spring February to July, autumn August to January."""
    year, number = int(month[:4]), int(month[5:])
    if 2 <= number <= 7:
        return f"{year}春"
    return f"{year if number > 7 else year - 1}秋"


def pupils(ground: Ground, period: Period, scope: Scope) -> list[tuple[Row, Row | None]]:
    """Children of 6 to 15 in register, with their row of the term."""
    term = term_of(period.last)
    rows = {r["身份证号"]: r for r in ground.rows["就学台账"] if r["学期"] == term}
    return [
        (row, rows.get(row["身份证号"]))
        for row, _ in ground.persons(period.last, scope)
        if 6 <= ground.age(row["身份证号"], period.last) <= 15
    ]


def enrolment_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """23: children enrolled this term ÷ children reported."""
    items = []
    for row, told in pupils(ground, period, scope):
        known = told is not None
        enrolled = bool(told and told["在读"])
        items.append(Item(row["身份证号"], float(enrolled), float(known), float(not known)))
    return Figure("rate", items)


def nearby_public_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """23: 小学 and 初中 children enrolled in a public school nearby ÷ all enrolled there."""
    items, term = [], term_of(period.last)
    children = pupils(ground, period, scope)
    for row, told in children:
        if not told or not told["在读"] or told["学段"] not in ("小学", "初中"):
            continue
        ownership, nearby = told.get("学校性质"), told.get("就近")
        if ownership == "民办" or nearby is False:
            items.append(Item(row["身份证号"], 0, 1))
        elif ownership is None or nearby is None:
            items.append(Item(row["身份证号"], m=1))
        else:
            items.append(Item(row["身份证号"], 1, 1))
    told_at_all = any(row["学期"] == term for row in ground.rows["就学台账"])
    return Figure("rate", items, "no_data" if children and not told_at_all else "")


def disability_allowance(ground: Ground, period: Period, scope: Scope) -> Figure:
    """24: allowances due and paid in the month ÷ allowances due."""
    rows = [row for row in ground.rows["救助补贴台账"] if row["月份"] == period.last]
    paid = {(row.get("身份证号"), row["类别"]) for row in rows}
    items = []
    for row, _ in ground.persons(period.last, scope):
        if "残疾人" not in (row["人群类别"] or []):
            continue
        poor, grade = row.get("低保对象"), row.get("残疾等级")
        for kind, known, due in (
            ("困难残疾人生活补贴", poor is not None, poor is True),
            ("重度残疾人护理补贴", grade is not None, grade in ("一级", "二级")),
        ):
            subject = (row["身份证号"], kind)
            if not known:
                items.append(Item(subject, m=1))
            elif due:
                items.append(Item(subject, float((row["身份证号"], kind) in paid), 1))
    return Figure("rate", items, "" if rows else "no_data", known=True)


def assistance_paid(ground: Ground, period: Period, scope: Scope, kinds: str = "") -> Figure:
    """23, 24, 27: amounts paid in the year to date, where the household stood then."""
    items = []
    year = [
        r for r in ground.rows["救助补贴台账"] if f"{period.year}-01" <= r["月份"] <= period.last
    ]
    reached = set()
    for row in year:
        home = ground.home(row["对象"], row["月份"])
        if home and scope.holds(home) and (not kinds or row["类别"] in kinds.split("、")):
            items.append(Item(row["编号"], row["金额"], axes={"kind": (row["类别"],)}))
            reached.add(row["对象"])
    if not year:
        return Figure("count", [], "no_data")
    axes = {} if kinds else {"kind": ASSISTANCE}
    if not ground.peopled(period, scope):
        return Figure("count", [], "not_applicable")
    beside = {"households": len(reached)} if reached else {}
    return Figure("count", items, "", beside, axes)


def beneficiary_households(ground: Ground, period: Period, scope: Scope) -> Figure:
    """12: distinct households that received a return this year ÷ households in register."""
    days = {row["分配编号"]: row["分配日期"] for row in ground.rows["收益分配台账"]}
    rows = ground.rows["受益户台账"]
    reached = set()
    for row in rows:
        day = days[row["分配编号"]]
        home = ground.place_then(row["户编号"], day) if period.to_date(day) else None
        if home and scope.holds(home):
            reached.add(row["户编号"])
    inside = {home["户编号"] for home in ground.households(period.last, scope)}
    items = [Item(key, float(key in reached), float(key in inside)) for key in reached | inside]
    begun = any(days[row["分配编号"]] <= period.end for row in rows)
    return Figure("rate", items, "" if begun else "no_data", known=True)


def households_visited(ground: Ground, period: Period, scope: Scope) -> Figure:
    """24: households in register visited in the period ÷ all."""
    visited = {r["户编号"] for r in ground.rows["走访台账"] if period.holds(r["走访日期"])}
    items = [
        Item(home["户编号"], float(home["户编号"] in visited), 1)
        for home in ground.households(period.last, scope)
    ]
    state = "no_data" if items and not ground.begun("走访台账", period) else ""
    return Figure("rate", items, state, known=True)


def promises_kept(ground: Ground, period: Period, scope: Scope) -> Figure:
    """24: promises kept ÷ due since the plan began, to households in register at the period's end."""
    inside = {home["户编号"] for home in ground.households(period.last, scope)}
    items = []
    for row in ground.rows["走访台账"]:
        due = row["答应期限"] if row["户编号"] in inside else None
        if due and due <= period.end and month_of(due) >= ground.plan.said["起始月份"]:
            kept = row["兑现日期"] and row["兑现日期"] <= period.end
            items.append(Item(row["走访编号"], float(bool(kept)), 1))
    return Figure("rate", items, "" if ground.begun("走访台账", period) else "no_data")


def whole_months(first: date, last: date) -> int:
    """Whole calendar months that a contract runs, both days included."""
    after = date.fromordinal(last.toordinal() + 1)
    months = (after.year - first.year) * 12 + after.month - first.month
    return months - (after.day < first.day)


def applications(ground: Ground, period: Period, kind: str) -> list[Row]:
    """Applications of a kind whose contract has begun, with what is paid by the period's end."""
    rows = []
    for row in ground.rows["就业补助台账"]:
        if row["补助类型"] == kind and row["合同起"] <= period.end:
            paid = row["发放金额"] or 0
            late = row["发放日期"] is None or row["发放日期"] > period.end
            months = whole_months(row["合同起"], row["合同止"])
            rows.append(row | {"paid": 0 if late else paid, "months": months})
    return rows


def service_subsidy_check(ground: Ground, period: Period, scope: Scope) -> Figure:
    """4: applications paid though the contract or the pension is too short."""
    least, pension = (ground.plan.numbers[f"服务补助{x}月数"] for x in ("合同", "养老保险"))
    items, overpaid, rows = [], 0.0, applications(ground, period, "就业创业服务补助")
    for row in rows:
        item = Item(row["申请编号"])
        if row["months"] >= least and row.get("养老保险月数") is None:
            item.m = float(row["paid"] > 0)
            item.axes = {"finding": ("情况不明",)}
        elif row["months"] < least or row["养老保险月数"] < pension:
            item.n = float(row["paid"] > 0)
            overpaid += row["paid"]
        items.append(item)
    beside = {"paid": sum(row["paid"] for row in rows)}
    beside |= {"overpaid": overpaid} if overpaid else {}
    state = "" if ground.begun("就业补助台账", period) else "no_data"
    return Figure("count", items, state, {} if state else beside, left_open=("unreported",))


def tracking_subsidy_check(ground: Ground, period: Period, scope: Scope) -> Figure:
    """5: payments by which a person comes to more than is due once."""
    numbers = ground.plan.numbers
    people: dict[str, list[Row]] = {}
    for row in applications(ground, period, "跟踪服务补贴"):
        people.setdefault(row["身份证号"], []).append(row)
    items, beside = [], {"paid": 0.0, "overpaid": 0.0, "unpaid": 0.0}
    for rows in people.values():
        fits = any(
            row["months"] >= numbers["跟踪补贴合同月数"]
            and row["社保缴纳月数"] >= numbers["跟踪补贴社保月数"]
            for row in rows
        )
        due, total = numbers["跟踪补贴标准"] if fits else 0, 0.0
        for row in sorted(rows, key=lambda r: r["发放日期"] or date.max):
            total += row["paid"]
            items.append(Item(row["申请编号"], float(row["paid"] > 0 and total > due)))
        beside["paid"] += total
        beside["overpaid"] += max(0.0, total - due)
        beside["unpaid"] += max(0.0, due - total) if fits else 0
    state = "" if ground.begun("就业补助台账", period) else "no_data"
    told = {key: value for key, value in beside.items() if value}
    return Figure("count", items, state, {} if state else told)
