"""Every word on a page has its English, with the same gaps."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from board.i18n import LANGUAGES, N_, Message, _, catalogue, speaking, translated
from board.ledgers import by_name
from board.reference import shipped_plan
from tests.support.words import PROJECT, SOURCES, codes, marked, messages, text

SHOWN = {
    "举措": ("标题_en", "原文_en", "短名_en", "章短名_en"), "部门": ("名称_en", "简称_en"),
    "方案": ("名称_en", "安置点_en", "区域简称_en"),
}  # fmt: skip
# The columns of a plan that hold its own English.
OF_PLANS = (
    "title_en", "name_en", "text_en", "short_en", "chapter_short_en", "settlements_en", "zone_en",
)  # fmt: skip
GAP = re.compile(r"{(\w+)(?::[^}]*)?}")
HAN = re.compile(r"[\u4e00-\u9fff]+")
# What English names instead of a gap of the Chinese; what it names besides, by catalogue.
INSTEAD = {"expected": {"bounds", "example"}, "n": set()}
BESIDE = {"workbook": {"name", "bounds", "example"}, "sections": {"others"}}
# Gaps that English leaves out, by message.
LEFT_OUT = {
    "劳动力台账记为在校生，本月却{found}。": {"found"},
    "{header}不在{register}中：请先补录{register}，或在同一次导入中一并提交。": {"header"},
    "{host}:{port} 已被占用。换一个端口:PORT=8600 make run": {"host", "port"},
    "{host}:还没有账号,看板只能在本机(127.0.0.1)打开。先在本机建第一个管理员:"
    "python -m board.serve --accounts": {"host"},
}
# Where a message stands among the arguments of what takes one and its gaps.
TAKES_GAPS = {"_": 0, "Message": 0, "RefusedError": 1, "rule": 1, "error": 2, "notice": 2}


def gaps(message: str) -> set[str]:
    """The gaps that a message names in any language."""
    return {gap for language in LANGUAGES for gap in GAP.findall(translated(message, language))}


def filled(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The messages of a file that are given their gaps where they stand, with those gaps."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: message
        for node in tree.body
        if isinstance(node, ast.Assign) and (message := marked(node.value))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        name = getattr(getattr(node, "func", None), "id", "")
        if not isinstance(node, ast.Call) or len(node.args) <= TAKES_GAPS.get(name, 99):
            continue
        first = node.args[TAKES_GAPS[name]]
        message = marked(node) if name == "_" else marked(first)
        message = message or constants.get(getattr(first, "id", ""))
        given = [*node.args[TAKES_GAPS[name] + 1 :], *node.keywords]
        if message and (names := _names(given)) is not None:
            yield message, names | ({"where"} if name in ("error", "notice") else set())


def _names(given: Iterable[ast.AST]) -> set[str] | None:
    """The names of gaps given as keywords or as a dictionary; None where only running tells."""
    names: set[str] = set()
    for part in given:
        if isinstance(part, ast.keyword) and part.arg:
            names.add(part.arg)
        elif isinstance(part, ast.Dict) and all(map(text, part.keys)):
            names |= {str(text(key)) for key in part.keys}
        elif not isinstance(part, ast.Constant):
            return None
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_message_is_given_the_gaps_it_names_in_any_language(path: Path) -> None:
    assert [m for m, names in filled(path) if not gaps(m) <= names] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_message_has_its_english(path: Path) -> None:
    known = catalogue("en")
    assert [text for text in messages(path) if text not in known] == []


@pytest.mark.parametrize(("sheet", "columns"), SHOWN.items())
def test_every_word_of_the_plan_has_its_english(sheet: str, columns: tuple[str, ...]) -> None:
    with (shipped_plan() / f"{sheet}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows for column in columns if not row[column]] == []


def test_every_basis_of_the_benchmark_has_its_english() -> None:
    basis = next(field for field in by_name()["benchmark"].fields() if field.name == "basis")
    assert [code for code in basis.codes if code not in catalogue("en")] == []


@pytest.mark.parametrize("path", sorted(PROJECT.glob("locale/en/*.po")), ids=lambda path: path.name)
def test_a_translation_keeps_the_gaps_and_no_chinese(path: Path) -> None:
    with path.open("rb") as file:
        for message in read_po(file):
            source, translated = message.id, message.string
            if source and isinstance(source, str):
                assert isinstance(translated, str)
                chinese = set(GAP.findall(source)) - LEFT_OUT.get(source, set())
                english = set(GAP.findall(translated))
                assert english - chinese <= BESIDE.get(path.stem, set()), source
                for lost in chinese - english:
                    assert lost in INSTEAD, source
                    assert not INSTEAD[lost] or INSTEAD[lost] & english, source
                # Only what the Chinese quotes too, such as a code, may stay Chinese.
                quoted = [run for run in HAN.findall(translated) if run not in source]
                assert quoted == [], source
                assert translated != source or not HAN.search(source)


def test_every_word_that_a_ledger_may_hold_by_declaration_has_its_english() -> None:
    """Codes stand in tables as they are; numbers of measures and years need no translation."""
    with speaking("en"):
        assert sorted(word for word in codes() if _(word) == word) == []


def english(words: str) -> bool:
    """Whether a text is words of English: no Chinese, no code, no name in a program."""
    return not HAN.search(words) and bool(re.search(r"[A-Za-z] [a-z]|^[A-Z][a-z]+[.!?]?$", words))


def side_by_side(nodes: Iterable[ast.AST | None]) -> Iterator[str]:
    """Chinese next to English among some literals."""
    for first, second in pairwise(map(text, nodes)):
        for one, other in ((first, second), (second, first)):
            if one and other and HAN.search(one) and english(other):
                yield f"{one} | {other}"


def pairs(node: ast.AST) -> Iterator[str]:
    """The pairs of languages that a piece of code writes itself."""
    for field in ("arg", "attr", "id", "name"):
        name = getattr(node, field, None)
        if isinstance(name, str) and re.search(r"_(zh|en)$", name) and name not in OF_PLANS:
            yield name
    if isinstance(node, ast.keyword | ast.arg) and node.arg in LANGUAGES:
        yield str(node.arg)
    if isinstance(node, ast.Call):
        yield from side_by_side([*node.args, *(keyword.value for keyword in node.keywords)])
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        yield from side_by_side(node.elts)
    elif isinstance(node, ast.Dict):
        yield from side_by_side(node.values)
    elif isinstance(node, ast.IfExp):
        yield from _either(node)
    elif (words := text(node)) and re.search(r"[\u4e00-\u9fff].* ?[·/] [A-Za-z]+ [a-z]", words):
        yield words


def _either(node: ast.IfExp) -> Iterator[str]:
    """A choice by language between two literals."""
    asked = {
        constant.value for constant in ast.walk(node.test) if isinstance(constant, ast.Constant)
    }
    both = [text(node.body), text(node.orelse)]
    if asked & set(LANGUAGES) and None not in both and not set(both) <= set(LANGUAGES):
        yield " | ".join(map(str, both))
    else:
        yield from side_by_side([node.body, node.orelse])


def written(code: str) -> list[str]:
    """The pairs of languages in some code, its docstrings left out."""
    tree = ast.parse(code)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and ast.get_docstring(node) is not None
        for statement in node.body[:1]
        if isinstance(statement, ast.Expr)
    }
    return [pair for node in ast.walk(tree) if id(node) not in docstrings for pair in pairs(node)]


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if "board" in p.parts],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_no_pair_of_languages_stands_in_code(path: Path) -> None:
    assert written(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "code",
    [
        'Damage("key_missing", KEY, "密钥不见了", "the key is missing")',
        'Damage(f"密钥 {KEY} 不见了", f"the file {KEY} is missing")',
        'refused("没有" + name, "There is no " + name)',
        'WORDS = {"locked": ("请稍后再试。", "Please try again later.")}',
        'WORDS = {"zh": "没有", "en": "Nothing."}',
        'WORDS = ["说明", "Note"]',
        'rule("due", zh=one, en=other)',
        "def rule(at, zh, en): ...",
        "text = damage.message_en",
        "message_zh = first",
        "class Damage:\n    message_zh: str",
        'said("Nothing found" if language == "en" else "没有")',
        'between = ", " if language() == "en" else "、"',
        'typer.Option("--note", help="说明 · a note of it")',
        'print(f"看板已启动 / the board is at {address}")',
    ],
)
def test_a_pair_of_languages_is_noticed(code: str) -> None:
    assert written(code)


@pytest.mark.parametrize(
    "code",
    [
        'Damage("key_missing", KEY, N_("密钥不见了"))',
        "text = message.en if loud else message.zh",
        'tag = "en" if asked == "en" else "zh"',
        'text = _("{n}日") if language() == "en" else counted(days)',
        'column.text("名称", alias="name")',
        'ROW = ("项目", "SC001", "资产", "assets")',
        'def few():\n    """已报 3 户 · the words of a caption."""',
    ],
)
def test_other_code_is_let_through(code: str) -> None:
    assert written(code) == []


def test_a_message_is_worded_in_each_language_with_the_messages_inside_it() -> None:
    places = Message("{ledger:lower}{names}", {"ledger": Message(N_("任务台账", "ledger")),
                                               "names": ("甲", "乙")})  # fmt: skip
    assert (places.zh, places.en) == ("任务台账甲、乙", "task list甲, 乙")
    with speaking("en"):
        assert str(places) == places.en


def headers(table: ast.Call) -> list[str]:
    """The source strings of the headers in a call of `Table.of`."""
    texts = [ast.unparse(column.args[0]) for column in table.args
             if isinstance(column, ast.Call) and column.args]  # fmt: skip
    return [ast.literal_eval(text[2:-1]) for text in texts if re.fullmatch(r"_\('[^']*'\)", text)]


def test_english_chooses_its_form_by_the_number_in_the_gap() -> None:
    assert Message("{n} 项举措", {"n": 1}).en == "1 measure"
    assert Message("{n} 项举措", {"n": "1,204"}).en == "1,204 measures"
    assert Message("{n}户", {"n": "−1"}).en == "−1 household"
    assert Message("{n} 项举措", {"n": 1}).zh == "1 项举措"


def test_no_two_columns_of_a_table_have_the_same_header_in_english() -> None:
    repeated = {
        f"{path.name}:{node.lineno}": english
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Table.of"
        and len(set(english := [translated(text, "en") for text in headers(node)])) < len(english)
    }  # fmt: skip
    assert repeated == {}
