"""A mask is not a search key: whoever asks, and however often, learns no digit beyond it."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from board import export, storage
from board.access import Reader, Role
from board.export.audit_log import subject
from board.findings import Finding
from board.intake import Check, compares_people, refusal_for, visible_to
from board.intake.by_department import hidden, of_people
from board.intake.checking import ReadFile, checked_rows
from board.journal import AUDIT_KINDS, HOURLY, AuditLog, acts, runs
from board.journal.searches import IN_A_ROW
from board.ledgers import by_name, ledgers
from board.metrics import Period, Scope
from board.plan_names import shipped_by_table
from board.publish import publish, rows_in_force
from board.sections import View
from board.sections.household.search import possible_kinds, search
from board.storage import JOURNAL
from board.store import QUERIES, WithheldError, open_store
from board.ui import state
from tests.support.rows import citizen, household, worker
from tests.support.settlement import copied
from tests.support.stores import batch, batch_of

APP = str(Path(__file__).resolve().parent.parent / "app.py")
DIGITS = "0123456789"
BORN = [date(1951, 1, 23), date(1985, 12, 31), date(1990, 6, 1), date(2004, 2, 29)]
PHONES = ["13812345678", "13987654321", "15900001234", "0777-2345678"]
KEEPERS = shipped_by_table()
DEPARTMENTS = sorted(set(KEEPERS.values()))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four households, one person each, one with a telephone that is no mobile."""
    root = tmp_path_factory.mktemp("four")
    people = list(enumerate(zip(BORN, PHONES, strict=True), 1))
    batch(
        root, "2024-03-31T00:00:00",
        households=[household(f"H{n}", room=f"080{n}", head_name="韦小芳") for n, _ in people],
        labour=[worker(n, f"H{n}", born, name="韦小芳", phone=phone) for n, (born, phone) in people],
    )  # fmt: skip
    publish(root)
    return root


def secrets() -> list[str]:
    """Every number that a mask covers."""
    return [*(citizen(n, born) for n, born in enumerate(BORN, 1)), *PHONES]


def view(root: Path, role: Role) -> View:
    own = "组织人社局" if role in (Role.DEPARTMENT, Role.KEEPER) else ""
    reader = Reader(role=role, department=own)
    snapshot = open_store(root).snapshot()
    return View.of(snapshot, Period.parse("2024-03"), Scope(), reader=reader)


def answer(seen: View, text: str) -> list[tuple[object, ...]] | str:
    """All that a search tells."""
    try:
        return search(seen, text).rows.rows()
    except WithheldError:
        return "withheld"


def guesses(number: str, most: int) -> list[list[str]]:
    """Questions that would tell one digit if their answers differed: each in ten spellings.

    The start, the end and `most` middles of a number, of every length, with any digit in the
    first or last place, which is not known yet; but for the four that the mask itself shows.
    """
    length = len(number)
    asked = [number[at:] for at in range(length) if length - at != len("1234")]
    asked += [number[: at + 1][::-1] for at in range(length)]
    pieces = [number[at:to] for at in range(length) for to in range(at + 1, length + 1)]
    asked += [piece for piece in pieces if len(piece) > len("1234")][:most]
    unknown = [piece for piece in asked if not is_tail(piece)]
    first = [[digit + piece[1:] for digit in DIGITS] for piece in unknown]
    # Three digits and any fourth are what a mask shows, where they end the number.
    last = [[piece[:-1] + digit for digit in DIGITS] for piece in unknown if len(piece) != 4]
    return first + last


def is_tail(piece: str) -> bool:
    """Whether a piece may be asked for as what a mask shows."""
    return bool(re.fullmatch(r"\d{3}[\dXx]", piece))


def searched(root: Path, role: Role, most: int) -> int:
    """Ask about every number as a role; how many searches it took, of which none told a digit."""
    seen, asked = view(root, role), 0
    for number in secrets():
        for spellings in guesses(number, most):
            answers = [answer(seen, one) for one in spellings]
            asked += len(answers)
            assert all(one == answers[0] for one in answers), spellings
    return asked


def test_ten_thousand_searches_tell_no_digit_beyond_the_mask(root: Path) -> None:
    assert sum(searched(root, role, 6) for role in Role) >= 10_000


@pytest.mark.soak
@pytest.mark.parametrize("role", Role)
def test_ten_thousand_searches_of_every_length_by_each_role_tell_no_digit(
    root: Path, role: Role
) -> None:
    assert searched(root, role, 1000) >= 10_000


def test_a_tail_is_found_only_where_the_mask_shows_it(root: Path) -> None:
    seen = view(root, Role.LEADER)
    assert [row[0] for row in answer(seen, "5678")] == ["H1"], "the landline's end stays covered"
    assert [row[0] for row in answer(seen, citizen(2, BORN[1])[-4:])] == ["H2"]


