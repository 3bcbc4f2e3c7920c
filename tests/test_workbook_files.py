"""Which files are read, whatever they are called, and which are refused with what to do."""

from __future__ import annotations

import os
import re
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from board.workbook import Limits, read
from tests.support.workbooks import Result, book, result, table


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its parts changed."""
    other = path.with_name(f"changed-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in source.infolist():
            data = source.read(entry)
            copy.writestr(entry.filename, change(data) if entry.filename == name else data)
    return other


def employment(tmp_path: Path) -> Path:
    return book(tmp_path / "一月.xlsx", {"就业监测台账": table("employment")})


def same_as_usual(found: Result) -> bool:
    """Whether the usual employment row was read without a finding."""
    assert found.told() == []
    row = found.frames["employment"].row(0, named=True)
    assert (row["month"], row["wage"], row["county"]) == (date(2024, 3, 1), 3500.5, "深圳市")
    assert (row["reported_on"], row["returned"], row["contract_months"]) == (
        date(2024, 3, 5),
        False,
        12,
    )
    return True


SHEET = "xl/worksheets/sheet1.xml"


def test_a_file_is_known_by_its_content_and_not_by_its_name(tmp_path: Path) -> None:
    path = employment(tmp_path)
    for name in ("一月.xls", "一月.csv", "一月", "一月.xlsm", "一月.zip"):
        assert same_as_usual(result(path, name))


def test_a_strict_workbook_is_read(tmp_path: Path) -> None:
    strict = [
        (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
    ]  # fmt: skip
    path = employment(tmp_path)
    for name in (
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        SHEET,
        "xl/styles.xml",
    ):
        for old, new in strict:
            path = rewritten(path, name, replacing(old, new))
    path = rewritten(
        path,
        SHEET,
        lambda data: re.sub(
            rb'<c r="O2"[^>]*><v>[\d.]+</v>', b'<c r="O2" t="d"><v>2024-03-05</v>', data
        ),
    )
    assert same_as_usual(result(path))


def replacing(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old, new)


def test_a_workbook_written_with_prefixes_is_read(tmp_path: Path) -> None:
    def prefixed(data: bytes) -> bytes:
        data = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", data)
        return data.replace(b"xmlns=", b"xmlns:x=")

    assert same_as_usual(result(rewritten(employment(tmp_path), SHEET, prefixed)))


def test_a_workbook_without_cell_references_is_read(tmp_path: Path) -> None:
    bare = rewritten(
        employment(tmp_path), SHEET, lambda data: re.sub(rb' r="[A-Z]*\d+"', b"", data)
    )
    assert same_as_usual(result(bare))


def test_a_false_dimension_is_not_believed(tmp_path: Path) -> None:
    path = book(
        tmp_path / "a.xlsx",
        {"家庭收入台账": table("income", *({"户编号": f"H{n}"} for n in range(50)))},
    )
    false = rewritten(
        path,
        SHEET,
        lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', data),
    )
    assert result(false).reading.rows == {"income": 50}


def test_a_workbook_counting_from_1904_is_understood(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active.title = "就业监测台账"
    for row in table("employment"):
        made.active.append(row)
    made.save(tmp_path / "a.xlsx")
    assert same_as_usual(result(tmp_path / "a.xlsx"))


def test_formulas_are_read_by_their_values_and_refused_without(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("家庭收入台账")
        for row, cells in enumerate(table("income", {}, {"户编号": "H002"})):
            sheet.write_row(row, 0, cells)
        sheet.write_formula("D2", "=B2*3", value=12000)
        sheet.write_formula("B2", '=CONCAT("H","001")', value="H001")
        sheet.write_formula("D3", "=B2*3")
        sheet.write_formula("F3", "=1/0", value="#DIV/0!")
        sheet.write_formula("G3", '=""', value="")
    found = result(path)
    assert found.told() == [
        ("formula_without_value", "D3", "wage_income"),
        ("error_value", "F3", "property_income"),
        ("required", "G3", "transfer_income"),
    ]
    assert found.values("income", "household_id") == ["H001", "H002"]


def test_a_formula_saved_by_openpyxl_has_no_value(tmp_path: Path) -> None:
    found = result(
        book(tmp_path / "a.xlsx", {"家庭收入台账": table("income", {"可支配收入": "=SUM(D2:G2)"})})
    )
    assert found.told() == [("formula_without_value", "H2", "disposable_income")]


def test_rich_text_phonetics_and_escaped_characters_are_read_as_their_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("任务台账")
        for row, cells in enumerate(table("tasks", {"任务内容": "盘活\x07_x0041_ & <铺面>"})):
            for col, value in enumerate(cells):
                if isinstance(value, date):
                    sheet.write_datetime(
                        row,
                        col,
                        value,
                        made.add_format({"num_format": "yyyy/m/d"}),
                    )
                else:
                    sheet.write(row, col, value)
        sheet.write_rich_string("A2", "T", made.add_format({"bold": True}), "01")
    found = result(path)
    assert found.told() == []
    assert found.values("tasks", "content") == ["盘活_x0041_ & <铺面>"]
    assert found.values("tasks", "task_id") == ["T01"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("mark", [",", "\t"])
def test_text_files_are_read_in_the_encodings_staff_have(
    encoding: str, mark: str, tmp_path: Path
) -> None:
    lines = [
        ["幸福小镇就业监测台账"],
        *table("employment", {"填报日期": "2024/3/5", "就业单位": '"某厂\n二车间"'}),
    ]
    text = "\r\n".join(mark.join("" if x is None else str(x) for x in line) for line in lines)
    path = tmp_path / "就业监测台账2024-03.csv"
    path.write_bytes(text.encode(encoding))
    found = result(path)
    assert same_as_usual(found)
    assert found.values("employment", "row") == [3]
    assert found.values("employment", "sheet") == ["就业监测台账"]
    assert found.values("employment", "employer") == ["某厂\n二车间"]


def test_a_text_file_keeps_zeros_and_excels_own_yes_and_errors(tmp_path: Path) -> None:
    path = tmp_path / "户台账.csv"
    rows = table(
        "households",
        {"房号": '="0502"', "入住日期": None},
        {"户编号": "H002", "房号": "0503", "入住日期": "#N/A"},
    )
    path.write_text(
        "\n".join(",".join("" if x is None else str(x) for x in row) for row in rows),
        encoding="utf-8",
    )
    found = result(path)
    assert found.told() == [("error_value", "L3", "moved_in")]
    assert found.values("households", "room") == ["0502", "0503"]


def test_a_text_file_of_another_name_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "三月.csv"
    path.write_text("户编号,季度\nH001,2024-Q1\n", encoding="utf-8")
    assert result(path).told() == [("unknown_sheet", None, None)]


def write_xls(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("就业监测台账")
    for row, cells in enumerate(rows):
        for col, value in enumerate(cells):
            style = xlwt.easyxf(
                num_format_str="yyyy-mm-dd" if isinstance(value, date) else "General"
            )
            sheet.write(row, col, value, style)
    made.save(str(path))
    return path


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    assert same_as_usual(result(write_xls(tmp_path / "a.xls", table("employment"))))


def test_an_old_workbook_tells_types_and_errors_apart(tmp_path: Path) -> None:
    import xlwt

    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("户台账")
    for row, cells in enumerate(table("households", {"入住日期": None})):
        for col, value in enumerate(cells):
            sheet.write(row, col, value)
    sheet = made.get_sheet(0)
    made2 = xlwt.Workbook(encoding="utf-8")
    sheet2 = made2.add_sheet("户台账")
    headers, cells = table("households", {"入住日期": None})
    for col, (name, value) in enumerate(zip(headers, cells, strict=True)):
        sheet2.write(0, col, name)
        if name == "房号":
            sheet2.write(1, col, 502, xlwt.easyxf(num_format_str="0000"))
        elif name == "入住日期":
            sheet2.row(1).set_cell_error(col, "#REF!")
        else:
            sheet2.write(1, col, value)
    sheet2.row(1).hidden = True
    made2.save(str(tmp_path / "a.xls"))
    found = result(tmp_path / "a.xls")
    assert found.told() == [
        ("hidden_rows", None, None),
        ("text_padded", "F2", "room"),
        ("error_value", "L2", "moved_in"),
    ]


def in_zip(path: Path, *parts: str) -> Path:
    """A zip with these parts, each empty markup."""
    with zipfile.ZipFile(path, "w") as made:
        for part in parts:
            made.writestr(part, "<x/>")
    return path


@pytest.mark.parametrize("name", ["{kind}", "xlsx", "csv"])
@pytest.mark.parametrize(
    ("kind", "part", "rule"),
    [
        ("xlsb", "xl/workbook.bin", "file_binary"),
        ("ods", "content.xml", "file_open_document"),
    ],
)
def test_a_workbook_of_another_kind_is_refused_by_its_content_and_told_to_be_saved_as_xlsx(
    tmp_path: Path, kind: str, part: str, rule: str, name: str
) -> None:
    path = in_zip(tmp_path / f"a.{name.format(kind=kind)}", "[Content_Types].xml", part)
    finding = result(path).only()
    assert (finding.rule, finding.severity, finding.expected_in_chinese) == (
        rule,
        "error",
        ".xlsx .xlsm .xls .et .csv",
    )
    assert f".{kind} 文件，请另存为 .xlsx" in finding.message.zh
    assert f".{kind} file; save it as .xlsx" in finding.message.en


def refused(path: Path, limits: Limits | None = None, name: str | None = None) -> str:
    """The rule of the one finding of a file that is refused, read in a process of its own."""
    out = path.parent / "out"
    reading = read(path, out, name=name, limits=limits)
    assert len(reading.findings) == 1
    finding = reading.findings[0]
    assert (finding.severity, finding.sheet, finding.cell) == ("error", None, None)
    assert reading.refused
    assert not list(out.glob("*.parquet"))
    return finding.rule


def test_files_that_are_no_workbook_are_refused_with_what_to_do(tmp_path: Path) -> None:
    samples = {
        "a.pdf": b"%PDF-1.7 ...", "a.png": b"\x89PNG\r\n\x1a\n",
        "a.xml": b'<?xml version="1.0"?><Workbook/>', "a.bin": bytes(range(256)) * 9,
    }  # fmt: skip
    for name, data in samples.items():
        (tmp_path / name).write_bytes(data)
        found = result(tmp_path / name).only()
        assert found.rule == "file_foreign"
        assert ".xlsx" in found.message.zh
    (tmp_path / "empty.xlsx").write_bytes(b"")
    assert result(tmp_path / "empty.xlsx").only().rule == "file_empty"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", "<w:document/>")
    assert result(tmp_path / "a.docx").only().rule == "file_foreign"


@pytest.mark.parametrize("part", [0.3, 0.7, 0.99])
def test_a_truncated_file_is_refused_as_damaged(part: float, tmp_path: Path) -> None:
    whole = employment(tmp_path).read_bytes()
    path = tmp_path / "b.xlsx"
    path.write_bytes(whole[: int(len(whole) * part)])
    assert result(path).only().rule == "file_damaged"


def test_a_file_with_broken_xml_or_a_broken_part_is_refused_as_damaged(tmp_path: Path) -> None:
    path = employment(tmp_path)
    for broken in (
        rewritten(path, SHEET, lambda data: data.replace(b"</row>", b"", 1)),
        rewritten(path, SHEET, lambda data: data[:-30]),
        rewritten(path, "xl/workbook.xml", lambda data: data[:-9]),
    ):
        assert result(broken).only().rule == "file_damaged"
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as made:
        entry = made.getinfo(SHEET)
    raw[entry.header_offset + 60] ^= 0xFF
    (tmp_path / "c.xlsx").write_bytes(raw)
    assert result(tmp_path / "c.xlsx").only().rule == "file_damaged"


def test_a_protected_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    ole = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(500)
    )
    (tmp_path / "a.xlsx").write_bytes(ole)
    found = result(tmp_path / "a.xlsx").only()
    assert found.rule == "file_password"
    assert "密码" in found.message.zh


def test_a_document_type_is_refused_before_anything_is_resolved(tmp_path: Path) -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    path = employment(tmp_path)
    for name in (SHEET, "xl/workbook.xml", "xl/styles.xml"):
        hostile = rewritten(
            path,
            name,
            lambda data: re.sub(
                rb"(<\?xml[^>]*\?>)?\s*", lambda m: m.group(0) + bomb, data, count=1
            ),
        )
        assert result(hostile).only().rule == "file_doctype"


def bomb(tmp_path: Path, megabytes: int) -> Path:
    """A workbook whose sheet is mostly blanks."""
    path = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(employment(tmp_path)) as source,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for entry in source.infolist():
            if entry.filename != SHEET:
                made.writestr(entry.filename, source.read(entry))
        with made.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(b'<?xml version="1.0" encoding="UTF-8"?><worksheet><sheetData>')
            for _ in range(megabytes):
                sheet.write(b" " * 1_048_576)
            sheet.write(b"</sheetData></worksheet>")
    return path


def test_a_zip_bomb_is_refused_within_the_limit_it_states(tmp_path: Path) -> None:
    path = bomb(tmp_path, 600)
    assert path.stat().st_size < 2_000_000
    found = result(path).only()
    assert found.rule == "file_inflated"
    assert "512 MiB" in found.message.zh
    assert "512 MiB" in found.message.en


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = bomb(tmp_path, 20)
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as made:
        size = made.getinfo(SHEET).file_size
    path.write_bytes(
        raw.replace(struct.pack("<I", size), struct.pack("<I", 1_000)).replace(
            struct.pack("<Q", size), struct.pack("<Q", 1_000)
        )
    )
    assert result(path).only().rule == "file_damaged"


def test_a_file_larger_than_the_limit_is_refused_and_states_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(100 * 1024 * 1024 + 1)
    found = result(path).only()
    assert found.rule == "file_too_large"
    assert "100 MiB" in found.message.zh


def test_too_many_rows_are_refused_and_the_limit_is_stated(tmp_path: Path) -> None:
    path = tmp_path / "家庭收入台账.csv"
    path.write_bytes("户编号,季度\n".encode() + b"H1,2024-Q1\n" * 1_048_576)
    found = result(path).only()
    assert found.rule == "file_too_many_rows"
    assert "1048576" in found.message.zh
    far = rewritten(
        employment(tmp_path), SHEET, lambda data: data.replace(b'r="A2"', b'r="A1048577"')
    )
    assert result(far).only().rule == "file_too_many_rows"


def test_a_process_that_swells_or_hangs_is_stopped_and_the_reader_lives(tmp_path: Path) -> None:
    path = employment(tmp_path)
    assert refused(path, Limits(memory=30 * 1024 * 1024)) == "file_too_heavy"
    assert refused(path, Limits(seconds=0)) == "file_too_heavy"
    assert read(path, tmp_path / "out").rows == {"employment": 1}


def test_reading_leaves_nothing_behind_but_the_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", None)
    reading = read(employment(tmp_path), tmp_path / "out", name="报.xlsx")
    assert os.listdir(tmp_path / "tmp") == []
    assert os.listdir(tmp_path / "out") == ["employment.parquet"]
    assert reading.findings == ()
    assert reading.columns["employment"][("报.xlsx", "就业监测台账")]["wage"] == "J"


def test_a_path_that_is_no_file_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.xlsx", tmp_path / "out")
    with pytest.raises(IsADirectoryError):
        read(tmp_path, tmp_path / "out")


def test_rows_are_the_same_whichever_kind_of_file_they_come_in(tmp_path: Path) -> None:
    rows = table("employment", {}, {"监测月份": "2024-04", "月收入": 12.5, "备注": "x"})
    kinds = [
        book(tmp_path / "a.xlsx", {"就业监测台账": rows}),
        write_xls(tmp_path / "a.xls", rows),
    ]
    frames = [result(path, "a").frames["employment"] for path in kinds]
    assert all(frame.equals(frames[0]) for frame in frames)
