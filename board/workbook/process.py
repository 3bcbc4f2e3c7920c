"""Run the reading process and watch it: its time, its memory, how it ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryFile

from board.workbook.findings.fault import Fault, fault
from board.workbook.limits import MEBI, UNEXPECTED, Limits

_PROJECT = Path(__file__).resolve().parents[2]
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LOOK_EVERY = 0.02


def run_child(path: Path, name: str, out: Path, work: Path, limits: Limits) -> Fault | None:
    """Let a child process read the file; say why when it could not."""
    request = {
        "path": str(path.resolve()), "name": name, "out": str(out.resolve()),
        "work": str(work), "limits": asdict(limits),
    }  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(_PROJECT), "POLARS_MAX_THREADS": "2"}
    with TemporaryFile() as wanted, TemporaryFile() as said:
        wanted.write(json.dumps(request).encode())
        wanted.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-m", "board.workbook.child"],
            stdin=wanted,
            stdout=subprocess.DEVNULL,
            stderr=said,
            env=environment,
        )
        try:
            problem = _watched(child, limits)
        finally:
            child.kill()
            child.wait()
        if problem is None and child.returncode == UNEXPECTED:
            said.seek(0)
            problem = fault("file_unreadable", found=said.read(100).decode(errors="replace"))
        elif problem is None and child.returncode != 0:
            problem = _too_heavy(limits)
    return problem


def _watched(child: subprocess.Popen[bytes], limits: Limits) -> Fault | None:
    """Wait for the child to end; stop it when it takes too long or too much."""
    until = time.monotonic() + limits.seconds
    while True:
        try:
            child.wait(_LOOK_EVERY)
        except subprocess.TimeoutExpired:
            if time.monotonic() > until:
                return fault("file_too_heavy", limit=f"{limits.seconds} s")
            if _resident(child.pid) > limits.memory:
                return _too_heavy(limits)
        else:
            return None


def _too_heavy(limits: Limits) -> Fault:
    return fault("file_too_heavy", limit=f"{limits.memory // MEBI} MiB")


def _resident(pid: int) -> int:
    """The memory a process holds in bytes; 0 where the system doesn't say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * _PAGE
