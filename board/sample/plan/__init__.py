"""The sample rows of the plan's other ledgers, by month."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from board.sample import story
from board.sample.plan.community import activities, repairs
from board.sample.plan.industry import funds, projects, returns
from board.sample.plan.oversight import follow_ups, leaders, mechanisms
from board.sample.plan.safeguards import assistance, risk, schooling
from board.sample.plan.sharing import beneficiaries
from board.sample.plan.skills import posts, training
from board.sample.plan.spot_checks import spot_checks
from board.sample.plan.support import loans, subsidies, workshops
from board.sample.plan.visits import visits
from board.sample.register import Settlement
from board.sample.rows import Row
from board.sample.work import Work

Making = Callable[[Settlement, list[date], int], Iterator[tuple[date, Row]]]
MAKERS: Mapping[str, tuple[Making, int]] = {
    "projects": (projects, 1), "returns": (returns, 1), "training": (training, 2),
    "posts": (posts, 1), "workshops": (workshops, 2), "subsidies": (subsidies, 1),
    "loans": (loans, 1), "risk": (risk, 2), "repairs": (repairs, 1), "schooling": (schooling, 2),
    "assistance": (assistance, 1), "activities": (activities, 1), "funds": (funds, 2),
    "follow_ups": (follow_ups, 2), "visits": (visits, 1), "leaders": (leaders, 2),
    "mechanisms": (mechanisms, 3), "beneficiaries": (beneficiaries, 2),
}  # fmt: skip
"""Ledger → the function that makes its rows, and how many of the first values are a row's key."""


def plan(town: Settlement, work: Work, months: int, seed: int) -> dict[date, dict[str, list[Row]]]:
    """Month → ledger → rows; a row is repeated in a later month when a value in it has changed."""
    all_months = story.months_of(months)
    by_month: dict[date, dict[str, dict[Row, Row]]] = {month: {} for month in all_months}
    makers: Mapping[str, tuple[Making, int]] = {
        **MAKERS,
        "spot_checks": (partial(spot_checks, work), 2),
    }
    for ledger, (make, key) in makers.items():
        for month, row in make(town, all_months, seed):
            if month in by_month:
                by_month[month].setdefault(ledger, {})[row[:key]] = row
    return {
        month: {ledger: list(rows.values()) for ledger, rows in ledgers.items()}
        for month, ledgers in by_month.items()
    }
