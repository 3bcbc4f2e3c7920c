"""Whom every metric counts: persons, households or nobody, and which metrics count the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Whom = Literal["persons", "households"]


@dataclass(frozen=True)
class Member:
    """A metric over a family's rows, by the query and the axes that the catalogue declares.

    `axes` that a reader knows to hang together stand in one group: which county lies where,
    what kind of work comes by which channel. A `rate` shows its numerator and its denominator, a `count` the one, a `median` the other;
    `every` count splits by its axes into all the rows it looked at. `asked` are axes
    that board.questions splits its people by besides.
    """

    key: str
    kind: Literal["rate", "count", "median"] = "count"
    axes: tuple[tuple[str, ...], ...] = ()
    every: bool = False
    asked: tuple[str, ...] = ()
    query: str = ""

    @property
    def sql(self) -> str:
        """The name of its query, as the store knows it."""
        return f"metrics/{self.query or self.key}"


@dataclass(frozen=True)
class Family:
    """Metrics over the same persons or households: whoever sees one may subtract it from another.

    `subject` is the column that names them, and `weight` the numbers of one row that are
    many, where a ledger holds numbers of people instead of people. What `grows` adds
    up from January, in its rows or over the months: two neighbouring months tell what came between.
    """

    whom: Whom
    members: tuple[Member, ...]
    subject: str = "subject"
    weight: str = ""
    grows: Literal["", "rows", "months"] = ""

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return self.members[0].key


# Counties of those who work outside the zone itself.
AWAY = "away"
WORK = (("place", "home_place", "county"), ("kind", "channel", "industry"))
RISK = (("category",), ("risk",))
FAMILIES: tuple[Family, ...] = (
    Family(
        "persons",
        (
            Member("employment_destination", axes=WORK, asked=(AWAY,)),
            Member("employment_rate", "rate"),
            Member("median_wage", "median"),
            Member("nearby_share", "rate"),
            Member("returned_workers", axes=(("status",),)),
            Member("public_post_priority", "rate"),
        ),
    ),
    Family("households", (Member("zero_employment_households"),)),
    Family(
        "persons",
        (Member("register_size", axes=(("group",),)), Member("disability_allowance", "rate")),
    ),
    Family("persons", (Member("enrolment_rate", "rate"),)),
    Family("persons", (Member("training_rate", "rate"),), grows="rows"),
    Family("households", (Member("entry_coverage", "rate"),)),
    Family(
        "households",
        (Member("risk_households", axes=RISK), Member("risk_helped", "rate", RISK)),
    ),
    Family("households", (Member("risk_cleared", axes=RISK),), grows="rows"),
    Family(
        "households",
        (Member("assistance_paid", axes=(("kind",),)), Member("agricultural_awards")),
        subject="household",
        grows="months",
    ),
    Family("persons", (Member("service_subsidy_check", axes=(("finding",),), every=True),)),
    Family("persons", (Member("tracking_subsidy_check", axes=(("finding",),), every=True),)),
    Family("persons", (Member("workshop_jobs"),), weight="numerator"),
    Family(
        "households",
        (Member("benefit_households", axes=(("use",), ("source_kind",))),),
        weight="numerator",
        grows="months",
    ),
    Family("households", (Member("income_growth_gap", "median"),)),
)
# Counted among the families' people without a number of their own: how many months were
# monitored, and the growth of those who reported every quarter.
WITH: dict[str, str] = {
    "monitoring_rounds": "employment_destination",
    "matched_income_growth": "income_growth_gap",
}
# Assets, tasks, projects, funds, tickets, meetings, posts offered, loans to enterprises: nobody's own.
NOBODY: frozenset[str] = frozenset({
    "accepted_rate", "asset_occupancy", "asset_occupancy_count", "care_events", "company_returns",
    "criticisms", "demonstration_sites", "departments_with_tasks", "disputes_settled",
    "facility_projects", "final_accounts_rate", "fire_drills", "funds_disbursed", "funds_spent",
    "industrial_assets_used", "industrial_returns", "inspections", "issues_settled", "leader_visits",
    "ledger_timeliness", "loans_above_cap", "loans_granted", "on_time_rate", "overdue_repairs",
    "overdue_tasks", "posts_filled", "posts_opened", "projects_advanced", "projects_complete",
    "projects_on_time", "quarterly_meetings", "registration_rate", "repair_days", "repairs_closed",
    "returns_by_use", "rolling_projects", "settlement_rate", "stale_tasks", "task_completion",
    "training_sessions", "unity_events", "urbanisation_projects", "work_relief",
})  # fmt: skip
BY_KEY: dict[str, Family] = {m.key: family for family in FAMILIES for m in family.members}
BY_KEY |= {key: BY_KEY[other] for key, other in WITH.items()}


def family_of(key: str) -> Family | None:
    """The family of a metric that counts persons or households; none for the others.

    KeyError for a metric that nobody has said it of.
    """
    if key in NOBODY:
        return None
    return BY_KEY[key]


def family_whom(key: str) -> Whom:
    """Whether a metric that counts anyone counts persons or households."""
    return BY_KEY[key].whom
