"""`python -m bench [NAME …]`: run all benchmarks, or the named ones, and print one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench
from bench._row import Row, say, table


def names() -> list[str]:
    """The names of all benchmarks, in alphabetical order."""
    return [
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if not module.name.startswith("_") and module.name != "pictures"
    ]


def main(chosen: list[str]) -> int:
    """Run each `measure()`; returns 1 if a value exceeds its aim, 2 for an unknown name."""
    if unknown := sorted(set(chosen) - set(names())):
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(names())}")
        return 2
    rows: list[Row] = []
    for name in chosen or names():
        say(name)
        rows += importlib.import_module(f"bench.{name}").measure()
    print(table(rows))
    return 1 if any(row.verdict == "OVER" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
