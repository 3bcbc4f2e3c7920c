"""Run the child process that reads a file, and stop it at its limit of time or memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile

from board.ledgers.fields.cell import Fault
from board.reference import Lists
from board.workbook.findings.fault import fault
from board.workbook.limits import MEBI, UNEXPECTED, Limits

_PROJECT = Path(__file__).resolve().parents[2]
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_POLL_SECONDS = 0.02


def run_child(
    path: Path, name: str, out: Path, work: Path, limits: Limits, lists: Lists, of_plan: bool
) -> Fault | None:
    """Let a child process read the file; return what went wrong, None when it was read."""
    request = {
        "path": str(path.resolve()), "name": name, "out": str(out.resolve()),
        "work": str(work), "limits": asdict(limits), "lists": lists, "of_plan": of_plan,
    }  # fmt: skip
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
