"""`python -m bench [NAME …]`: run all benchmarks, or the named ones, and print each value when known.

Each benchmark runs in a process of its own and is stopped with all that it started: after LIMIT
seconds, and all together after WHOLE, so that they end in under ten minutes whatever a baseline does.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import signal
import subprocess
import sys
import time

import bench
from bench._row import head, line, say

LIMIT, WHOLE = 65, 590
ONE = "--here"


def names() -> list[str]:
    """The names of all benchmarks, in alphabetical order."""
    return [
        module.name
        for module in pkgutil.iter_modules(bench.__path__)
        if not module.name.startswith("_") and module.name != "pictures"
    ]


def main(chosen: list[str]) -> int:
    """Run each benchmark; returns 1 if a value exceeds its aim or is not known in time, 2 for an unknown name."""
    if chosen[:1] == [ONE]:
        return here(chosen[1])
    if unknown := sorted(set(chosen) - set(names())):
        print(f"no such bench: {', '.join(unknown)}; there are {', '.join(names())}")
        return 2
    print(head(), flush=True)
    end = time.monotonic() + WHOLE
    return max([apart(name, end) for name in chosen or names()])


def here(name: str) -> int:
    """Run one benchmark's `measure()` in this process; returns 1 if a value exceeds its aim."""
    over = 0
    for row in importlib.import_module(f"bench.{name}").measure():
        print(line(row), flush=True)
        over = max(over, int(row.verdict == "OVER"))
    return over


def apart(name: str, end: float) -> int:
    """Run one benchmark in a process of its own, for LIMIT seconds and until `end` at most; returns its status."""
    say(name)
    seconds = max(0, min(LIMIT, round(end - time.monotonic())))
    command = [sys.executable, "-m", "bench", ONE, name]
    with subprocess.Popen(command, start_new_session=True) as process:
        try:
            return int(process.wait(timeout=seconds) != 0)
        except subprocess.TimeoutExpired:
            print(f"{name}: the rest is not known after {seconds} s", flush=True)
            return 1
        finally:
            stop(process.pid)


def stop(group: int) -> None:
    """End whatever a benchmark started and left running."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
