"""What is taken away: typed, whole, never live in a spreadsheet, saying what it is, and on record."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from board import export, metrics
from board.access import Reader, Role
from board.accounts import OpenPage
from board.catalogue import METRICS
from board.export import Sheet, of_ledger, of_table, workbook, workbook_of
from board.export.audit_log import subject
from board.export.definition_sheet import unmarked
from board.i18n import LANGUAGES, speaking
from board.journal import AUDIT_KINDS, AuditLog, act_of, acts
from board.ledgers import Ledger, ledgers
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, POINTS, TIMES, YUAN, Period, Scope, Unit
from board.plan_names import shipped_by_table
from board.sections import Section, View, sections
from board.sections.rows_behind import behind, open_to
from board.sections.section import Panel
from board.store import Snapshot, WithheldError, open_store
from board.table import Cell, Dates, Figures, Table
from board.ui import downloads, recheck
from tests.support import settlement, workbooks
from tests.support.looks import EXAMPLES
from tests.support.rows import Row
from tests.support.spread import shared
from tests.support.stores import frame

APP = str(Path(__file__).resolve().parent.parent / "app.py")
ALL = pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.name)
LIVE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=HYPERLINK(1)", "http://a.b/", "0012", "1e5", "'x"]
MONTH = date(2024, 3, 1)
AS_CELL = datetime(2024, 3, 1)  # noqa: DTZ001
# Kind → a value of a frame, the value of its cell, the format of its cell.
CELLS: dict[str, tuple[object, object, str]] = {
    "text": ("=1+1", "=1+1", "@"),
    "code": ("-甲", "-甲", "@"),
    "codes": (["@甲", "乙"], "@甲、乙", "@"),
    "id": (workbooks.citizen_id(), workbooks.citizen_id(), "@"),
    "int": (1234, 1234, "#,##0"),
    "money": (1234.5, 1234.5, "#,##0.00"),
    "number": (-12.25, -12.25, "General"),
    "percent": (8.25, 0.0825, "0.0##%"),
    "date": (MONTH, AS_CELL, "yyyy-mm-dd"),
    "month": (MONTH, AS_CELL, "yyyy-mm"),
    "quarter": (date(2024, 4, 1), "2024-Q2", "@"),
    "bool": (True, "是", "@"),
}


@pytest.fixture(scope="session")
def store() -> Path:
    return settlement.looked_at()


@pytest.fixture
def root(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOARD_STORE", str(store))
    return store


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def written(ledger: type[Ledger], *rows: Row) -> openpyxl.Workbook:
    made = frame(ledger.name, list(rows))
    columns = of_ledger(ledger.fields(), made)
    return opened(workbook_of([Sheet(ledger.sheet, made, columns)], [("台账", ledger.sheet)]))


@ALL
def test_a_ledgers_headers_types_and_formats_are_its_declarations(ledger: type[Ledger]) -> None:
    row = {field.name: CELLS[field.kind][0] for field in ledger.fields()}
    sheet = written(ledger, row).worksheets[0]
    for cell, head, field in zip(sheet[2], sheet[1], ledger.fields(), strict=False):
        unit = f"({field.unit})" if field.unit else ""
        assert head.value == field.header + unit
        assert (cell.value, cell.number_format) == CELLS[field.kind][1:]
        assert cell.data_type != "f"
    assert [c.value for c in sheet[1]][-3:] == ["文件", "工作表", "行号"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == sheet.dimensions
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$1:$1")


@ALL
def test_an_exported_ledger_reads_back_as_the_same_rows(
    ledger: type[Ledger], tmp_path: Path
) -> None:
    given = [list(workbooks.ROWS[ledger.name]), list(workbooks.ROWS[ledger.name].values())]
    first = workbooks.result(workbooks.book(tmp_path / "a.xlsx", {ledger.sheet: given}))
    held = first.frames[ledger.name]
    columns = of_ledger(ledger.fields(), held)
    file = tmp_path / "b.xlsx"
    file.write_bytes(workbook_of([Sheet(ledger.sheet, held, columns)], [("台账", ledger.sheet)]))
    again = workbooks.result(file)
    assert again.told("error") == first.told("error")
    assert {rule for rule, _cell, _column in again.told("warning")} <= {
        "unknown_column",
        "unknown_sheet",
    }
    names = [field.name for field in ledger.fields()]
    assert again.frames[ledger.name].select(names).equals(held.select(names))


@pytest.mark.parametrize("text", LIVE)
def test_text_stays_the_text_it_is(text: str) -> None:
    made = pl.DataFrame({"文字": [text], "=表头": [[text, text]]})
    columns = of_table(Table(made))
    sheet = opened(workbook_of([Sheet("=1", made, columns)], [("=甲", "+乙")])).worksheets[0]
    first, second = sheet[2]
    assert (first.value, second.value) == (text, f"{text}、{text}")
    assert {c.data_type for c in (first, second, *sheet[1])} == {"s"}
    assert not sheet._hyperlinks


def test_what_is_said_of_a_table_stands_on_the_second_sheet_as_text() -> None:
    made = pl.DataFrame({"数": [1]})
    book = opened(workbook_of([Sheet("数据", made, of_table(Table(made)))], [("定义", "=甲÷乙")]))
    assert book.sheetnames == ["数据", "说明"]
    assert [cell.value for cell in book["说明"][1]] == ["定义", "=甲÷乙"]
    assert book["说明"]["B1"].data_type == "s"


@pytest.mark.parametrize(
    ("kind", "value", "cell_value", "shape"),
    [
        (Figures(PERCENT), 0.5824, 0.582, "#,##0.0%"), (Figures(PERCENT), 1, 1, "#,##0%"),
        (Figures(PERCENT), 0.9996, 0.999, "#,##0.0%"), (Figures(PERSONS), 1234, 1234, "#,##0"),
        (Figures(YUAN), 12_345, 12_300, "#,##0"), (Figures(YUAN), 102_300_000, 102_000_000, "#,##0"),
        (Figures(POINTS), -2.51, -2.5, "#,##0.0"), (Figures(PERSONS), 0, 0, "#,##0"),
        (Figures(PERSONS, "signed"), 3, 3, "+#,##0;-#,##0;#,##0"),
        (Figures(PERSONS, "signed"), -3, -3, "#,##0"),
        (Figures(PERSONS, "counted"), 131, 131, '#,##0"人"'),
        (Figures(YUAN, "counted"), 123_456, 123_000, '#,##0"元"'),
        (Figures(Unit("months", "个月"), "counted"), 2, 2, '#,##0"个月"'),
        (Figures(POINTS, "change"), 2, 2, '+#,##0.0"个百分点";-#,##0.0"个百分点";#,##0.0"个百分点"'),
        (Figures(PERCENT, "target"), 0.6, 0.6, "#,##0%"),
        (Figures(PERCENT, "target"), 0.575, 0.575, "#,##0.0%"),
        (Figures(PERCENT), None, "—", "@"), (Figures(PERCENT, absent=""), None, "", "@"),
        (Dates("month"), MONTH, MONTH, "yyyy-mm"), (Dates("day"), MONTH, MONTH, "yyyy-mm-dd"),
        (Dates("month", absent="没有达到"), None, "没有达到", "@"),
        ("mixed", Cell(0.5, Figures(PERCENT)), 0.5, "#,##0.0%"), ("mixed", "50% → 60%", "50% → 60%", "@"),
        ("mixed", Cell(12, "int"), 12, "#,##0"), ("mixed", "R2", "R2", "@"), ("mixed", "301", "301", "@"),
    ],
)  # fmt: skip
def test_a_figure_or_a_date_of_a_page_is_one_in_the_workbook(
    kind: str | Figures | Dates,
    value: str | float | date | Cell | None,
    cell_value: str | float | date,
    shape: str,
) -> None:
    written, number_format = export.columns.cell(kind, value)
    assert written == (pytest.approx(cell_value) if isinstance(cell_value, float) else cell_value)
    assert number_format == shape


def test_an_english_unit_stands_in_the_format_in_the_form_for_its_number() -> None:
    with speaking("en"):
        assert export.columns.cell(Figures(HOUSEHOLDS, "counted"), 1234) == (
            1234,
            '#,##0" households"',
        )
        assert export.columns.cell(Figures(HOUSEHOLDS, "counted"), 1) == (1, '#,##0" household"')
        assert export.columns.cell(Figures(TIMES, "counted"), 1) == (1, '#,##0" time"')


def test_text_that_looks_like_a_figure_or_a_date_stays_text() -> None:
    texts = ["301", "58.2%", "1,234", "131人", "2024年3月", "2024-03-31", "—"]
    table = Table(pl.DataFrame({"户数": texts}))
    sheet = opened(workbook_of([Sheet("数据", table.frame, of_table(table))], [])).worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(2, len(texts) + 2)] == texts
    assert {sheet.cell(row, 1).data_type for row in range(2, len(texts) + 2)} == {"s"}


def test_yes_and_no_are_said_in_the_readers_language() -> None:
    made = pl.DataFrame({"a": [True, False, None]})
    for language, words in (("zh", ["是", "否", None]), ("en", ["Yes", "No", None])):
        with speaking(language):
            book = opened(workbook_of([Sheet("a", made, of_table(Table(made)))], []))
        sheet = book.worksheets[0]
        assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == words


def test_sheets_have_names_that_excel_takes_and_no_two_the_same() -> None:
    made = pl.DataFrame({"a": [1]})
    names = ["甲/乙:丙*[丁]?", "一" * 40, "一" * 40, "说明", ""]
    book = opened(workbook_of([Sheet(n, made, of_table(Table(made))) for n in names], [("a", "b")]))
    assert len({name.lower() for name in book.sheetnames}) == 6
    assert all(len(name) <= 31 for name in book.sheetnames)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("**58.2%** 在用", "58.2% 在用"), (":gray[:small[甲 · 乙]]", "甲 · 乙"),
        (":red[**■ 逾期**]  \n余", "■ 逾期\n余"), (r"甲\_乙\[丙\]\*\*", "甲_乙[丙]**"),
        (r":gray[甲\[乙\]]", "甲[乙]"), ("`key`", "key"),
    ],
)  # fmt: skip
def test_a_sentence_of_a_page_leaves_its_markdown_there(text: str, bare: str) -> None:
    assert unmarked(text) == bare


def test_what_a_sheet_can_not_hold_goes_on_on_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    made = pl.DataFrame({"a": list(range(7))})
    book = opened(workbook_of([Sheet("数", made, of_table(Table(made)))], [("a", "b")]))
    assert book.sheetnames == ["数", "数 2", "数 3", "说明"]
    told = [
        row[0]
        for sheet in book.worksheets[:3]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert told == list(range(7))


def test_every_ledger_of_a_store_is_exported_with_what_is_said_of_it(
    root: Path, tmp_path: Path
) -> None:
    names = [ledger.name for ledger in ledgers()]
    out = tmp_path / "all.xlsx"
    before = len(AuditLog(root).all())
    export.export(root, names, "xlsx", out)
    book = openpyxl.load_workbook(out, read_only=True)
    assert book.sheetnames == [*(ledger.sheet for ledger in ledgers()), "说明"]
    said = " ".join(str(cell) for row in book["说明"].values for cell in row)
    assert all(
        ledger.sheet in said and shipped_by_table()[ledger.name] in said for ledger in ledgers()
    )
    personal = {f.header for one in ledgers() for f in one.fields() if f.personal}
    heads = next(book["劳动力台账"].values)
    assert "人员编号" in heads
    assert not personal & set(heads)
    (look,) = AuditLog(root).all()[before:]
    assert (look.role, look.kind) == ("terminal", "export")
    assert look.phrase == f"{' '.join(names)} (xlsx)"


@cache
def snapshot_of(root: Path) -> Snapshot:
    """The snapshot of the store that all tests read, opened once."""
    return open_store(root).snapshot()


def seen(root: Path, role: Role = Role.TASK_FORCE) -> View:
    return View.of(snapshot_of(root), Period.parse("2023-Q4"), Scope(), reader=Reader("王", role))


def tables(section: Section, view: View) -> Iterator[tuple[Panel, View, Table]]:
    """The section's tables and table twins, as its page offers them."""
    for choice in section.choices:
        view = view.choosing(**{choice.key: choice.fallback(view)})
    held = {name for name, (count, *_span) in metrics.ledgers_held(view.snapshot).items() if count}
    for panel in section.shown(view):
        if not held.issuperset(panel.needs):
            continue
        for choice in (*panel.choices, *panel.follows):
            view = view.choosing(**{choice.key: choice.fallback(view)})
        with suppress(WithheldError):
            panel.finding(view)
            own = export.table_of(panel.body(view))
            twin = panel.table(view) if panel.table else None
            for block in filter(None, (own, twin)):
                yield panel, view, block


