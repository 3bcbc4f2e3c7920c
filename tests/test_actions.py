"""Who may do what: the whole table, asked of the rights, of the deeds themselves, and of every page."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Protocol

import openpyxl
import pytest
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from board import access, plan_names
from board.access import RIGHTS, Action, Reader, Role, may
from board.accounts import Accounts, OpenPage, Sessions
from board.journal import AuditLog, Journal, acts
from board.ledgers import by_name
from board.metrics import Period, Scope
from board.publish import publish, rows_in_force
from board.reference import shipped_lists
from board.sections import View, sections
from board.sections.household.search import search
from board.storage import RefusedError
from board.store import open_store
from board.ui import recheck
from board.ui.forms import accounts as desk
from board.ui.forms import batches, household, no_change, plans, upload
from board.ui.forms import desk as keepers_desk
from tests.support.settlement import copied
from tests.support.stores import batch

pytestmark = pytest.mark.usefixtures("passwords_hashed_quickly", "workbooks_read_here")

APP = str(Path(__file__).resolve().parent.parent / "app.py")
SECOND_PLAN = Path(__file__).resolve().parent / "support" / "second_plan"
PASSWORD = "a long enough sentence"
KEEPERS = plan_names.shipped_by_table()
TASK_FORCE_DEPARTMENT = KEEPERS["tasks"]
DEPARTMENT = {Role.DEPARTMENT: "组织人社局", Role.KEEPER: "社会事务局"}

# What the plan of roles says, role by role; a role that is not named here may do nothing. LOAD is of
# some ledger: LOADED says which.
TABLE: dict[Role, set[Action]] = {
    Role.VIEWER: set(),
    Role.LEADER: {Action.ROWS, Action.SEARCH},
    Role.TASK_FORCE: {Action.LOAD, Action.ROWS, Action.SEARCH, Action.UNMASK},
    Role.DEPARTMENT: set(),
    Role.KEEPER: {Action.LOAD},
    Role.ADMIN: {
        Action.WITHDRAW, Action.ACCOUNTS, Action.SESSIONS, Action.BACKUP,
        Action.LOOKS, Action.PLANS,
    },
}  # fmt: skip
LOADED = {
    role: {name for name, keeper in KEEPERS.items() if keeper == department}
    for role, department in (
        (Role.TASK_FORCE, TASK_FORCE_DEPARTMENT), (Role.KEEPER, DEPARTMENT[Role.KEEPER]),
    )
}  # fmt: skip


def reader(role: Role, *, presenting: bool = False) -> Reader:
    return Reader("王", role, DEPARTMENT.get(role, ""), presenting=presenting, keepers=KEEPERS)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(role: Role) -> None:
    assert {action for action in Action if access.may(reader(role), action)} == TABLE.get(
        role, set()
    )
    loaded = {name for name in by_name() if access.may(reader(role), Action.LOAD, name)}
    assert loaded == LOADED.get(role, set())
    assert not access.may(reader(role), Action.LOAD, "no such ledger")


@pytest.mark.parametrize("role", Role)
def test_presenting_takes_all_of_it_away(role: Role) -> None:
    who = reader(role, presenting=True)
    assert [action for action in Action if access.may(who, action)] == []
    assert [name for name in by_name() if access.may(who, Action.LOAD, name)] == []


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_what_may_not_be_done_is_refused_in_both_languages(role: Role, action: Action) -> None:
    if action in TABLE.get(role, set()):
        access.demand(reader(role), action)
        return
    with pytest.raises(RefusedError) as refusal:
        access.demand(reader(role), action)
    assert refusal.value.code == "not_allowed"
    assert refusal.value.message.zh != refusal.value.message.en


def test_every_action_is_somebodys_and_has_a_deed() -> None:
    assert set().union(*TABLE.values()) == set(Action)
    assert set(DEEDS) == set(Action)
    assert set(TABLE) <= set(Role) == set(RIGHTS)


def test_the_task_force_is_a_department_that_keeps_ledgers() -> None:
    assert TASK_FORCE_DEPARTMENT in shipped_lists()["departments"].values()
    assert {"tasks", "meetings", "follow_ups"} <= LOADED[Role.TASK_FORCE]


# The deeds: each does the action itself, as a click does, whoever drew the button.


def a_workbook(ledger: str) -> UploadedFile:
    """A workbook as Streamlit hands it over."""
    declared = by_name()[ledger]
    row = {"meeting_id": "H7", "kind": "季度工作会议", "held_on": date(2024, 3, 20),
           "quarter": "2024-Q1", "county": "大化瑶族自治县"}  # fmt: skip
    book = openpyxl.Workbook()
    book.active.title = declared.sheet
    book.active.append([field.header for field in declared.fields()])
    book.active.append([row.get(field.name) for field in declared.fields()])
    made = io.BytesIO()
    book.save(made)
    return UploadedFile(UploadedFileRec("1", "会议.xlsx", "", made.getvalue()), FileURLs())


def numbers(store: Path) -> set[int]:
    return {stored.number for stored in Journal(store).batches()}


def loads(who: Reader, store: Path) -> bool:
    upload.load([a_workbook("meetings")], who, {"meetings": 1}, "")
    return 2 in numbers(store)


def loads_a_plan(who: Reader, store: Path) -> bool:
    sent = [
        UploadedFile(UploadedFileRec(path.name, path.name, "", path.read_bytes()), FileURLs())
        for path in sorted(SECOND_PLAN.glob("*.csv"))
    ]
    plans.load(sent, who, "")
    return "east-lake-2026" in {listed.plan for listed in Journal(store).batches()}


def withdraws(who: Reader, store: Path) -> bool:
    batches.withdraw(1, "填错了", who)
    return next(b.state for b in Journal(store).batches() if b.number == 1) == "withdrawn"


def makes_an_account(who: Reader, store: Path) -> bool:
    desk.carry_out(who, lambda: Accounts(store).create("甲", Role.VIEWER, who.name), "")
    return Accounts(store).account("甲") is not None


def cuts_a_session(who: Reader, store: Path) -> bool:
    (session,) = Sessions(store).all()
    with suppress(RefusedError):
        desk.end_session(session, who)
    return Sessions(store).all() == []


def backs_up(who: Reader, store: Path) -> bool:
    return takes(who, Action.BACKUP, desk.backup_bytes)


def takes(who: Reader, action: Action, make: Callable[[], bytes] = lambda: b"made") -> bool:
    """Whether the reader is given a file by the button that was drawn for them."""
    seat = OpenPage(made_for=who, asked=who)
    with suppress(recheck.NotMadeError):
        return len(recheck.recorded_file(seat, who, "", "zh", make, acts.LooksExport(), action)) > 0
    return False


def finds(who: Reader, store: Path) -> bool:
    view = View.of(open_store(store).snapshot(), Period.parse("2024-01"), Scope(), reader=who)
    return "name" in {*search(view, "覃").kinds, *search(view, "覃主任").kinds}


def unmasks(who: Reader, store: Path) -> bool:
    with suppress(RefusedError):
        household.lay_open(who, "H1", "入户走访")
    return "unmask" in {look.kind for look in AuditLog(store).all()}


DEEDS: dict[Action, Callable[[Reader, Path], bool]] = {
    Action.LOAD: loads,
    Action.WITHDRAW: withdraws,
    Action.PLANS: loads_a_plan,
    Action.ACCOUNTS: makes_an_account,
    Action.SESSIONS: cuts_a_session,
    Action.BACKUP: backs_up,
    Action.LOOKS: lambda who, _store: takes(who, Action.LOOKS),
    Action.ROWS: lambda who, _store: takes(who, Action.ROWS),
    Action.SEARCH: finds,
    Action.UNMASK: unmasks,
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store with one batch, an administrator, and a session."""
    root = tmp_path_factory.mktemp("made") / "store"
    batch(root, meetings=[{"meeting_id": "H1"}])
    publish(root)
    accounts = Accounts(root)
    Sessions(root).open(accounts.enter(accounts.first_token(), PASSWORD, "覃主任"))
    return root


