"""What nobody declared counts as about persons: a new ledger with a person in it, and what reads it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from board.access import subject_of
from board.access.subjects import names_people, subject_of_file
from board.ledgers import ledgers
from board.store import QUERIES

PROJECT = Path(__file__).resolve().parent.parent
LEDGER = '''"""家访台账: who was visited, and when."""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class HouseCalls(Ledger):
    """One row is one visit to a person."""

    sheet = "家访台账"
    name = "house_calls"
    title_en = "House calls"
    keeper = "社会事务局"

    visit_id = column.text("家访编号", key=True)
    citizen_id = column.citizen_id(refers_to="labour")
    visited_on = column.date("家访日期")
'''
QUERY = """-- 家访:谁被家访了几次?
-- 一行 = 一个人。
-- 参数:无。
select
    person_id,
    count(*) as house_calls
from house_calls
group by all
order by person_id
"""
ASKED = """
from board.access import Guard, Reader, Role, subject_of
from board.ledgers import by_name
from board.metrics import TIMES, Metric, Period, Reading, Scope
from board.store import WithheldError
from board.suppression import suppressed

assert by_name()["house_calls"].about_people()
assert subject_of("house_calls").grain == "persons"
metric = Metric("calls_made", "家访次数", ("1",), "家访次数。", ("house_calls",), TIMES, kind="count")
assert metric.about_people


def refused(ask):
    try:
        ask()
    except WithheldError:
        return True
    return False


viewer = Guard(Reader(role=Role.VIEWER).permissions)
assert refused(lambda: viewer.admit("house_calls", {}))
reading = Reading(metric, Period.parse("2024-01"), Scope(), value=2.0, numerator=2.0)
assert refused(lambda: suppressed(None, reading))
print("refused")
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The board with one ledger and one query more, and nothing else declared of them."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("board", "queries", "locale", "data/reference"):
        shutil.copytree(
            PROJECT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    (copy / "board" / "ledgers" / "house_calls.py").write_text(LEDGER, "utf-8")
    (copy / "queries" / "house_calls.sql").write_text(QUERY, "utf-8")
    return copy


def test_a_new_ledger_with_a_person_in_it_is_refused_to_a_viewer(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED], check=False, cwd=project, capture_output=True, text=True,
        env={"PYTHONPATH": str(project), "PATH": ""},
    )  # fmt: skip
    assert done.stdout.strip() == "refused", done.stderr


def test_a_ledger_is_about_people_where_a_column_is_personal_or_refers_to_one_that_is() -> None:
    about = {ledger.name for ledger in ledgers() if ledger.about_people()}
    assert about >= {
        "households", "labour", "employment", "income", "training", "subsidies", "loans", "risk",
        "schooling", "assistance",
    }  # fmt: skip
    assert about.isdisjoint({
        "benchmark", "assets", "occupancy", "tasks", "meetings", "projects", "returns", "posts",
        "workshops", "repairs", "activities", "funds",
    })  # fmt: skip


@pytest.mark.parametrize("text", [
    "select 1 from labour", "select 1\nfrom worker_months as w", "select * from query_table($table)",
    "with a as (select 1 from assets) select 1 from a, households",
])  # fmt: skip
def test_a_statement_over_people_is_known_by_the_tables_it_names(text: str) -> None:
    assert names_people(text, QUERIES)


def test_a_name_in_a_comment_is_no_table() -> None:
    assert not names_people("-- households\nselect 1 from tasks", QUERIES)


def test_what_a_query_declares_stands_in_its_head(tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    (tmp_path / "counted.sql").write_text(
        "-- 涉及:合计,台账 employment。\nselect 1 from employment"
    )
    (tmp_path / "silent.sql").write_text("select 1 from employment")
    (tmp_path / "misspelt.sql").write_text("-- 涉及:全体。\nselect 1 from employment")
    grains = {
        name: subject_of_file(name, tmp_path).grain for name in ("counted", "silent", "misspelt")
    }
    assert grains == {"counted": "groups", "silent": "persons", "misspelt": "persons"}


def test_a_query_that_is_not_there_is_about_nothing_that_may_be_asked() -> None:
    with pytest.raises(KeyError):
        subject_of("no_such_query")
