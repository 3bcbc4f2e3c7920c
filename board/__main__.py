"""The command line: `python -m board <command>`; every command takes `--store`."""

from __future__ import annotations

import os
import sys

from board.commands import app
from board.commands.terminal import closing_quietly, report_error
from board.i18n import speak


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused, 2 wrong usage."""
    speak(os.environ.get("BOARD_LANG", "zh"))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    with closing_quietly():
        try:
            done = app(arguments, prog_name="python -m board", standalone_mode=False)
            sys.stdout.flush()
        except BaseException as error:
            return report_error(error)
    return done if isinstance(done, int) else 0


if __name__ == "__main__":
    sys.exit(main())
