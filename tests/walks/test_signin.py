"""Signing in with an account in Chromium: made, entered, locked, left, cut off, and never another's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from board import template
from board.access import Role
from board.accounts import Accounts, Sessions
from board.plan_names import shipped_by_table
from board.storage import JOURNAL
from tests.support.running import new_page, served, shown, touch
from tests.support.stores import town

PASSWORD = "a long enough sentence"
PEOPLE = {
    "覃主任": (Role.ADMIN, ""), "李干事": (Role.TASK_FORCE, ""), "农来访": (Role.VIEWER, ""),
    "何填报": (Role.KEEPER, shipped_by_table()["posts"]),
}  # fmt: skip
DOWNLOAD = "[data-testid=stDownloadButton] button"


@dataclass(frozen=True)
class House:
    """The served board and the store it stands over."""

    board: str
    root: Path

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds in the store's register, or what it changes there."""
        with sqlite3.connect(self.root / JOURNAL) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A board without accounts, as it first starts."""
    root = town(tmp_path_factory.mktemp("accounts") / "store", households=30, months=6)
    with served(root) as address:
        yield House(address, root)


@pytest.fixture(scope="module")
def home(place: House) -> House:
    """The same board, once people have accounts."""
    accounts = Accounts(place.root)
    for name, (role, department) in PEOPLE.items():
        if not accounts.account(name):
            accounts.enter(accounts.create(name, role, "op", department), PASSWORD)
    return place


@pytest.fixture
def fresh(chromium: Browser) -> Iterator[Callable[[], Page]]:
    """Pages of browsers that know nothing of each other."""
    contexts = []

    def page() -> Page:
        contexts.append(chromium.new_context(locale="zh-CN"))
        return new_page(contexts[-1])

    yield page
    for context in contexts:
        context.close()


def fill(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="登录").click()


def at(page: Page, path: str) -> bool:
    """Whether a page is open, whatever it was chosen to show."""
    shown(page)
    return urlsplit(page.url).path == path


def sign_in(page: Page, house: House, name: str, path: str = "/definitions") -> Page:
    """Ask for a page of the board and come to it by name and password."""
    page.goto(f"{house.board}{path}")
    fill(page, name)
    assert at(page, urlsplit(path).path)
    return page


def turned_out(page: Page, house: House) -> None:
    """The page leads to signing in, by itself or at the next click."""
    page.wait_for_url(f"{house.board}/signin?**", timeout=30_000)
    expect(page.get_by_role("button", name="登录", exact=True)).to_be_visible()


def test_the_first_administrator_closes_the_board(place: House, fresh: Callable[[], Page]) -> None:
    before, page = fresh(), fresh()
    shown(before, f"{place.board}/definitions")
    page.goto(f"{place.board}/signin/new")
    for label, text in [
        ("一次性口令", Accounts(place.root).first_token()),
        ("账号（只有第一个管理员要填）", "覃主任"),
        ("新密码（至少十二个字符）", PASSWORD),
        ("再输一次", PASSWORD),
    ]:
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="设置并登录").click()
    shown(page)
    assert page.url.startswith(f"{place.board}/")
    # Who had the board open without signing in gets nothing more.
    told = frames(before)
    before.get_by_text("EN", exact=True).click()
    expect(before.get_by_test_id("stDialog")).to_be_visible(timeout=30_000)
    assert not told
    before.reload()
    turned_out(before, place)


def test_five_wrong_passwords_lock_and_say_no_more_than_that(
    home: House, fresh: Callable[[], Page]
) -> None:
    page = fresh()
    page.goto(f"{home.board}/definitions")
    for said in ["账号或密码不对。"] * 4 + ["输错的次数太多，请十五分钟后再试。"] * 2:
        fill(page, "李干事", "not the password")
        expect(page.get_by_role("alert")).to_have_text(said)
    fill(page, "李干事")
    expect(page.get_by_role("alert")).to_have_text("输错的次数太多，请十五分钟后再试。")
    home.rows("update failures set at = strftime('%Y-%m-%dT%H:%M:%S', 'now', '-16 minutes')")
    fill(page, "李干事")
    assert at(page, "/definitions")


def test_the_administrator_makes_an_account_and_cuts_it_off(
    home: House, fresh: Callable[[], Page]
) -> None:
    admin, page = sign_in(fresh(), home, "覃主任", "/accounts"), fresh()
    admin.get_by_role("textbox", name="账号").first.fill("韦网格")
    admin.get_by_role("textbox", name="账号").first.press("Enter")
    admin.get_by_role("button", name="建立账号").click()
    token = admin.get_by_test_id("stCode").inner_text().strip()
    page.goto(f"{home.board}/signin/new")
    page.get_by_label("一次性口令").fill(token)
    page.get_by_label("新密码（至少十二个字符）").fill(PASSWORD)
    page.get_by_label("再输一次").fill(PASSWORD)
    page.get_by_role("button", name="设置并登录").click()
    shown(page)
    admin.reload()
    shown(admin)
    row = admin.locator("[data-testid=stHorizontalBlock]", has_text="韦网格").last
    row.get_by_role("button", name="断开").click()
    expect(admin.get_by_text("下一次点击就要重新登录")).to_be_visible()
    told = frames(page)
    touch(page)
    turned_out(page, home)
    assert not told


def test_a_password_of_ones_own_is_changed(home: House, fresh: Callable[[], Page]) -> None:
    page = sign_in(fresh(), home, "农来访")
    page.goto(f"{home.board}/signin/password")
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label("新密码（至少十二个字符）").fill(f"{PASSWORD}!")
    page.get_by_label("再输一次").fill(f"{PASSWORD}!")
    page.get_by_role("button", name="改密码").click()
    shown(page)
    assert [one.name for one in Sessions(home.root).all()].count("农来访") == 1
    Accounts(home.root).renew("农来访", f"{PASSWORD}!", PASSWORD)
    touch(page)
    turned_out(page, home)


def test_a_keeper_hands_in_a_file_and_nobody_else_to_that_address(
    home: House, fresh: Callable[[], Page], tmp_path: Path
) -> None:
    page, other = sign_in(fresh(), home, "何填报", "/ledgers"), sign_in(fresh(), home, "农来访")
    [file] = template.write(["posts"], tmp_path)
    # The file's name stands on the page before the file is on its way.
    with page.expect_request(lambda request: request.method == "PUT") as sent:
        page.locator("input[type=file]").first.set_input_files(file)
    expect(page.get_by_text(file.name).first).to_be_visible()
    address = sent.value.url
    for context, status in [(other.context, 404), (fresh().context, 401)]:
        assert context.request.put(address, data=b"x").status == status


def test_an_open_dialog_and_a_download_end_with_the_role(
    home: House, fresh: Callable[[], Page]
) -> None:
    page = sign_in(fresh(), home, "李干事", "/employment")
    accounts, dialog = Accounts(home.root), page.get_by_role("dialog")
    rows = page.locator("[class*=st-key-employment-rates-rows-open] button")
    said = page.get_by_text("身份：一般用户")
    try:
        rows.click()
        expect(dialog.get_by_test_id("stDataFrame")).to_be_visible(timeout=30_000)
        accounts.change("李干事", "op", Role.VIEWER)
        dialog.get_by_test_id("stButtonGroup").get_by_role("radio").last.click()
        expect(dialog).to_be_hidden(timeout=30_000)
        expect(said).to_be_visible(timeout=30_000)
        accounts.change("李干事", "op", Role.TASK_FORCE)
        page.get_by_text("EN", exact=True).click()
        expect(rows).to_be_visible(timeout=30_000)
        page.get_by_text("中", exact=True).click()
        shown(page)
        expect(said).to_be_hidden(timeout=30_000)
        page.get_by_role("button", name="表格").first.click()
        page.get_by_test_id("stPopoverBody").locator(DOWNLOAD).wait_for()
        accounts.change("李干事", "op", Role.VIEWER)
        page.get_by_test_id("stPopoverBody").locator(DOWNLOAD).click()
        # Nobody clicks anything more: the page starts over by itself.
        expect(said).to_be_visible(timeout=30_000)
    finally:
        accounts.change("李干事", "op", Role.TASK_FORCE)


def frames(page: Page) -> list[str | bytes]:
    """What the page is told from now on over the WebSocket it has, and over later ones."""
    told: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", told.append))
    return told
