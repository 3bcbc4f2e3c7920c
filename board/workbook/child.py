"""The process that reads one file within its limits; whatever happens to it, the caller lives."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from board.workbook.limits import TOO_HEAVY, UNEXPECTED, Limits


def main() -> int:
    """Read the file that the request on standard input names.

    Only the kind of an unexpected error is told: its text may hold a person's name.
    """
    request = json.loads(sys.stdin.read())
    _within(request["limits"]["memory"], request["limits"]["seconds"])
    from board.workbook.ledgers_of_file import read_into

    path, out, work = (Path(request[name]) for name in ("path", "out", "work"))
    try:
        read_into(path, request["name"], out, work, Limits(**request["limits"]))
    except MemoryError:
        return TOO_HEAVY
    except Exception as problem:
        sys.stderr.write(type(problem).__name__)
        return UNEXPECTED
    return 0


def _within(memory: int, seconds: int) -> None:
    """Bound this process before it touches the file: data, processor time, no core dump."""
    # Reserved is not held: the parent watches what is, this only stops a sudden leap.
    reserved = 3 * memory
    resource.setrlimit(resource.RLIMIT_DATA, (reserved, reserved))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
