"""Many like cases: some in every run of the tests, the others in the long runs."""

from __future__ import annotations

import os
import random
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

import pytest

from board.publish.build_version import build_version

T = TypeVar("T")
# Which share is tried: another whenever the code changes, the same again for the same code.
SEED = int(os.environ.get("TESTS_SEED") or int(build_version(), 16) % 10_000)


def spread(cases: Iterable[Any], often: Collection[Any]) -> list[Any]:
    """The cases for `parametrize`: those in `often` for every run, the rest for `make soak`."""
    every = list(cases)
    assert set(often) <= set(every), "a case that is no more"
    return [case if case in often else pytest.param(case, marks=pytest.mark.soak) for case in every]


def share(cases: Sequence[T], one_of: int, about: str = "") -> list[T]:
    """One of so many cases, drawn by the seed, at least one; other cases for another `about`."""
    draw = random.Random(f"{SEED} {about}")
    numbers = sorted(draw.sample(range(len(cases)), -(-len(cases) // one_of)))
    return [cases[number] for number in numbers]


def shared(cases: Iterable[Any], one_of: int, about: str) -> list[Any]:
    """The cases for `parametrize`: a share drawn by the seed for every run, the rest for `make soak`."""
    every = list(cases)
    chosen = {id(case) for case in share(every, one_of, about)}
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=() if id(case) in chosen else pytest.mark.soak,
        )
        for case in every
    ]
