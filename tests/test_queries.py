"""Every statement says its question, its grain and its parameters, and reads like the others."""

from __future__ import annotations

import re

import pytest

from board.store import QUERIES

NAMES = sorted(str(path.relative_to(QUERIES)) for path in QUERIES.rglob("*.sql"))
UPPER = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|GROUP|ORDER|WITH|CASE|UNION)\b")
LAST = re.compile(r"\norder by(?: [^\n]+|(?:\n    [^\n]+)+)\n$")


def code(text: str) -> str:
    """The statement without comments and quoted texts."""
    return re.sub(r"'[^']*'", "''", re.sub(r"--[^\n]*", "", text))


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_opens_with_question_grain_and_parameters(name: str) -> None:
    question, grain, parameters = (QUERIES / name).read_text("utf-8").splitlines()[:3]
    assert re.match(r"-- .+[?？。]$", question), question
    assert grain.startswith("-- 一行 = ")
    assert parameters.startswith("-- 参数")
    text = code((QUERIES / name).read_text("utf-8"))
    said = set(re.findall(r"\$([a-z_]+)", parameters))
    assert set(re.findall(r"\$([a-z_]+)", text)) == said, "the header names the parameters"


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_lower_case_narrow_and_ordered(name: str) -> None:
    text = (QUERIES / name).read_text("utf-8")
    assert not UPPER.search(code(text))
    assert LAST.search(text), "ends with order by"
    assert [line for line in text.splitlines() if len(line) > 80 and "--" not in line] == []
    assert "?" not in code(text)


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("metrics/")])
def test_a_metrics_statement_can_be_summed(name: str) -> None:
    text = (QUERIES / name).read_text("utf-8")
    assert text.count("\norder by ") == 1, "one order by at the margin: sums leave it out"
    for column in ("period", "numerator", "denominator", "missing", "unreported", "subject"):
        assert re.search(rf"\b{column}\b", code(text)), column
    for column in ("batch", "file", "sheet", "row"):
        assert re.search(rf"\b{column}\b", code(text)), column
