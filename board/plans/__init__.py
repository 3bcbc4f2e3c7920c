"""The plans of a snapshot, and which of them a period goes by."""

from board.plans.plan import (
    Belonging,
    Department,
    Filter,
    Measure,
    Plan,
    Target,
)
from board.plans.reading import in_plan, nearest_plan, of_scope, plan_of, plans
from board.plans.words import place_of_work, short_name, speak_of, spoken_of, surrounding, zone_name

__all__ = [
    "Belonging",
    "Department",
    "Filter",
    "Measure",
    "Plan",
    "Target",
    "in_plan",
    "nearest_plan",
    "of_scope",
    "place_of_work",
    "plan_of",
    "plans",
    "short_name",
    "speak_of",
    "spoken_of",
    "surrounding",
    "zone_name",
]  # fmt: skip
