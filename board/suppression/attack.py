"""What a reader can compute about hidden numbers from all visible numbers together.

Numbers are weighted sums over groups of people: a vector has one weight for each group.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOISE = 1e-6


def column_marks(rows: Numbers) -> NDArray[np.int64]:
    """A number for each column of a matrix, equal for equal columns."""
    weights = np.random.default_rng(0).integers(1, 1 << 62, len(rows))
    return np.asarray(rows.astype(np.int64).T @ weights)


@dataclass(frozen=True, eq=False)
class Visible:
    """All numbers that are visible together.

    `rows` has the weights of each number, `costs` the cost of hiding it, infinite where it can't
    be hidden.
    """

    rows: Numbers
    costs: Numbers

    @cached_property
    def classes(self) -> NDArray[np.int64]:
        """The class of each group; in a class all weights are equal in every visible number."""
        _, kinds = np.unique(column_marks(self.rows), return_inverse=True)
        return np.asarray(kinds.reshape(-1))

    def possible_maximum(self, counts: Numbers, secret: Numbers) -> Numbers:
        """A value in each period that a secret number may have as far as a reader can tell.

        A reader can't distinguish groups of one class, so all people of a class may be in the
        group with the greatest weight. The secret may be greater still in other ways; where this
        value is enough, no linear program has to be solved.
        """
        greatest = np.full(self.classes.max(initial=-1) + 1, -np.inf)
        np.maximum.at(greatest, self.classes, secret)
        return np.asarray(counts @ greatest[self.classes])

    def cheapest_changes(self, counts: Numbers, secret: Numbers, gain: float) -> Numbers:
        """How much each number must change for the secret to be `gain` greater, at the least cost.

        All zero means that the visible numbers already allow it. Otherwise the numbers that
        change are the ones to hide. No group can lose more people than its `counts`.
        """
        # Imported here because loading the solver takes most of a second and is rarely needed.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        _, first, group = np.unique(
            np.column_stack([self.classes, secret]), axis=0, return_index=True, return_inverse=True
        )
        rows, weights = self.rows[:, first], secret[first]
        fewest = np.bincount(group.reshape(-1), counts).astype(float)
        movable = np.flatnonzero(np.isfinite(self.costs))
        # The unknowns: the change of each class of groups, each number's increase, its decrease.
        at, column = np.nonzero(rows)
        last, up = len(rows), len(first) + np.arange(len(movable))
        down = up + len(movable)
        weighted = np.flatnonzero(weights)
        system = coo_array(
            (
                np.concatenate(
                    [rows[at, column], -np.ones(len(up)), np.ones(len(up)), weights[weighted]]
                ),
                (
                    np.concatenate([at, movable, movable, np.full(len(weighted), last)]),
                    np.concatenate([column, up, down, weighted]),
                ),
            ),
            shape=(last + 1, len(first) + 2 * len(up)),
        )
        zeros = np.zeros(last)
        solved = milp(
            np.concatenate([np.zeros(len(first)), np.tile(self.costs[movable], 2)]),
            constraints=LinearConstraint(
                system.tocsc(), np.append(zeros, gain), np.append(zeros, np.inf)
            ),
            bounds=Bounds(np.concatenate([-fewest, np.zeros(2 * len(up))]), np.inf),
        )
        changes = np.zeros(len(self.rows))
        if solved.x is None:
            # No solution: everything that can be hidden is hidden too.
            changes[movable] = 1.0
            return changes
        changes[movable] = np.abs(solved.x[up] - solved.x[down])
        changes[changes < NOISE] = 0.0
        return changes
