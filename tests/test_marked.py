"""A checked file comes back as the clerk's own workbook, its faulty cells coloured and noted."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from PIL import Image

from board import intake, storage, workbook
from board.__main__ import main
from board.findings import Finding, unlisted
from board.i18n import speaking
from board.intake import MarkedCopy
from board.ledgers import ledgers
from board.workbook import Limits
from board.workbook.marking.cells import COLOURS
from tests.support.workbooks import ROWS, book, result, table

pytestmark = pytest.mark.usefixtures("workbooks_read_here")
LIST = "问题清单"
SHEET = "家庭收入台账"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without a batch: everything here is about files."""
    root = tmp_path_factory.mktemp("marked") / "store"
    storage.prepare(root)
    return root


def marked(path: Path, findings: tuple[Finding, ...] = ()) -> openpyxl.Workbook:
    """The marked copy of a file, by default with all that reading it finds."""
    out = path.with_name("marked.xlsx")
    assert workbook.mark(path, out, path.name, findings or result(path).findings)
    return openpyxl.load_workbook(out)


def coloured(made: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """(Sheet, cell) → its severity, of the coloured cells outside the list."""
    severities = {colour: severity for severity, colour in COLOURS.items()}
    return {
        (sheet.title, cell.coordinate): severities[cell.fill.fgColor.rgb]
        for sheet in made.worksheets
        if sheet.title != LIST
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fill_type and cell.fill.fgColor.rgb in severities
    }


def notes(made: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    """(Sheet, cell) → the text of its note."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in made.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def listed(made: openpyxl.Workbook) -> list[tuple[Any, ...]]:
    """The rows of the list under its header."""
    rows = list(made[LIST].iter_rows(values_only=True))
    return rows[next(n for n, row in enumerate(rows) if row[0] in ("行号", "Row")) + 1 :]


def remarks(made: openpyxl.Workbook) -> str:
    return "\n".join(str(cell.value) for cell in made[LIST]["A"][:6] if cell.value)


def faulty(folder: Path, **more: Any) -> Path:
    """A workbook whose only fault is the wage in D2."""
    return book(folder / "收入.xlsx", {SHEET: table("income", {"工资性收入": "三千", **more})})


def test_a_fault_in_every_column_of_every_ledger_colours_that_cell_alone(tmp_path: Path) -> None:
    sheets, planted = {}, set()
    for ledger in ledgers():
        usual = ROWS[ledger.name]
        headers = [field.header for field in ledger.fields()]
        rows: list[list[Any]] = [headers]
        for number, field in enumerate(ledger.fields()):
            row = {**{name: usual.get(name) for name in headers}, field.header: "#REF!"}
            rows.append([row[name] for name in headers])
            planted.add(
                (ledger.sheet, f"{openpyxl.utils.get_column_letter(number + 1)}{number + 2}")
            )
        sheets[ledger.sheet] = rows
    path = book(tmp_path / "全部.xlsx", sheets)
    findings = [f for f in result(path).findings if f.severity != "notice"]
    made = marked(path, tuple(findings))
    assert {place for place, severity in coloured(made).items() if severity == "error"} == planted
    assert notes(made).keys() == coloured(made).keys()
    links = {cell.hyperlink.location for cell in made[LIST]["E"] if cell.hyperlink}
    assert links >= {f"'{sheet}'!{cell}" for sheet, cell in planted}
    assert made.sheetnames == [LIST, *sheets]


def test_a_note_says_what_was_found_what_is_expected_and_what_is_meant(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {"就业监测台账": table("employment", {"就业状态": "待业"})})
    made = marked(path)
    place = "就业监测台账", "C2"
    assert coloured(made) == {place: "error"}
    for words in ("■ 错误", "待业", "应为：在业", "也许是“未就业”"):
        assert words in notes(made)[place]
    (row,) = listed(made)
    assert row[:8] == (2, "■ 错误", place[0], place[0], "C2", "就业状态", "待业",
                       "在业 | 未就业 | 暂离")  # fmt: skip


def test_errors_and_warnings_differ_without_colour_too() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[n : n + 2], 16) for n in (2, 4, 6))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    assert abs(grey(COLOURS["error"]) - grey(COLOURS["warning"])) > 40


def test_several_findings_in_a_cell_make_one_note_and_the_worst_colour(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    (error,) = result(path).findings
    warning = replace(error, rule="other", severity="warning", found="另一处")
    made = marked(path, (warning, error))
    assert coloured(made) == {(SHEET, "D2"): "error"}
    note = notes(made)[SHEET, "D2"]
    assert "▲ 提醒" in note
    assert "■ 错误" in note


def test_what_has_no_cell_and_what_is_only_counted_is_listed(tmp_path: Path) -> None:
    rows = [[v for k, v in zip(table("income")[0], row, strict=True) if k != "财产净收入"]
            for row in table("income")]  # fmt: skip
    path = book(tmp_path / "a.xlsx", {SHEET: rows, "别的": [["甲"], ["乙"]]})
    made = marked(path)
    assert any("财产净收入" in str(row[9]) and row[0] is None for row in listed(made))
    assert any(row[3] == "别的" for row in listed(made))
    (error,) = result(faulty(tmp_path)).findings
    made = marked(faulty(tmp_path), (error, unlisted(error, 203)))
    assert "另有 203 处" in str(listed(made)[-1][9])


def test_the_clerks_layout_stays(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    given = openpyxl.load_workbook(path)
    sheet = given[SHEET]
    sheet.insert_rows(1)
    sheet["A1"] = "收入表"
    sheet.merge_cells("A1:D1")
    sheet.column_dimensions["B"].width = 33
    sheet.row_dimensions[7].hidden = True
    sheet["D3"].number_format = "0.000"
    sheet["H3"] = "=SUM(E3:G3)"
    sheet["A2"].fill = PatternFill("solid", fgColor="FFABCDEF")
    sheet["D3"].fill = PatternFill("solid", fgColor="FF00FF00")
    sheet["D3"].comment = Comment("问过本人", "王")
    rule = DataValidation("whole", formula1="1", formula2="9")
    rule.add("C3")
    sheet.add_data_validation(rule)
    given.save(path)
    made = marked(path)[SHEET]
    assert made["A1"].value == "收入表"
    assert [str(block) for block in made.merged_cells.ranges] == ["A1:D1"]
    assert made.column_dimensions["B"].width == 33
    assert made.row_dimensions[7].hidden
    assert made["D3"].number_format == "0.000"
    assert made["H3"].value == "=SUM(E3:G3)"
    assert made["A2"].fill.fgColor.rgb == "FFABCDEF"
    assert made["D3"].comment.text.startswith("问过本人")
    assert str(made.data_validations.dataValidation[0].sqref) == "C3"


def test_a_corrected_marked_copy_reads_clean_and_is_marked_anew(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    given = openpyxl.load_workbook(path)
    given[SHEET]["D2"].fill = PatternFill("solid", fgColor="FF00FF00")
    given[SHEET]["D2"].comment = Comment("问过本人", "王")
    given.save(path)
    first = marked(path)
    copy = tmp_path / "收入-已标注.xlsx"
    first[SHEET]["C2"] = "四"
    first.save(copy)
    assert [f.cell for f in result(copy).findings] == ["C2", "D2"]
    first[SHEET]["D2"] = 12000
    first.save(copy)
    made = marked(copy)
    assert coloured(made) == {(SHEET, "C2"): "error"}
    assert made.sheetnames == [LIST, SHEET]
    assert made[SHEET]["D2"].fill.fgColor.rgb == "FF00FF00"
    assert made[SHEET]["D2"].comment.text == "问过本人"
    made[SHEET]["C2"] = 4
    made.save(copy)
    assert result(copy).told() == []


def test_a_formula_keeps_the_value_that_it_had(tmp_path: Path) -> None:
    path = tmp_path / "收入.xlsx"
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet(SHEET)
    headers, row = table("income", {"常住人口": "四"})
    sheet.write_row(0, 0, headers)
    sheet.write_row(1, 0, row)
    sheet.write_formula(1, headers.index("可支配收入"), "=SUM(D2:G2)", None, 12300.25)
    sheet.write_formula(3, 3, '=IF(A4="","",A4)', None, "")
    made.close()
    marked(path)
    again = result(path.with_name("marked.xlsx"))
    assert again.told() == [("not_a_number", "C2", "members")]
    assert again.values("income", "disposable_income") == [12300.25]


def old_workbook(path: Path) -> Path:
    made = xlwt.Workbook()
    sheet = made.add_sheet(SHEET)
    for number, row in enumerate(table("income", {"工资性收入": "三千"})):
        for col, value in enumerate(row):
            sheet.write(number, col, value)
    made.save(str(path))
    return path


def text_file(path: Path, encoding: str) -> Path:
    rows = table("income", {"工资性收入": "三千", "季度": "2024-Q1"})
    lines = [",".join("" if v is None else str(v) for v in row) for row in rows]
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


@pytest.mark.parametrize("name", ["收入.xls", "收入.et", "家庭收入台账.csv", "家庭收入台账2.csv"])
def test_other_kinds_of_files_come_back_as_xlsx_with_their_values(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name.endswith(".csv"):
        text_file(path, "gb18030" if "2" in name else "utf-16")
    else:
        old_workbook(path)
    made = marked(path)
    assert coloured(made) == {(SHEET, "D2"): "error"}
    assert "只有各格的内容" in remarks(made)
    (before,), (after,) = (
        [r.told() for r in (result(at),)] for at in (path, path.with_name("marked.xlsx"))
    )
    assert before == after


def test_what_the_copy_lacks_is_said(tmp_path: Path) -> None:
    path = faulty(tmp_path)
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
        package.writestr("xl/slicers/slicer1.xml", b"<a/>")
        package.writestr("xl/drawings/drawing9.xml", b"<xdr:sp ><a/></xdr:sp>")
    made = marked(path)
    assert "没有带过来：宏、切片器、形状和文本框" in remarks(made)
    assert coloured(made) == {(SHEET, "D2"): "error"}
    assert "没有带过来" not in remarks(marked(faulty(tmp_path / "..")))


def test_pictures_and_charts_stay_where_they_can(tmp_path: Path) -> None:
    path, picture = tmp_path / "收入.xlsx", tmp_path / "章.png"
    Image.new("RGB", (4, 4), "red").save(picture)
    made = xlsxwriter.Workbook(path)
    sheet = made.add_worksheet(SHEET)
    for number, row in enumerate(table("income", {"工资性收入": "三千"})):
        sheet.write_row(number, 0, row)
    sheet.insert_image("K5", str(picture))
    chart = made.add_chart({"type": "line"})
    chart.add_series({"values": f"={SHEET}!$E$2:$E$4"})
    sheet.insert_chart("K10", chart)
    sheet.insert_textbox("K30", "注")
    sheet.add_sparkline("J2", {"range": f"{SHEET}!E2:G2"})
    made.close()
    copy = marked(path)
    assert coloured(copy) == {(SHEET, "D2"): "error"}
    assert (len(copy[SHEET]._images), len(copy[SHEET]._charts)) == (1, 1)
    assert "没有带过来：形状和文本框、迷你图" in remarks(copy)


def test_a_file_that_cannot_be_opened_gives_the_list_alone(tmp_path: Path) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 broken")
    made = marked(path)
    assert made.sheetnames == [LIST]
    assert "没有标在原表里" in remarks(made)
    assert len(listed(made)) == 1


def test_texts_that_look_like_formulas_are_texts(tmp_path: Path) -> None:
    for text in ("=1+1", "+1+1", "-甲", "@SUM(A1)"):
        path = book(tmp_path / "a.xlsx", {"就业监测台账": table("employment", {"就业状态": text})})
        given = openpyxl.load_workbook(path)
        given.worksheets[0]["C2"].value = text
        given.worksheets[0]["C2"].data_type = "s"
        given.save(path)
        made = marked(path)
        assert any(
            text in [cell.value for cell in row if cell.data_type == "s"] for row in made[LIST]
        )
        assert not [c for row in made[LIST].iter_rows() for c in row if c.data_type == "f"]


def test_a_merged_block_is_marked_where_it_shows(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {SHEET: table("income", {}, {"季度": None, "户编号": "H9", "工资性收入": 7})},
    )
    given = openpyxl.load_workbook(path)
    given[SHEET].merge_cells("A2:A3")
    given.save(path)
    made = marked(path)
    assert (SHEET, "A2") in coloured(made)
    assert "A3" in [row[4] for row in listed(made)]


def test_the_copy_speaks_english_where_the_reader_does(tmp_path: Path) -> None:
    with speaking("en"):
        made = marked(faulty(tmp_path))
    assert made.sheetnames == [LIST, SHEET]
    assert "Error" in notes(made)[SHEET, "D2"]
    assert listed(made)[0][1] == "■ Error"


def copies(root: Path, *paths: Path) -> list[MarkedCopy]:
    return intake.marked_copies(paths, intake.check(list(paths), root).findings, root)


def test_the_page_gets_bytes_and_a_name_for_each_file_with_a_finding(
    root: Path, tmp_path: Path
) -> None:
    clean = book(tmp_path / "县.xlsx", {"县域基准": table("benchmark")})
    (copy,) = copies(root, clean, faulty(tmp_path))
    assert (copy.file, copy.name) == ("收入.xlsx", "收入-已标注.xlsx")
    (tmp_path / copy.name).write_bytes(copy.content)
    assert (SHEET, "D2") in coloured(openpyxl.load_workbook(tmp_path / copy.name))
    assert copies(root, clean) == []
    (again,) = copies(root, tmp_path / copy.name)
    assert again.name == copy.name


def test_only_findings_that_the_reader_may_see_are_written(root: Path, tmp_path: Path) -> None:
    path = book(tmp_path / "学.xlsx", {"就学台账": table("schooling")})
    keepers = {"schooling": "社会事务局", "labour": "组织人社局"}
    check = intake.check([path], root)
    assert [f.rule for f in check.findings if f.against == "labour"]
    seen = intake.visible_to(check, "社会事务局", keepers)
    assert intake.marked_copies([path], seen.findings, root) == []


@pytest.mark.usefixtures("workbooks_read_apart")
def test_it_is_made_in_a_process_of_its_own_within_its_limits(root: Path, tmp_path: Path) -> None:
    path = faulty(tmp_path)
    findings = result(path).findings
    (copy,) = intake.marked_copies([path], findings, root, Limits(memory=1024 * 1024))
    (tmp_path / copy.name).write_bytes(copy.content)
    made = openpyxl.load_workbook(tmp_path / copy.name)
    assert "没有标在原表里" in remarks(made)
    (copy,) = intake.marked_copies([path], findings, root)
    assert len(copy.content) > 0


def run(root: Path, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["check", *map(str, words), "--store", str(root)])
    done = capsys.readouterr()
    return code, done.out, done.err


def test_the_command_writes_beside_never_over_its_files(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = faulty(tmp_path), tmp_path / "out.xlsx"
    before = path.read_bytes()
    assert run(root, capsys, path, "--marked", out)[0] == 1
    assert (SHEET, "D2") in coloured(openpyxl.load_workbook(out))
    assert run(root, capsys, path, "--marked", path)[0] == 2
    assert run(root, capsys, path, "--marked", tmp_path / "out.csv")[0] == 2
    assert run(root, capsys, path, out, "--marked", path)[0] == 2
    code, answer, _ = run(root, capsys, path, "--marked", tmp_path, "--format", "json")
    assert code == 1
    assert json.loads(answer)["marked"] == [
        {"file": "收入.xlsx", "marked": str(tmp_path / "收入-已标注.xlsx")}
    ]
    both = tmp_path / "both"
    copy = tmp_path / "收入-已标注.xlsx"
    assert run(root, capsys, path, copy, "--marked", both)[0] == 1
    assert sorted(p.name for p in both.iterdir()) == ["收入-已标注.xlsx", "收入-已标注_2.xlsx"]
    kept = copy.read_bytes()
    assert run(root, capsys, copy, "--marked", tmp_path)[0] == 1
    assert copy.read_bytes() == kept
    assert path.read_bytes() == before


def test_nothing_found_is_nothing_to_mark(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean, out = book(tmp_path / "县.xlsx", {"县域基准": table("benchmark")}), tmp_path / "out.xlsx"
    code, _, err = run(root, capsys, clean, "--marked", out)
    assert (code, out.exists()) == (0, False)
    assert "没有可标注的" in err
