"""Which households a distribution of returns reaches, and how much each gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from board.sample import story
from board.sample.plan.industry import returns
from board.sample.register import Settlement
from board.sample.rows import ROWS, Row


class Share(ROWS.beneficiaries):
    """A row of the beneficiaries ledger."""


def beneficiaries(town: Settlement, months: list[date], seed: int) -> Iterator[tuple[date, Row]]:
    """A row for each household of a distribution; their amounts add up to what is distributed."""
    rng = story.random_stream(seed, "beneficiaries")
    for month, distribution in returns(town, months, seed):
        homes = [home_id for home_id in town.homes if town.home(home_id, month)]
        count = min(distribution.households or 0, len(homes))
        if not count:
            continue
        fen, rest = divmod(round(distribution.amount * 100), count)
        for place, home_id in enumerate(sorted(rng.sample(homes, count))):
            yield month, Share(distribution.return_id, home_id, (fen + (place < rest)) / 100)
