"""The ledgers page at work: templates out, a workbook in, a batch taken out again."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from board.access import Role
from board.journal import AuditLog, Batch, Journal, acts
from board.ledgers import by_name
from board.plan_names import shipped_by_table
from board.publish import publish
from board.ui.forms import templates
from tests.support.rows import Row, income
from tests.support.stores import batch, town

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

PAGE = "pages/ledgers.py"
APP = str(Path(__file__).resolve().parent.parent / "app.py")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOARD_STORE", str(tmp_path))
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    return tmp_path


def desk(**query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page(PAGE)
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def workbook(*rows: Row, ledger: str = "meetings") -> bytes:
    """A workbook of meetings, or of another ledger."""
    declared = by_name()[ledger]
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = declared.sheet
    headers = {field.name: field.header for field in declared.fields()}
    sheet.append(list(headers.values()))
    for row in rows:
        sheet.append([row.get(name) for name in headers])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


MEETING = {"meeting_id": "H1", "kind": "季度工作会议", "held_on": date(2024, 3, 20)}


def loads(root: Path) -> list[Batch]:
    """The batches of ledgers, without the plan that the first load takes over."""
    return [batch for batch in Journal(root).batches() if not batch.plan]


def uploaded(at: AppTest, content: bytes) -> AppTest:
    at.file_uploader[0].upload("会议.xlsx", content, XLSX)
    return at.run()


def pressed(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def test_a_good_workbook_becomes_a_batch(empty: Path) -> None:
    at = uploaded(desk(), workbook(MEETING))
    assert not at.exception
    assert loads(empty) == []
    at = pressed(at, "入库")
    assert not at.exception
    assert [batch.rows for batch in loads(empty)] == [{"meetings": 1}]
    assert "第 1 批" in at.success[0].value


def test_a_faulty_workbook_can_not_be_loaded(empty: Path) -> None:
    at = uploaded(desk(), workbook(MEETING | {"kind": "茶话会"}))
    assert not at.exception
    assert "入库" not in [button.label for button in at.button]
    assert any("错误" in text.value for text in at.markdown)


def test_findings_come_in_the_readers_language(empty: Path) -> None:
    at = uploaded(desk(lang="en"), workbook(MEETING | {"kind": "茶话会"}))
    assert any("Errors" in text.value for text in at.markdown)


def test_the_same_file_again_doubles_nothing(empty: Path) -> None:
    content = workbook(MEETING)
    pressed(uploaded(desk(), content), "入库")
    again = pressed(uploaded(desk(), content), "入库")
    assert "没有新增" in again.success[0].value
    assert len(loads(empty)) == 1


def test_a_batch_is_withdrawn_only_with_a_reason(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(uploaded(desk(), workbook(MEETING)), "入库")
    monkeypatch.setenv("BOARD_ROLE", "admin")
    at = pressed(desk(), "撤回")
    assert loads(empty)[0].state == "live"
    next(box for box in at.text_input if "原因" in box.label).input("填错了季度")
    pressed(at, "撤回")
    assert loads(empty)[0].reason == "填错了季度"
    checked, loaded, withdrawn = AuditLog(empty).all()
    assert (checked.kind, checked.phrase) == ("check", "meetings")
    assert (loaded.kind, loaded.phrase) == ("load", "batch 1")
    assert (withdrawn.kind, withdrawn.why) == ("withdraw", "填错了季度")


def test_a_keeper_can_not_load_what_another_department_keeps(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_DEPARTMENT", "社会事务局")
    at = uploaded(desk(), workbook(MEETING))
    assert "会议调研台账不由社会事务局填报" in at.error[0].value
    assert [button.label for button in at.button if button.label == "入库"] == []


def test_only_keepers_and_the_task_force_upload_and_only_an_administrator_withdraws(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(uploaded(desk(), workbook(MEETING)), "入库")
    for role in Role:
        monkeypatch.setenv("BOARD_ROLE", role)
        at = desk()
        assert bool(at.file_uploader) is (role in (Role.KEEPER, Role.TASK_FORCE))
        assert ("撤回" in [button.label for button in at.button]) is (role is Role.ADMIN)


def test_the_task_force_loads_its_own_ledgers_and_no_others(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    at = desk()
    assert any("可以上传：任务台账、会议调研台账" in text.value for text in at.markdown)
    pressed(uploaded(at, workbook(MEETING)), "入库")
    assert [batch.rows for batch in loads(empty)] == [{"meetings": 1}]
    looks = [(look.role, look.kind) for look in AuditLog(empty).all()]
    assert looks == [("task_force", "check"), ("task_force", "load")]
    loan = {"loan_id": "D1"}
    at = uploaded(desk(), workbook(loan, ledger="loans"))
    assert "不由乡村振兴工作专班填报" in at.error[0].value
    assert "入库" not in [button.label for button in at.button]


def test_every_ledger_has_its_template_and_all_come_in_one_zip() -> None:
    packed = zipfile.ZipFile(io.BytesIO(templates.all_in_zip()))
    assert len(packed.namelist()) == len(by_name())


def test_a_missing_ledger_comes_first_among_the_templates(empty: Path) -> None:
    at = desk(ledger="tasks")
    assert "任务台账" in at.get("download_button")[0].proto.label


def test_the_open_table_of_a_chart_has_its_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(town(tmp_path, households=60, months=6)))
    at = AppTest.from_file(APP, default_timeout=60).switch_page(PAGE)
    at.session_state["ledgers.coverage.table"] = True
    at.run()
    assert not at.exception


def test_a_keeper_notes_a_register_as_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_STORE", str(town(tmp_path, 4, 2)))
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    monkeypatch.setenv("BOARD_DEPARTMENT", "社会事务局")
    monkeypatch.setenv("BOARD_TODAY", "2026-11-29")
    at = desk()
    [registers] = [box for box in at.multiselect if box.label == "登记册"]
    assert registers.options == ["户台账"], "the labour register is another department's"
    registers.select("households")
    [button] = [one for one in at.button if one.label == "报无变动"]
    at = button.click().run()
    assert any("户台账无变动" in one.value for one in at.success)
    last = loads(tmp_path)[-1]
    assert (last.kind, last.unchanged, last.month) == ("无变动", ("households",), "2026-11")


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two months of a tiny settlement, early in the third, for who keeps households and income."""
    monkeypatch.setenv("BOARD_STORE", str(town(tmp_path, 4, 2)))
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    monkeypatch.setenv("BOARD_DEPARTMENT", "社会事务局")
    monkeypatch.setenv("BOARD_TODAY", "2023-04-05")
    return tmp_path


