"""The process that reads one file within its limits; whatever happens to it, the caller lives."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path


def main() -> None:
    """Read the file that the request on standard input names."""
    request = json.loads(sys.stdin.read())
    _within(request["limits"]["memory"], request["limits"]["seconds"])
    from board.workbook._limits import Limits
    from board.workbook._read import read_into

    read_into(
        Path(request["path"]),
        request["name"],
        Path(request["out"]),
        Path(request["work"]),
        Limits(**request["limits"]),
    )


def _within(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (2 * seconds, 2 * seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
