"""The engine that hides: an attacker who solves what is visible gets nothing that is hidden."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from board.suppression import Cell, Table, hide

LEAST = 10.0


def one_way(*counts: float, total: bool = True, for_good: bool = True) -> Table:
    """Categories of one question and their total."""
    groups = np.eye(len(counts))
    cells = [
        Cell(n, (row,), (row,), 1 + c, for_good)
        for n, (row, c) in enumerate(zip(groups, counts, strict=True))
    ]
    whole = np.ones(len(counts))
    if total:
        cells.append(Cell("total", (whole,), (whole,), 1e6, False))
    return Table(np.array([counts]), tuple(cells), LEAST)


def interval(rows: np.ndarray, sums: np.ndarray, of: np.ndarray) -> tuple[float, float]:
    """The least and the greatest of a sum for who knows only these sums, written apart from the board."""
    ends = []
    for sign in (1.0, -1.0):
        solved = linprog(sign * of, A_eq=rows if len(rows) else None, b_eq=sums if len(rows) else None,
                         bounds=(0, None), method="highs")  # fmt: skip
        ends.append(np.inf if solved.fun is None else sign * solved.fun)
    return ends[0], ends[1]


def assert_kept(table: Table) -> None:
    """Nothing small is visible, told, or known to be small; of nothing hidden is everything told."""
    hidden = hide(table)
    for period, counts in enumerate(table.counts):
        shown = [
            row for n, cell in enumerate(table.cells) if not hidden[n, period] for row in cell.shown
        ]
        rows = np.array([*table.known_sums, *shown]).reshape(-1, len(counts))
        for number, cell in enumerate(table.cells):
            small = [one for one in cell.secret if 0 < counts @ one < LEAST]
            if not hidden[number, period]:
                assert not small, (cell.key, period)
                continue
            for one in small:
                low, high = interval(rows, rows @ counts, one)
                assert low < high - 1e-6, (cell.key, period)
                assert high >= LEAST - 1e-6, (cell.key, period, high)
            ends = [interval(rows, rows @ counts, one) for one in cell.shown]
            nobody = not any(counts @ one for one in cell.shown)
            assert nobody or any(low < high - 1e-6 for low, high in ends), (cell.key, period)


def test_a_small_cell_is_hidden_with_the_cheapest_other() -> None:
    """4 beside 109, 427 and 1681: the total would give 4 back, so 109 goes too."""
    hidden = hide(one_way(4, 109, 427, 1681))[:, 0]
    assert hidden.tolist() == [True, True, False, False, False]


def test_two_small_cells_that_are_few_together_take_a_third() -> None:
    """3 and 4 alone hide nothing: their sum says that both are small."""
    hidden = hide(one_way(3, 4, 60, 200))[:, 0]
    assert hidden.tolist() == [True, True, True, False, False]


def test_two_small_cells_that_are_many_together_are_enough() -> None:
    """6 and 7 of a total that leaves 13 for both: each may be ten."""
    hidden = hide(one_way(6, 7, 60, 200))[:, 0]
    assert hidden.tolist() == [True, True, False, False, False]


def test_nobody_is_not_small() -> None:
    assert not hide(one_way(0, 20, 30)).any()


def test_without_a_total_only_the_small_cell_is_hidden() -> None:
    assert hide(one_way(4, 109, 427, total=False))[:, 0].tolist() == [True, False, False]


def test_a_small_total_goes_with_everything_that_gives_it_back() -> None:
    assert_kept(one_way(3, 0, 4))


def test_what_is_small_in_one_period_is_hidden_in_all() -> None:
    """12 then 9: who saw both months' totals and the 12 could subtract."""
    table = one_way(12, 30, 40)
    table = Table(np.array([[12.0, 30, 40], [9, 31, 40]]), table.cells, LEAST)
    hidden = hide(table)
    assert hidden[0].tolist() == [True, True]
    assert hidden[1].tolist() == [True, True]
    assert not hidden[3].any()


def test_a_period_alone_can_be_hidden() -> None:
    table = one_way(12, 30, total=False, for_good=False)
    table = Table(np.array([[12.0, 30], [9, 31]]), table.cells, LEAST)
    assert hide(table)[0].tolist() == [False, True]


def test_the_rest_of_a_rate_is_a_cell_too() -> None:
    """62 of 65 at work: the three who are not can be told from the rate."""
    worked, idle = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    rate = Cell("rate", (worked, worked + idle), (worked, worked + idle, idle))
    assert hide(Table(np.array([[62.0, 3.0]]), (rate,), LEAST)).all()


def test_what_is_known_anyhow_cannot_be_hidden_but_everything_else_is() -> None:
    """Where what a reader knows gives it all away there is nothing left to show, and it ends."""
    table = one_way(4, 109)
    known = Table(table.counts, table.cells, LEAST, known_sums=(np.array([1.0, 0.0]),))
    assert hide(known).all()


@st.composite
def hierarchies(draw: st.DrawFn) -> Table:
    """Places within a whole × categories, with rates; or a table of two ways with its margins."""
    places = draw(st.integers(2, 5))
    kinds = draw(st.integers(2, 4))
    periods = draw(st.integers(1, 3))
    size = st.one_of(st.just(0), st.integers(1, 12), st.integers(10, 60))
    flat = draw(
        st.lists(size, min_size=places * kinds * periods, max_size=places * kinds * periods)
    )
    counts = np.array(flat, dtype=float).reshape(periods, places * kinds)
    crossed = draw(st.booleans())
    groups = list(product(range(places), range(kinds)))

    def those(place: int | None = None, kind: int | None = None) -> np.ndarray:
        return np.array([float(place in (None, p) and kind in (None, k)) for p, k in groups])

    everywhere: list[int | None] = [None, *range(places)]
    every: list[int | None] = [None, *range(kinds)]
    cells = []
    for place, kind in product(everywhere, every):
        if not crossed and place is not None and kind is not None:
            continue
        row = those(place, kind)
        whole = place is None and kind is None
        rest = (those(place) - row,) if kind is not None and draw(st.booleans()) else ()
        shown = (row, those(place)) if rest else (row,)
        cost = float(counts[0] @ row) + 1 if not whole else 1e5
        cells.append(Cell((place, kind), shown, (*shown, *rest), cost, not whole))
    return Table(counts, tuple(cells), LEAST)


@settings(max_examples=60, deadline=None)
@given(hierarchies())
def test_whoever_solves_what_is_visible_gets_nothing_hidden(table: Table) -> None:
    assert_kept(table)


@settings(max_examples=40, deadline=None)
@given(hierarchies())
def test_nothing_is_hidden_where_nothing_is_small(table: Table) -> None:
    large = Table(np.where(table.counts > 0, table.counts + LEAST, 0.0), table.cells, LEAST)
    small = any(large.small(secret).any() for cell in large.cells for secret in cell.secret)
    assert small or not hide(large).any()
