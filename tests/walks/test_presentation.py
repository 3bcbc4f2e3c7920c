"""A shared screen in Chromium: whoever presents, nothing on it names a person or a household."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from board.access import Reader, Role
from board.accounts import Accounts, Sessions
from board.sections import sections
from tests.support.crawl import MASKED, Heard, explore, households, personal
from tests.support.running import PAGE, served, shown
from tests.support.stores import town

PASSWORD = "a long enough sentence"
SCREEN: ViewportSize = {"width": 1366, "height": 768}
BAR = ".st-key-presenting"
PAGES = [s for s in sections() if s.presentable]
DEPARTMENT = {Role.DEPARTMENT: "组织人社局", Role.KEEPER: "社会事务局"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small settlement with every ledger, and an account of every role."""
    root = town(tmp_path_factory.mktemp("shared"), households=60, months=6)
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), PASSWORD, Role.ADMIN)
    for role in Role:
        if role is not Role.ADMIN:
            accounts.create(role, role, Role.ADMIN, DEPARTMENT.get(role, ""))
    return root


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    with served(store) as address:
        yield address


@pytest.fixture(scope="module")
def named(store: Path) -> set[str]:
    """Whatever names a person or a household."""
    return personal(store) | households(store)


def come_in(chromium: Browser, store: Path, board: str, role: Role) -> tuple[Heard, Page]:
    """A browser signed in as a role, and all it is sent."""
    account = Accounts(store).account(role)
    assert account
    context = chromium.new_context(viewport=SCREEN, locale="zh-CN", reduced_motion="reduce")
    token = Sessions(store).open(account)
    context.add_cookies([{"name": "board", "value": token, "url": board}])
    context.set_default_timeout(30_000)
    heard = Heard(board)
    return heard, heard.attend(context)


def bar(page: Page) -> str:
    """What the bar says: 3 / 13　增收对标."""
    return page.locator(f"{BAR} p").filter(has_text="/").inner_text()


def test_nothing_on_a_shared_screen_names_a_person_or_a_household(
    chromium: Browser, store: Path, board: str, named: set[str]
) -> None:
    heard, page = come_in(chromium, store, board, Role.TASK_FORCE)
    code = min(households(store) - personal(store), key=len)
    shown(page, f"{board}/zero_employment?household={code}&q=990000")
    assert heard.found(named), "the task force sees codes of households at its desk"
    page.keyboard.press("p")
    page.locator(BAR).wait_for()
    shown(page)
    assert set(page.evaluate("[...new URL(location).searchParams.keys()]")) <= {
        "present", "lang", "scope", "period", "state",
    }  # fmt: skip
    heard.forget()
    shown(page, f"{board}/?present=1&household={code}")
    files = 0
    for n, section in enumerate(PAGES, 1):
        assert bar(page).split("　")[0] == f"{n} / {len(PAGES)}"
        files += explore(page, heard)
        assert page.locator(BAR).count() == 1, f"closing what was open on {section.key} left"
        page.keyboard.press("ArrowRight")
        shown(page)
    heard.answers(page)
    page.context.close()
    assert files > 5
    assert heard.found(named) == []
    assert heard.matching(MASKED, "page") + heard.matching(MASKED, "opened") == []
    assert heard.strange == []
    assert [where for where, text in heard.texts if "一般用户" in text or "task_force" in text]