@pytest.mark.parametrize(
    ("section", "language"),
    [
        case
        for section in sections()
        for case in shared([(section, one) for one in LANGUAGES], len(LANGUAGES), section.key)
    ],
    ids=lambda one: getattr(one, "key", one),
)
def test_every_table_of_every_page_is_exported(section: Section, language: str, root: Path) -> None:
    with speaking(language):
        for panel, view, table in tables(section, seen(root)):
            book = opened(downloads.workbook(table, partial(export.about, section, panel, view)))
            data, about = book.worksheets
            if table.frame.columns:
                heads = [cell.value for cell in data[1]]
                assert heads == table.frame.columns
                assert data.max_row == table.frame.height + 1
            terms = dict(about.iter_rows(values_only=True))
            assert terms["导出人" if language == "zh" else "Exported by"].startswith("王")
            told = str(list(about.iter_rows(values_only=True)))
            assert all(METRICS[key].key in told for key in panel.metrics)
            told += str(list(data.iter_rows(values_only=True)))
            assert not re.search(r"\*\*|:gray\[|\\\\[.*_]", told)


def personal(root: Path) -> set[str]:
    """Names, numbers and codes of the town's people, as they stand in the batches."""
    found: set[str] = set()
    columns = {
        "labour": ("citizen_id", "name", "phone"),
        "households": ("household_id", "head_name"),
    }
    for ledger, names in columns.items():
        for path in (root / "batches").glob(f"*/{ledger}.parquet"):
            rows = pl.read_parquet(path, memory_map=False)
            found.update(*(rows[name].drop_nulls() for name in names))
    return found


