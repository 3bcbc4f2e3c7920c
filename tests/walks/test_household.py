"""From the overview to the workbook cell behind one person's wage, in Chromium, click by click."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from board.sample import load_sample
from tests.support.answers import present
from tests.support.running import new_page, served, shown

SCREEN: ViewportSize = {"width": 1366, "height": 768}
MOST = 5


class Hand:
    """A reader's hand on the mouse: counts its clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, mark: Locator, where: str = "**") -> None:
        mark.first.click(force=True)
        self.clicks += 1
        self.page.wait_for_url(where)
        shown(self.page)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small settlement that came in as workbooks, through the door everyone uses."""
    root = tmp_path_factory.mktemp("loaded")
    load_sample(root, households=60, months=3)
    return root


def test_a_wage_is_five_clicks_from_its_cell(
    chromium: Browser, loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    with served(loaded) as board:
        page = new_page(chromium.new_context(viewport=SCREEN, locale="zh-CN"))
        hand = Hand(page)
        shown(page, f"{board}/")
        hand.click(page.get_by_text("查询", exact=True))
        hand.click(page.get_by_text("楼栋单元", exact=True), "**/units?**")
        hand.click(page.locator(".js-plotly-plot").first.get_by_text("1栋"), "**1%E6%A0%8B**")
        hand.click(page.locator(".js-plotly-plot .point").nth(2), "**/household?**")
        said = page.locator("h2", has_text="写在").inner_text()
        source = page.get_by_text(re.compile(r"^第\d+批 · .*就业监测台账")).first.inner_text()
        page.context.close()
    assert hand.clicks <= MOST, said
    found = re.search(r"月收入 ([\d,]+)元，写在 ([A-Z]+\d+)", said)
    assert found, said
    wage, cell = found.groups()
    batch, file, sheet = present(re.match(r"第(\d+)批 · (\S+) · (\S+)", source)).groups()
    (path,) = (loaded / "batches" / batch).rglob(file)
    book = openpyxl.load_workbook(path, read_only=True)
    assert float(book[sheet][cell].value) == float(wage.replace(",", ""))
    book.close()
