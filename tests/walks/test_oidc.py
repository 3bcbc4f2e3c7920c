"""Signing in by OpenID Connect in Chromium: in, out, cut off, and nothing of one reader's for another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.openid import TITLE, House
from tests.support.running import new_page, shown, touch

DOWNLOAD = "[data-testid=stDownloadButton] button"


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Pages of browsers that know nothing of each other."""
    contexts = []

    def page() -> Page:
        contexts.append(chromium.new_context(locale="zh-CN", ignore_https_errors=True))
        return new_page(contexts[-1])

    yield page
    for context in contexts:
        context.close()


def sign_in(page: Page, house: House, login: str, path: str = "/definitions", at: str = "") -> Page:
    """Ask for a page of the board and come to it by the provider's form."""
    page.goto(f"{at or house.board}{path}")
    page.get_by_role("link", name=f"用{TITLE}登录").first.click()
    page.locator("input[name=login]").fill(login)
    page.locator("button[value=in]").click()
    shown(page)
    assert urlsplit(page.url).path == urlsplit(path).path
    return page


def account(page: Page) -> str:
    """What the bar says of who is in, and what stands behind it."""
    button, behind = page.locator(".st-key-identity button"), page.get_by_test_id("stPopoverBody")
    if not behind.is_visible():
        button.click()
    return f"{button.inner_text()}\n{behind.inner_text()}"


def turned_out(page: Page, house: House) -> None:
    """The page leads to signing in, by itself or at the next click."""
    page.wait_for_url(f"{house.board}/signin?**", timeout=30_000)
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_a_reader_comes_in_by_the_provider_and_leaves_both(
    house: House, fresh: Callable[[], Page]
) -> None:
    page = sign_in(fresh(), house, "li")
    assert "专班人员" in account(page)
    assert "李干事（li）" in account(page)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies(house.board)}
    assert cookies["board"]["httpOnly"]
    assert cookies["board"]["sameSite"] == "Lax"
    thief = fresh()
    thief.context.add_cookies(
        [{"name": "board", "value": cookies["board"]["value"], "url": house.board}]
    )
    shown(thief, f"{house.board}/definitions")

    page.goto(f"{house.board}/signin/out")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{house.provider.address}/session/end?**")
    page.locator("button[value=yes]").click()
    page.wait_for_url(f"{house.board}/signin?**")
    assert "board" not in {cookie["name"] for cookie in page.context.cookies(house.board)}
    # The provider has forgotten the reader too: it asks again.
    page.get_by_role("link", name=f"用{TITLE}登录").first.click()
    expect(page.locator("input[name=login]")).to_be_visible()

    thief.get_by_role("heading").first.click()
    turned_out(thief, house)
    thief.goto(f"{house.board}/definitions")
    turned_out(thief, house)


def test_an_open_page_is_cut_off_when_an_administrator_says_so(
    house: House, fresh: Callable[[], Page]
) -> None:
    page, admin = sign_in(fresh(), house, "lan"), sign_in(fresh(), house, "qin", "/accounts")
    before = page.locator("[data-testid=stMain]").inner_text()
    reader = admin.locator("[data-testid=stHorizontalBlock]", has_text="蓝干事（lan） county")
    reader.get_by_role("button", name="断开").click()
    expect(admin.get_by_text("下一次点击就要重新登录")).to_be_visible()
    touch(page)
    turned_out(page, house)
    # Signing in took the page's entry in the history: Back leads before the page, not to it.
    page.go_back()
    page.wait_for_load_state()
    assert before not in page.locator("body").inner_text()


def test_an_open_page_is_cut_off_when_it_was_not_used_for_too_long(
    house: House, fresh: Callable[[], Page]
) -> None:
    page = sign_in(fresh(), house, "he")
    house.rows("update sessions set seen_at = datetime('now', '-16 minutes')")
    touch(page)
    turned_out(page, house)