def test_nobody_is_named_in_what_everyone_may_take_away(root: Path) -> None:
    reader = Reader()
    assert Reader("王", Role.TASK_FORCE, presenting=True).permissions == reader.permissions
    assert Reader("李", Role.ADMIN).permissions == reader.permissions
    snapshot = snapshot_of(root)
    view = View.of(snapshot, Period.parse("2023-Q4"), Scope(), reader=reader)
    told = []
    for section in sections():
        if section.opens_to(reader):
            for panel, at, table in tables(section, view):
                said = export.about(section, panel, at)
                told += [*table.frame.columns, *(str(row) for row in table.frame.rows()), str(said)]
    text = "\n".join(told)
    assert len(told) > 100
    assert [one for one in personal(root) if one in text] == []


@pytest.mark.parametrize("key", sorted(METRICS))
def test_the_rows_behind_every_figure_are_exported_with_their_cells(key: str, root: Path) -> None:
    view, metric = seen(root), METRICS[key]
    table = behind(view, metric, "numerator")
    said = export.about_rows(sections()[0], metric, "numerator", view)
    book = opened(downloads.workbook(table, lambda: said))
    assert [cell.value for cell in book.worksheets[0][1]][-4:] == ["批次", "文件", "工作表", "行"]
    with speaking("en"):
        heads = behind(view, metric, "numerator").frame.columns
    assert heads[-4:] == ["Batch", "File", "Sheet", "Row"]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("role", Role)