@pytest.fixture
def small(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, to do something to."""
    root = Path(shutil.copytree(made, tmp_path / "store"))
    monkeypatch.setenv("BOARD_STORE", str(root))
    return root


# Whose department keeps the meetings, so that nothing but the role decides.
OF_MEETINGS = dict.fromkeys((Role.DEPARTMENT, Role.KEEPER), TASK_FORCE_DEPARTMENT)


@pytest.mark.parametrize("presenting", [False, True], ids=["", "presenting"])
@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_deed_is_done_by_who_may_and_by_nobody_else(
    role: Role, action: Action, presenting: bool, small: Path
) -> None:
    who = Reader("王", role, OF_MEETINGS.get(role, ""), presenting=presenting, keepers=KEEPERS)
    told = len(AuditLog(small).all())
    done = DEEDS[action](who, small)
    assert done is (action in TABLE.get(role, set()) and not presenting)
    if not done:
        assert len(AuditLog(small).all()) == told


def test_a_batch_with_a_ledger_of_another_keeper_is_not_loaded(small: Path) -> None:
    who = reader(Role.KEEPER)
    upload.load([a_workbook("meetings")], who, {"income": 1, "meetings": 1}, "")
    assert 2 not in numbers(small)


def test_a_register_of_another_keeper_is_not_noted_as_unchanged(small: Path) -> None:
    who = reader(Role.KEEPER)
    theirs = [name for name in ("households", "labour") if not may(who, Action.LOAD, name)]
    assert theirs
    no_change.note(who, theirs, "2024-03")
    assert 2 not in numbers(small)


def test_a_ledger_of_another_keeper_is_not_marked_as_checked(small: Path) -> None:
    who = reader(Role.KEEPER)
    theirs = [name for name in ("households", "labour") if not may(who, Action.LOAD, name)]
    events = Journal(small).events()
    keepers_desk.confirm(theirs[0], Period.parse("2024-03"), who)
    assert Journal(small).events() == events


# The pages: no button of what the table refuses.

ACTS = {
    "选择工作簿": Action.LOAD, "报无变动": Action.LOAD, "标为已核对": Action.LOAD,
    "下载标注好的文件，照着改": Action.LOAD, "选择方案": Action.PLANS, "撤回": Action.WITHDRAW,
    "建立账号": Action.ACCOUNTS, "保存": Action.ACCOUNTS, "重设密码": Action.ACCOUNTS,
    "解锁": Action.ACCOUNTS, "停用": Action.ACCOUNTS, "启用": Action.ACCOUNTS,
    "给出第一个管理员的口令": Action.ACCOUNTS, "断开": Action.SESSIONS, "下载备份": Action.BACKUP,
    "显示": Action.UNMASK,
}  # fmt: skip
# Buttons that show what the page's reader may see already, or take a table as it is shown.
SHOWING = {"方案模板", "投屏", "明细", "下载 Excel", "一次下载全部模板", "上一页", "下一页", "退出投屏", "收起",
           *(ledger.sheet for ledger in by_name().values())}  # fmt: skip
TAKEN = {"looks.excel": Action.LOOKS, ".rows.excel": Action.ROWS}
KINDS = ("button", "form_submit_button", "download_button", "file_uploader")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with accounts: one is in, one is locked."""
    store = copied(tmp_path_factory.mktemp("town"))
    accounts = Accounts(store)
    Sessions(store).open(accounts.enter(accounts.first_token(), PASSWORD, "覃主任"))
    for _ in range(5):
        with suppress(RefusedError):
            accounts.sign_in("覃主任", "wrong")
    return store


def widgets(at: AppTest) -> Iterator[tuple[str, str]]:
    """Everything to press on a page: its label, and its identity."""
    for kind in KINDS:
        for element in at.get(kind):
            proto = element.proto
            yield proto.label.strip("*"), proto.id


def asked(label: str, identity: str) -> set[Action]:
    """The actions that a button is; a button that is in no list is one nobody thought of."""
    acts = {
        action for word, action in ACTS.items() if label == word or label.startswith(word + "（")
    }
    acts |= {action for ending, action in TAKEN.items() if identity.endswith(ending)}
    acts |= {Action.LOAD} if "-prefilled " in identity else set()
    assert acts or label in SHOWING, f"what does {label} do?"
    return acts


class Walked(Protocol):
    """Opens a page as a role, and presses a button of that label where there is one."""

    def __call__(
        self, role: Role, key: str, press: str = "", **query: str
    ) -> list[tuple[str, str]]:
        """What can be pressed then: labels and identities."""


@pytest.fixture
def walked(town: Path, monkeypatch: pytest.MonkeyPatch) -> Walked:
    """What can be pressed on a page opened as a role."""
    monkeypatch.setenv("BOARD_STORE", str(town))

    def use(role: Role, key: str, press: str = "", **query: str) -> list[tuple[str, str]]:
        monkeypatch.setenv("BOARD_ROLE", role)
        monkeypatch.setenv("BOARD_DEPARTMENT", DEPARTMENT.get(role, ""))
        at = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{key}.py")
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        if press and (found := [button for button in at.button if button.label == press]):
            found[0].click()
            at.run()
        assert not at.exception
        return list(widgets(at))

    return use


@pytest.fixture(scope="module")
def code(town: Path) -> str:
    """A household of the town."""
    return str(rows_in_force(town, "households")["household_id"][0])


def pressed(walked: Walked, role: Role, code: str, **query: str) -> set[Action]:
    """The actions that any page offers to a role."""
    found: set[Action] = set()
    for section in sections():
        of_page = {"household": code} if section.key == "household" else {}
        for label, identity in walked(role, section.key, "明细", **of_page, **query):
            found |= asked(label, identity)
    return found


# What is a click away of nothing that a walk clicks, or no button at all.
UNSEEN = {Action.SEARCH}


@pytest.mark.parametrize("role", Role)
def test_no_page_has_a_button_of_what_the_table_refuses(
    role: Role, walked: Walked, code: str
) -> None:
    offered = pressed(walked, role, code)
    assert offered == TABLE.get(role, set()) - UNSEEN


@pytest.mark.parametrize("role", Role)
def test_no_page_of_a_shared_screen_has_a_button_of_anything(
    role: Role, walked: Walked, code: str
) -> None:
    assert pressed(walked, role, code, present="1") == set()
