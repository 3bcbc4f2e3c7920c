"""Every page, open while its reader changes: no code, name or file more than the new sight has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from board.access import Reader, Role
from board.accounts import HEADER, Accounts, Sessions
from board.accounts.register import digest
from board.journal import Journal
from board.publish import rows_in_force
from board.sections import sections
from tests.support.answers import present
from tests.support.apptest import elements
from tests.support.settlement import copied

APP = str(Path(__file__).resolve().parent.parent / "app.py")
KEYS = [section.key for section in sections()]
OWN, OTHER = "组织人社局", "社会事务局"
DEPARTMENTS = {Role.DEPARTMENT: OWN, Role.KEEPER: OWN}
KINDS = (
    "title", "header", "markdown", "caption", "info", "warning", "error", "metric", "button",
    "selectbox", "multiselect", "text_input", "radio", "text", "plotly_chart", "download_button",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, passwords_hashed_quickly: None) -> Path:
    """A small invented town with one account of each role."""
    root = copied(tmp_path_factory.mktemp("town"))
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", "first")
    for role in Role:
        accounts.create(str(role), role, "first", DEPARTMENTS.get(role, ""))
    return root


@pytest.fixture(scope="module")
def marks(whole: Path) -> re.Pattern[str]:
    """Every household's code, every person's name, number and phone, every file that was received."""
    found: set[str] = {file["name"] for b in Journal(whole).batches() for file in b.files}
    for ledger, columns in {
        "labour": ("citizen_id", "name", "phone", "household_id"),
        "households": ("head_name", "helper_name", "helper_phone", "household_id"),
    }.items():
        rows = rows_in_force(whole, ledger)
        found |= {str(one) for name in columns for one in rows[name].drop_nulls().unique()}
    longest_first = sorted((one for one in found if len(one) > 1), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


@pytest.fixture(scope="module")
def household(whole: Path) -> str:
    """The code of a household that lives there."""
    rows = rows_in_force(whole, "households")
    return str(rows.filter(pl.col("status") == "在册")["household_id"][0])


class Visit:
    """A page that an account has open; the account is as it was once the visit is over."""

    def __init__(self, root: Path, role: Role, monkeypatch: pytest.MonkeyPatch) -> None:
        self.role, self.name = role, str(role)
        self.accounts, self.sessions = Accounts(root), Sessions(root)
        self.hashed = digest(self.sessions.open(present(self.accounts.account(self.name))))
        monkeypatch.setenv("BOARD_STORE", str(root))
        # What the gate hands on with each request; the test runner has no request.
        monkeypatch.setattr(ContextProxy, "headers", {HEADER: self.hashed})

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, *_error: object) -> None:
        self.accounts.change(self.name, "first", self.role, DEPARTMENTS.get(self.role, ""), ())

    def opened(self, key: str, household: str, presenting: bool = False) -> AppTest:
        """The page, with all that opens on it open."""
        at = AppTest.from_file(APP, default_timeout=120)
        if key != KEYS[0]:
            at.switch_page(f"pages/{key}.py")
        if key == "household" and household:
            at.query_params["household"] = household
        if presenting:
            at.query_params["present"] = "1"
        section = next(one for one in sections() if one.key == key)
        for panel in section.panels:
            for part in ("table", "words", "more", "code"):
                at.session_state[f"{key}.{panel.key}.{part}"] = True
        return at.run()


def texts(at: AppTest) -> str:
    """Everything a page says and holds ready, tables included."""
    said = [f"{e.proto} {getattr(e, 'value', '')}" for e in elements(at, *KINDS)]
    said += [str(table.value.to_dict()) for table in at.dataframe]
    return "\n".join(said)


def as_role(role: Role, department: str = "", *places: str) -> Callable[[Visit, AppTest], None]:
    """Another role, department or place, given by an administrator while the page is open."""

    def change(visit: Visit, _page: AppTest) -> None:
        visit.accounts.change(visit.name, "first", role, department, places)

    return change


def sign_out(visit: Visit, _page: AppTest) -> None:
    visit.sessions.revoke(visit.hashed)


def present_it(_visit: Visit, page: AppTest) -> None:
    page.query_params["present"] = "1"


CHANGES: dict[str, Callable[[Visit, AppTest], None]] = {
    "role": as_role(Role.VIEWER),
    "place": as_role(Role.LEADER, "", "2栋/1单元"),
    "department": as_role(Role.DEPARTMENT, OTHER),
    "signed out": sign_out,
    "presenting": present_it,
}
# One of each change in every run of the tests, over pages that say the most.
OFTEN = {
    (Role.TASK_FORCE, "household", "role"), (Role.LEADER, "household", "place"),
    (Role.KEEPER, "ledgers", "department"), (Role.TASK_FORCE, "household", "signed out"),
    (Role.TASK_FORCE, "zero_employment", "presenting"),
}  # fmt: skip
CASES = [
    pytest.param(
        role, key, change,
        marks=() if (role, key, change) in OFTEN else pytest.mark.soak, id=f"{role}-{key}-{change}",
    )
    for role in Role
    for key in KEYS
    if next(one for one in sections() if one.key == key).opens_to(
        Reader(role=role, department=DEPARTMENTS.get(role, ""))
    )
    for change in CHANGES
]  # fmt: skip


@pytest.mark.parametrize(("role", "key", "change"), CASES)
def test_a_page_that_is_open_tells_no_more_than_its_reader_may_now_see(
    role: Role,
    key: str,
    change: str,
    whole: Path,
    marks: re.Pattern[str],
    household: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Six roles, every page, a change of role, place, department, signing out and presenting."""
    with Visit(whole, role, monkeypatch) as visit:
        page = visit.opened(key, household)
        CHANGES[change](visit, page)
        page.run()
        assert not page.exception
        shown = set(marks.findall(texts(page)))
        code = "" if change == "signed out" else household
        fresh = visit.opened(key, code, change == "presenting")
    assert shown - set(marks.findall(texts(fresh))) == set()
    assert change != "signed out" or shown == set()


def test_the_trial_sees_what_a_page_tells_before_its_reader_changes(
    whole: Path, marks: re.Pattern[str], household: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Visit(whole, Role.TASK_FORCE, monkeypatch) as visit:
        page = visit.opened("household", household)
    assert household in marks.findall(texts(page))
