"""What a page closed over is worth nothing to another reader: every role, page, dialog, file and click."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlencode

import httpx
import polars as pl
import pytest

from board.access import Reader, Role
from board.accounts import HEADER, NOBODY, Account, Accounts, Sessions
from board.accounts.register import digest
from board.journal import AuditLog, Journal
from board.publish import rows_in_force
from board.ui.reader import open_sections
from tests.support.crawl import households, personal
from tests.support.forging import UNGATED, Forger, Offered, clicked, unfolded, written
from tests.support.running import served
from tests.support.settlement import copied

Result = TypeVar("Result")
DEPARTMENT, ANOTHER, PLACE = "组织人社局", "社会事务局", "2栋"
OF_DEPARTMENTS = (Role.DEPARTMENT, Role.KEEPER)
CHANGES = ("role", "places", "department", "signed out", "presenting")


@dataclass(frozen=True)
class House:
    """A served board, and whatever names a person, a household, or one outside a place."""

    board: str
    root: Path
    persons: set[str]
    codes: set[str]
    elsewhere: set[str]
    code: str

    def hidden(self, who: Reader) -> set[str]:
        """What a reader may not be told."""
        if not who.permissions.households:
            return self.persons | self.codes
        return self.persons | (self.elsewhere if who.places else set())

    def state(self) -> tuple[int, list[Account], int]:
        """What a click may change."""
        sessions = len(Sessions(self.root).all())
        return len(Journal(self.root).events()), Accounts(self.root).all(), sessions


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The pages of a small town, without the gate before them: what they themselves give."""
    root = copied(tmp_path_factory.mktemp("fresh"))
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", Role.ADMIN)
    codes = households(root)
    rows = rows_in_force(root, "households")
    outside = set(rows.filter(pl.col("building") != PLACE)["household_id"])
    with served(root, *UNGATED) as address:
        yield House(address, root, personal(root), codes, outside, min(outside))


@dataclass
class Walker:
    """An account of the test's own, and the reader it is signed in as."""

    house: House
    who: Reader
    pages: dict[str, str] = field(default_factory=dict)
    hashed: str = ""

    @property
    def accounts(self) -> Accounts:
        return Accounts(self.house.root)

    def address(self, page: str, change: str = "") -> str:
        """What the address of a frame says: a household on its card, and whether it is shared."""
        said = {"household": self.house.code} if page == "household" else {}
        return urlencode(said | ({"present": "1"} if change == "presenting" else {}))

    def come_in(self) -> Forger:
        """Be as at first, and signed in on a page of a new browser."""
        name, who = self.who.name, self.who
        if self.accounts.account(name) is None:
            self.accounts.create(name, who.role, "admin", who.department, who.places)
        self.accounts.change(name, "admin", who.role, who.department, who.places)
        account = self.accounts.account(name)
        assert account
        self.hashed = digest(Sessions(self.house.root).open(account))
        return Forger(self.house.board, {HEADER: self.hashed}, pages=self.pages)

    def become(self, change: str) -> Reader:
        """Be changed while the page is open; who reads it then."""
        who, name = self.who, self.who.name
        if change == "signed out":
            Sessions(self.house.root).revoke(self.hashed)
            return NOBODY
        if change == "presenting":
            return replace(who, presenting=True)
        if change == "role":
            role = Role.LEADER if who.role is Role.VIEWER else Role.VIEWER
            who = replace(who, role=role, department="")
        elif change == "places":
            who = replace(who, places=(PLACE,))
        else:
            who = replace(who, department=ANOTHER)
        self.accounts.change(name, "admin", who.role, who.department, who.places)
        return who


