"""Rows of a sheet that are no data are left out with one notice, and rows of data never are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.ledgers import Ledger, by_name, ledgers
from board.ledgers.fields import Field
from board.ledgers.fields.days import Days
from board.ledgers.fields.numeric import Numeric
from tests.support.workbooks import Result, book, column, result, table

Cells = list[Any]
LEDGERS = st.sampled_from(ledgers())
SOME = settings(max_examples=20, deadline=None)
TOTALS = (
    "合计", "小计", "总 计", "本页小计", "3栋 汇总", "累计", "自年初累计", "合计：", "本月合计（元）", "（一）小计",
    "共计", "合计：12户", "共12户", "平均", "Grand Total",
)  # fmt: skip
UNITS = {
    "money": ("元", "（元）", "单位：元"), "percent": ("%",), "month": ("年月", "年-月"),
    "quarter": ("年",), "date": ("年-月-日", "年月日", "yyyy-mm-dd"),
}  # fmt: skip


def units_of(field: Field) -> Sequence[str]:
    """What a row of units may say of a column, in the column's own unit."""
    if field.kind in UNITS:
        return UNITS[field.kind]
    if field.kind == "int":
        return ("月",) if field.header.endswith("月数") else ("个",)
    return (field.unit, f"（{field.unit}）") if field.unit else ()


def read(ledger: type[Ledger], rows: list[Cells]) -> Result:
    """What reading a sheet of these rows tells."""
    with TemporaryDirectory() as folder:
        return result(book(Path(folder) / "a.xlsx", {ledger.sheet: rows}))


def fields_of(ledger: type[Ledger], headers: Cells) -> list[Field]:
    by_header = {header: field for field in ledger.fields() for header in field.headers}
    return [by_header[header] for header in headers]


@SOME
@given(LEDGERS, st.sampled_from(TOTALS), st.integers(1, 4), st.data())
def test_a_total_in_any_column_is_left_out_with_one_notice(
    ledger: type[Ledger], word: str, place: int, data: st.DataObject
) -> None:
    rows = table(ledger.name, {}, {}, {})
    fields = fields_of(ledger, rows[0])
    named = data.draw(st.integers(0, len(fields) - 1))
    total: Cells = [
        12 if n > named and isinstance(f, Numeric) else None for n, f in enumerate(fields)
    ]
    total[named] = word
    rows.insert(min(place, len(rows)), total)
    told = read(ledger, rows)
    assert [(f.rule, f.severity) for f in told.findings] == [("total_row", "notice")]
    assert told.reading.rows == {ledger.name: 3}


@SOME
@given(LEDGERS, st.data())
def test_a_row_of_units_below_the_header_is_left_out_with_one_notice(
    ledger: type[Ledger], data: st.DataObject
) -> None:
    rows = table(ledger.name, {}, {})
    fields = fields_of(ledger, rows[0])
    others = data.draw(st.sampled_from([None, "/", "—"]))
    units = [
        data.draw(st.sampled_from(units_of(field))) if units_of(field) else others
        for field in fields
    ]
    if not any(unit not in (None, "/", "—") for unit in units):
        return
    rows.insert(1, units)
    told = read(ledger, rows)
    assert [(f.rule, f.severity) for f in told.findings] == [("unit_row", "notice")]
    assert told.reading.rows == {ledger.name: 2}


@SOME
@given(
    LEDGERS, st.sampled_from(["numbers", "texts", "brackets", "stems", "letters"]), st.booleans()
)
def test_a_row_that_numbers_the_columns_is_left_out_with_one_notice(
    ledger: type[Ledger], style: str, labelled: bool
) -> None:
    rows = table(ledger.name, {}, {})
    columns = len(rows[0])
    if columns > 26:
        return
    numbered: dict[str, Cells] = {
        "numbers": list(range(1, columns + 1)),
        "texts": [str(n) for n in range(1, columns + 1)],
        "brackets": [f"（{n}）" for n in range(1, columns + 1)],
        "stems": ["甲", "乙", *range(1, columns - 1)],
        "letters": [chr(64 + n) for n in range(1, columns + 1)],
    }
    numbers = numbered[style]
    if labelled and "序号" not in rows[0]:
        rows = [["序号", *rows[0]], *([n, *row] for n, row in enumerate(rows[1:], start=1))]
        numbers = ["栏次", *numbers]
    rows.insert(1, numbers)
    told = read(ledger, rows)
    assert [(f.rule, f.severity) for f in told.findings] == [("numbering_row", "notice")]
    assert told.reading.rows == {ledger.name: 2}


