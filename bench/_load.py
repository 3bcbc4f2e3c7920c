"""What benchmarks share: a served store, query strings, and a process's time and memory."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from board.access import LOCAL_ROLE, Role
from tests.support.running import served
from tests.support.settlement import made

DEVELOPMENT = (
    sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "{port}",
    "--runner.postScriptGC", "true",
)  # fmt: skip
SCOPES = ("幸福小镇", *(f"幸福小镇/{n}栋" for n in range(1, 13)))
PERIODS = tuple(f"{year}-Q{quarter}" for year in (2024, 2025) for quarter in range(1, 5))


@contextmanager
def board() -> Iterator[str]:
    """The board over the sample's store, served as `make run` serves it."""
    with served(made()) as address:
        yield address


@contextmanager
def development() -> Iterator[str]:
    """The same app over the same store under `streamlit run`, with its defaults."""
    with served(made(), *DEVELOPMENT) as address:
        yield address


@contextmanager
def as_task_force() -> Iterator[None]:
    """Give readers who need not sign in the task force's role, which may see households."""
    before = os.environ.get(LOCAL_ROLE)
    os.environ[LOCAL_ROLE] = Role.TASK_FORCE
    try:
        yield
    finally:
        os.environ.pop(LOCAL_ROLE)
        if before is not None:
            os.environ[LOCAL_ROLE] = before


def queries() -> Iterator[str]:
    """Query strings of changing places and periods, without end."""
    for period, scope in itertools.cycle(itertools.product(PERIODS, SCOPES)):
        yield urlencode({"lang": "zh", "scope": scope, "period": period})


def process(address: str) -> int:
    """The ID of the process that listens at an address of this machine."""
    inode = _listening(int(address.rsplit(":", 1)[1]))
    for folder in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(os.readlink(link) == f"socket:[{inode}]" for link in folder.iterdir()):
                return int(folder.parent.name)
        except OSError:
            continue
    raise RuntimeError(f"nothing listens at {address}")


def _listening(port: int) -> str:
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        words = line.split()
        if words[3] == "0A" and int(words[1].rsplit(":", 1)[1], 16) == port:
            return words[9]
    raise RuntimeError(f"nothing listens on {port}")


def processor(pid: int) -> float:
    """The processor time a process has used, in seconds."""
    words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> float:
    """The memory a process uses, in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