def test_a_keeper_sees_the_own_ledgers_first_with_what_is_due(keeper: Path) -> None:
    at = desk()
    assert not at.exception
    lines = [
        text.value for text in at.markdown if "上次：" in text.value or "还没有报过" in text.value
    ]
    own = {by_name()[name].sheet for name, who in shipped_by_table().items() if who == "社会事务局"}
    assert {line.split("**")[1] for line in lines} == own
    income = next(line for line in lines if "家庭收入台账" in line)
    assert "▲ 2023年一季度未报，还有 5 天" in income
    names = [button.proto.label for button in at.get("download_button")]
    assert "2023年一季度模板" in names
    at = desk(lang="en")
    assert any("▲ Q1 2023 not reported, 5 days left" in text.value for text in at.markdown)


def test_a_month_is_marked_as_checked_on_the_page_and_the_mark_ages(keeper: Path) -> None:
    batch(keeper, income=[income("2023-Q1", "H1")])
    publish(keeper)
    at = desk()
    at.button(key="confirm income").click()
    at = at.run()
    assert not at.exception
    assert any("家庭收入台账" in one.value and "已标为核对过" in one.value for one in at.success)
    assert "confirm income" not in [button.key for button in at.button]
    done = [
        entry.act for entry in AuditLog(keeper).all() if isinstance(entry.act, acts.Confirmation)
    ]
    assert [act.ledgers for act in done] == [("income",)]
    batch(keeper, income=[income("2023-Q1", "H2")])
    publish(keeper)
    at = desk()
    assert any("▲ 核对2023年一季度以后又有第" in text.value for text in at.markdown)
    assert "confirm income" in [button.key for button in at.button]


def texts(at: AppTest) -> str:
    """Every text of the page."""
    return "\n".join(text.value for kind in (at.markdown, at.warning, at.success) for text in kind)


@pytest.mark.parametrize(
    ("lang", "counts", "cells", "header", "asked", "load", "again", "stay", "done"),
    [
        ("zh", ["新增 1 行", "与库里相同 0 行", "改动 1 行"], "入库会改动 1 格", "旧值",
         "有 1 行与第 1 批的内容相同，而第 2 批", "入库", "确实要入库", "先不入库", "第 3 批"),
        ("en", ["1 new row", "0 the same as stored", "1 changed"], "Loading changes 1 cell**", "Old value",
         "1 row is the same as in batch 1, and batch 2", "Load", "Load all the same", "Don't load", "batch 3"),
    ],
)  # fmt: skip
def test_the_page_says_what_a_file_changes_and_asks_once_more_about_an_older_one(
    empty: Path, lang: str, counts: list[str], cells: str, header: str, asked: str, load: str,
    again: str, stay: str, done: str,
) -> None:  # fmt: skip
    first = {**MEETING, "summary": "旧话"}
    pressed(uploaded(desk(lang=lang), workbook(first)), load)
    at = uploaded(
        desk(lang=lang), workbook({**MEETING, "summary": "新话"}, {**MEETING, "meeting_id": "H2"})
    )
    line = next(text.value for text in at.markdown if counts[0] in text.value)
    assert [part for part in counts if part not in line] == []
    assert cells in texts(at)
    table = next(t.value for t in at.dataframe if header in t.value.columns)
    assert "旧话" in table[header].to_list()
    pressed(at, load)
    assert len(loads(empty)) == 2
    at = uploaded(desk(lang=lang), workbook(first, {**MEETING, "meeting_id": "H3"}))
    at = pressed(at, load)
    assert not at.exception
    assert asked in at.warning[0].value
    assert len(loads(empty)) == 2
    at = pressed(at, stay)
    assert len(loads(empty)) == 2
    assert not at.warning
    at = pressed(pressed(at, load), again)
    assert not at.exception
    assert done in at.success[0].value
    assert len(loads(empty)) == 3


def test_a_file_that_is_not_older_is_loaded_at_the_first_press(empty: Path) -> None:
    pressed(uploaded(desk(), workbook(MEETING)), "入库")
    at = pressed(uploaded(desk(), workbook(MEETING | {"kind": "专题会议"})), "入库")
    assert not at.warning
    assert len(loads(empty)) == 2


def test_the_task_force_sees_names_masked_in_what_a_file_changes(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pressed(uploaded(desk(), workbook(MEETING | {"chair": "王五六"})), "入库")
    for role, name in (("keeper", "王五六"), ("task_force", "王*")):
        monkeypatch.setenv("BOARD_ROLE", role)
        at = uploaded(desk(), workbook(MEETING | {"chair": "赵七八"}))
        table = next(t.value for t in at.dataframe if "旧值" in t.value.columns)
        assert name in table["旧值"].to_list()
