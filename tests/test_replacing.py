"""What a load adds, repeats and changes is said before it goes in, and what is older warns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import intake
from board.__main__ import main
from board.access import Role
from board.journal import Journal
from board.ledgers import by_name
from board.publish import adopt
from tests.support.rows import Row, citizen, employment, household, worker
from tests.support.stores import batch, frame
from tests.support.workbooks import book, table

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

Change = Mapping[str, object]


def houses(path: Path, *changes: Change) -> Path:
    """A workbook of households, all of them in one building; their labour rows are not in it."""
    rows = (
        {"户编号": f"H{n:03}", "房号": f"01{n:02}"} | dict(change)
        for n, change in enumerate(changes)
    )
    return book(path, {"户台账": table("households", *rows)})


def told(check: intake.Check) -> list[str]:
    """The messages that a file may be an old one."""
    return [finding.message.zh for finding in check.older]


def counts(check: intake.Check, ledger: str = "households") -> tuple[int, int, int]:
    """Rows added, repeated and changed."""
    said = check.replacing
    return said.adds[ledger], said.repeats.get(ledger, 0), said.changes.get(ledger, 0)


def test_a_file_says_what_it_adds_repeats_and_changes(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = intake.load([houses(tmp_path / "a.xlsx", {}, {}, {})], store)
    assert counts(first.check) == (3, 0, 0)
    newer = houses(tmp_path / "b.xlsx", {}, {"家庭人口数": 5, "迁出乡镇": "甲乡"}, {}, {})
    check = intake.check([newer], store)
    assert counts(check) == (1, 2, 1)
    assert [(c.cell, c.key_shown(persons=False), c.column, c.old, c.new, c.batch)
            for c in check.replacing.cells] == [
        ("H3", "H001", "size", "4", "5", 1), ("K3", "H001", "origin_township", "", "甲乡", 1),
    ]  # fmt: skip
    recorded = Journal(store).batches()[0].recorded_at
    assert {c.recorded_at for c in check.replacing.cells} == {recorded}
    assert intake.load([newer], store).check.replacing == check.replacing


def test_the_answer_in_json_has_counts_and_changed_cells_with_personal_values_masked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(tmp_path / "store")
    old = houses(tmp_path / "a.xlsx", {"联系电话": "13800000000"}, {})
    new = houses(tmp_path / "b.xlsx", {"户主姓名": "李四五", "联系电话": "13900001234"}, {})
    assert main(["load", str(old), "--store", store]) == 0
    capsys.readouterr()
    assert main(["check", str(new), "--store", store, "--format", "json"]) == 0
    out = capsys.readouterr().out
    answer = json.loads(out)
    assert (answer["adds"], answer["repeats"], answer["changes"]) == (
        {"households": 0}, {"households": 1}, {"households": 1},
    )  # fmt: skip
    assert answer["replaces"] == {"households": 2}
    assert answer["changed_cells_in_all"] == 2
    assert [(c["key"], c["column"], c["old"], c["new"], c["old_batch"])
            for c in answer["changed_cells"]] == [
        ("H000", "head_name", "张*", "李*", 1),
        ("H000", "helper_phone", "138****0000", "139****1234", 1),
    ]  # fmt: skip
    assert "李四五" not in out
    assert main(["load", str(new), "--store", store]) == 0
    text = capsys.readouterr().out
    assert "张* → 李*" in text
    assert "户台账：新增0行，与库里相同1行，改动1行。" in text


def test_many_changed_cells_are_listed_up_to_a_bound_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = tmp_path / "store"
    many = 1_200
    old = [{"房号": f"{n:04}"} for n in range(many)]
    intake.load([houses(tmp_path / "a.xlsx", *old)], store)
    new = houses(tmp_path / "b.xlsx", *(row | {"家庭人口数": 5} for row in old))
    assert main(["check", str(new), "--store", str(store), "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (len(answer["changed_cells"]), answer["changed_cells_in_all"]) == (100, many)
    assert main(["check", str(new), "--store", str(store)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sum(line.startswith("改动 ") for line in lines) == intake.PRINTED
    assert f"……还有 {many - intake.PRINTED} 格改动。" in lines


def test_a_refused_file_and_one_already_loaded_change_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    first = houses(tmp_path / "a.xlsx", {}, {})
    intake.load([first], store)
    intake.load([houses(tmp_path / "b.xlsx", {"家庭人口数": 6}, {})], store)
    wrong = intake.check([houses(tmp_path / "c.xlsx", {"户类别": "富户"}, {})], store)
    assert (wrong.refused, wrong.replacing) == (True, intake.Replacing())
    same = intake.check([first], store)
    assert (same.replacing.cells, told(same)) == ((), [])


def test_rows_that_return_to_an_earlier_batch_warn_with_both_batches(tmp_path: Path) -> None:
    store = tmp_path / "store"
    intake.load([houses(tmp_path / "a.xlsx", {}, {}, {})], store)
    intake.load([houses(tmp_path / "b.xlsx", {"家庭人口数": 5}, {"家庭人口数": 6}, {})], store)
    old_with_new_rows = houses(tmp_path / "c.xlsx", {}, {}, {}, {})
    check = intake.check([old_with_new_rows], store)
    (message,) = told(check)
    assert "有 2 行与第 1 批的内容相同，而第 2 批" in message
    assert not check.refused
    third = houses(tmp_path / "d.xlsx", {"家庭人口数": 7}, {"家庭人口数": 6}, {})
    assert told(intake.check([third], store)) == []


def jobs(path: Path, *rows: Row) -> Path:
    """A workbook of employment rows."""
    declared = by_name()["employment"]
    cells = [[row.get(f.name) for f in declared.fields()] for row in rows]
    return book(path, {declared.sheet: [[f.header for f in declared.fields()], *cells]})


def with_people(root: Path, *rows: Row) -> None:
    """A store with two people and these employment rows."""
    batch(root, "2024-01-05T00:00:00", households=[household("H1")],
          labour=[worker(1, "H1"), worker(2, "H1")])  # fmt: skip
    adopt(root, "2024-01-05T00:00:00")
    batch(root, "2024-04-05T00:00:00", employment=list(rows))


@pytest.mark.parametrize(("day", "warns"), [(20, True), (28, False), (30, False)])
def test_a_file_filled_in_before_the_stored_rows_warns(
    day: int, warns: bool, tmp_path: Path
) -> None:
    with_people(tmp_path, employment("2024-03", citizen(1), wage=3000.0))
    row = employment("2024-03", citizen(1), wage=2900.0, reported_on=date(2024, 3, day))
    check = intake.check([jobs(tmp_path / "三月.xlsx", row)], tmp_path)
    assert bool(told(check)) is warns
    if warns:
        assert "“填报日期”比库里的早：本文件是 2024-03-20" in told(check)[0]
        assert check.older[0].cell == "O2"


def test_a_file_that_lacks_a_day_that_the_store_has_warns(tmp_path: Path) -> None:
    store = tmp_path / "store"

    def tickets(name: str, *closed: date | None) -> Path:
        rows = (
            {"工单编号": f"W{n}", "办结日期": day, "费用": 1200 + n} for n, day in enumerate(closed)
        )
        return book(tmp_path / name, {"维修台账": table("repairs", *rows)})

    day = date(2024, 3, 5)
    intake.load([tickets("a.xlsx", day, day, None)], store)
    (message,) = told(intake.check([tickets("b.xlsx", None, day, None)], store))
    assert "“办结日期”（2024-03-05），本文件里是空的" in message
    assert told(intake.check([tickets("c.xlsx", day, day, day)], store)) == []
    assert told(intake.check([tickets("d.xlsx", date(2024, 3, 4), day, None)], store)) == []


def test_a_department_is_told_nothing_of_ledgers_that_another_keeps(tmp_path: Path) -> None:
    with_people(tmp_path, employment("2024-03", citizen(1)))
    row = employment("2024-03", citizen(1), wage=2900.0)
    check = intake.check([jobs(tmp_path / "三月.xlsx", row)], tmp_path)
    keepers = {"employment": "组织人社局", "households": "社会事务局"}
    assert intake.visible_to(check, "社会事务局", keepers).replacing == intake.Replacing(
        {}, {}, {}, {}
    )
    assert intake.visible_to(check, "组织人社局", keepers).replacing == check.replacing


def test_a_birth_date_is_shown_to_nobody(tmp_path: Path) -> None:
    with_people(tmp_path, employment("2024-03", citizen(1), reporter="王五六"))
    row = employment("2024-03", citizen(1), reporter="赵七八")
    (cell,) = intake.check([jobs(tmp_path / "三月.xlsx", row)], tmp_path).replacing.cells
    assert "19850615" not in cell.key_shown(persons=True)
    assert cell.key_shown(persons=True).endswith(citizen(1)[-4:])
    assert (cell.shown(cell.old, persons=True), cell.shown(cell.old, persons=False)) == (
        "王五六",
        "王*",
    )


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "size": st.integers(1, 3), "head_name": st.sampled_from(["甲", "乙"]),
    "origin_township": st.sampled_from([None, "某乡"]),
    "moved_in": st.sampled_from([None, date(2022, 5, 1), date(2022, 6, 1)]),
}  # fmt: skip
TOWN = st.dictionaries(st.sampled_from(["H1", "H2", "H3", "H4"]), st.fixed_dictionaries(VALUES))


@settings(max_examples=25, deadline=None)
@given(st.lists(TOWN, max_size=3), TOWN)
def test_the_counts_and_cells_are_those_of_comparing_row_by_row(
    batches: list[dict[str, Row]], new: dict[str, Row]
) -> None:
    from board.intake.frames import Load
    from board.intake.older import older_rows
    from board.intake.replacing import replacing

    stored: dict[str, Row] = {}
    before: list[dict[str, Row]] = []
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for rows in (rows for rows in batches if rows):
            batch(root, households=[household(key, **row) for key, row in rows.items()])
            before.append(dict(stored))
            stored |= rows
        fresh = frame("households", [household(key, **row) for key, row in new.items()])
        load = Load(root, {"households": fresh} if new else {}, {})
        said, older = replacing(load), [f.message.gaps for f in older_rows(load)]
    known = {key: row for key, row in new.items() if key in stored}
    changed = {key: row for key, row in known.items() if row != stored[key]}
    cells = {
        (key, name)
        for key, row in changed.items()
        for name in row
        if row[name] != stored[key][name]
    }
    if new:
        assert said.adds == {"households": len(new) - len(known)}
        assert said.repeats.get("households", 0) == len(known) - len(changed)
        assert said.changes.get("households", 0) == len(changed)
    assert {(c.key["household_id"], c.column) for c in said.cells} == cells
    assert sum(said.changed_cells.values()) == len(cells)
    former = [rows for rows in batches if rows]
    returned = [key for key, row in changed.items() if row in [rows.get(key) for rows in former]]
    assert sum(int(str(gaps["count"])) for gaps in older if "earlier" in gaps) == len(returned)


def test_who_keeps_a_ledger_sees_its_persons_in_full_and_nobody_else_does() -> None:
    from board.access import Reader
    from board.ui.forms.replacing import persons_shown

    assert [role for role in Role if persons_shown(Reader(role=role))] == [Role.KEEPER]
    assert not persons_shown(Reader(role=Role.KEEPER, presenting=True))