def apart(work: Coroutine[object, object, Result]) -> Result:
    """Run a coroutine in a thread of its own: Chromium's events run in the tests'."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def changes(role: Role) -> list[str]:
    """What may change of a reader of that role."""
    left_out = "places" if role in OF_DEPARTMENTS else "department"
    return [change for change in CHANGES if change != left_out]


@pytest.mark.parametrize("role", Role)
def test_what_a_page_closed_over_gives_nothing_once_its_reader_has_changed(
    role: Role, house: House
) -> None:
    who = Reader(f"walker {role}", role, DEPARTMENT if role in OF_DEPARTMENTS else "")
    walker = Walker(house, who)
    wrong: list[str] = []
    pages = [section.key for section in open_sections(who)]
    seen = apart(walked(walker, pages, wrong))
    assert wrong == []
    assert seen["files"] > 0
    assert (seen["dialogs"] > 0) == (role is not Role.KEEPER)


def test_a_page_starts_over_by_itself_when_its_file_is_refused(house: House) -> None:
    walker = Walker(house, Reader("taker", Role.TASK_FORCE))

    async def refused() -> bool:
        async with walker.come_in() as forger:
            await forger.run()
            assert forger.offered.files
            walker.become("role")
            forger.forget()
            assert await forger.files(forger.offered.files[0]) == []
            assert not forger.began
            await forger.until("script_finished")
            return forger.began

    assert apart(refused())


def test_names_laid_open_are_hidden_from_another_reader_and_stay_hidden(house: House) -> None:
    walker = Walker(house, Reader("opener", Role.TASK_FORCE))
    looks = len(AuditLog(house.root).all())

    async def names() -> list[set[str]]:
        found = []
        async with walker.come_in() as forger:
            await forger.run()
            at = ("household", walker.address("household"), "")
            await forger.run(*at)
            (show,) = (one for one, label in forger.offered.buttons.items() if label == "显示")
            why = forger.offered.choices["为什么要看"]
            lines = [written(one, "入户核对信息") for one in forger.offered.texts[-1:]]
            for change in ("", "role", "back"):
                forger.forget()
                if change == "role":
                    walker.become(change)
                elif change == "back":
                    who = walker.who
                    walker.accounts.change(who.name, "admin", who.role)
                await forger.run(*at, *([] if change else [why, *lines, clicked(show)]))
                found.append(forger.found(house.persons))
        return found

    opened, changed, again = apart(names())
    assert opened
    assert (changed, again) == (set(), set())
    mine = [look for look in AuditLog(house.root).all()[looks:] if look.who == "opener"]
    assert [(look.kind, look.role) for look in mine if look.kind == "unmask"] == [
        ("unmask", "task_force")
    ]


async def walked(walker: Walker, pages: list[str], wrong: list[str]) -> dict[str, int]:
    """Every page's files, dialogs and clicks, each with every change; how many there were."""
    seen = {"files": 0, "dialogs": 0}
    for page in pages:
        offered = await everything(walker, page, wrong)
        seen["files"] += len(offered.files)
        dialogs = await opening(walker, page, offered)
        seen["dialogs"] += len(dialogs)
        for change in changes(walker.who.role):
            await files(walker, page, offered, change, wrong)
            await clicks(walker, page, offered, change, wrong)
        # Every dialog with one of the changes, every change with many dialogs.
        for number, button in enumerate(dialogs):
            told = changes(walker.who.role)
            await dialog(walker, page, button, told[number % len(told)], wrong)
    return seen


async def everything(walker: Walker, page: str, wrong: list[str]) -> Offered:
    """What the page offers with all its folds open; its first file is given as long as nothing changed."""
    async with walker.come_in() as forger:
        await forger.run()
        walker.pages = forger.pages
        await forger.run(page, walker.address(page))
        folds, forger.offered = forger.offered.folds, Offered()
        await forger.run(page, walker.address(page), "", *map(unfolded, folds))
        forger.offered.folds = folds
        if forger.offered.files and not await forger.files(forger.offered.files[0]):
            wrong.append(f"{page}: its own reader is refused a file")
        return forger.offered


async def opening(walker: Walker, page: str, offered: Offered) -> list[str]:
    """The buttons that open something over the page, found by a click on each named one."""
    kinds = {kind(button): button for button in offered.buttons if "-None" not in button}
    found = []
    async with walker.come_in() as forger:
        for button in kinds.values():
            forger.offered = Offered()
            await forger.run(page, walker.address(page), "", clicked(button))
            if forger.offered.fragments:
                found.append(button)
    return found


def kind(button: str) -> str:
    """What a button is for: of those for one row each, the first word of the key."""
    return button.split("-", 2)[-1].split(" ")[0]


