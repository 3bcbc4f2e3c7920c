"""A unit that a sheet states is the ledger's, or it is an error that names both."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.ledgers import Field, Ledger, ledgers
from board.ledgers.fields.numeric import Numeric
from board.ledgers.fields.units import unit_of
from board.workbook.readers.formats import stated_unit
from board.workbook.table.units import own_unit
from tests.support.workbooks import Result, book, column, result, table

RIGHT = {
    "money": ["元", "人民币元", "RMB", "￥", "元，保留两位小数", "单位：元"],
    "area": ["㎡", "m²", "平方米", "平米", "M2"],
    "share": ["%", "％", "百分比"],
    "time": ["月", "个月"],
    "count": ["人", "户", "个", "套/间", "人次"],
}
WRONG = {
    "money": [
        "万元",
        "千元",
        "百万元",
        "亿元",
        "万",
        "美元",
        "元/年",
        "万元人民币",
        "%",
        "单位：万元",
    ],
    "area": ["亩", "公顷", "平方公里", "万平方米", "元", "万"],
    "share": ["‰", "小数", "元", "万元"],
    "time": ["年", "季度", "天"],
    "count": ["万人", "百户", "千", "元", "㎡", "%"],
}
HEADERS = [
    "{}({})",
    "{}（{}）",
    "{}/{}",
    "{}[{}]",
    "{} （单位：{}）",
    "{}\n({})",
    "* {}【{}】",
    "({1}){0}",
]
UNBRACKETED = ["{}-{}", "{}，{}", "{} {}", "{}{}"]
TITLES = ["单位：{}", "（单位：{}）", "金额单位:{}", "项目情况表（{}）", "以{}计", "{}"]
COLUMNS = [
    (ledger, field, own.measures)
    for ledger in ledgers()
    for field in ledger.fields()
    if isinstance(field, Numeric) and (own := own_unit(field, ledger))
]


def read(ledger: str, rows: list[list[object]], name: str = "a.xlsx", sheet: str = "") -> Result:
    """What reading these rows, on a sheet of a ledger, comes to."""
    title = sheet or next(one.sheet for one in ledgers() if one.name == ledger)
    with TemporaryDirectory() as folder:
        return result(book(Path(folder) / name, {title: rows}))


def units_found(found: Result) -> list[tuple[str, str | None, str | None]]:
    return [place for place in found.told() if place[0].startswith("unit")]


def stating(ledger: type[Ledger], field: Field, header: str) -> list[list[object]]:
    """A good table whose header of one column is written otherwise."""
    rows = table(ledger.name, {field.header: None})
    rows[0][rows[0].index(field.header)] = header
    return rows


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_unit_in_any_header_is_the_columns_or_an_error_naming_both(data: st.DataObject) -> None:
    ledger, field, measures = data.draw(st.sampled_from(COLUMNS))
    right = data.draw(st.booleans())
    unit = data.draw(st.sampled_from((RIGHT if right else WRONG)[measures]))
    plain = unit in (*RIGHT[measures][:2], *WRONG[measures][:3]) and measures in ("money", "area")
    shape = data.draw(st.sampled_from([*HEADERS, *UNBRACKETED] if plain else HEADERS))
    header = shape.format(field.header, unit)
    found = read(ledger.name, stating(ledger, field, header))
    assert "unknown_column" not in {rule for rule, _, _ in found.told()}, header
    if right:
        assert units_found(found) == [], header
        return
    assert [(rule, name) for rule, _, name in units_found(found)] == [
        ("unit_in_header", field.name)
    ], header
    finding = next(f for f in found.findings if f.rule == "unit_in_header")
    own = own_unit(field, ledger)
    assert finding.severity == "error"
    assert finding.cell is not None
    assert own is not None
    assert f"按“{own.text}”填" in finding.message.zh
    assert unit.removeprefix("单位：") in finding.message.zh


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_a_unit_above_or_below_the_header_is_compared_too(data: st.DataObject) -> None:
    ledger, field, measures = data.draw(st.sampled_from(COLUMNS))
    if measures == "time":
        return
    right = data.draw(st.booleans())
    unit = data.draw(st.sampled_from((RIGHT if right else WRONG)[measures][:3]))
    unit = unit.removeprefix("元，")
    rows = table(ledger.name)
    below = data.draw(st.booleans())
    if below:
        line: list[object] = [None] * len(rows[0])
        line[rows[0].index(field.header) if field.header in rows[0] else 0] = unit
        rows.insert(1, line)
    else:
        rows.insert(0, [None, None, data.draw(st.sampled_from(TITLES)).format(unit)])
    if field.header not in rows[0 if below else 1]:
        return
    rules = {rule for rule, _, name in units_found(read(ledger.name, rows)) if name == field.name}
    # 单位：元 above a table speaks of its money alone, not of its percentages.
    other = not below and (named := unit_of(unit)) and named.measures not in ("", measures)
    assert rules == (set() if right or other else {"unit_in_row" if below else "unit_above"}), rows[
        :2
    ]


def test_every_ledger_with_its_own_units_stated_everywhere_has_no_finding_of_units() -> None:
    for ledger in ledgers():
        rows = table(ledger.name)
        for field in ledger.fields():
            if field.header in rows[0] and field.unit:
                rows[0][rows[0].index(field.header)] = f"{field.header}（{field.unit}）"
        rows.insert(0, ["单位：元、㎡、人、%"])
        assert units_found(read(ledger.name, rows)) == [], ledger.name


def test_what_stands_in_the_header_goes_before_what_stands_above_it() -> None:
    rows = table("projects")
    rows[0] = [f"{h}（元）" if h in ("总投资", "已拨付", "已支出") else h for h in rows[0]]
    found = read("projects", [["单位：万元"], *rows])
    assert [name for _, _, name in units_found(found)] == ["wages_paid"]
    assert units_found(found)[0][0] == "unit_above"


@pytest.mark.parametrize(
    ("name", "sheet"), [("a.xlsx", "项目台账（万元）"), ("项目（单位：万元）.xlsx", "")]
)
def test_the_name_of_the_sheet_or_the_file_states_a_unit_as_well(name: str, sheet: str) -> None:
    found = read("projects", table("projects"), name, sheet)
    assert {rule for rule, _, _ in units_found(found)} == {"unit_above"}


def test_a_note_under_the_table_states_a_unit_as_well() -> None:
    found = read("projects", [*table("projects"), ["注：本表金额单位为万元"]])
    assert {rule for rule, _, _ in units_found(found)} == {"unit_above"}


def test_group_titles_state_the_unit_of_their_own_columns_only() -> None:
    rows = table("projects")
    above: list[object] = [None] * len(rows[0])
    above[rows[0].index("总投资")] = "资金情况（万元）"
    above[rows[0].index("计划开工")] = "进度"
    above[rows[0].index("发放劳务报酬")] = "带动情况（元）"
    names = {name for _, _, name in units_found(read("projects", [above, *rows]))}
    assert names == {"investment", "disbursed", "spent"}


@pytest.mark.parametrize(
    "text",
    [
        "填报单位：社会事务局",
        "单位：万元村村委会",
        "项目总投资超过300万元的",
        "制表单位：千户苗寨",
        "报送周期：年",
    ],
)
def test_a_body_that_fills_the_table_in_is_no_unit(text: str) -> None:
    assert units_found(read("projects", [[text], *table("projects")])) == []


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ('0.00"万元"', True), ('#,##0.0"千元"', True), ('0"亩"', True), ("[$$-409]#,##0.00", True),
        ("[$€-407]#,##0", True), ('0.00"元"', False), ("[$¥-804]#,##0.00", False), ("#,##0.00", False),
        # These show a number of yuan in thousands or ten thousands: the number itself is right.
        ('#,##0,"千元"', False), ('0\\.0,"万"', False), ('0\\.0,"万元"', False), ("#,##0,", False),
    ],
)  # fmt: skip
def test_a_number_format_states_the_unit_of_the_number_behind_it(
    code: str, wrong: bool, tmp_path: Path
) -> None:
    path = book(tmp_path / "a.xlsx", {"项目台账": table("projects")})
    made = openpyxl.load_workbook(path)
    made.active.cell(2, column("projects", "总投资")).number_format = code
    made.save(path)
    expected = [("unit_of_format", "E1", "investment")] if wrong else []
    assert units_found(result(path)) == expected


def test_a_format_without_words_states_no_unit() -> None:
    for code in (
        "General",
        "0",
        "0.00",
        "#,##0.00",
        "0%",
        "yyyy-mm-dd",
        "0000",
        "@",
        'yyyy"年"m"月"',
    ):
        assert stated_unit(code) is None, code


def test_an_amount_a_person_is_right_where_a_row_is_one_and_wrong_where_it_is_a_household() -> None:
    for ledger, header, rule in (
        ("benchmark", "累计金额", []), ("training", "培训补贴", []), ("workshops", "月人均工资", []),
        ("income", "工资性收入", ["unit_in_header"]), ("projects", "总投资", ["unit_in_header"]),
    ):  # fmt: skip
        rows = table(ledger)
        rows[0] = [f"{header}（元/人）" if text == header else text for text in rows[0]]
        assert [r for r, _, _ in units_found(read(ledger, rows))] == rule, ledger
