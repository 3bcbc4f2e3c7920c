"""What a check suggests for a wrong word never means the opposite, or something else."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.findings import Finding, summed
from board.i18n import Message
from board.ledgers import Field, by_name, ledgers
from board.ledgers.fields.cell import STRING, Cell
from board.ledgers.fields.likeness import nearest, nearest_title
from board.ledgers.fields.listed import Listed
from board.ledgers.fields.spelling import compact
from board.reference import shipped_lists
from board.template import described
from board.ui.forms.findings import words
from tests.support.workbooks import book, result, table
from tests.test_workbook_values import TODAY

CODED = [
    (f"{ledger.name}.{field.name}", field)
    for ledger in ledgers()
    for field in ledger.fields()
    if isinstance(field, Listed) and field.codes and not field.codes[0].isdigit()
]
NEGATIONS = (
    "未",
    "不",
    "无",
    "非",
    "没",
    "没有",
    "不是",
    "待",
    "失",
    "离",
    "停",
    "已",
    "在",
    "有",
    "半",
    "弱",
)


def suggestion(field: Field, word: str) -> str | None:
    """What is suggested for a word; the word itself where the column takes it."""
    value, problem = field.value(Cell(STRING, word), TODAY)
    if problem is None:
        return value[0] if isinstance(value, list) else str(value)
    return problem.suggestion


def declared(field: Field, word: str) -> bool:
    """Whether a word is declared to mean a code."""
    return any(word in words for words in field.synonyms.values())


@pytest.mark.parametrize(("name", "field"), CODED, ids=[name for name, _ in CODED])
def test_a_code_with_a_word_that_turns_it_is_never_suggested_itself(
    name: str, field: Field
) -> None:
    wrong = [
        (word, suggestion(field, word))
        for code in field.codes
        for negation in NEGATIONS
        for word in (negation + code, code.removeprefix(negation), code.replace(negation, ""))
        if word and word != code and not declared(field, word)
        if suggestion(field, word) not in (None, word)
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "field"), CODED, ids=[name for name, _ in CODED])
def test_no_code_is_suggested_for_a_word_between_two_codes(name: str, field: Field) -> None:
    """A word that takes its beginning from one code and its end from another may mean either."""
    wrong = []
    for one, other in permutations(field.codes, 2):
        for cut in range(1, len(one)):
            word = one[:cut] + other[cut:]
            if word in field.codes or declared(field, word):
                continue
            if suggestion(field, word) not in (None, one, other):
                wrong.append((word, suggestion(field, word)))
    assert wrong == []


@pytest.mark.parametrize(("name", "field"), CODED, ids=[name for name, _ in CODED])
def test_the_codes_of_all_other_columns_are_not_taken_for_one_another(
    name: str, field: Field
) -> None:
    own = {compact(code) for code in field.codes}
    taken = {
        code: suggestion(field, code)
        for _, other in CODED
        for code in other.codes
        if code not in own and not declared(field, code) and suggestion(field, code)
    }
    known_aliases = {alias: code for alias, code in taken.items() if alias in field.aliases}
    assert {word: code for word, code in taken.items() if word not in known_aliases} == {}


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_slip_leads_back_to_its_own_code_or_to_none(data: st.DataObject) -> None:
    _, field = data.draw(st.sampled_from(CODED))
    code = data.draw(st.sampled_from(field.codes))
    place = data.draw(st.integers(0, len(code) - 1))
    letter = data.draw(st.sampled_from("人员类型情况农民户业校园区栋无未不在已市内外的一"))
    word = data.draw(
        st.sampled_from(
            [code[:place] + code[place + 1 :], code[:place] + letter + code[place:],
             code[:place] + letter + code[place + 1 :], code[:place] + code[place + 1 : place + 2] + code[place : place + 1] + code[place + 2 :]]
        )
    )  # fmt: skip
    if not word or declared(field, word):
        return
    assert suggestion(field, word) in (None, code, word), word


@pytest.mark.parametrize(
    ("place", "word", "code"),
    [
        ("employment.status", "待业", "未就业"), ("employment.status", "失业", "未就业"),
        ("employment.status", "就业", "在业"), ("employment.status", "在家", None),
        ("employment.status", "离职", None), ("labour.education", "硕士", "本科及以上"),
        ("labour.education", "技校", "中专或职高"), ("labour.education", "大学", None),
        ("labour.work_ability", "劳动力", None), ("labour.work_ability", "有劳动力", None),
        ("labour.groups", "/", None), ("labour.groups", "无", None), ("employment.county", "无", None),
        ("employment.returned", "/", None), ("employment.returned", "不是", "否"),
        ("assets.registration", "登记", None), ("assets.accounts", "决算", None),
        ("tasks.state", "未完成", None), ("tasks.measure", "30", None), ("tasks.leads", "社会局", "社会事务局"),
    ],
)  # fmt: skip
def test_a_word_is_explained_only_where_its_meaning_is_kept(
    place: str, word: str, code: str | None
) -> None:
    ledger, column = place.split(".")
    field = next(f for f in by_name()[ledger].fields() if f.name == column)
    assert suggestion(field, word) == code


def test_every_kept_word_means_one_code_and_is_none_itself() -> None:
    for name, field in CODED:
        words = [word for others in field.synonyms.values() for word in others]
        assert len(words) == len(set(words)), name
        assert not set(words) & ({*field.codes} | field.aliases.keys()), name
        assert field.synonyms.keys() <= {*field.codes}, name


def test_kept_words_stand_in_the_guide_of_the_template() -> None:
    notes = {row[0]: row[3] for row in described(by_name()["employment"], shipped_lists())}
    assert "待业、失业、无业" in notes["就业状态"]
    assert "写作 未就业" in notes["就业状态"]


def test_without_a_suggestion_the_codes_are_listed() -> None:
    message = _finding("在家").message
    assert "在业 | 未就业 | 暂离" in message.zh
    assert "在业 | 未就业 | 暂离" in message.en


def _finding(word: str) -> Finding:
    from pathlib import Path
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        rows = table("employment", {"就业状态": word})
        return result(book(Path(folder) / "a.xlsx", {"就业监测台账": rows})).only()


def test_headers_and_sheets_are_suggested_by_their_likeness_but_never_turned() -> None:
    assert nearest_title("户主名字", ["户主姓名", "户编号"]) == "户主姓名"
    assert nearest_title("户台帐", ["户台账", "资产台账"]) == "户台账"
    assert nearest_title("迁入县", ["迁出县", "迁出乡镇"]) is None
    assert nearest("深圳", ["深圳市", "深圳市南山区", "深州市"], names=True) == "深圳市"
    assert nearest("兴宁", ["兴宁区", "兴宁市"], names=True) is None


def test_a_summary_goes_by_column_and_value_and_borrows_no_words() -> None:
    def finding(column: str, value: str, code: str) -> Finding:
        text = "“{header}”没有“{found}”这个选项，是不是“{suggestion}”？"
        gaps = {"header": column, "found": value, "suggestion": code}
        return Finding(
            "a",
            "b",
            "C2",
            "employment",
            column,
            "code",
            "error",
            value,
            None,
            code,
            Message(text, gaps),
        )

    two = [
        *[finding("甲", "待业", "未就业")] * 3,
        finding("甲", "就业", "在业"),
        finding("乙", "国外", "境外"),
    ]
    assert [(line.count, line.message.gaps["found"]) for line in summed(two)] == [
        (3, "待业"), (1, "就业"), (1, "国外")
    ]  # fmt: skip
    many = [finding("甲", f"词{n % 9}", f"码{n % 9}") for n in range(30)]
    (line,) = summed(many)
    assert (line.count, line.distinct) == (30, 9)
    assert line.message.zh == "“甲”没有“…”这个选项，是不是“…”？"
    assert line.values[0] == ("词0", 4)
    assert "9" in words(line)
    assert "词0 ×4" in words(line)
