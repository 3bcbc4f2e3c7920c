"""The browser of all walks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.openid import NAME
from tests.support.running import browser

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder; `make walk` gives each file to one worker, with its server.

    A walk goes through every page, so on a busy machine it takes longer than any other test.
    """
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.walk)
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for every walk; it knows the name by which the board is reached over TLS."""
    with browser(f"--host-resolver-rules=MAP {NAME} 127.0.0.1") as opened:
        yield opened