def test_the_rows_behind_figures_of_people_are_for_who_may_see_codes(
    role: Role, root: Path
) -> None:
    view = seen(root, role)
    people = open_to(view, METRICS["employment_rate"])
    assert people == view.reader.permissions.households


@pytest.mark.parametrize("role", Role)
def test_rows_are_taken_away_by_who_may_export_rows_and_tables_by_everyone(role: Role) -> None:
    rows, table = Table(pl.DataFrame(), rows=True), Table(pl.DataFrame())
    reader = Reader("王", role)
    assert downloads.may_take(reader, rows) == (role in (Role.LEADER, Role.TASK_FORCE))
    assert downloads.may_take(reader, table)
    assert not downloads.may_take(replace(reader, presenting=True), rows)


def test_a_workbook_is_made_on_a_click_and_put_on_record_first(root: Path) -> None:
    who = Reader("王", Role.LEADER)
    before = len(AuditLog(root).all())
    seat = OpenPage(who, who)
    record = acts.PanelExport(page="page", panel="panel", period="2024-Q1")
    assert recheck.recorded_file(seat, who, "", "en", lambda: b"made", record) == b"made"
    (look,) = AuditLog(root).all()[before:]
    assert (look.who, look.role, look.kind, look.phrase) == (
        "王", "leader", "export", "page.panel 2024-Q1",
    )  # fmt: skip


