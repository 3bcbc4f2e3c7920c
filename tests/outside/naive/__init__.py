"""Every metric of the contract worked out again, in plain loops over the rows of a town."""

from tests.outside.naive._assets import Assets
from tests.outside.naive._homes import Homes
from tests.outside.naive._income import Income
from tests.outside.naive._tasks import Tasks
from tests.outside.naive._terms import Figure
from tests.outside.naive._work import Work


class Naive(Work, Homes, Assets, Income, Tasks):
    """All figures of one town's rows: a method a metric, of a period and the places of a scope."""


__all__ = ["Figure", "Naive"]
