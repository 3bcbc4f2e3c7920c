"""Which figure is worked out how, for which periods and scopes, and what differs from an answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.outside.further import assets, events, meetings, people, projects, risk, tasks, work
from tests.outside.further.ground import Ground
from tests.outside.further.terms import Figure, Period, Scope
from tests.outside.further.verdicts import judged

ANY = ("month", "quarter", "half", "year")
WHOLE = ("whole",)
SETTLED = ("whole", "settlement")
BUILT = (*SETTLED, "building")
PLACED = (*BUILT, "unit")
LED = ("whole", "department")
FILTERED = {
    "assistance_paid",
    "fire_drills",
    "funds_disbursed",
    "funds_spent",
    "ledger_timeliness",
    "mechanisms_running",
    "returns_by_use",
}


# Figures of what a ledger tells of each month: sheet and column of the month.
MONTHLY = {
    ("就业监测台账", "监测月份"): {
        "employment_destination",
        "employment_rate",
        "median_wage",
        "public_post_priority",
        "returned_workers",
        "stable_jobs",
        "willing_employment_rate",
        "zero_employment_households",
        "zero_employment_overdue",
    },
    ("资产盘活台账", "月份"): {"asset_occupancy", "asset_occupancy_count", "industrial_occupancy"},
}


@dataclass(frozen=True)
class Case:
    """One figure: how it is worked out and where it is defined."""

    key: str
    work_out: Callable[..., Figure]
    scopes: tuple[str, ...]
    kinds: tuple[str, ...] = ANY
    filter: str = ""

    def figure(self, ground: Ground, period: str, scope: Scope) -> Figure:
        """The figure of a period and scope."""
        asked = (self.filter or ground.plan.usual(self.key)).partition("=")[2]
        more = (asked,) if asked and self.key in FILTERED else ()
        figure = self.work_out(ground, Period(period), scope, *more)
        if not figure.items and not self.told(ground, Period(period).last):
            figure.state = "no_data"
        return figure

    def told(self, ground: Ground, month: str) -> bool:
        """Whether the monthly ledger that the figure reads has a row of the month, if it reads one."""
        return all(
            any(row[column] == month for row in ground.rows[ledger])
            for (ledger, column), keys in MONTHLY.items()
            if self.key in keys
        )

    def defined(self, ground: Ground, period: str, scope: Scope) -> bool:
        """Whether the figure is defined there."""
        numbers = {
            "loans_above_cap": ("贷款上限",),
            "service_subsidy_check": ("服务补助合同月数", "服务补助养老保险月数"),
            "tracking_subsidy_check": ("跟踪补贴合同月数", "跟踪补贴社保月数", "跟踪补贴标准"),
        }.get(self.key, ())
        if any(name not in ground.plan.numbers for name in numbers):
            return False
        if self.key == "mechanisms_running" and not ground.plan.mechanisms:
            return False
        if self.key == "settlement_rate" and not ground.plan.own_month(self.key):
            return False
        return kind_of(scope) in self.scopes and Period(period).kind in self.kinds


def kind_of(scope: Scope) -> str:
    """Whole, settlement, building, unit or department."""
    for name in ("department", "unit", "building", "settlement"):
        if getattr(scope, name):
            return name
    return "whole"


CASES = [
    Case("asset_occupancy", assets.asset_occupancy, BUILT),
    Case("asset_occupancy_count", assets.asset_occupancy_count, BUILT),
    Case("industrial_occupancy", assets.industrial_occupancy, BUILT),
    Case("usable_changes", assets.usable_changes, BUILT),
    Case("capitalised_rate", assets.capitalised_rate, BUILT),
    Case("land_papers_rate", assets.land_papers_rate, BUILT),
    Case("registration_rate", assets.registration_rate, BUILT),
    Case("final_accounts_rate", assets.final_accounts_rate, BUILT),
    Case("settlement_rate", assets.settlement_rate, BUILT),
    Case("employment_rate", work.employment_rate, PLACED),
    Case("employment_destination", work.employment_destination, PLACED),
    Case("returned_workers", work.returned_workers, PLACED),
    Case("median_wage", work.median_wage, PLACED),
    Case("willing_employment_rate", work.willing_employment_rate, PLACED),
    Case("stable_jobs", work.stable_jobs, PLACED),
    Case("public_post_priority", work.public_post_priority, PLACED),
    Case("zero_employment_households", work.zero_employment_households, PLACED),
    Case("zero_employment_overdue", work.zero_employment_overdue, PLACED),
    Case("risk_referred", risk.risk_referred, PLACED),
    Case("risk_helped", risk.risk_helped, PLACED),
    Case("risk_households", risk.risk_households, SETTLED),
    Case("risk_cleared", risk.risk_cleared, PLACED),
    Case("training_rate", people.training_rate, PLACED),
    Case("enrolment_rate", people.enrolment_rate, PLACED),
    Case("nearby_public_rate", people.nearby_public_rate, PLACED),
    Case("disability_allowance", people.disability_allowance, PLACED),
    Case("assistance_paid", people.assistance_paid, PLACED),
    Case("assistance_paid", people.assistance_paid, PLACED, filter="类别=产业奖补"),
    Case("assistance_paid", people.assistance_paid, WHOLE, filter="类别=低保、临时救助"),
    Case("beneficiary_households", people.beneficiary_households, SETTLED),
    Case("households_visited", people.households_visited, PLACED, ("quarter", "half", "year")),
    Case("promises_kept", people.promises_kept, PLACED),
    Case("service_subsidy_check", people.service_subsidy_check, WHOLE),
    Case("tracking_subsidy_check", people.tracking_subsidy_check, WHOLE),
    Case("projects_on_time", projects.projects_on_time, WHOLE),
    Case("projects_advanced", projects.projects_advanced, WHOLE),
    Case("work_relief", projects.work_relief, WHOLE),
    Case("returns_by_use", projects.returns_by_use, WHOLE),
    Case("returns_by_use", projects.returns_by_use, WHOLE, filter="来源类型=项目"),
    Case("returns_by_use", projects.returns_by_use, WHOLE, filter="来源类型=实体公司"),
    Case("returns_by_use", projects.returns_by_use, WHOLE, filter="来源类型=资产"),
    Case("benefit_households", projects.benefit_households, WHOLE),
    Case("funds_disbursed", projects.funds_disbursed, WHOLE),
    Case("funds_disbursed", projects.funds_disbursed, WHOLE, filter="用途=新型城镇化"),
    Case("funds_spent", projects.funds_spent, WHOLE),
    Case("funds_spent", projects.funds_spent, WHOLE, filter="用途=以工代赈"),
    Case("loans_granted", projects.loans_granted, WHOLE),
    Case("loans_above_cap", projects.loans_above_cap, WHOLE),
    Case("job_fairs", events.job_fairs, SETTLED),
    Case("training_sessions", events.training_sessions, SETTLED),
    Case("disputes_settled", events.disputes_settled, SETTLED),
    Case("unity_events", events.unity_events, SETTLED),
    Case("care_events", events.care_events, SETTLED),
    Case("fire_drills", events.fire_drills, SETTLED, ("quarter",)),
    Case("fire_drills", events.fire_drills, SETTLED, ("quarter",), "类型=消防宣传"),
    Case("fire_drills", events.fire_drills, SETTLED, ("quarter",), "类型=消防演练"),
    Case("demonstration_sites", events.demonstration_sites, SETTLED),
    Case("repairs_closed", events.repairs_closed, PLACED),
    Case("repair_days", events.repair_days, PLACED),
    Case("overdue_repairs", events.overdue_repairs, PLACED),
    Case("posts_opened", events.posts_opened, WHOLE),
    Case("posts_filled", events.posts_filled, WHOLE),
    Case("workshop_jobs", events.workshop_jobs, SETTLED),
    Case("leader_visits", meetings.leader_visits, WHOLE, ("half",)),
    Case("quarterly_meetings", meetings.quarterly_meetings, WHOLE, ("quarter",)),
    Case("inspections", meetings.inspections, WHOLE),
    Case("criticisms", meetings.criticisms, WHOLE),
    Case("leaders_assigned", meetings.leaders_assigned, WHOLE),
    Case("mechanisms_running", meetings.mechanisms_running, WHOLE),
    Case("mechanisms_running", meetings.mechanisms_running, WHOLE, filter="举措序号=1"),
    Case("mechanisms_running", meetings.mechanisms_running, WHOLE, filter="举措序号=R1"),
    Case("decisions_done", meetings.decisions_done, LED),
    Case("problems_closed", meetings.problems_closed, LED),
    Case("task_completion", tasks.task_completion, LED),
    Case("accepted_rate", tasks.accepted_rate, LED),
    Case("on_time_rate", tasks.on_time_rate, LED),
    Case("overdue_tasks", tasks.overdue_tasks, LED),
    Case("stale_tasks", tasks.stale_tasks, LED),
    Case("departments_with_tasks", tasks.departments_with_tasks, WHOLE),
    Case("ledger_timeliness", tasks.ledger_timeliness, WHOLE),
]


def expected(
    ground: Ground, case: Case, period: str, scope: Scope
) -> tuple[dict[str, Any], Figure]:
    """The fields that an answer must have, and the figure they come from."""
    figure = case.figure(ground, period, scope)
    fields = figure.fields
    asked = case.filter or ground.plan.usual(case.key)

    def at(month: str) -> Figure:
        return case.figure(ground, month, scope)

    verdict = judged(ground.plan, case.key, asked, Period(period), figure, at, ground.months)
    fields |= verdict | figure.beside
    if case.key == "zero_employment_households" and "overdue" in figure.beside:
        late = next(c for c in CASES if c.key == "zero_employment_overdue")
        fields["overdue_status"] = expected(ground, late, period, scope)[0]["status"]
    return {k: v for k, v in fields.items() if k not in figure.left_open}, figure


def unlike(told: object, said: object) -> bool:
    """Whether two answers differ by more than rounding."""
    numbers = isinstance(said, int | float) and isinstance(told, int | float)
    if numbers and not isinstance(told, bool):
        assert isinstance(said, int | float)
        assert isinstance(told, int | float)
        return abs(told - said) > 1e-6 * max(1, abs(said))
    return bool(told != said)


def differences(told: dict[str, Any], fields: dict[str, Any], figure: Figure) -> Iterator[str]:
    """Each field of an answer that isn't what was worked out."""
    for name, value in fields.items():
        if unlike(told.get(name), value):
            yield f"{name}: told {told.get(name)!r}, worked out {value!r}"
    if fields["value"] is None:
        return
    for axis, keys in figure.axes.items():
        by = {row["key"]: row for row in told["by"].get(axis, [])}
        for key in keys:
            for name, value in figure.category(axis, key).items():
                if key not in by:
                    if value:
                        yield f"by {axis}: no {key}, worked out {value!r}"
                elif unlike(by[key].get(name), value):
                    yield f"by {axis} {key}: told {by[key].get(name)!r}, worked out {value!r}"
