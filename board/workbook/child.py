"""The child process that reads one file within limits, so that a crash never stops the caller."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from board.workbook.limits import TOO_HEAVY, UNEXPECTED, Limits


def main() -> int:
    """Read the file that the JSON request on standard input names; return an exit code.

    Only the class of an unexpected error goes to standard error: its text may hold a
    person's name.
    """
    request = json.loads(sys.stdin.read())
    _limit(request["limits"]["memory"], request["limits"]["seconds"])
    from board.workbook.ledgers_of_file import read_into

    path, out, work = (Path(request[name]) for name in ("path", "out", "work"))
    try:
        limits = Limits(**request["limits"])
        read_into(path, request["name"], out, work, limits, request["lists"], request["of_plan"])
    except MemoryError:
        return TOO_HEAVY
    except Exception as problem:
        sys.stderr.write(type(problem).__name__)
        return UNEXPECTED
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Limit this process before it opens the file: memory, processor time, no core dump."""
    # A process reserves more memory than it uses. The parent watches the use; this limit
    # only stops a sudden jump.
    reserved = 3 * memory
    resource.setrlimit(resource.RLIMIT_DATA, (reserved, reserved))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
