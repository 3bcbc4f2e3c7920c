"""What docs/metrics.md says of every metric, and the reader's own reading of its definition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "metrics.md"
# Fewer is better; of the others more is, but of those that are neither.
LESS = {
    "zero_employment_households", "zero_employment_overdue", "overdue_tasks", "stale_tasks",
    "service_subsidy_check", "tracking_subsidy_check", "loans_above_cap", "repair_days",
    "overdue_repairs",
}  # fmt: skip
NEITHER = {
    "returned_workers", "usable_changes", "register_size", "risk_households", "criticisms",
    "disputes_settled", "rolling_projects", "inspections", "facility_projects",
    "urbanisation_projects", "work_relief", "assistance_paid", "agricultural_awards",
}  # fmt: skip
# What a date or a month that is over has settled for good: a row that comes later changes nothing.
SETTLED = {"entry_coverage", "ledger_timeliness", "monitoring_rounds", "projects_on_time"}
# Ledgers of whose rows it is known how many there should be.
EXPECTED = {
    "employment", "labour", "households", "occupancy", "assets", "income", "tasks", "schooling",
    "assistance", "funds",
}  # fmt: skip
OF_THE_YEAR = ("年初至今", "在当年", "当年有", "当年累计")


@dataclass(frozen=True)
class Metric:
    """A metric as it is documented."""

    key: str
    label: str
    definition: str
    unit: str
    formula: str
    months: str
    periods: tuple[str, ...]
    scopes: tuple[str, ...]
    axes: tuple[str, ...]
    ledgers: tuple[str, ...]

    @property
    def is_expected(self) -> bool:
        """Whether it is known how many rows its ledger should have."""
        return self.ledgers[0] in EXPECTED

    @property
    def is_rate(self) -> bool:
        """Whether it divides."""
        return self.formula.startswith("n ÷ d")

    @property
    def is_count(self) -> bool:
        """Whether it counts or adds up."""
        return self.formula.startswith("n;")

    @property
    def is_flow(self) -> bool:
        """Whether it is about what happened in the period or the year."""
        return "last month" not in self.months

    @property
    def restarts(self) -> bool:
        """Whether it begins again each January."""
        return self.months.startswith("January") or any(
            word in self.definition for word in OF_THE_YEAR
        )

    @property
    def better(self) -> int:
        """1 where more is better, -1 where less is, 0 where neither."""
        return 0 if self.key in NEITHER else -1 if self.key in LESS else 1


def metrics(page: Path = PAGE) -> dict[str, Metric]:
    """Every metric of the page by its key."""
    parts = re.split(r"(?m)^## ", page.read_text("utf-8"))[1:]
    listed = [_metric(part) for part in parts if part.startswith("`")]
    return {metric.key: metric for metric in listed}


def _metric(text: str) -> Metric:
    head, *rest = text.splitlines()
    match = re.match(r"`(\w+)` (.+?) · ", head)
    assert match, head
    rows = dict(re.findall(r"(?m)^\| ([^|]+?) \| (.+?) \|$", text))
    periods, scopes = rows["Defined for"].split("; ")
    words = [re.findall(r"`(\w+)`", rows[name]) for name in ("By", "Ledgers", "Unit")]
    return Metric(
        match[1], match[2], next(line for line in rest if line), words[2][0], rows["Formula"],
        rows["Months"], tuple(periods.split(", ")), tuple(scopes.split(", ")), tuple(words[0]),
        tuple(words[1]),
    )  # fmt: skip
