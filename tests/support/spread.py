"""Many like cases: some in every run of the tests, the others in the long runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import pytest


def spread(cases: Iterable[Any], often: Collection[Any]) -> list[Any]:
    """The cases for `parametrize`: those in `often` for every run, the rest for `make soak`."""
    every = list(cases)
    assert set(often) <= set(every), "a case that is no more"
    return [case if case in often else pytest.param(case, marks=pytest.mark.soak) for case in every]
