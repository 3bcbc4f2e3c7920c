"""Whoever puts all shown numbers together and solves for those that are hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

Name = tuple[Any, ...]
PLAINLY = 0.1  # How far apart two solutions are that differ by more than the solver's rounding.


@dataclass
class Attacker:
    """Knows the numbers he is shown, and how numbers hang together; solves for the others."""

    columns: dict[Name, int] = field(default_factory=dict)
    equal: list[tuple[dict[Name, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[Name, float], float]] = field(default_factory=list)
    solutions: list[Any] = field(default_factory=list)

    def unknown(self, name: Name) -> Name:
        self.columns.setdefault(name, len(self.columns))
        return name

    def known(self, name: Name, value: float) -> None:
        self.equal.append(({self.unknown(name): 1.0}, value))

    def sums(self, whole: Name, parts: list[Name]) -> None:
        row = dict.fromkeys((self.unknown(part) for part in parts), -1.0)
        self.equal.append(({**row, self.unknown(whole): 1.0}, 0.0))

    def within(self, part: Name, whole: Name) -> None:
        self.at_most.append(({self.unknown(part): 1.0, self.unknown(whole): -1.0}, 0.0))

    def solved(self) -> None:
        """Set the system up, once everything is known."""
        self._equal = self._matrix(self.equal)
        self._at_most = self._matrix(self.at_most)

    def _matrix(self, rows: list[tuple[dict[Name, float], float]]) -> Any:
        if not rows:
            return None, None
        found = lil_matrix((len(rows), len(self.columns)))
        for at, (row, _) in enumerate(rows):
            for name, weight in row.items():
                found[at, self.columns[name]] = weight
        return found.tocsr(), np.array([value for _, value in rows])

    def interval(self, **weights: dict[Name, float]) -> tuple[float, float]:
        """The least and the greatest that a sum of unknown numbers can be."""
        aim = np.zeros(len(self.columns))
        for name, weight in weights["of"].items():
            aim[self.columns[name]] = weight
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * aim, A_eq=self._equal[0], b_eq=self._equal[1], A_ub=self._at_most[0],
                b_ub=self._at_most[1], bounds=(0, None), method="highs",
            )  # fmt: skip
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else np.inf)
            if found.status == 0:
                self.solutions.append(found.x)
        return ends[0], ends[1]

    def unsure(self, of: dict[Name, float]) -> bool:
        """Whether a sum of unknown numbers can be more than one number.

        Two solutions found for other sums may show it; else its least and greatest are solved.
        """
        sums = [
            sum(weight * solution[self.columns[name]] for name, weight in of.items())
            for solution in self.solutions
        ]
        if sums and max(sums) - min(sums) > PLAINLY:
            return True
        low, high = self.interval(of=of)
        return high - low > 1e-6