@SOME
@given(LEDGERS, st.integers(1, 30), st.data())
def test_rows_prefilled_below_the_table_are_left_out_with_one_notice(
    ledger: type[Ledger], rest: int, data: st.DataObject
) -> None:
    rows = table(ledger.name, {}, {})
    fields = fields_of(ledger, rows[0])
    keys = [n for n, field in enumerate(fields) if field.key and field.required]
    copied = data.draw(
        st.sets(st.integers(0, len(fields) - 1).filter(lambda n: n != keys[-1]), min_size=1)
    )
    last = rows[-1]
    if all(last[n] is None for n in copied):
        return
    rows += [[last[n] if n in copied else None for n in range(len(fields))] for _ in range(rest)]
    told = read(ledger, rows)
    assert [(f.rule, f.severity) for f in told.findings] == [("rest_rows", "notice")]
    assert told.reading.rows == {ledger.name: 2}


@SOME
@given(LEDGERS, st.data())
def test_a_row_that_has_its_key_is_never_left_out_with_a_notice(
    ledger: type[Ledger], data: st.DataObject
) -> None:
    rows = table(ledger.name, {}, {}, {})
    fields = fields_of(ledger, rows[0])
    optional = [n for n, field in enumerate(fields) if not field.key]
    empty = data.draw(st.sets(st.sampled_from(optional)) if optional else st.just(set()))
    place = data.draw(st.integers(1, 3))
    row = [None if n in empty else cell for n, cell in enumerate(rows[place])]
    key = next((n for n, field in enumerate(fields) if field.key and field.kind == "text"), None)
    if key is not None:
        row[key] = "K77"
    rows[place] = row
    told = read(ledger, rows)
    at_row = [f for f in told.findings if f.cell and f.cell.endswith(str(place + 1))]
    assert all(f.severity != "notice" for f in at_row)
    assert told.reading.rows[ledger.name] == 3 or any(f.rule == "row_unfilled" for f in at_row)


@pytest.mark.parametrize(
    ("hints", "rule"),
    [
        (["必填", "必填，下拉选择", "格式：2024-03", "如：在用"], "hint_row"),
        (["文字", "是/否", "数字", "日期"], "hint_row"),
        (["示例", "A99", "2024-03", "在用"], "example_row"),
        (["例：A99", "说明", None, None], "example_row"),
    ],
)
def test_a_row_of_hints_or_an_example_below_the_header_is_left_out(
    hints: Cells, rule: str, tmp_path: Path
) -> None:
    rows = [["资产编号", "状态", "月份", "月租金"], hints, ["A01", "在用", "2024-03", 800]]
    told = result(book(tmp_path / "a.xlsx", {"资产盘活台账": rows}))
    assert [(f.rule, f.cell, f.severity) for f in told.findings] == [(rule, "A2", "notice")]
    assert told.values("occupancy", "asset_id") == ["A01"]


@pytest.mark.parametrize("title", ["3栋2单元住户", "一、脱贫户", "（二）一般户", "第二组"])
def test_a_subtitle_among_the_rows_is_left_out_with_one_notice(title: str, tmp_path: Path) -> None:
    rows = table("households", {}, {"户编号": "H002"})
    rows.insert(2, [title])
    told = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert [(f.rule, f.cell, f.severity) for f in told.findings] == [
        ("subtitle_row", "A3", "notice")
    ]
    assert told.values("households", "household_id") == ["H001", "H002"]


def test_a_task_whose_content_names_a_summary_is_no_total(tmp_path: Path) -> None:
    told = result(book(tmp_path / "a.xlsx", {"任务台账": table("tasks", {"任务内容": "信息汇总"})}))
    assert told.told() == []
    without_key = table("tasks", {}, {"任务内容": "信息汇总", "任务编号": None})
    told = result(book(tmp_path / "b.xlsx", {"任务台账": without_key}))
    assert told.told() == [("required", "A3", "task_id")]
    in_words = table(
        "tasks", {}, {"任务内容": "信息汇总", "任务编号": None, "开始日期": "2024-01-01"}
    )
    told = result(book(tmp_path / "c.xlsx", {"任务台账": in_words}))
    assert told.told() == [("required", "A3", "task_id")]


def test_a_faulty_row_in_which_nothing_is_right_is_no_hint(tmp_path: Path) -> None:
    rows = table("meetings", {"类型": "茶话会", "日期": "去年", "层级": None, "参加单位": None,
                              "提出问题数": None, "已解决数": None, "摘要": None})  # fmt: skip
    told = result(book(tmp_path / "a.xlsx", {"会议调研台账": rows}))
    assert [f.rule for f in told.findings] == ["code", "date"]
    assert told.reading.rows == {"meetings": 1}


