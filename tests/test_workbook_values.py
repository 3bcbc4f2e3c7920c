"""What a cell's value is read as in each kind of column, and which values are refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from board.ledgers import Field, by_name
from board.ledgers.fields.cell import BOOL, ERROR, MOMENT, NUMBER, STRING, UNCOMPUTED, Cell, Context
from tests.support.workbooks import citizen_id

TODAY = Context(today=date(2024, 6, 1))


def field(ledger: str, name: str) -> Field:
    return next(field for field in by_name()[ledger].fields() if field.name == name)


def read(
    place: str, text: str, kind: int = STRING, form: str = "", context: Context = TODAY
) -> tuple[object, str | None]:
    """The value and the rule broken, if any."""
    found, fault = field(*place.split(".")).value(Cell(kind, text, form), context)
    return found, fault.rule if fault else None


MONEY = "employment.wage"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3500", 3500.0), ("3,500.50", 3500.5), ("¥3,500元", 3500.0), ("¥ 3 500 元", 3500.0),
        ("+12", 12.0), ("1,234,567.8", 1234567.8), ("3500.500", 3500.5), ("0", 0.0),
        ("3500。".replace("。", ""), 3500.0), ("\u200b12\u200b", 12.0), ("1000000000000", 1e12),
    ],
)  # fmt: skip
def test_amounts_are_read_as_staff_write_them(text: str, expected: float) -> None:
    assert read(MONEY, text) == (expected, None)


@pytest.mark.parametrize("minus", ["-500", "−500", "－500", "-500元", "¥-500", "-¥500"])
def test_a_minus_may_be_of_any_kind_where_an_amount_may_be_negative(minus: str) -> None:
    assert read("income.business_income", minus) == (-500.0, None)
    assert read(MONEY, minus) == (None, "out_of_bounds")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("1,23", "thousands"), ("12,34,567", "thousands"), ("1234,567", "thousands"),
        ("(500)", "brackets_for_minus"), ("（1,500）", "brackets_for_minus"),
        ("1.2万", "ten_thousands"), ("1.2万元", "ten_thousands"), ("1000000000001", "too_large"),
        ("12.345", "decimals"), ("3k", "not_a_number"), ("1e3", "not_a_number"), ("约3500", "not_a_number"),
        ("3500/月", "not_a_number"), ("8%", "percent_here"), ("#REF!", "error_value"), ("nan", "not_a_number"),
        ("inf", "not_a_number"), ("١٢", "not_a_number"), ("--5", "not_a_number"), ("1.2.3", "not_a_number"),
    ],
)  # fmt: skip
def test_amounts_that_would_be_guessed_are_refused(text: str, rule: str) -> None:
    assert read(MONEY, text) == (None, rule)


def test_a_refused_amount_says_what_to_write_instead() -> None:
    _, wan = field("employment", "wage").value(Cell(STRING, "1.2万"), TODAY)
    _, bracketed = field("income", "business_income").value(Cell(STRING, "(500)"), TODAY)
    assert wan is not None
    assert bracketed is not None
    assert (wan.suggestion, bracketed.suggestion) == ("12000", "-500")


def test_a_numeric_cell_that_holds_no_number_is_refused_as_what_it_shows() -> None:
    for text in ("NaN", "INF", "1,5", "abc", ""):
        assert read(MONEY, text, NUMBER)[1] in {"not_a_number", "thousands"}
    assert read(MONEY, "9" * 400) == (None, "too_large")
    assert read(DATE, "1E300", NUMBER, "date") == (None, "date_number")
    assert read(DATE, "2999999", NUMBER, "date") == (None, "date_number")


def test_binary_noise_of_two_decimals_is_no_third_decimal() -> None:
    assert read(MONEY, repr(0.1 + 0.2), NUMBER) == (0.3, None)
    assert read(MONEY, "3456.7000000000003", NUMBER) == (3456.7, None)
    assert read(MONEY, "3456.785", NUMBER) == (None, "decimals")
    assert read(MONEY, "999999.001", NUMBER) == (None, "decimals")
    assert read(MONEY, "3.3333333333333335E3", NUMBER) == (None, "decimals")


def test_amounts_in_cells_of_other_formats_are_refused() -> None:
    assert read(MONEY, "0.085", NUMBER, "percent") == (None, "percent_here")
    assert read(MONEY, "45017", NUMBER, "date") == (None, "date_as_number")
    assert read(MONEY, "2024-03-01", MOMENT) == (None, "date_as_number")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("4", NUMBER, 4),
        ("4.0", NUMBER, 4),
        ("4", STRING, 4),
        ("４人".removesuffix("人"), STRING, 4),
    ],
)
def test_whole_numbers_are_read(text: str, kind: int, expected: int) -> None:
    found, rule = read("households.size", text, kind)
    assert (found, rule) == (expected, None)
    assert isinstance(found, int)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2.5", "whole_number"),
        ("0", "out_of_bounds"),
        ("21", "out_of_bounds"),
        ("4人", "not_a_number"),
    ],
)
def test_whole_numbers_out_of_bounds_or_broken_are_refused(text: str, rule: str) -> None:
    assert read("households.size", text) == (None, rule)


@pytest.mark.parametrize(
    ("text", "kind", "form"),
    [
        ("8.5", STRING, ""),
        ("8.5%", STRING, ""),
        ("8.5％", STRING, ""),
        ("8.5", NUMBER, ""),
        ("0.085", NUMBER, "percent"),
    ],
)
def test_a_percentage_means_the_same_in_all_its_spellings(text: str, kind: int, form: str) -> None:
    assert read("benchmark.ytd_growth", text, kind, form) == (8.5, None)


def test_a_bare_percentage_below_one_is_kept_with_a_warning() -> None:
    assert read("benchmark.ytd_growth", "0.085", NUMBER) == (0.085, "percent_below_one")
    assert read("benchmark.ytd_growth", "0.085") == (0.085, "percent_below_one")
    assert read("benchmark.ytd_growth", "0.5%") == (0.5, None)
    assert read("benchmark.ytd_growth", "0.005", NUMBER, "percent") == (0.5, None)
    assert read("tasks.progress", "0", NUMBER) == (0.0, None)
    assert read("tasks.progress", "1", NUMBER) == (1.0, None)


def test_progress_lies_between_nothing_and_everything() -> None:
    assert read("tasks.progress", "1", NUMBER, "percent") == (100.0, None)
    assert read("tasks.progress", "101") == (None, "out_of_bounds")


DATE = "households.moved_in"


@pytest.mark.parametrize(
    "text",
    [
        "2023-04-01", "2023/4/1", "2023.4.1", "2023年4月1日", "2023年4月1号", "20230401",
        "2023-4-01", "２０２３．４．１", " 2023 年 4 月 1 日 ", "2023-04-01 00:00:00", "2023-04-01T00:00",
    ],
)  # fmt: skip
def test_dates_are_read_in_their_accepted_spellings(text: str) -> None:
    assert read(DATE, text) == (date(2023, 4, 1), None)


def test_dates_stored_as_dates_are_read() -> None:
    assert read(DATE, "45017", NUMBER, "date") == (date(2023, 4, 1), None)
    assert read(DATE, "43555", NUMBER, "date", Context(TODAY.today, from_1904=True)) == (
        date(2023, 4, 1),
        None,
    )
    assert read(DATE, "2023-04-01", MOMENT) == (date(2023, 4, 1), None)
    assert read(DATE, "20230401", NUMBER) == (date(2023, 4, 1), None)
    assert read(DATE, "59", NUMBER, "date") == (date(1900, 2, 28), None)
    assert read(DATE, "61", NUMBER, "date") == (date(1900, 3, 1), None)


def test_a_real_time_of_day_is_dropped_with_a_warning() -> None:
    for text, kind, form in (
        ("2023-4-1 09:30", STRING, ""), ("2023年4月1日12:00", STRING, ""), ("45017.5", NUMBER, "date"), ("2023-04-01T09:30:00", MOMENT, ""),
    ):  # fmt: skip
        assert read(DATE, text, kind, form) == (date(2023, 4, 1), "time_dropped")


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        ("3/4", STRING, "date_short"), ("4月1日", STRING, "date_short"), ("45017", STRING, "date_number"),
        ("45017", NUMBER, "date_number"), ("2023-02-30", STRING, "date_impossible"),
        ("2023-13-01", STRING, "date_impossible"), ("20231301", NUMBER, "date_impossible"),
        ("2023-04/01", STRING, "date"), ("23-04-01", STRING, "date_short"), ("2023-04", STRING, "date"),
        ("昨天", STRING, "date"), ("2023.4", NUMBER, "date_number"), ("0202-04-01", STRING, "date_impossible"),
        ("1", BOOL, "date"), ("2023-04-01 25:00", STRING, "date"),
    ],
)  # fmt: skip
def test_dates_that_would_be_guessed_are_refused(text: str, kind: int, rule: str) -> None:
    assert read(DATE, text, kind) == (None, rule)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03",
        "2024/3",
        "2024.3",
        "2024年3月",
        "2024年03月份",
        "202403",
        "2024-03-31",
        "2024年3月5日",
        "20240305",
    ],
)
def test_a_month_is_read_with_or_without_a_day(text: str) -> None:
    assert read("employment.month", text) == (date(2024, 3, 1), None)


def test_a_month_stored_as_a_date_or_as_digits_is_read() -> None:
    assert read("employment.month", "45366", NUMBER, "date") == (date(2024, 3, 1), None)
    assert read("employment.month", "202403", NUMBER) == (date(2024, 3, 1), None)
    assert read("employment.month", "45366.4", NUMBER, "date") == (date(2024, 3, 1), None)


def test_a_month_stored_as_the_number_2024_1_is_refused() -> None:
    assert read("employment.month", "2024.1", NUMBER) == (None, "month_number")
    assert read("employment.month", "2024.1000000000001", NUMBER)[0] is None
    assert read("employment.month", "2024.10") == (date(2024, 10, 1), None)
    assert read("employment.month", "3") == (None, "date_number")
    assert read("employment.month", "2024-13") == (None, "date_impossible")


@pytest.mark.parametrize(
    "text",
    [
        "2024-Q1",
        "2024Q1",
        "2024q1",
        "2024年第一季度",
        "2024年1季度",
        "2024年第1季度",
        "2024年一季度",
        "２０２４－Ｑ１",
    ],
)
def test_a_quarter_is_read_in_its_accepted_spellings(text: str) -> None:
    assert read("income.quarter", text) == (date(2024, 1, 1), None)


@pytest.mark.parametrize("text", ["2024-Q5", "一季度", "2024-03", "2024-01-01", "Q1", "20241"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    assert read("income.quarter", text) == (None, "quarter")
    assert read("income.quarter", "45292", NUMBER, "date") == (None, "quarter")


def test_yes_and_no_are_read_as_written_and_as_excels_own() -> None:
    assert read("labour.student", " 是 ") == (True, None)
    assert read("labour.student", "否") == (False, None)
    assert read("labour.student", "1", BOOL) == (True, None)
    assert read("labour.student", "0", BOOL) == (False, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("√", STRING),
        ("Y", STRING),
        ("1", NUMBER),
        ("有", STRING),
        ("TRUE", STRING),
        ("不是", STRING),
    ],
)
def test_nothing_else_is_a_yes_or_a_no(text: str, kind: int) -> None:
    assert read("labour.student", text, kind) == (None, "bool")


def test_a_code_is_read_without_its_spaces() -> None:
    assert read("employment.industry", "农、林、牧、渔业") == ("农、林、牧、渔业", None)
    assert read("employment.industry", " 制造 业") == ("制造业", None)
    assert read("tasks.measure", "15", NUMBER) == ("15", None)
    assert read("tasks.measure", "Ｒ１") == ("R1", None)


@pytest.mark.parametrize(
    ("place", "text", "suggestion"),
    [
        ("households.category", "脱贫护", "脱贫户"), ("employment.industry", "批发零售业", "批发和零售业"),
        ("employment.industry", "制造", "制造业"), ("employment.status", "在职", "在业"),
        ("tasks.leads", "社会事务科", "社会事务局"), ("employment.county", "大化县", "大化瑶族自治县"),
        ("employment.county", "深圳", "深圳市"), ("employment.county", "东莞", "东莞市"),
        ("labour.education", "本科", "本科及以上"),
    ],
)  # fmt: skip
def test_an_unknown_code_comes_with_the_nearest_valid_one(
    place: str, text: str, suggestion: str
) -> None:
    found, fault = field(*place.split(".")).value(Cell(STRING, text), TODAY)
    assert found is None
    assert fault is not None
    assert (fault.rule, fault.found, fault.suggestion) == ("code", text, suggestion)


@pytest.mark.parametrize(
    "text",
    [
        "高校毕业生、残疾人",
        "高校毕业生，残疾人",
        "高校毕业生,残疾人",
        "高校毕业生；残疾人;",
        "高校毕业生、 残疾人、高校毕业生",
    ],
)
def test_several_codes_are_split_by_their_marks(text: str) -> None:
    assert read("labour.groups", text) == (["高校毕业生", "残疾人"], None)


@pytest.mark.parametrize(
    "text", ["高校毕业生 残疾人", "高校毕业生/残疾人", "高校毕业生、残疾", "、"]
)
def test_several_codes_are_not_split_by_a_space_or_a_slash(text: str) -> None:
    assert read("labour.groups", text) == (None, "code")


def test_departments_are_known_by_their_other_names() -> None:
    assert read("tasks.leads", "社事局、人社局，中马投控") == (
        ["社会事务局", "组织人社局", "中马投资控股集团有限公司"],
        None,
    )


def test_a_county_stands_in_the_reference_list() -> None:
    for name in (
        "大化瑶族自治县",
        "深圳市",
        "东莞市",
        "南宁市",
        "钦州市",
        "灵山县",
        "昆山市",
        "长沙县",
    ):
        assert read("employment.county", name) == (name, None)
    assert read("employment.county", "某某县") == (None, "code")


def test_text_is_kept_but_for_what_never_counts() -> None:
    assert read("tasks.content", "　（一）盘活\r\n铺面 3 间\u200b\x07 ") == (
        "（一）盘活\n铺面 3 间",
        None,
    )
    assert read("labour.name", " 欧阳 娜娜 ") == ("欧阳 娜娜", None)


def test_names_of_places_and_keys_compare_equal_however_they_are_typed() -> None:
    assert read("households.building", "３ 栋") == ("3栋", None)
    assert read("households.household_id", "'H００1 ") == ("H001", None)


def test_whole_numbers_in_text_columns_become_their_digits() -> None:
    assert read("households.room", "502", NUMBER) == ("502", None)
    assert read("households.helper_phone", "1.38E10", NUMBER) == ("13800000000", None)
    assert read("households.household_id", "1001.0", NUMBER) == ("1001", None)


@pytest.mark.parametrize(
    ("text", "kind", "form", "rule"),
    [
        ("502", NUMBER, "0000", "text_padded"), ("45017", NUMBER, "date", "text_date"),
        ("2023-04-01", MOMENT, "", "text_date"), ("5.5", NUMBER, "", "text_fraction"),
        ("1234567890123456", NUMBER, "", "text_digits_lost"), ("3", NUMBER, "words", "text_shown_otherwise"),
        ("1", NUMBER, "percent", "text_shown_otherwise"), ("1", BOOL, "", "text_logical"),
    ],
)  # fmt: skip
def test_text_that_excel_has_changed_is_refused(text: str, kind: int, form: str, rule: str) -> None:
    assert read("households.room", text, kind, form) == (None, rule)


def test_a_number_as_long_as_its_format_is_what_it_shows() -> None:
    assert read("households.room", "1502", NUMBER, "0000") == ("1502", None)


GOOD = citizen_id("19800229", 13)


def test_a_citizen_id_is_read_with_a_small_x_an_apostrophe_or_spaces() -> None:
    ending_in_x = next(i for n in range(999) if (i := citizen_id("19800229", n)).endswith("X"))
    assert read("labour.citizen_id", ending_in_x.lower()) == (ending_in_x, None)
    assert read("labour.citizen_id", f"'{GOOD[:6]} {GOOD[6:14]} {GOOD[14:]}") == (GOOD, None)


@pytest.mark.parametrize(
    ("text", "kind", "rule"),
    [
        (GOOD[:17] + str((int(GOOD[17]) + 1) % 10), STRING, "id_check_digit"),
        (citizen_id("19810229"), STRING, "id_birth"), (citizen_id("19801301"), STRING, "id_birth"),
        (citizen_id("20240602"), STRING, "id_future"), ("990000800101001", STRING, "id_fifteen"),
        ("9.90000198001E+17", NUMBER, "id_numeric"), ("9.90E+17", STRING, "id_numeric"),
        (GOOD[:17], STRING, "id_form"), (GOOD + "1", STRING, "id_form"), ("无", STRING, "nothing_in_required"),
        ("Y" + GOOD[1:], STRING, "id_form"),
    ],
)  # fmt: skip
def test_each_fault_of_a_citizen_id_has_its_own_message(text: str, kind: int, rule: str) -> None:
    assert read("labour.citizen_id", text, kind) == (None, rule)


def test_someone_born_today_is_accepted() -> None:
    assert read("labour.citizen_id", citizen_id("20240601"))[1] is None


def test_error_values_and_formulas_without_a_value_are_refused_in_every_column() -> None:
    for ledger in by_name().values():
        for column in ledger.fields():
            assert read(f"{ledger.name}.{column.name}", "#N/A", ERROR) == (None, "error_value")
            assert read(f"{ledger.name}.{column.name}", "", UNCOMPUTED) == (
                None,
                "formula_without_value",
            )


def test_every_message_is_whole_in_both_languages() -> None:
    from board.i18n import translated
    from board.workbook.findings.words import WORDS

    for text in WORDS.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text)
        english = translated(text, "en")
        assert english != text
        assert not re.search("[\u4e00-\u9fff]", re.sub("[万是否]", "", english))


def test_no_rule_over_a_row_is_called_like_a_rule_of_reading() -> None:
    from board.ledgers import ledgers
    from board.workbook.findings.words import WORDS

    assert [rule for ledger in ledgers() for rule in ledger.row_rules() if rule.name in WORDS] == []


def test_the_reference_lists_have_no_name_twice() -> None:
    path = Path(__file__).parent.parent / "data" / "reference" / "counties.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [line.split(",")[0] for line in lines[1:]]
    assert lines[0] == "county,province,longitude,latitude,note"
    assert len(set(names)) == len(names)
    for line in lines[1:]:
        _, province, longitude, latitude, _ = line.split(",")
        assert province
        assert 73 < float(longitude) < 136
        assert 3 < float(latitude) < 54
