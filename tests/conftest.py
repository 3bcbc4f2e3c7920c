"""What every test stands on: a store that is never the real one."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import settlement

if TYPE_CHECKING:
    from tests.support.openid import House

PROJECT = Path(__file__).resolve().parent.parent
REAL_STORE = str(PROJECT / "data" / "store")

# Set before any module of the board is imported, inherited by every process a test starts.
# The pages' own tests look as the task force, who sees the most; tests of access say as whom.
os.environ["BOARD_ROLE"] = "task_force"
os.environ["BOARD_TODAY"] = "2026-11-29"
MADE = [tempfile.mkdtemp(prefix="board-no-store-")]
os.environ["BOARD_STORE"] = MADE[0]
# Where no bytecode may be written beside the code, each process that a test starts would compile
# the whole board anew: it is kept elsewhere for one run of the tests.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    MADE.append(tempfile.mkdtemp(prefix="board-bytecode-"))
    os.environ["PYTHONPYCACHEPREFIX"] = MADE[1]


def pytest_unconfigure() -> None:
    """Remove these places again; whoever inherits them from this process does not."""
    for place in MADE:
        shutil.rmtree(place, ignore_errors=True)


def _keep_off_the_real_store(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to open, list, make or remove anything in the store people work with."""
    if event in {"open", "sqlite3.connect", "os.mkdir", "os.listdir", "os.scandir", "os.rename"}:
        path = arguments[0] if arguments else None
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(REAL_STORE):
            raise RuntimeError("a test reached for the real store: give it one in tmp_path")


sys.addaudithook(_keep_off_the_real_store)


# The files that take longest, longest first, so that no worker is left alone with one at the end.
LONGEST = (
    "test_pages", "test_further_figures", "test_commands", "test_damage", "test_sentences",
    "test_plans", "test_retain", "test_actions", "test_suppression", "test_load", "test_exports",
    "test_oidc", "test_hidden_counts", "test_figures", "test_crash", "test_tables", "test_sample",
    "test_corrections", "test_past", "test_safety", "test_roles", "test_sample_figures",
    "test_desk", "test_retain_crash", "test_plan_oracles", "test_faults", "test_assets_figures",
    "test_household", "test_additions", "test_plan_metrics", "test_change", "test_parts",
    "test_closed", "test_accounts_page", "test_looks", "test_boundaries", "test_serve",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; `make test` gives each file to one worker."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(LONGEST)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which share of the long sweeps was tried."""
    from tests.support.spread import SEED

    terminalreporter.write_line(f"the share of the long sweeps: TESTS_SEED={SEED}")


@pytest.fixture(scope="session", autouse=True)
def installed_packages_scanned_once() -> Iterator[None]:
    """Look for Streamlit components once: AppTest reads every package's metadata for every page."""
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as changed:
        scan = cache(manifest_scanner.scan_component_manifests)
        changed.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def commands_declared_once() -> Iterator[None]:
    """Make the command line from its functions once: a process of the board runs one command."""
    import typer.main

    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(typer.main, "get_command", cache(typer.main.get_command))
        yield


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def passwords_hashed_quickly() -> Iterator[None]:
    """Hash passwords at the least cost, for a file of tests that is not about that cost."""
    from argon2 import PasswordHasher

    from board.accounts import passwords

    with pytest.MonkeyPatch.context() as changed:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        changed.setattr(passwords, "HASHER", quick)
        yield


@pytest.fixture(scope="module")
def workbooks_read_here() -> Iterator[None]:
    """Workbooks are read in this process, for a file of tests that is not about the reading one."""
    from tests.support.reading_here import reading_here

    with reading_here():
        yield


@pytest.fixture(scope="module")
def stores_kept_open() -> Iterator[None]:
    """A store is opened once for all commands of a file of tests, as it is for all pages."""
    from tests.support.reading_here import stores_kept_open as kept_open

    with kept_open():
        yield


@pytest.fixture
def workbooks_read_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks are read in a process of their own after all, as the board reads them."""
    from board import workbook
    from board.workbook.process import run_child

    monkeypatch.setattr(workbook, "run_child", run_child)


@pytest.fixture(scope="session")
def sample_store() -> Path:
    """The invented settlement's store, shared by all workers: read it, never write to it."""
    pytest.importorskip("board.workbook")
    return settlement.made()


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The board served over a small town, with OpenID providers to sign in by."""
    from tests.support import openid

    with openid.house(tmp_path_factory.mktemp("oidc")) as opened:
        yield opened
