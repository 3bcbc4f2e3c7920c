"""`python -m bench [NAME …]`: measure everything, or what is named, and print one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import bench
from bench._row import Row, say, table


def names() -> list[str]:
    """The benches there are, in the order of their names."""
    return [
        found.name
        for found in pkgutil.iter_modules(bench.__path__)
        if not found.name.startswith("_") and found.name != "pictures"
    ]


def main(asked: list[str]) -> int:
    """Run each bench's `measure()`; 1 when a figure is over its aim, 2 for an unknown name."""
    if unknown := sorted(set(asked) - set(names())):
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(names())}")
        return 2
    rows: list[Row] = []
    for name in asked or names():
        say(name)
        rows += importlib.import_module(f"bench.{name}").measure()
    print(table(rows))
    return 1 if any(row.verdict == "OVER" for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
