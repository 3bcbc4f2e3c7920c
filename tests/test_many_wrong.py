"""However many rows are wrong, a thousand findings of a rule are kept and the others counted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from board.findings import LISTED, Finding, counts
from board.intake import check
from board.intake.frames import Load
from board.intake.keys import duplicate_keys
from board.ledgers import by_name
from board.ledgers.fields import likeness
from board.storage import prepare
from tests.support.rows import task
from tests.support.stores import frame

ROWS = 2_500


def wrong(folder: Path, distinct: bool) -> Path:
    """A file whose every row has a wrong month, code and number, each another or all the same."""
    heads = [field.header for field in by_name()["occupancy"].fields()]
    lines = [",".join(heads)]
    for row in range(ROWS):
        mark = row if distinct else 0
        cells = {
            "月份": f"某月{mark}",
            "资产编号": f"P{row}",
            "状态": f"乱写{mark}",
            "月租金": f"三千{mark}",
        }
        lines.append(",".join(cells.get(head, "") for head in heads))
    path = folder / "资产盘活台账.csv"
    path.write_text("\n".join(lines), "utf-8")
    return path


def of_rules(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.rule for finding in findings)


@pytest.mark.parametrize("distinct", [True, False])
def test_of_a_rule_a_thousand_findings_are_kept_and_all_are_counted(
    tmp_path: Path, distinct: bool
) -> None:
    prepare(tmp_path / "store")
    checked = check([wrong(tmp_path, distinct)], tmp_path / "store")
    listed = of_rules(tuple(f for f in checked.findings if f.times == 1))
    others = of_rules(tuple(f for f in checked.findings if f.times > 1))
    assert listed["code"] == LISTED
    assert max(listed.values()) == LISTED
    assert others["code"] == 1
    (rest,) = (f for f in checked.findings if f.times > 1 and f.rule == "code")
    assert rest.times == ROWS - LISTED
    assert (rest.cell, rest.found) == (None, None)
    assert str(ROWS - LISTED) in rest.message.zh
    assert str(ROWS - LISTED) in rest.message.en
    assert counts(checked.findings)["error"] >= 2 * ROWS
    first = next(f for f in checked.findings if f.rule == "code")
    assert (first.cell, first.found) == ("C2", "乱写0")
    assert len(str(checked.as_dict())) < 3_000_000


@pytest.mark.usefixtures("workbooks_read_here")
def test_no_suggestion_is_looked_for_beyond_what_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    nearest = likeness.nearest

    def counted(word: str, words: list[str], *, names: bool = False) -> str | None:
        asked.append(word)
        return nearest(word, words, names=names)

    monkeypatch.setattr("board.ledgers.fields.listed.nearest", counted)
    prepare(tmp_path / "store")
    check([wrong(tmp_path, distinct=True)], tmp_path / "store")
    assert 0 < len([word for word in asked if word.startswith("乱写")]) <= LISTED + 1


def test_findings_across_rows_are_bounded_too(tmp_path: Path) -> None:
    prepare(tmp_path)
    day = date(2025, 6, 30)
    rows = [task("T1", ["组织人社局"], day, day, content=f"x{n}") for n in range(ROWS)]
    load = Load(tmp_path, {"tasks": frame("tasks", rows)}, {})
    findings = list(duplicate_keys(load))
    assert len(findings) == LISTED + 1
    assert counts(findings)["error"] == ROWS - 1
