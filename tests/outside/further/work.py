"""Workers: employed, willing, on stable contracts, in public posts; households without work."""

from statistics import median

from tests.outside.columns import CHANNELS, INDUSTRIES, KINDS, PLACES
from tests.outside.further.ground import Ground
from tests.outside.further.risk import at_risk
from tests.outside.further.terms import Figure, Item, Period, Row, Scope, shift

MONITORED = ("脱贫不稳定户", "边缘易致贫户", "突发严重困难户")
EMPLOYED = ("在业", "暂离")
Pairs = list[tuple[Row, Row | None]]


def workers(ground: Ground, period: Period, scope: Scope) -> Pairs:
    """Able workers with their row of the period's last month."""
    month = period.last
    able = ground.able(month, scope)
    return [(row, ground.jobs.get((month, row["身份证号"]))) for row in able]


def rate_of(pairs: Pairs) -> Figure:
    """Employed ÷ monitored."""
    items = []
    for row, job in pairs:
        if job is None:
            items.append(Item(row["身份证号"], m=1))
        else:
            items.append(Item(row["身份证号"], float(job["就业状态"] in EMPLOYED), 1))
    return Figure("rate", items)


def counted(items: list[Item]) -> Figure:
    """A count over workers: not there, not reported, or counted."""
    if not items:
        return Figure("count", items, "not_applicable")
    silent = all(item.unreported for item in items)
    return Figure("count", items, "no_data" if silent else "", known=True)


def employment_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: employed ÷ monitored able workers."""
    return rate_of(workers(ground, period, scope))


def willing_employment_rate(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: employed ÷ monitored over able workers willing to work."""
    return rate_of([pair for pair in workers(ground, period, scope) if pair[0]["就业意愿"]])


def employment_destination(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: able workers employed."""
    items = []
    axes = {"place": "就业地点", "kind": "就业类别", "channel": "就业渠道", "industry": "行业"}
    for row, job in workers(ground, period, scope):
        item = Item(row["身份证号"], m=float(job is None))
        if job and job["就业状态"] in EMPLOYED:
            item.n = 1
            item.axes = {a: (job[c],) for a, c in axes.items() if job.get(c)}
        items.append(item)
    figure = counted(items)
    codes = {"place": PLACES, "kind": KINDS, "channel": CHANNELS, "industry": INDUSTRIES}
    figure.axes = {} if figure.state else codes
    return figure


def returned_workers(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: able workers whose row says they returned."""
    return counted(
        [
            Item(row["身份证号"], float(bool(job and job.get("是否返乡"))), m=float(job is None))
            for row, job in workers(ground, period, scope)
        ]
    )


def median_wage(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: the median wage of those at work."""
    pairs = workers(ground, period, scope)
    seen = [job for _, job in pairs if job]
    state = ""
    if not any(job["就业状态"] == "在业" for job in seen):
        state = "no_data" if len(seen) < len(pairs) else "not_applicable"
    items = [Item(job["身份证号"], job["月收入"]) for job in seen if job["就业状态"] == "在业"]
    assert not items or median(item.n for item in items) > 0
    return Figure("median", items, state, covered=len(seen) / len(pairs) if pairs else 1.0)


def stable_jobs(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: employed at 单位就业 with a contract of 6 months or more ÷ employed at 单位就业."""
    items = []
    for row, job in workers(ground, period, scope):
        if job is None:
            items.append(Item(row["身份证号"], m=1))
        elif job["就业状态"] in EMPLOYED and job.get("就业类别") is None:
            items.append(Item(row["身份证号"], m=1))  # on leave: it may be such a job
        elif job["就业状态"] in EMPLOYED and job["就业类别"] == "单位就业":
            known = job.get("合同月数") is not None
            long = known and job["合同月数"] >= 6
            items.append(Item(row["身份证号"], float(long), float(known), float(not known)))
    return Figure("rate", items)


def public_post_priority(ground: Ground, period: Period, scope: Scope) -> Figure:
    """9: holders of public posts lifted out, monitored for risk, or hard to place ÷ holders."""
    homes = ground.households(period.last, Scope())
    risky, items = at_risk(ground, period), []
    risky |= {home["户编号"] for home in homes if home["户类别"] in MONITORED}
    for row, job in workers(ground, period, scope):
        if job is None:
            items.append(Item(row["身份证号"], m=1))
        elif job["就业状态"] in EMPLOYED and job.get("就业类别") is None:
            items.append(Item(row["身份证号"], m=1))  # on leave: it may be such a post
        elif job["就业状态"] in EMPLOYED and job["就业类别"] == "公益性岗位":
            hard = "就业困难人员" in (row["人群类别"] or [])
            first = row["脱贫人口"] or row["户编号"] in risky or hard
            items.append(Item(row["身份证号"], float(first), 1))
    return Figure("rate", items)


def states(ground: Ground, month: str) -> dict[str, str]:
    """employed, zero or unknown, of every household with an able worker willing to work."""
    if ("states", month) not in ground.memory:
        members: dict[str, list[Row]] = {}
        for row in ground.able(month, Scope()):
            members.setdefault(row["户编号"], []).append(row)
        found = {}
        for key, rows in members.items():
            willing = [row for row in rows if row["就业意愿"]]
            if not willing:
                continue
            jobs = [ground.jobs.get((month, row["身份证号"])) for row in rows]
            if any(job and job["就业状态"] in EMPLOYED for job in jobs):
                found[key] = "employed"
            elif all((month, row["身份证号"]) in ground.jobs for row in willing):
                found[key] = "zero"
            else:
                found[key] = "unknown"
        ground.memory["states", month] = found
    held: dict[str, str] = ground.memory["states", month]
    return held


def population(ground: Ground, month: str, scope: Scope) -> tuple[dict[str, str], str]:
    """States of the scope's households, and why there is no figure where there is none."""
    inside = {home["户编号"] for home in ground.households(month, scope)}
    here = {key: state for key, state in states(ground, month).items() if key in inside}
    able = [row for row in ground.able(month, scope) if row["户编号"] in here]
    if not here:
        return here, "not_applicable"
    seen = any((month, row["身份证号"]) in ground.jobs for row in able)
    return here, "" if seen else "no_data"


def zero_employment_overdue(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: households zero at this month's end and at as many before as the plan allows."""
    here, state = population(ground, period.last, scope)
    within, items = int(ground.plan.said["零就业清零时限(月)"] or 1), []
    for key in here:
        past = [states(ground, shift(period.last, -n)).get(key) for n in range(within + 1)]
        zero = all(found == "zero" for found in past)
        perhaps = not zero and all(found in ("zero", "unknown") for found in past)
        items.append(Item(key, float(zero), m=float(perhaps)))
    return Figure("count", items, state, known=True)


def zero_employment_households(ground: Ground, period: Period, scope: Scope) -> Figure:
    """18: households all of whose willing able workers are monitored and nobody employed."""
    here, state = population(ground, period.last, scope)
    items = [Item(k, float(s == "zero"), m=float(s == "unknown")) for k, s in here.items()]
    late = zero_employment_overdue(ground, period, scope).fields
    beside = {} if state else {"overdue": late["value"]}
    return Figure("count", items, state, beside, known=True)