@pytest.mark.parametrize("role", [Role.LEADER, Role.TASK_FORCE])
def test_a_whole_number_typed_in_does_not_confirm_itself(root: Path, role: Role) -> None:
    assert [answer(view(root, role), number) for number in secrets()] == [[]] * len(secrets())


def test_four_digits_may_be_a_room_too(root: Path) -> None:
    assert possible_kinds("0801", persons=True) == ("room", "tail")
    assert [row[0] for row in answer(view(root, Role.LEADER), "0801")] == ["H1"]


@pytest.mark.parametrize(
    "path", [p for p in sorted(QUERIES.rglob("*.sql")) if p.parent.name != "views"],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)  # fmt: skip
def test_no_statement_gives_a_birth_month_or_orders_by_a_person(path: Path) -> None:
    text = path.read_text("utf-8")
    chosen = re.findall(r"^\s*(?:\w+\.)?(born_month|able_from|able_until),?$", text, re.M)
    assert chosen == [], "an age in years may be told, the month of birth may not"
    # Every metric has a column `subject` of codes, and other ledgers have names of things.
    others = {"name", "subject"}
    personal = {f.name for one in ledgers() for f in one.fields() if f.personal} - others
    for order in re.findall(r"order by([^)]*?)(?:\)|\Z)", text, re.S):
        assert not personal & set(re.findall(r"\w+", order)), "an order tells what it goes by"
    compared_with = re.findall(r"(\w+)\.(\w+) (?:=|like|<|>|<=|>=) \$|ends_with\(\w+\.(\w+)", text)
    asked = {name for found in compared_with for name in found} & personal
    assert asked == set(), "a parameter compared with a masked column gives it away"


def test_no_list_of_a_card_holds_a_birth_month(root: Path) -> None:
    seen = view(root, Role.TASK_FORCE)
    found = seen.frame("household/members", household="H2", month=date(2024, 3, 1))
    assert not {"born_month", "able_from", "able_until"} & set(found.columns)
    assert found["age"].to_list() == [2024 - 1985]
    later = seen.frame("household/members", household="H2", month=date(2024, 12, 1))
    assert later["age"].to_list() == [2024 - 1985], "no month in which the age moves on"