def test_rows_with_numbers_that_count_on_are_left_out_only_when_they_are_several(
    tmp_path: Path,
) -> None:
    rows = [*table("households"), *([f"H{n:03}", "幸福小镇"] for n in range(2, 30))]
    told = result(book(tmp_path / "a.xlsx", {"户台账": rows}))
    assert [(f.rule, f.found) for f in told.findings] == [("rest_rows", "3–30")]
    told = result(book(tmp_path / "b.xlsx", {"户台账": rows[:3]}))
    assert told.told() == [("row_unfilled", "A3", None)]


def test_a_template_with_nothing_but_prefilled_rows_has_no_rows(tmp_path: Path) -> None:
    rows = [table("occupancy")[0], *(["2024-03", None, None, "在用"] for _ in range(40))]
    told = result(book(tmp_path / "a.xlsx", {"资产盘活台账": rows}))
    assert {f.rule for f in told.findings} <= {"rest_rows", "empty_sheet"}
    assert told.reading.rows == {"occupancy": 0}


def test_a_row_of_strokes_is_left_out(tmp_path: Path) -> None:
    rows = table("income", {}, {"户编号": "H002"})
    rows.insert(2, ["/"] * len(rows[0]))
    told = result(book(tmp_path / "a.xlsx", {"家庭收入台账": rows}))
    assert told.told() == [("rest_rows", "A3", None)]


MARKS = st.sampled_from(
    ["/", "—", "－", "-", "--", "无", "暂无", "N/A", "n/a", " / ", "……", "无数据"]
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([(x, f) for x in ledgers() for f in x.fields()]), MARKS)
def test_what_stands_for_nothing_is_an_error_or_empty_or_text_by_its_column(
    at: tuple[type[Ledger], Field], mark: str
) -> None:
    from datetime import date

    from board.ledgers.fields.cell import STRING, Cell, Context
    from board.ledgers.fields.spelling import cleaned, compact

    field = at[1]
    value, problem = field.value(Cell(STRING, mark), Context(date(2024, 6, 1)))
    if compact(mark) in field.codes:
        assert (value, problem) == (compact(mark), None)
    elif field.required or field.has_list or field.refers_to or field.kind == "id":
        assert value is None
        assert problem is not None
        assert (problem.severity, problem.suggestion) == ("error", None)
        assert problem.rule == ("nothing_in_required" if field.required else "nothing_written")
    elif isinstance(field, Numeric | Days):
        assert value is None
        assert problem is not None
        assert (problem.rule, problem.severity) == ("nothing_left_out", "notice")
    else:
        assert problem is None
        assert compact(value) == compact(cleaned(mark))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([(x, f) for x in ledgers() for f in x.fields()]),
    st.sampled_from(["同上", " 同 上 ", "同前", "〃", '"', "＂", "″", "”"]),
)
def test_what_points_to_the_cell_above_is_an_error_in_every_column(
    at: tuple[type[Ledger], Field], mark: str
) -> None:
    from datetime import date

    from board.ledgers.fields.cell import STRING, Cell, Context

    value, problem = at[1].value(Cell(STRING, mark), Context(date(2024, 6, 1)))
    assert value is None
    assert problem is not None
    assert (problem.rule, problem.severity, problem.suggestion) == ("as_above", "error", None)


def test_a_text_that_only_mentions_the_above_is_kept() -> None:
    from datetime import date

    from board.ledgers.fields.cell import STRING, Cell, Context

    summary = next(f for f in by_name()["meetings"].fields() if f.name == "summary")
    text = "同上次一样看了3栋"
    assert summary.value(Cell(STRING, text), Context(date(2024, 6, 1))) == (text, None)


def test_strokes_in_a_column_are_one_notice_with_their_number(tmp_path: Path) -> None:
    marks = ["/", "—", "无", "N/A", "/", None]
    rows = table("employment", *({"合同月数": mark} for mark in marks))
    told = result(book(tmp_path / "a.xlsx", {"就业监测台账": rows}))
    letter = chr(64 + column("employment", "合同月数"))
    assert told.told() == [("nothing_left_out", f"{letter}2", "contract_months")]
    assert "5 格" in told.only().message.zh
    assert "5 cells are" in told.only().message.en
    assert told.values("employment", "contract_months") == [None] * 6


def test_a_wage_that_a_row_needs_may_not_be_a_stroke(tmp_path: Path) -> None:
    told = result(book(tmp_path / "a.xlsx", {"就业监测台账": table("employment", {"月收入": "/"})}))
    assert [(f.rule, f.severity) for f in told.findings] == [
        ("nothing_left_out", "notice"), ("wage_required", "error"),
    ]  # fmt: skip
