"""What every test stands on: a store that is never the real one."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from collections.abc import Iterator
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
os.environ["BOARD_STORE"] = tempfile.mkdtemp(prefix="board-no-store-")


def _keep_off_the_real_store(event: str, arguments: tuple[object, ...]) -> None:
    """Refuse to open, list, make or remove anything in the store people work with."""
    if event in {"open", "sqlite3.connect", "os.mkdir", "os.listdir", "os.scandir", "os.rename"}:
        path = arguments[0] if arguments else None
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(REAL_STORE):
            raise RuntimeError("a test reached for the real store: give it one in tmp_path")


sys.addaudithook(_keep_off_the_real_store)


# The files that take longest, so that no worker is left alone with one of them at the end.
LONGEST = ("test_damage", "test_retain", "test_crash", "test_retain_crash", "test_figures",
           "test_pages", "test_commands", "test_actions", "test_tables", "test_suppression")  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each file to one worker, which makes its stores once; the longest files first."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(str(item.path.relative_to(PROJECT))))
    items.sort(key=lambda item: item.path.stem not in LONGEST)


@pytest.fixture
def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


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
