"""What a reader who solves the system of everything visible can work out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
NOISE = 1e-6


@dataclass(frozen=True, eq=False)
class Visible:
    """Numbers that are visible together: `rows` the weights, `costs` what hiding each would lose.

    The cost of what can't be hidden is infinite.
    """

    rows: Numbers
    costs: Numbers

    @cached_property
    def alike(self) -> NDArray[np.int64]:
        """For every group the class of those that stand in every visible number alike."""
        marks = np.random.default_rng(0).integers(1, 1 << 62, len(self.rows))
        _, kinds = np.unique(self.rows.astype(np.int64).T @ marks, return_inverse=True)
        return np.asarray(kinds.reshape(-1))

    def reach(self, counts: Numbers, secret: Numbers) -> Numbers:
        """In each period, how great a secret may be for all a reader knows: at least this much.

        Groups that stand in every visible number alike can't be told apart, so that everyone
        in them may be in the one that weighs most. There may be other ways: where this is
        enough, no program need be solved.
        """
        most = np.full(self.alike.max(initial=-1) + 1, -np.inf)
        np.maximum.at(most, self.alike, secret)
        return np.asarray(counts @ most[self.alike])

    def cheapest(self, counts: Numbers, secret: Numbers, least: float) -> Numbers:
        """How far each number must move until the secret can be `least`, at the least cost.

        All nothing: the numbers as they are leave that open. Otherwise those that move
        are the ones to hide. `counts` is what no group can lose more of.
        """
        # Loading the solver takes most of a second, and most readers never need it.
        from scipy.optimize import linprog
        from scipy.sparse import csr_matrix, hstack, identity

        movable = np.flatnonzero(np.isfinite(self.costs))
        slack = identity(len(self.rows), format="csr")[:, movable]
        price, still = self.costs[movable], np.zeros(2 * len(movable))
        solved = linprog(
            np.concatenate([np.zeros(len(counts)), price, price]),
            A_eq=hstack([csr_matrix(self.rows), slack, -slack]) if len(self.rows) else None,
            b_eq=np.zeros(len(self.rows)) if len(self.rows) else None,
            A_ub=np.concatenate([-secret, still])[None, :],
            b_ub=[float(secret @ counts) - least],
            bounds=[(low, None) for low in (*-counts, *still)],
            method="highs",
        )
        moves = np.zeros(len(self.rows))
        if solved.x is None:
            # Nothing would do: it stays hidden with everything that can be.
            moves[movable] = 1.0
            return moves
        up, down = np.split(solved.x[len(counts) :], 2)
        moves[movable] = np.abs(up - down)
        moves[moves < NOISE] = 0.0
        return moves
