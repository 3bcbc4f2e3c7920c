"""The pages and the plans of a store: load one, withdraw one, what stands on every page of it."""

from __future__ import annotations

import csv
import io
import logging
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from board.access import Audience
from board.export import export_terms
from board.i18n import speaking
from board.intake import plans as plan_intake
from board.journal import AuditLog, Journal
from board.ledgers.plan_sheets import SHEETS
from board.metrics import Period, Scope, Status
from board.numerals import place_name
from board.publish import board_name, plans_listed, publish, withdraw
from board.sections import Section, View, sections, strip
from board.sections.measures import page as measures
from board.sections.words import target_text
from board.serve import login_pages
from board.serve.document import document
from board.store import open_store
from board.theme import DARK, LIGHT, Theme
from board.ui.forms import plans as forms
from board.ui.logo import logo
from tests.support.apptest import elements
from tests.support.reading import full_view
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
from tests.support.spread import shared
from tests.support.stores import batch, batch_of

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

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
    batch_of(root, rows_of_2026())
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
    kinds = ("title", "header", "markdown", "info", "warning", "error", "success")
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
    at = pressed(at, "入库")
    assert not at.exception
    assert "已入库（第" in at.success[0].value
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
    assert not [button for button in at.button if button.label == "入库"]


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
    assert not [button for button in at.button if button.label == "入库"]


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


@pytest.mark.parametrize(
    ("section", "period"),
    [
        case
        for section in sections()
        for case in shared([(section, period) for period in PERIODS], 2, section.key)
    ],
    ids=lambda one: getattr(one, "key", one),
)
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


