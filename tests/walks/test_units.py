"""The page of buildings and units as readers use it: what a click opens, and what the keyboard does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page

from board.access import Reader, Role, for_reader
from board.store import open_store
from tests.support.answers import present
from tests.support.running import new_page, served, shown
from tests.support.stores import town

BUILDING = "幸福小镇/7栋"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town(tmp_path_factory.mktemp("town"), households=60, months=9)


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    with served(store) as address:
        yield address


@pytest.fixture
def looking(chromium: Browser, board: str) -> Iterator[Page]:
    """A page of a building's rooms in Chromium, and the households that live there."""
    context = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    opened = new_page(context)
    shown(opened, f"{board}/units?scope={BUILDING}&period=2023-09")
    yield opened
    context.close()


def place(opened: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(opened.url).query)


def click(opened: Page, mark: Locator) -> None:
    """Click in the middle of a mark, which plotly hides from clicks of its own under a glass pane."""
    mark.scroll_into_view_if_needed()
    box = present(mark.bounding_box())
    opened.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_row_of_the_comparison_and_a_building_of_the_plan_lead_there(looking: Page) -> None:
    bars = looking.locator(".js-plotly-plot").nth(1).locator(".point path")
    click(looking, bars.first)
    looking.wait_for_url("**scope=*%E5%8D%95%E5%85%83&*")
    assert place(looking)["scope"] == [f"{BUILDING}/1单元"]
    shown(looking)
    name = looking.locator(".js-plotly-plot").last.get_by_text("5栋", exact=True).first
    click(looking, name)
    looking.wait_for_url("**scope=*%2F5%E6%A0%8B&*")
    assert place(looking)["scope"] == ["幸福小镇/5栋"]


def test_a_click_on_a_cell_opens_the_households_card(looking: Page, store: Path) -> None:
    snapshot = for_reader(open_store(store).snapshot(), Reader(role=Role.TASK_FORCE).permissions)
    cell = looking.locator(".js-plotly-plot").first.locator(".point").first
    click(looking, cell)
    looking.wait_for_url("**/household?*")
    (code,) = place(looking)["household"]
    month, quarter = date(2023, 9, 1), date(2023, 7, 1)
    homes = snapshot.frame("building_households", building="7栋", month=month, quarter=quarter)
    assert code in homes["household_id"].to_list()
    assert place(looking)["scope"] == [BUILDING]


def test_the_keyboard_opens_a_card_from_the_list_of_rooms(looking: Page) -> None:
    field = looking.get_by_placeholder("打开一户一档：选一户")
    field.focus()
    looking.keyboard.type("单元")
    looking.keyboard.press("Enter")
    looking.wait_for_url("**/household?*")
    assert place(looking)["household"][0].startswith("XF")
