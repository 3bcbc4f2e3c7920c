"""What stays hidden in every later edition, because an earlier one showed other figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any, Literal

from board.suppression.splits import coarsest

Kind = Literal["split", "together", "coarser", "total", "coverage", "shown"]


@dataclass(frozen=True, order=True)
class Stay:
    """One thing that stays hidden of a family in a plan, or in a settlement of one (`place`).

    By `kind`: a metric is not shown by a part (`split`); a category stands together with others
    (`together`, its name in `label`); a month's parts are rounded to `amount`, or not shown where
    it is 0 (`coarser`); a month's total or coverage is hidden (`total`, `coverage`). `shown` is a
    sum from January that viewers were shown (`amount`), which no later one may differ from by few.
    """

    place: str
    family: str
    kind: Kind
    metric: str
    part: str = ""
    label: str = ""
    month: date = date.min
    amount: float = 0.0

    def as_json(self) -> list[Any]:
        """Its fields in their order, the month as text."""
        return [*astuple(self)[:6], self.month.isoformat(), self.amount]

    @classmethod
    def read(cls, fields: Iterable[Any]) -> Stay:
        """What `as_json` gave."""
        place, family, kind, metric, part, label, month, amount = fields
        day = date.fromisoformat(month)
        return cls(place, family, kind, metric, part, label, day, amount)


@dataclass(frozen=True)
class Stays:
    """What stays hidden of one family."""

    rows: frozenset[Stay] = frozenset()

    def of(self, kind: Kind) -> list[Stay]:
        """Those of a kind."""
        return [row for row in self.rows if row.kind == kind]

    def months(self, kind: Kind) -> frozenset[tuple[str, date]]:
        """The metrics and months of a kind."""
        return frozenset((row.metric, row.month) for row in self.of(kind))

    def labels(self, metric: str, part: str) -> set[str]:
        """The categories of a metric that stand together."""
        return {
            row.label for row in self.of("together") if (row.metric, row.part) == (metric, part)
        }

    def hides(self, metric: str, part: str) -> bool:
        """Whether a metric is not shown by a part."""
        return any((row.metric, row.part) == (metric, part) for row in self.of("split"))

    def coarser(self, metric: str, part: str) -> tuple[tuple[date, float], ...]:
        """To what the parts of single months are rounded."""
        own = [row for row in self.of("coarser") if (row.metric, row.part) == (metric, part)]
        return coarsest([(row.month, row.amount) for row in own])
