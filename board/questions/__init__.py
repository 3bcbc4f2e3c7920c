"""Answers to pages' questions beyond metrics: movements, lists, distributions; without names."""

from board.questions.matching import matches, people_for_posts, posts_for_households, scoring
from board.questions.reporting import completeness, reports
from board.questions.tasks import deliveries, tasks_led, tasks_stale
from board.questions.work import (
    AXES,
    ENTERED,
    LEFT,
    OUT,
    county_flows,
    known_axis,
    movements,
    wages,
)
from board.questions.zero_households import clearing, flow, months_open, open_households

__all__ = [
    "AXES", "ENTERED", "LEFT", "OUT", "clearing", "completeness", "county_flows", "deliveries",
    "flow", "known_axis", "matches", "months_open", "movements", "open_households",
    "people_for_posts", "posts_for_households", "reports", "scoring", "tasks_led",
    "tasks_stale",
    "wages",
]  # fmt: skip