NUMBERS = """() => {
  const bar = () => parseInt(document.querySelector(".st-key-presenting [data-testid=stMarkdown]")?.textContent);
  let last = bar();
  window.numbers = [];
  new MutationObserver(() => {
    if (bar() && bar() !== last) window.numbers.push(last = bar());
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def test_keys_walk_the_pages_and_leave(chromium: Browser, store: Path, board: str) -> None:
    _heard, page = come_in(chromium, store, board, Role.LEADER)
    shown(page, f"{board}/income")
    page.keyboard.press("p")
    page.locator(BAR).wait_for()
    shown(page)
    assert bar(page).endswith("增收对标")
    page.locator(".st-key-choose_period input").click()
    page.keyboard.press("Escape")
    assert page.locator(BAR).count() == 1, "Escape closes the drop-down and no more"
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/assets?**")
    shown(page)
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/income?**")
    shown(page)
    # Keys pressed before the next page is there are not lost: three on, one back.
    page.evaluate(NUMBERS)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    first = [section.key for section in PAGES].index("income") + 1
    page.wait_for_function("() => window.numbers.length === 4")
    shown(page)
    assert page.evaluate("window.numbers") == [first + n for n in (1, 2, 3, 2)]
    page.keyboard.press("Escape")
    page.locator(BAR).wait_for(state="detached")
    shown(page)
    assert "present" not in page.url
    assert page.locator(".st-key-present button").first.is_visible()
    page.context.close()


@pytest.mark.parametrize("path", ["household?household={code}&present=1", "ledgers?present=1"])
def test_a_page_that_is_no_shared_screens_leads_to_one_that_is(
    path: str, chromium: Browser, store: Path, board: str, named: set[str]
) -> None:
    heard, page = come_in(chromium, store, board, Role.TASK_FORCE)
    code = min(households(store) - personal(store), key=len)
    shown(page, f"{board}/{path.format(code=code)}")
    page.locator(BAR).wait_for()
    shown(page)
    assert page.url.split("?")[0] == f"{board}/"
    assert "household" not in page.url
    assert page.locator("[data-testid=stAlert]").count() == 1
    assert heard.found(named) == []
    page.context.close()


def test_figures_are_large_and_the_menu_is_away(chromium: Browser, store: Path, board: str) -> None:
    _heard, page = come_in(chromium, store, board, Role.LEADER)
    shown(page, f"{board}/assets?present=1")
    sizes = page.evaluate(SIZES)
    assert min(sizes["figures"]) >= 28
    assert min(sizes["words"]) >= 17  # The gray second line; sentences have 20.
    assert not page.locator("[data-testid=stHeader]").is_visible()
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    mark = page.locator(".st-key-watermark img")
    assert mark.bounding_box() == {"x": 0, "y": 0, **SCREEN}
    assert page.evaluate("document.elementFromPoint(600, 400).closest('.st-key-watermark')") is None
    page.context.close()


SIZES = """() => {
  const size = (e) => parseFloat(getComputedStyle(e).fontSize);
  const all = (s) => [...document.querySelectorAll(s)];
  return {
    figures: [...all("[data-testid=stMetricValue]"), ...all(".js-plotly-plot .annotation-text")
      .filter((e) => /^[−+]?[\\d.,]+(%|万)?$/.test(e.textContent))].map(size),
    words: all("[data-testid=stMain] :is(p, li)").filter((e) => !e.closest("button, label")).map(size),
  };
}"""


@pytest.mark.parametrize("role", Role)
def test_a_walk_as_each_role_shows_its_own_and_no_name(
    role: Role, chromium: Browser, store: Path, board: str
) -> None:
    who = Reader(role, role, DEPARTMENT.get(role, ""))
    hidden = personal(store) | (set() if who.permissions.households else households(store))
    heard, page = come_in(chromium, store, board, role)
    wrong: list[str] = []
    for section in sections():
        page.goto(f"{board}/{section.key}", wait_until="commit")
        page.wait_for_selector(f"{PAGE} h1")
        refused = "不对" in page.locator("h1").first.inner_text()
        if refused is section.opens_to(who) and not who.permissions.department:
            wrong.append(f"{section.key} {'refused' if refused else 'open'}")
        if refused and page.locator("[data-testid=stMetric], .stDataFrame, .stPlotlyChart").count():
            wrong.append(f"{section.key} refused and shown")
    heard.look(page)
    page.context.close()
    assert wrong == []
    assert heard.found(hidden) == []
    assert heard.strange == []
