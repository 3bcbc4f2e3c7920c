"""No page has a barrier that axe-core finds: names, roles, contrast, the order of headings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.running import new_page, served, shown
from tests.support.viewer import pages

AXE = (
    Path(__file__).parents[1] / "support" / "provider" / "node_modules" / "axe-core" / "axe.min.js"
)
FOUND = """() => axe.run(document, {resultTypes: ["violations"]}).then(({violations}) =>
  violations.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html).join(" ")}`))"""


@pytest.fixture(scope="module")
def board(sample_store: Path) -> Iterator[str]:
    with served(sample_store) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    # The board's policy lets no other script run: the one that looks for barriers comes past it.
    size, here = {"width": 1366, "height": 768}, "zh-CN"
    context = chromium.new_context(viewport=size, locale=here, bypass_csp=True)  # type: ignore[arg-type]
    yield new_page(context)
    context.close()


def barriers(page: Page, address: str) -> list[str]:
    """What axe-core finds on a page once it is drawn."""
    shown(page, address)
    page.wait_for_function("!document.querySelector('[data-testid=stMetricChart]:not([role=img])')")
    page.evaluate(AXE.read_text("utf-8"))
    return [f"{address}: {barrier}" for barrier in page.evaluate(FOUND)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_has_a_barrier(page: Page, board: str, language: str) -> None:
    found = [
        barrier
        for name in pages(board)
        for barrier in barriers(page, f"{board}/{name}?lang={language}")
    ]
    assert found == [], "\n".join(found)


def test_a_shared_screen_has_no_barrier(page: Page, board: str) -> None:
    assert barriers(page, f"{board}/?lang=zh&present=1") == []
