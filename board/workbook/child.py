"""The child process that reads or marks one file within limits, so that a crash never stops the caller."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import Any

from board.workbook.limits import TOO_HEAVY, UNEXPECTED, Limits


def main() -> int:
    """Do what the JSON request on standard input says with a file; return an exit code.

    Its `task` is `read` or `mark`. Only the class of an unexpected error goes to standard error:
    its text may hold a person's name.
    """
    request = json.loads(sys.stdin.read())
    _limit(request["limits"]["memory"], request["limits"]["seconds"])
    try:
        TASKS[request["task"]](request, Path(request["path"]), Limits(**request["limits"]))
    except MemoryError:
        return TOO_HEAVY
    except Exception as problem:
        sys.stderr.write(type(problem).__name__)
        return UNEXPECTED
    return 0


def _read(request: dict[str, Any], path: Path, limits: Limits) -> None:
    from board.workbook.ledgers_of_file import read_into

    out, work = Path(request["out"]), Path(request["work"])
    read_into(path, request["name"], out, work, limits, request["lists"], request["of_plan"])


def _mark(request: dict[str, Any], path: Path, limits: Limits) -> None:
    from board.i18n import speaking
    from board.workbook.marking.mark import Mark
    from board.workbook.marking.marked import write_marked

    marks = [Mark(**values) for values in request["marks"]]
    out, list_only = Path(request["out"]), request["list_only"]
    with speaking(request["language"]):
        write_marked(path, request["name"], out, marks, limits, list_only=list_only)


TASKS = {"read": _read, "mark": _mark}


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
