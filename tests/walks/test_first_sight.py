"""What a newcomer meets: the role in plain sight, figures that lead on, Back step by step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from board.access import LOCAL_ROLE
from tests.support.running import new_page, served, shown

WAIT = 60_000  # ms


@pytest.fixture(scope="module")
def board(sample_store: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv(LOCAL_ROLE, raising=False)
        with served(sample_store) as address:
            yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    yield new_page(context)
    context.close()


def stands_at(page: Page, path: str, language: str) -> None:
    """The page has come by one step: its address, and no dialog over it."""
    page.wait_for_function(
        """([path, lang]) => location.pathname === path &&
        new URL(location).searchParams.get("lang") === lang""",
        arg=[path, language], timeout=WAIT,
    )  # fmt: skip
    title = "h1:not(:empty)"
    expect(page.locator(title).first).to_be_visible(timeout=WAIT)
    shown(page)
    assert page.get_by_role("dialog").count() == 0
    assert parse_qs(urlsplit(page.url).query)["lang"] == [language]


def test_the_sample_opens_as_a_leader_and_every_language_keeps_the_role(
    page: Page, board: str
) -> None:
    shown(page, f"{board}/")
    role = page.locator(".st-key-identity button").first
    expect(role).to_contain_text("管委领导")
    role.click()
    page.get_by_test_id("stPopoverBody").get_by_text("专班人员", exact=True).click()
    expect(role).to_contain_text("专班人员", timeout=WAIT)
    for tongue, name in (("EN", "Task force"), ("中", "专班人员"), ("EN", "Task force")):
        page.keyboard.press("Escape")
        page.get_by_text(tongue, exact=True).click()
        expect(role).to_contain_text(name, timeout=WAIT)
        shown(page)
        expect(role).to_contain_text(name)


def test_a_matter_leads_on_and_back_returns_step_by_step_over_a_change_of_language(
    page: Page, board: str
) -> None:
    shown(page, f"{board}/")
    links = page.get_by_test_id("stMain").get_by_test_id("stPageLink-NavLink")
    links.filter(has_text="零就业家庭 8户").first.click()
    stands_at(page, "/zero_employment", "zh")
    page.get_by_text("EN", exact=True).click()
    stands_at(page, "/zero_employment", "en")
    page.go_back()
    stands_at(page, "/zero_employment", "zh")
    page.go_back()
    stands_at(page, "/", "zh")
    page.go_forward()
    stands_at(page, "/zero_employment", "zh")


@pytest.mark.parametrize("path", ["overview", "no_such_page"])
def test_an_address_without_a_page_opens_the_first_one(page: Page, board: str, path: str) -> None:
    shown(page, f"{board}/{path}?lang=zh")
    stands_at(page, "/", "zh")
