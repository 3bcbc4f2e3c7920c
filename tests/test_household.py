"""A household's card: its people as they may be seen, every value with its cell, found by who may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from board.access import Reader, Role
from board.intake import load
from board.journal import AuditLog
from board.ledgers import by_name
from board.metrics import Period, Scope
from board.publish import publish, rows_in_force
from board.sections import View
from board.sections.household import cells, frames, words
from board.sections.household.page import HOUSEHOLD
from board.sections.household.search import possible_kinds, search
from board.store import WithheldError, open_store
from tests.support import settlement
from tests.support.apptest import Opened, elements
from tests.support.rows import citizen, employment, household, worker
from tests.support.stores import batch
from tests.support.workbooks import book, table

APP = str(Path(__file__).resolve().parent.parent / "app.py")
WEI, LUO = citizen(1), citizen(2)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """H1 in 1栋 with Wei, whose wage of March was mended; H2 in 4栋 with Luo."""
    root = tmp_path_factory.mktemp("two")
    wei = worker(1, "H1", name="韦小芳", phone="13812345678", relation="户主")
    luo = worker(2, "H2", name="罗大山", phone="13987654321", relation="户主")
    batch(
        root, "2024-03-31T00:00:00",
        households=[
            household("H1", room="0502", head_name="韦小芳", helper_name="陆干部"),
            household("H2", building="4栋", room="0301", head_name="罗大山"),
        ],
        labour=[wei, luo],
        employment=[employment("2024-03", WEI, wage=3100.0), employment("2024-03", LUO)],
    )  # fmt: skip
    batch(root, "2024-04-02T00:00:00", employment=[employment("2024-03", WEI, wage=3300.0)])
    publish(root)
    return root


def card(
    root: Path,
    code: str = "H1",
    role: Role = Role.TASK_FORCE,
    places: tuple[str, ...] = (),
    laid_open: str = "",
) -> View:
    snapshot = open_store(root).snapshot()
    reader = Reader(role=role, places=places)
    view = View.of(snapshot, Period.parse("2024-03"), Scope(), reader=reader)
    return replace(view, laid_open=laid_open).choosing(**{frames.HOUSEHOLD: code})


def test_the_card_says_who_lives_where_and_how_it_stands(root: Path) -> None:
    assert words.headline(card(root)) == "H1：1栋1单元，4口人，家里有人就业"


def test_a_leader_reads_masked_names_alone(root: Path) -> None:
    table = words.members(card(root, role=Role.LEADER)).frame
    assert table["姓名"].to_list() == ["韦*"]
    assert table["联系电话"].to_list() == ["138****5678"]
    assert table["身份证号"].to_list() == [f"{WEI[:3]}***********{WEI[-4:]}"]


def test_the_task_force_reads_whole_names_only_of_the_household_laid_open(root: Path) -> None:
    assert words.members(card(root)).frame["姓名"].to_list() == ["韦*"]
    assert words.members(card(root, laid_open="H2")).frame["姓名"].to_list() == ["韦*"]
    whole = words.members(card(root, laid_open="H1")).frame
    assert whole["姓名"].to_list() == ["韦小芳"]
    assert whole["联系电话"].to_list() == ["13812345678"]


def test_a_birth_date_in_an_id_is_hidden_even_then(root: Path) -> None:
    shown = words.members(card(root, laid_open="H1")).frame["身份证号"][0]
    assert shown == f"{WEI[:6]}********{WEI[-4:]}"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DEPARTMENT, Role.KEEPER, Role.ADMIN])
def test_nobody_else_gets_anything_of_a_household(root: Path, role: Role) -> None:
    view = card(root, role=role)
    for ask in (frames.members, frames.work, frames.persons, frames.income, frames.codes):
        with pytest.raises(WithheldError):
            ask(view)


def test_whoever_presents_gets_nothing_either(root: Path) -> None:
    view = card(root)
    presenting = View.of(
        open_store(root).snapshot(), view.period, view.scope,
        reader=Reader(role=Role.TASK_FORCE, presenting=True),
    ).choosing(**{frames.HOUSEHOLD: "H1"})  # fmt: skip
    with pytest.raises(WithheldError):
        frames.persons(presenting)


def test_who_is_narrowed_to_a_building_finds_no_household_of_another(root: Path) -> None:
    own = card(root, "H2", places=("1栋",))
    assert frames.members(own).is_empty()
    assert frames.persons(own) == {}
    assert [code for code, _label in frames.codes(own)] == ["", "H1"]
    assert search(own, "罗大山").rows.is_empty()
    assert search(own, "0301").rows.is_empty()


def test_what_a_later_batch_changed_is_told_with_both_values(root: Path) -> None:
    changed = cells.changes(card(root)).in_words()
    assert changed.select("台账", "列", "原来", "改为", "原批次").rows() == [
        ("就业监测台账", "月收入", "3100", "3300", 1)
    ]


def test_a_month_names_the_row_it_comes_from(root: Path) -> None:
    view = card(root).choosing(**{frames.CELL: frames.cells(card(root))[0][0]})
    assert cells.cell_finding(view) == r"韦\* 2024年3月的月收入 3,300元，写在 第2行"
    assert cells.cell_caption(view).startswith("第2批 · test.xlsx")


def test_the_address_of_a_month_holds_no_name(root: Path) -> None:
    keys = [key for key, _label in frames.cells(card(root, laid_open="H1"))]
    assert keys
    assert not any("韦" in key or WEI in key for key in keys)


OUT_OF_WORK = dict.fromkeys(
    ("就业类别", "就业渠道", "就业地点", "就业县市", "行业", "就业单位", "月收入", "合同月数", "社保月数")
) | {"就业状态": "未就业"}  # fmt: skip


@pytest.mark.parametrize(("job", "header", "column"), [
    ({}, "月收入", "wage"), (OUT_OF_WORK, "就业状态", "status"),
], ids=["a wage", "no work"])  # fmt: skip
def test_the_cell_named_is_the_cell_of_the_workbook(
    tmp_path: Path, job: dict[str, object], header: str, column: str
) -> None:
    """Loaded from a workbook, the wage, or that there is no work, is where openpyxl finds it."""
    named = by_name()
    sheets = {named[n].sheet: table(n) for n in ("households", "labour")}
    sheets[named["employment"].sheet] = table("employment", job)
    path = book(tmp_path / "一月.xlsx", sheets)
    root = tmp_path / "store"
    assert load([path], root, at=None).batch == 1
    row = rows_in_force(root, "employment").row(0, named=True)
    when = f"{row['month']:%Y-%m}"
    snapshot = open_store(root).snapshot()
    view = View.of(snapshot, Period.parse(when), Scope(), reader=Reader(role=Role.LEADER))
    view = view.choosing(**{frames.HOUSEHOLD: "H001"})
    view = view.choosing(**{frames.CELL: frames.cells(view)[0][0]})
    told = cells.cell(view).frame
    cell = told.filter(told["表头"] == header)["单元格"][0]
    value = openpyxl.load_workbook(path)[row["sheet"]][cell].value
    assert value == row[column]
    assert cells.cell_finding(view).endswith(f"写在 {cell}")


@pytest.mark.parametrize(("text", "kinds"), [
    ("H1", ("code",)), ("XF0230", ("code",)), ("0502", ("room", "tail")), ("502", ("room",)),
    ("3栋2单元0502", ("room",)), ("3-2-0502", ("room",)), ("3栋", ("room",)),
    ("韦小芳", ("name",)), ("123X", ("tail",)), ("12345678", ()), ("", ()), ("!", ()),
])  # fmt: skip
def test_a_text_is_searched_by_what_it_can_mean(text: str, kinds: tuple[str, ...]) -> None:
    assert possible_kinds(text, persons=True) == kinds


@pytest.mark.parametrize(("text", "found"), [
    ("h1", ["H1"]), ("1栋1单元0502", ["H1"]), ("0502", ["H1"]), ("502", ["H1"]), ("4栋", ["H2"]),
    ("韦小芳", ["H1"]), ("5678", ["H1"]), ("4321", ["H2"]), ("13987654321", []), (WEI[-4:], ["H1"]), (WEI, []),
    ("韦", []), ("没有这人", []), ("9999", []),
])  # fmt: skip
def test_a_household_is_found_by_code_room_name_and_tail(
    root: Path, text: str, found: list[str]
) -> None:
    assert search(card(root), text).rows["household_id"].to_list() == found


def test_who_may_see_no_person_searches_by_no_person(root: Path) -> None:
    assert possible_kinds("韦小芳", persons=False) == ()
    assert possible_kinds("5678", persons=False) == ("room",)


def test_what_a_search_finds_is_masked(root: Path) -> None:
    assert search(card(root), "韦小芳").rows["who"].to_list() == ["韦*"]


@pytest.fixture
def page(root: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    """The card as the task force opens it."""
    monkeypatch.setenv("BOARD_STORE", str(root))
    monkeypatch.setenv("BOARD_ROLE", "task_force")

    def opened(**query: str) -> AppTest:
        at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/household.py")
        for name, value in query.items():
            at.query_params[name] = value
        return at.run()

    return opened


def said(at: AppTest) -> str:
    return "\n".join(str(each.value) for each in elements(at, "markdown", "header", "dataframe"))


def test_a_look_is_on_record_once_and_showing_names_needs_a_reason(
    page: Opened, root: Path
) -> None:
    before = len(AuditLog(root).all())
    at = page(household="H1")
    assert not at.exception
    assert "韦小芳" not in said(at)
    at.run()
    assert [(x.kind, x.phrase) for x in AuditLog(root).all()[before:]] == [("look", "H1")]
    next(b for b in at.button if b.label == "显示").click()
    assert "请写明原因" in at.run().error[0].value
    next(box for box in at.selectbox if box.label == "为什么要看").select("入户走访")
    next(b for b in at.button if b.label == "显示").click()
    at.run()
    assert "韦小芳" in said(at)
    last = AuditLog(root).all()[-1]
    assert (last.kind, last.phrase, last.why, last.role) == (
        "unmask",
        "H1",
        "入户走访",
        "task_force",
    )
    at.query_params["household"] = "H2"
    assert "罗大山" not in said(at.run())
    at.query_params["household"] = "H1"
    assert "韦小芳" not in said(at.run())


def test_names_are_hidden_again_once_another_page_was_opened(page: Opened, root: Path) -> None:
    at = page(household="H1")
    at.session_state["visit"] = ("household", {"laid_open": "H1"})
    assert "韦小芳" in said(at.run())
    at.switch_page("pages/units.py").run()
    looked = len(AuditLog(root).all())
    at.query_params["household"] = "H1"
    assert "韦小芳" not in said(at.switch_page("pages/household.py").run())
    assert [(x.kind, x.phrase) for x in AuditLog(root).all()[looked:]] == [("look", "H1")]


def test_a_search_by_name_is_on_record_without_the_name(page: Opened, root: Path) -> None:
    before = len(AuditLog(root).all())
    at = page()
    at.text_input(key="search_text").input("罗大山")
    at.run()
    assert any("H2" in button.label or "4栋" in button.label for button in at.button)
    looks = AuditLog(root).all()[before:]
    assert [(x.kind, x.phrase) for x in looks] == [("search", "by name found 1")]
    assert "罗大山" not in str(at.query_params)


def test_every_panel_of_a_card_shows_in_an_invented_town() -> None:
    snapshot = settlement.snapshot(60, 14)
    reader = Reader(role=Role.TASK_FORCE)
    view = View.of(snapshot, Period.parse("2024-Q1"), Scope(), reader=reader)
    for code, _label in frames.codes(view)[1:20]:
        one = view.choosing(**{frames.HOUSEHOLD: code})
        one = one.choosing(**{frames.CELL: next((key for key, _n in frames.cells(one)), "")})
        assert words.headline(one)
        for panel in HOUSEHOLD.panels:
            assert panel.finding(one)
            panel.body(one)
            if panel.table:
                panel.table(one)
