"""Run the child process that opens a file, and stop it at its limit of time or memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from board.ledgers.fields.cell import Fault
from board.workbook.findings.fault import fault
from board.workbook.limits import MEBI, UNEXPECTED, Limits

_PROJECT = Path(__file__).resolve().parents[2]
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_POLL_SECONDS = 0.02


def run_child(request: Mapping[str, Any], work: Path, limits: Limits) -> Fault | None:
    """Let a child process do what is requested of a file; return what went wrong, None if nothing.

    `request` has the `task` and its arguments (see `board.workbook.child`); `work` is a folder for
    what the child needs meanwhile.
    """
    request = {**request, "limits": asdict(limits)}
    environment = {
        **os.environ, "PYTHONPATH": str(_PROJECT), "POLARS_MAX_THREADS": "2", "TMPDIR": str(work),
    }  # fmt: skip
    with TemporaryFile(dir=work) as stdin, TemporaryFile(dir=work) as stderr:
        stdin.write(json.dumps(request).encode())
        stdin.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-m", "board.workbook.child"],
            stdin=stdin,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            env=environment,
        )
        try:
            problem = _wait_for(child, limits)
        finally:
            child.kill()
            child.wait()
        if problem is None and child.returncode == UNEXPECTED:
            stderr.seek(0)
            problem = fault("file_unreadable", text=stderr.read(100).decode(errors="replace"))
        elif problem is None and child.returncode != 0:
            problem = _too_heavy(limits)
    return problem


def _wait_for(child: subprocess.Popen[bytes], limits: Limits) -> Fault | None:
    """Wait for the child to end; return a fault when it needs too much time or memory."""
    deadline = time.monotonic() + limits.seconds
    while True:
        try:
            child.wait(_POLL_SECONDS)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                return fault("file_too_heavy", limit=f"{limits.seconds} s")
            if _resident(child.pid) > limits.memory:
                return _too_heavy(limits)
        else:
            return None


def _too_heavy(limits: Limits) -> Fault:
    return fault("file_too_heavy", limit=f"{limits.memory // MEBI} MiB")


def _resident(pid: int) -> int:
    """The memory that a process uses, in bytes; 0 on a system without /proc."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * _PAGE_BYTES
