"""Two editions tell no amount of money by which few households changed it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from board.suppression.counted import Edition
from board.suppression.editions import parts_coarser, sums_from_january
from board.suppression.splits import Split
from board.suppression.stays import Stays
from tests.test_editions import ASSISTED, COUNT, MONTH, edition

PAID = replace(ASSISTED, members=(replace(COUNT, counts_people=False),))
WITHHELD = ((MONTH, 0.0),)


def of_money(counted: Edition, yuan: float) -> Edition:
    """An edition whose figures are so much money for each household."""
    return replace(counted, counted=counted.counted.with_columns(n=pl.col("d") * yuan))


@pytest.mark.parametrize(
    ("more", "yuan", "coarser"), [(1, 300, WITHHELD), (0, 310, WITHHELD), (3, 300, ())]
)
def test_an_amount_that_few_changed_is_not_shown_by_category_again(
    more: float, yuan: float, coarser: tuple[object, ...]
) -> None:
    """One household more has 300 yuan, or somebody's were corrected: the sums before would tell."""
    parts, exact = {"甲": 15.0, "乙": 25.0}, Split(shown=True)
    before = of_money(edition({MONTH: 40.0}, parts, exact), 300)
    now = of_money(edition({MONTH: 40.0 + more}, parts | {"甲": 15.0 + more}, exact), yuan)
    stays = Stays(frozenset(parts_coarser("", PAID, before, now, ())))
    assert stays.coarser("count", "kind") == coarser


@pytest.mark.parametrize(("more", "hidden"), [(0, True), (2, True), (3, False)])
def test_an_amount_from_january_that_few_changed_is_not_shown_again(
    more: float, hidden: bool
) -> None:
    before = of_money(edition({MONTH: 20.0}), 300)
    now = of_money(edition({MONTH: 20.0 + more}), 310)
    stays = Stays(frozenset(sums_from_january("", PAID, before, now, ())))
    assert bool(stays.months("total")) is hidden


def test_an_amount_that_was_gone_is_not_shown_when_it_comes_back_otherwise() -> None:
    first, again = (of_money(edition({MONTH: 20.0}), yuan) for yuan in (300, 310))
    gone = frozenset(sums_from_january("", PAID, first, edition({}), ()))
    stays = Stays(frozenset(sums_from_january("", PAID, edition({}), again, gone)))
    assert stays.months("total") == {("count", MONTH)}