@pytest.fixture
def page(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The household page as a leader opens it, over a record that is empty."""
    store = Path(shutil.copytree(root, tmp_path / "store"))
    monkeypatch.setenv("BOARD_STORE", str(store))
    monkeypatch.setenv("BOARD_ROLE", "leader")
    return store


def searching(text: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/household.py").run()
    at.text_input(key="search_text").input(text)
    return at.run()


def found(at: AppTest) -> list[str]:
    return [button.label for button in at.button if "H1" in button.label or "1栋" in button.label]


def test_sixty_searches_by_person_an_hour_whatever_the_tab(page: Path) -> None:
    for n in range(HOURLY - 1):
        AuditLog(page).record(storage.account(), "leader", acts.Search(("tail",), n))
    at = searching("5678")
    assert found(at)
    assert AuditLog(page).all()[-1].phrase == "by room and tail found 1"
    again = searching("5678")
    assert found(again) == []
    assert "60" in again.warning[0].value
    assert len(AuditLog(page).all()) == HOURLY
    assert found(searching("0801")) == [], "four digits are a person's too"
    assert found(searching("H1")), "codes are not limited"


def test_an_hour_later_there_are_searches_again_and_others_have_their_own(page: Path) -> None:
    reader = Reader(name="王", role=Role.LEADER)
    for _ in range(HOURLY):
        assert state.search_on_record(reader, acts.Search(("name",), 0))
    assert not state.search_on_record(reader, acts.Search(("name",), 0))
    assert state.search_on_record(Reader(name="李", role=Role.LEADER), acts.Search(("name",), 0))
    old = (datetime.now(UTC) - timedelta(hours=1, seconds=1)).strftime("%Y-%m-%dT%H:%M:%S")
    connection = sqlite3.connect(page / JOURNAL)
    connection.execute("drop trigger looks_keep_words")
    connection.execute("update looks set at = ? where seq = 1", (old,))
    connection.commit()
    connection.close()
    assert state.search_on_record(reader, acts.Search(("name",), 0))


def test_twenty_searches_in_a_row_are_named_and_a_look_between_ends_the_row(tmp_path: Path) -> None:
    storage.prepare(tmp_path)
    looks = AuditLog(tmp_path)
    for n in range(IN_A_ROW):
        looks.record("王", "leader", acts.Search(("room", "tail"), n))
        looks.record("李", "leader", acts.Search(("name",), n))
        looks.record("李", "leader", acts.Look("H1"))
        looks.record("赵", "leader", acts.Search(("code",), 1))
    assert [(run.who, run.count) for run in runs(looks.all())] == [("王", IN_A_ROW)]


def test_a_long_row_of_searches_is_shown_on_the_page_of_looks(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(IN_A_ROW + 3):
        AuditLog(page).record("王某", "leader", acts.Search(("tail",), n))
    monkeypatch.setenv("BOARD_ROLE", "admin")
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/looks.py").run()
    assert any("王某" in text.value and "23 次" in text.value for text in at.markdown)


def test_every_kind_of_look_has_its_words_and_stands_in_the_document() -> None:
    document = (Path(__file__).resolve().parent.parent / "docs" / "commands.md").read_text("utf-8")
    for kind in AUDIT_KINDS:
        assert export.kind_label(kind) != kind
        assert re.search(rf"\b{kind}\b", document.rpartition("`kind` is one of")[2])


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("town"))


def upload(town: Path, department: str) -> ReadFile:
    """Some of what a department's ledgers hold already, sent again."""
    frames = {}
    for ledger in ledgers():
        if KEEPERS[ledger.name] != department:
            continue
        rows = rows_in_force(town, ledger.name).drop("batch").head(40)
        frames[ledger.name] = rows.with_columns(file=pl.lit("x.xlsx"))
    return ReadFile("x.xlsx", frames, [], {})


def alone(town: Path, place: Path, department: str) -> Path:
    """The same store without the ledgers of people that other departments keep."""
    rows = {
        ledger.name: rows_in_force(town, ledger.name).drop("batch").to_dicts()
        for ledger in ledgers()
        if KEEPERS[ledger.name] == department or ledger.name not in of_people()
    }
    batch_of(place, rows)
    return place


def shown_to(check: Check, department: str) -> list[Finding]:
    """What a department is told, but names of buildings and units: every reader may choose those."""
    told = visible_to(check, department, KEEPERS).findings
    return [finding for finding in told if finding.rule != "place_new"]


@pytest.mark.parametrize("department", DEPARTMENTS)
def test_a_check_tells_a_department_nothing_of_others_people(
    town: Path, tmp_path: Path, department: str
) -> None:
    sent = [upload(town, department)]
    among_others = checked_rows(town, sent, [])[0]
    by_itself = checked_rows(alone(town, tmp_path / "alone", department), sent, [])[0]
    people = {one.name for one in ledgers() if KEEPERS[one.name] != department} & of_people()
    for check in (among_others, by_itself):
        assert not people & {f.against for f in visible_to(check, department, KEEPERS).findings}
    assert shown_to(among_others, department) == shown_to(by_itself, department)
    assert (
        visible_to(among_others, department, KEEPERS).rows
        == visible_to(by_itself, department, KEEPERS).rows
    )


def test_what_a_department_is_not_told_still_refuses_its_load(town: Path, tmp_path: Path) -> None:
    department = "社会事务局"
    check = checked_rows(
        alone(town, tmp_path / "alone", department), [upload(town, department)], []
    )[0]
    lost = [f for f in check.findings if hidden(f, department, KEEPERS) and f.severity == "error"]
    assert {f.against for f in lost} == {"labour"}
    assert not visible_to(check, department, KEEPERS).refused
    words = refusal_for(check, department, KEEPERS)
    assert words.refused
    assert {f.cell for f in words.findings if f.severity == "error"} == {None}
    few = [f for f in words.findings if f.severity == "error"]
    assert 0 < len(few) < len(lost)
    assert all(not re.search(r"\d", f.message.zh) for f in few)
    assert visible_to(check, "", KEEPERS).findings == check.findings, (
        "who keeps every ledger is told all"
    )


def test_who_asks_anothers_ledgers_by_loading_is_counted(tmp_path: Path) -> None:
    storage.prepare(tmp_path)
    assert compares_people(["schooling"], "社会事务局", KEEPERS)
    assert not compares_people(["schooling"], "", KEEPERS)
    assert not compares_people(["employment"], "组织人社局", KEEPERS), (
        "it keeps the labour register itself"
    )
    assert not compares_people(list(by_name()), "", KEEPERS)
    assert not compares_people(["meetings"], "社会事务局", KEEPERS)


def test_twenty_loads_a_day_may_ask_anothers_ledgers(page: Path) -> None:
    reader = Reader(name="王", role=Role.KEEPER, department="社会事务局")
    tries = [state.comparison_on_record(reader, ["schooling"]) for _ in range(21)]
    assert tries == [True] * 20 + [False]
    last = AuditLog(page).all()[-1]
    assert last.phrase == "schooling compared"
    assert subject(last.act).startswith("就学台账")


@pytest.mark.parametrize("kept", ["张三丰", "张 三丰", "张　三　丰", "张\u00a0三丰"])
@pytest.mark.parametrize("asked", ["张三丰", "张 三 丰", "张　三丰"])
def test_a_person_is_found_whatever_spaces_stand_in_the_name(
    kept: str, asked: str, tmp_path: Path
) -> None:
    people = [worker(1, "H0001", name=kept), worker(2, "H0002", name="张三")]
    batch(tmp_path, households=[household("H0001"), household("H0002")], labour=people)
    publish(tmp_path)
    found = search(view(tmp_path, Role.TASK_FORCE), asked)
    assert found.rows["household_id"].to_list() == ["H0001"]