def test_what_fails_is_not_on_record_and_the_log_says_nothing_of_cells(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> bytes:
        raise ValueError("张三 990000199001011234")

    who = Reader("王")
    seat = OpenPage(who, who)
    record = acts.PanelExport(page="page", panel="panel", period="2024-Q1")
    before = len(AuditLog(root).all())
    with pytest.raises(recheck.NotMadeError) as failed:
        recheck.recorded_file(seat, who, "", "zh", fail, record)
    assert "张三" not in caplog.text
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    assert [r.levelno for r in caplog.records] == [logging.ERROR]
    assert len(AuditLog(root).all()) == before


WITH_ROWS = [
    (section.key, panel.key) for section in sections() for panel in section.panels if panel.metrics
]


def page(key: str) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    return at if key == sections()[0].key else at.switch_page(f"pages/{key}.py")


def offered(at: AppTest) -> list[str]:
    return [button.proto.label for button in at.get("download_button")]


@pytest.mark.parametrize(("section", "panel"), dict(WITH_ROWS).items())
def test_the_rows_open_over_the_page_for_who_may_see_them(
    section: str,
    panel: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("BOARD_ROLE", "leader")
    at = page(section)
    at.session_state[f"{section}.{panel}.rows"] = True
    at.run()
    assert not at.exception
    assert [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR] == []


def test_nothing_is_made_before_it_is_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_ROLE", "leader")
    before = len(AuditLog(root).all())
    at = page("zero_employment")
    for part in ("table", "rows"):
        at.session_state[f"zero_employment.states.{part}"] = True
    at.run()
    assert not at.exception
    assert offered(at).count("下载 Excel") >= 3
    assert len(AuditLog(root).all()) == before


def test_the_record_is_read_by_the_administrator_alone(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = acts.RowsExport(
        metric="employment_rate", part="numerator", period="2023-Q4", scope="幸福小镇/3栋"
    )
    AuditLog(root).record("王", "leader", taken)
    monkeypatch.setenv("BOARD_ROLE", "admin")
    at = page("looks").run()
    assert not at.exception
    assert any("记录完整" in text.value for text in at.markdown)
    assert "就业率·分子 2023年四季度 3栋" in list(at.dataframe[0].value["看了什么"])
    assert offered(at) == ["下载 Excel"]
    monkeypatch.setenv("BOARD_ROLE", "leader")
    at = page("looks").run()
    assert not at.dataframe
    assert offered(at) == []


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        ("look", "XF0001", "户 XF0001"), ("search", "by name and tail", "姓名、身份证或电话尾号"),
        ("account", "create 王 leader", "新建账号 王（管委领导）"), ("account", "reset 王", "重置密码 王"),
        ("account", "password set", "设置密码"), ("sign_in", "local", "本地账号"),
        ("load", "batch 3", "批次 3"), ("export", "findings", "核对结果"),
        ("export", "labour income (xlsx, persons)", "劳动力台账、家庭收入台账 (xlsx, 含个人信息)"),
        ("export", "household.members 2025-Q4 幸福小镇 XF0001", "一户一档·劳动力台账 2025年四季度 幸福小镇 XF0001"),
        ("export", "something else", "something else"),
    ],
)  # fmt: skip
def test_what_was_looked_at_is_said_in_words(kind: str, what: str, said: str) -> None:
    assert subject(act_of(kind, what)) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_record_itself_is_exported_with_every_hash(root: Path, language: str) -> None:
    for act, _phrase in EXAMPLES:
        AuditLog(root).record("王", "admin", act, "=1+1")
    with speaking(language):
        block = export.looks_table(AuditLog(root).all())
        book = opened(downloads.workbook(block, lambda: [("a", "b")]))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [look.hash for look in reversed(AuditLog(root).all())]
    assert rows[0][-2] == "=1+1"
    assert all(word and word not in AUDIT_KINDS for word in (row[4] for row in rows))
