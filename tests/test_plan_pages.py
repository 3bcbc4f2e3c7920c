"""The pages and the plans of a store: load one, withdraw one, what stands on every page of it."""

from __future__ import annotations

import csv
import io
import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from board.access import Audience
from board.i18n import speaking
from board.intake import plans as plan_intake
from board.journal import AuditLog, Journal
from board.ledgers.plan_sheets import SHEETS
from board.publish import plans_listed, publish
from board.sections import Section, sections
from board.ui.forms import plans as forms
from tests.support.apptest import elements
from tests.support.rows import (
    Row,
    asset,
    employment,
    household,
    meeting,
    month,
    occupancy,
    task,
    worker,
)
from tests.support.stores import batch

PROJECT = Path(__file__).resolve().parent.parent
APP = str(PROJECT / "app.py")
SECOND = PROJECT / "tests" / "support" / "second_plan"
Change = Callable[[str, list[dict[str, str]]], list[dict[str, str]]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one meeting and the shipped plan."""
    root = tmp_path_factory.mktemp("made") / "store"
    meeting = {"meeting_id": "H1", "kind": "季度工作会议", "held_on": date(2024, 3, 20)}
    batch(root, "2024-04-05T00:00:00", meetings=[meeting])
    publish(root)
    return root


@pytest.fixture(scope="module")
def made_second(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the second plan beside it."""
    root = Path(shutil.copytree(made, tmp_path_factory.mktemp("second") / "store"))
    assert plan_intake.load(SECOND, root).batch is not None
    return root


def rows_of_2026() -> dict[str, list[Row]]:
    """A handful of rows of the second plan's two settlements, in the first months of 2026."""
    homes = [
        household("C1", settlement="云岭新村"), household("C2", "2栋", settlement="云岭新村"),
        household("Q1", settlement="清溪家园"),
    ]  # fmt: skip
    workers = [worker(n, code) for n, code in ((1, "C1"), (2, "C2"), (3, "Q1"))]
    return {
        "households": [row | {"effective_month": month("2026-01")} for row in homes],
        "labour": [row | {"effective_month": month("2026-01")} for row in workers],
        "employment": [
            employment(at, str(row["citizen_id"]), status, county=None)
            for at in ("2026-01", "2026-02", "2026-03")
            for row, status in zip(workers, ("在业", "在业", "未就业"), strict=True)
        ],
        "assets": [asset("S1", settlement="云岭新村"), asset("S2", settlement="清溪家园")],
        "occupancy": [
            occupancy(at, code, state)
            for at in ("2026-01", "2026-02", "2026-03")
            for code, state in (("S1", "在用"), ("S2", "闲置"))
        ],
        "tasks": [
            task("T1", ["就业服务局"], date(2026, 2, 28), date(2026, 2, 20), measure="1",
                 starts=date(2026, 1, 5)),
            task("T2", ["东湖城市运营有限公司"], date(2026, 3, 20), date(2026, 3, 18), measure="2",
                 starts=date(2026, 1, 5), done_on=date(2026, 3, 18)),
        ],
        "meetings": [meeting("M26", "领导调研", date(2026, 3, 3), rank="管委领导")],
    }  # fmt: skip


@pytest.fixture(scope="module")
def made_two(made_second: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both plans, with rows of the second, and meetings long before and long after both."""
    root = Path(shutil.copytree(made_second, tmp_path_factory.mktemp("two") / "store"))
    far = [meeting(f"M{year}", "专题会议", date(year, 3, 20)) for year in (2015, 2030)]
    batch(root, **rows_of_2026())
    batch(root, meetings=far)
    publish(root)
    return root


@pytest.fixture
def two(made_two: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That store, to read."""
    monkeypatch.setenv("BOARD_STORE", str(made_two))
    monkeypatch.setenv("BOARD_ROLE", "task_force")
    return made_two


@pytest.fixture
def store(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the shipped plan to read and to change; readers are administrators."""
    return opened(made, tmp_path, monkeypatch)


@pytest.fixture
def second(made_second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with the second plan too, to read and to change."""
    return opened(made_second, tmp_path, monkeypatch)


def opened(made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = Path(shutil.copytree(made, folder / "store"))
    monkeypatch.setenv("BOARD_STORE", str(root))
    monkeypatch.setenv("BOARD_ROLE", "admin")
    return root


def page(key: str = "plans", **query: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60).switch_page(f"pages/{key}.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def files(change: Change = lambda _sheet, rows: rows) -> list[tuple[str, bytes, str]]:
    """The second plan's files as a browser sends them, each sheet's rows passed through `change`."""
    made = []
    for path in sorted(SECOND.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows, headers = list(reader), list(reader.fieldnames or [])
        text = io.StringIO()
        writer = csv.DictWriter(text, headers)
        writer.writeheader()
        writer.writerows(change(path.stem, rows))
        made.append((path.name, text.getvalue().encode(), "text/csv"))
    return made


def workbook() -> bytes:
    """The second plan as one workbook."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for path in sorted(SECOND.glob("*.csv")):
        sheet = book.create_sheet(path.stem)
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def uploaded(at: AppTest, sent: list[tuple[str, bytes, str]]) -> AppTest:
    at.file_uploader[0].set_value(sent)
    return at.run()


def pressed(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return at.run()


def text(at: AppTest) -> str:
    kinds = ("title", "subheader", "markdown", "info", "warning", "error", "success")
    return "\n".join(str(element.value) for kind in kinds for element in elements(at, kind))


def raised(sheet: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The second plan with one target raised, one later, one softer, one gone and one new."""
    if sheet != "目标":
        return rows
    by_key = {(row["指标"], row["期限"]): row for row in rows}
    by_key["repairs_closed", "每季度"]["目标值"] = "0.97"
    by_key["demonstration_sites", "2027-06"]["期限"] = "2027-09"
    by_key["training_rate", "每年"]["性质"] = "努力"
    rows.remove(by_key["criticisms", "每年"])
    new = {**by_key["care_events", "每年"], "指标": "quarterly_meetings", "期限": "每季度",
           "目标值": "1", "类型": "平稳"}  # fmt: skip
    return [*rows, new]


def test_the_page_lists_the_plans_as_the_command_does(store: Path) -> None:
    at = page()
    assert not at.exception
    (listed,) = [frame.value for frame in at.dataframe]
    assert listed.to_dict("list")["方案编号"] == [row["plan"] for row in plans_listed(store)]
    assert at.title[0].value == "1 份方案有效，管到 2025年12月"


@pytest.mark.parametrize("role", ["viewer", "leader", "task_force", "department", "keeper"])
def test_only_administrators_open_it(
    role: str, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", role)
    monkeypatch.setenv("BOARD_DEPARTMENT", "社会事务局")
    at = page()
    assert "不对" in at.title[0].value
    assert not at.file_uploader


@pytest.mark.parametrize(
    "sent", [files(), [("计划.xlsx", workbook(), "")]], ids=["csv", "workbook"]
)
def test_a_plan_is_checked_compared_and_loaded(
    sent: list[tuple[str, bytes, str]], store: Path
) -> None:
    at = uploaded(page(), sent)
    assert not at.exception
    assert "15 项目标都是新的" in text(at)
    assert plans_listed(store)[-1]["plan"] != "east-lake-2026", "a check stores nothing"
    at = pressed(at, "收录")
    assert not at.exception
    assert "已收录为第" in at.success[0].value
    assert plans_listed(store)[-1] | {"batch": 0} == {
        "plan": "east-lake-2026", "title": "东湖新区小区安居乐业计划(2026—2028年)",
        "from": "2026-01", "until": "2028-12", "batch": 0, "state": "in_force",
    }  # fmt: skip
    assert AuditLog(store).all()[-1].kind == "load"


def test_a_plan_with_errors_shows_its_cells_and_is_not_loaded(store: Path) -> None:
    def wrong(sheet: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        if sheet == "目标":
            rows[0]["指标"] = "employment_rat"
        return rows

    at = uploaded(page(), files(wrong))
    assert not at.exception
    assert "没有指标 employment\\_rat" in text(at)
    findings = at.dataframe[-1].value
    assert list(findings["文件"]) == ["目标.csv"]
    assert list(findings["单元格"]) == ["B2"]
    assert not [button for button in at.button if button.label == "收录"]


def test_targets_are_compared_with_the_plan_in_the_store(second: Path) -> None:
    at = uploaded(page(), files(raised))
    assert not at.exception
    assert "新增 1 项目标、取消 1 项目标、改动 3 项目标" in text(at)
    compared = at.dataframe[-1].value
    changes = dict(zip(compared["指标"], compared["变化"], strict=True))
    assert changes == {
        "维修办结率": "目标值", "示范点": "期限", "技能培训率": "性质", "季度工作会议": "新增",
        "通报批评": "取消",
    }  # fmt: skip


def test_the_same_plan_again_changes_no_target(second: Path) -> None:
    at = uploaded(page(), files())
    assert "目标没有变化" in text(at)


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ([("计划.xlsx", workbook(), ""), ("目标.csv", b"a", "")], "一次只选一份方案"),
        ([("目标.csv", b"a", ""), ("目标.csv", b"b", "")], "同名"),
        ([("目标.csv", b"\x00\xff\xfe", "")], "错误"),
        ([("计划.xlsx", b"no workbook", "")], "错误"),
    ],
    ids=["two kinds", "same name", "no text", "no workbook"],
)
def test_files_that_are_no_plan_are_refused_in_words(
    sent: list[tuple[str, bytes, str]], refusal: str, store: Path
) -> None:
    at = uploaded(page(), sent)
    assert not at.exception
    assert refusal in text(at)
    assert "暂时无法显示" not in text(at)
    assert not [button for button in at.button if button.label == "收录"]


def test_a_plan_that_overlaps_another_names_both(second: Path) -> None:
    def other(sheet: str, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        if sheet == "方案":
            rows[0]["方案编号"] = "another-2027"
        return rows

    assert "another-2027" in (said := text(uploaded(page(), files(other))))
    assert "east-lake-2026" in said


def test_a_withdrawn_plan_is_listed_with_the_former_one_in_force(second: Path) -> None:
    raised_files = second.parent / "raised"
    shutil.copytree(SECOND, raised_files)
    for name, content, _mime in files(raised):
        (raised_files / name).write_bytes(content)
    outcome = plan_intake.load(raised_files, second)
    at = page()
    at.selectbox[0].select(outcome.batch)
    at.text_input[0].input("数字抄错了")
    pressed(at, "撤回")
    states = {row["batch"]: row["state"] for row in plans_listed(second)}
    assert states[outcome.batch] == "withdrawn"
    assert {row["plan"] for row in plans_listed(second) if row["state"] == "in_force"} >= {
        "east-lake-2026"
    }
    entry = AuditLog(second).all()[-1]
    assert (entry.kind, entry.why) == ("withdraw", "数字抄错了")


def test_the_batches_of_ledgers_name_no_plan(second: Path) -> None:
    numbers = {b.number for b in Journal(second).batches() if b.plan}
    listed = page("ledgers").dataframe
    shown = {int(n) for frame in listed if "批次" in frame.value for n in frame.value["批次"]}
    assert numbers
    assert not numbers & shown


def test_the_template_has_a_sheet_for_every_part_of_a_plan() -> None:
    with speaking("zh"):
        book = openpyxl.load_workbook(io.BytesIO(forms.template_bytes()))
    assert {sheet.sheet for sheet in SHEETS} <= set(book.sheetnames)


PERIODS = ("2015-Q1", "2024-Q1", "2026-Q1", "2030-Q1")


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("section", sections(), ids=lambda section: section.key)
def test_every_page_shows_in_and_outside_of_every_plan(
    section: Section, period: str, two: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    if section.audience is Audience.ADMINISTRATORS:
        monkeypatch.setenv("BOARD_ROLE", "admin")
    at = page(section.key, period=period, household="C1")
    assert not at.exception
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert "暂时无法显示" not in text(at)
    assert ("方案已于 2028年12月 结束" in text(at)) is (period == "2030-Q1")


FIRST_PLAN = (
    "幸福小镇",
    "大化",
    "钦州",
    "片区",
    "组织人社局",
    "社会事务局",
    "中马",
    "三年",
    "2025",
)


@pytest.mark.parametrize("section", sections(), ids=lambda section: section.key)
def test_no_word_of_the_first_plan_stands_on_a_page_of_the_second(
    section: Section, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if section.audience is Audience.ADMINISTRATORS or section.key == "plans":
        return
    at = page(section.key, period="2026-Q1", household="C1")
    said = text(at) + "".join(metric.label + metric.value for metric in at.metric)
    assert [word for word in FIRST_PLAN if word in said] == []