async def files(walker: Walker, page: str, offered: Offered, change: str, wrong: list[str]) -> None:
    """Ask for every file of an open page after a change."""
    async with walker.come_in() as forger:
        await forger.run(page, walker.address(page), "", *map(unfolded, offered.folds))
        named, looks = list(forger.offered.files), len(AuditLog(walker.house.root).all())
        who = walker.become(change)
        forger.forget()
        if change == "presenting":
            await forger.run(page, walker.address(page, change))
        given = await forger.files(*named)
        if given:
            wrong.append(f"{page} {change}: {len(given)} of {len(named)} files given")
        judge(walker, forger, who, f"{page} {change} files", looks, wrong)


async def clicks(
    walker: Walker, page: str, offered: Offered, change: str, wrong: list[str]
) -> None:
    """Click everything at once, with every line filled in, after a change."""
    async with walker.come_in() as forger:
        await forger.run(page, walker.address(page))
        looks, who = len(AuditLog(walker.house.root).all()), walker.become(change)
        before = walker.house.state()
        buttons = [clicked(one) for one in offered.buttons if kind(one) != "walk_out"]
        lines = [written(one, "为什么都行") for one in offered.texts]
        lines += offered.choices.values()
        forger.forget()
        await forger.run(page, walker.address(page, change), "", *buttons, *lines)
        if walker.house.state() != before:
            wrong.append(f"{page} {change}: a click of another reader changed something")
        judge(walker, forger, who, f"{page} {change} clicks", looks, wrong)


async def dialog(walker: Walker, page: str, button: str, change: str, wrong: list[str]) -> None:
    """Choose something in an open dialog, and take its file, before and after a change."""
    where = f"{page} {kind(button)} {change}"
    async with walker.come_in() as forger:
        await forger.run(page, walker.address(page), "", clicked(button))
        ((fragment, states),) = forger.offered.fragments.items()
        forger.forget()
        await forger.run(page, walker.address(page), fragment, *states)
        if forger.began:
            wrong.append(f"{where}: started over for its own reader")
        named, looks = list(forger.offered.files), len(AuditLog(walker.house.root).all())
        who = walker.become(change)
        forger.forget()
        await forger.run(page, walker.address(page, change), fragment, *states)
        if change == "presenting":
            await forger.run(page)  # Its address says so no more; the page knows.
        if await forger.files(*named):
            wrong.append(f"{where}: a file was given")
        if not forger.began:
            wrong.append(f"{where}: the page did not start over")
        judge(walker, forger, who, where, looks, wrong)


def judge(
    walker: Walker, forger: Forger, who: Reader, where: str, looks: int, wrong: list[str]
) -> None:
    """Note what was heard and may not be known to a reader, and what is on record as another."""
    # The one code that addresses ask for is the reader's own word; the record of looks names it.
    if found := forger.found(walker.house.hidden(who) - {walker.house.code}):
        wrong.append(f"{where}: {len(found)} words, such as {min(found)}")
    if who == NOBODY and forger.figures:
        wrong.append(f"{where}: {forger.figures} figures for nobody")
    wrong += [
        f"{where}: on record as {look.role}: {look.kind} {look.phrase}"
        for look in AuditLog(walker.house.root).all()[looks:]
        if look.who == who.name and look.role != who.role
    ]


@pytest.fixture(scope="module")
def gated(house: House) -> Iterator[str]:
    """The same store behind the gate."""
    with served(house.root) as board:
        yield board


@pytest.mark.parametrize("change", changes(Role.TASK_FORCE))
def test_a_file_once_made_is_answered_no_more_once_its_reader_has_changed(
    change: str, house: House, gated: str
) -> None:
    walker = Walker(house, Reader("asker", Role.TASK_FORCE))

    async def statuses() -> tuple[int, int]:
        walker.come_in()
        account = walker.accounts.account("asker")
        assert account
        token = Sessions(house.root).open(account)
        walker.hashed, cookie = digest(token), {"Cookie": f"board={token}"}
        async with Forger(gated, cookie) as forger, httpx.AsyncClient(base_url=gated) as web:
            await forger.run()
            (url,) = await forger.files(forger.offered.files[0])
            before = await web.get(url, headers=cookie)
            walker.become(change)
            if change == "presenting":
                await forger.run("", "present=1")
            return before.status_code, (await web.get(url, headers=cookie)).status_code

    before, after = apart(statuses())
    assert before == 200
    assert after == (401 if change == "signed out" else 404)
