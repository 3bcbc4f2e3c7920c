"""What a reader who solves the system of everything visible can work out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOISE = 1e-6


def marked(rows: Numbers) -> NDArray[np.int64]:
    """A number for every column, the same for columns that are alike."""
    weights = np.random.default_rng(0).integers(1, 1 << 62, len(rows))
    return np.asarray(rows.astype(np.int64).T @ weights)


@dataclass(frozen=True, eq=False)
class Homes:
    """Groups by place and kind: `at` has the number of the group of each place (row) and kind (column).

    What is known whatever is hidden must count kinds wherever they live, never places.
    """

    at: NDArray[np.int64]

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """The groups' values by place and kind."""
        return np.asarray(values[..., self.at])


@dataclass(frozen=True, eq=False)
class Visible:
    """Numbers that are visible together: `rows` the weights, `costs` what hiding each would lose.

    The cost of what can't be hidden is infinite. `homes` are the groups that
    differ in where they live and of what kind they are, where there are such.
    """

    rows: Numbers
    costs: Numbers
    homes: Homes | None = None

    @cached_property
    def alike(self) -> NDArray[np.int64]:
        """For every group the class of those that stand in every visible number alike."""
        _, kinds = np.unique(marked(self.rows), return_inverse=True)
        return np.asarray(kinds.reshape(-1))

    @cached_property
    def exchangeable(self) -> Flags:
        """In every place (first) which two kinds are alike in all that isn't known anyhow."""
        marks = marked(self.rows[np.isfinite(self.costs)])
        placed = self.homes.spread(marks) if self.homes else marks[None, :]
        return np.asarray(placed[:, :, None] == placed[:, None, :])

    def reach(self, counts: Numbers, secret: Numbers) -> Numbers:
        """In each period, how great a secret may be for all a reader knows: at least this much.

        Groups that stand in every visible number alike can't be told apart, so that everyone
        in them may be in the one that weighs most. There may be other ways: where this is
        enough, no program need be solved.
        """
        most = np.full(self.alike.max(initial=-1) + 1, -np.inf)
        np.maximum.at(most, self.alike, secret)
        return np.asarray(counts @ most[self.alike])

    def swapped(self, counts: Numbers, secret: Numbers) -> Numbers:
        """How many more a secret may be at least if people of two kinds change places.

        Where two kinds are alike in all that is visible of a place, and of another, one more
        of this kind there for one of the other here can't be seen.
        """
        if self.homes is None or not (weights := self.homes.spread(secret)).any():
            return np.zeros(len(counts))
        own, counted = weights.any(axis=1), weights.max(axis=0) == 1
        alike: Flags = np.all(self.exchangeable[own], axis=0)
        others = ~own & (self.exchangeable >= alike).all(axis=(1, 2))
        here = self.homes.spread(counts)
        lost = here[:, own][..., ~counted].sum(axis=1) @ alike[~counted]
        found = here[:, others][..., counted].sum(axis=1) @ alike[counted]
        # One of each class of kinds that are alike stands for all of them.
        first = alike.argmax(axis=0) == np.arange(len(alike))
        return np.minimum(lost, found)[:, first].sum(axis=1)

    def cheapest(self, counts: Numbers, secret: Numbers, gain: float) -> Numbers:
        """How far each number must move until the secret can be `gain` more, at the least cost.

        All nothing: the numbers as they are leave that open. Otherwise those that move
        are the ones to hide. `counts` is what no group can lose more of.
        """
        # Loading the solver takes most of a second, and most readers never need it.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        _, first, group = np.unique(
            np.column_stack([self.alike, secret]), axis=0, return_index=True, return_inverse=True
        )
        rows, wanted = self.rows[:, first], secret[first]
        fewest = np.bincount(group.reshape(-1), counts).astype(float)
        movable = np.flatnonzero(np.isfinite(self.costs))
        # Unknown are how each class of groups changes, and how each number goes up and down.
        at, column = np.nonzero(rows)
        last, up = len(rows), len(first) + np.arange(len(movable))
        down = up + len(movable)
        told = np.flatnonzero(wanted)
        system = coo_array(
            (
                np.concatenate(
                    [rows[at, column], -np.ones(len(up)), np.ones(len(up)), wanted[told]]
                ),
                (
                    np.concatenate([at, movable, movable, np.full(len(told), last)]),
                    np.concatenate([column, up, down, told]),
                ),
            ),
            shape=(last + 1, len(first) + 2 * len(up)),
        )
        none = np.zeros(last)
        solved = milp(
            np.concatenate([np.zeros(len(first)), np.tile(self.costs[movable], 2)]),
            constraints=LinearConstraint(
                system.tocsc(), np.append(none, gain), np.append(none, np.inf)
            ),
            bounds=Bounds(np.concatenate([-fewest, np.zeros(2 * len(up))]), np.inf),
        )
        moves = np.zeros(len(self.rows))
        if solved.x is None:
            # Nothing would do: it stays hidden with everything that can be.
            moves[movable] = 1.0
            return moves
        moves[movable] = np.abs(solved.x[up] - solved.x[down])
        moves[moves < NOISE] = 0.0
        return moves