def test_nothing_of_one_reader_is_served_to_another(
    house: House, fresh: Callable[[], Page]
) -> None:
    grid, visitor = fresh(), fresh()
    told, told_visitor = frames(grid), frames(visitor)
    sign_in(grid, house, "li")
    sign_in(visitor, house, "nong")
    codes = [code.encode() for code in household_codes(house)]
    assert any(code in told for code in codes)
    assert not [code for code in codes if code in told_visitor]

    asked: list[str] = []
    grid.on("request", lambda r: asked.append(r.url) if "/media/" in r.url else None)
    with grid.expect_download() as download:
        grid.locator(DOWNLOAD).first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    mine = grid.context.request.get(asked[0])
    assert mine.ok
    assert mine.headers["cache-control"] == "no-store"
    assert visitor.context.request.get(asked[0]).status == 404
    assert fresh().context.request.get(asked[0]).status == 401


def frames(page: Page) -> bytearray:
    """Everything that a page is sent over its WebSockets, as it comes."""
    told = bytearray()

    def more(frame: str | bytes) -> None:
        told.extend(frame if isinstance(frame, bytes) else frame.encode())

    page.on("websocket", lambda socket: socket.on("framereceived", more))
    return told


def household_codes(house: House) -> list[str]:
    """The codes of the households that a page could show."""
    files = list(house.root.glob("batches/*/households.parquet"))
    return (
        pl.concat(pl.read_parquet(f, columns=["household_id"]) for f in files).to_series().to_list()
    )


def test_neither_address_nor_headers_make_anybody_an_administrator(
    house: House, fresh: Callable[[], Page]
) -> None:
    admin, page = sign_in(fresh(), house, "qin"), sign_in(fresh(), house, "nong")
    assert "管理员" in account(admin)
    hashed = house.rows("select hash from sessions where role = 'admin' order by rowid desc")[0][0]
    forged = {"x-board-session": hashed, "x-forwarded-user": "qin", "remote-user": "qin"}
    page.context.set_extra_http_headers(forged)
    asked = f"role=admin&as=admin&shown_as=admin&x-board-session={hashed}&present=0"
    for path in ("/accounts", "/household"):
        shown(page, f"{house.board}{path}?{asked}")
        assert "一般用户" in account(page)
        assert not page.get_by_text("新建账号").count()


def test_an_answer_in_the_history_or_in_another_browser_opens_nothing(
    house: House, fresh: Callable[[], Page]
) -> None:
    page, other = fresh(), fresh()
    answers: list[str] = []
    page.on("request", lambda r: answers.append(r.url) if "/county/back?" in r.url else None)
    page.goto(f"{house.board}/signin/oidc/county")
    page.locator("input[name=login]").fill("ban")
    page.locator("button[value=in]").click()
    expect(page.get_by_role("heading")).to_have_text("还不能看这块看板")
    (answer,) = answers
    for where, address in (
        (page, answer),
        (other, answer),
        (page, answer.replace("state=", "state=x")),
    ):
        where.goto(address)
        expect(where.get_by_role("heading")).to_have_text("这次登录已经失效")
        assert "board" not in {one["name"] for one in where.context.cookies(house.board)}


def test_a_provider_that_is_away_says_so_in_words(house: House, fresh: Callable[[], Page]) -> None:
    page = fresh()
    page.goto(f"{house.board}/signin")
    page.get_by_role("link", name=f"用{TITLE}登录").last.click()
    expect(page.get_by_role("heading")).to_have_text(f"{TITLE}暂时连不上")
    page.get_by_role("link", name="去登录").click()
    expect(page.get_by_label("密码")).to_be_visible()


def test_behind_a_proxy_with_tls_the_board_is_reached_by_its_name(
    house: House, fresh: Callable[[], Page]
) -> None:
    page = sign_in(fresh(), house, "he", at=house.named)
    assert page.url.startswith(house.named)
    assert "管委领导" in account(page)
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies(house.named)}
    assert cookies["__Host-board"]["secure"]
    assert cookies["__Host-board"]["httpOnly"]
    with page.expect_download() as download:
        page.locator(DOWNLOAD).first.click()
    assert download.value.suggested_filename.endswith(".xlsx")
    page.goto(f"{house.named}/signin/out")
    page.get_by_role("button", name="退出").click()
    page.locator("button[value=yes]").click()
    page.wait_for_url(f"{house.named}/signin?**")