def later(at: AppTest) -> tuple[bool, bool]:
    """Whether a page says that the plan has ended, and that the data are old."""
    said = text(at)
    return "方案已于" in said, "数据停在" in said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2024-05-31", (False, False)), ("2024-06-01", (False, True)),
        ("2025-12-31", (False, True)), ("2026-01-01", (True, True)),
    ],
)  # fmt: skip
def test_every_page_says_by_today_that_the_plan_has_ended_and_that_data_are_old(
    day: str, said: tuple[bool, bool], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_TODAY", day)
    assert {key: later(page(key)) for key in ("measures", "plans", "ledgers")} == dict.fromkeys(
        ("measures", "plans", "ledgers"), said
    )


def test_what_is_said_of_today_is_not_remembered(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_TODAY", "2026-07-01")
    assert "距今 28 个月" in text(page("measures"))
    monkeypatch.setenv("BOARD_TODAY", "2026-08-01")
    assert "距今 29 个月" in text(page("measures"))


def test_the_end_of_the_plan_leads_to_the_closing_view(store: Path) -> None:
    links = [link for link in page("ledgers").get("page_link") if link.proto.label == "看收官"]
    assert ["part=closing" in link.proto.query_string for link in links] == [True]
    closed = page("measures", part="closing")
    assert [one.value[:3] for one in closed.header] == ["收官："]


def test_a_store_whose_plans_are_all_withdrawn_says_so(store: Path) -> None:
    withdraw(store, 0, "换一份")
    at = page("measures")
    assert not at.exception
    assert "没有有效的方案，各项数字没有目标" in text(at)


NAMES = [("store", "幸福小镇后续扶持督导", "Xingfu Town follow-up support board"),
         ("second", "新区安置点后续扶持督导",
          "Follow-up support board, settlements of the new district")]  # fmt: skip


@pytest.mark.parametrize(("opened_as", "chinese", "english"), NAMES, ids=["one", "several"])
def test_the_board_is_named_by_the_plan(
    opened_as: str, chinese: str, english: str, request: pytest.FixtureRequest
) -> None:
    root: Path = request.getfixturevalue(opened_as)
    for language, name in (("zh", chinese), ("en", english)):
        with speaking(language):
            assert board_name(root) == name
            assert name in bytes(login_pages.form("en" if language == "en" else "zh", "/").body).decode()  # fmt: skip
            assert dict(export_terms(root))["看板" if language == "zh" else "Board"] == name
        at = page("ledgers", lang=language)
        assert not at.exception
    assert f"<title>{chinese}</title>" in document("zh", chinese).decode()


def test_a_store_that_cannot_be_read_leaves_the_place_out_of_the_name(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(b"no database" * 50)
    assert board_name(tmp_path) == "安置点后续扶持督导"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_logo_says_the_name_and_needs_nothing_from_elsewhere(theme: Theme) -> None:
    drawn = logo("甲<乙>后续扶持督导", theme)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["aria-label"] == "甲<乙>后续扶持督导"
    assert "甲<乙>后续扶持督导" in [element.text for element in root]
    assert drawn.count("://") == 1, "only the name of the format"
    wide, narrow = (logo(name, theme) for name in ("甲" * 20, "甲"))
    assert width(wide) > width(narrow)


def width(drawn: str) -> int:
    return int(ElementTree.fromstring(drawn).attrib["width"])


def view_of(root: Path, period: str) -> View:
    snapshot = open_store(root).snapshot()
    return full_view(snapshot, Period.parse(period), Scope())


def test_the_goal_of_the_plan_stands_above_its_chapters(store: Path) -> None:
    shown = strip.strip(view_of(store, "2024-Q1"))
    assert [cell.measure for cell in shown.goals] == ["G0"]
    cells = [cell.measure for chapter in shown.chapters for cell in chapter.cells]
    assert len(cells) == 32
    assert "G0" not in cells
    assert sum(shown.counts.values()) == 33


def test_strip_and_page_say_the_same_of_every_measure(two: Path) -> None:
    view = view_of(two, "2026-Q1")
    shown = strip.strip(view)
    of_strip = {c.measure: c.status for chapter in shown.chapters for c in chapter.cells}
    of_page = {
        entry.number: entry.status
        for chapter in range(2)
        for entry in measures.entries(view.choosing(department="all"), chapter).entries
    }
    assert of_strip == of_page
    assert [one.state for one in strip.states(view) if one.tasks.begun and one.state is Status.NO_TARGET] == []  # fmt: skip


def test_a_measure_says_what_decides_its_state_and_what_the_plan_says(two: Path) -> None:
    view = view_of(two, "2026-Q1").choosing(department="all")
    first, *_rest = measures.entries(view, 0).entries
    assert first.because == "判定依据：就业率"
    assert "月收入中位数 \\> 3,200（每季度，争取，方案）" in first.targets
    own = dict(first.text)
    assert own["原文"].replace("\\", "").startswith("1.稳住务工收入。")
    assert own["原文说明"] == "“有活干”读作在业或暂离。"
    assert own["就业率 ≥ 85%（2026年12月，努力，方案）"] == "2026年底努力做到85%"
    second, *_rest = measures.entries(view, 1).entries
    assert (
        dict(second.text)["逾期维修 ≤ 3（每月，应当，本板设定）"] == "方案没有这句话，是本板设定的"
    )


def test_the_words_of_the_plan_open_on_the_page(two: Path) -> None:
    at = AppTest.from_file(APP, default_timeout=60).switch_page("pages/measures.py")
    at.session_state["measures.chapter0.text.1"] = True
    at.query_params["period"] = "2026-Q1"
    at.run()
    assert not at.exception
    assert "两个小区能劳动的居民要有活干" in text(at)


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("repair_days", "目标 低于 7（原则上）"), ("overdue_repairs", "目标 3（本板设定）"),
        ("asset_occupancy", "目标 70%（探索）"),
    ],
)  # fmt: skip
def test_a_target_says_its_sign_and_firmness_or_that_the_board_set_it(
    key: str, said: str, two: Path
) -> None:
    assert target_text(view_of(two, "2026-Q1").read(key)) == said


def test_a_half_year_that_has_not_ended_is_of_the_plan_and_not_judged(two: Path) -> None:
    reading = view_of(two, "2026-Q1").read("leader_visits")
    assert str(reading.period) == "2026-H1"
    # The visit says neither where it was nor who led it: it may count.
    assert (reading.value, reading.high, reading.target) == (0, 1, 3)
    assert reading.status is Status.NOT_DUE


def test_buildings_of_two_settlements_are_told_apart(two: Path) -> None:
    view = view_of(two, "2026-Q1")
    labels = [r.label for r in view.read("employment_rate", by=("building",)).by["building"]]
    assert sorted(labels) == ["云岭新村/1栋", "云岭新村/2栋", "清溪家园/1栋"]
    with speaking("zh"):
        assert place_name(labels[0]) == "云岭新村1栋"
        assert place_name(view.whole) == "全部安置点"
