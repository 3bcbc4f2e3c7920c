"""Names, numbers and codes of persons in what staff write: struck for viewers, warned of at loading."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from board import access, storage
from board.access import Reader, Role
from board.intake import across
from board.intake.frames import Load
from board.journal import AuditLog, Journal
from board.journal.acts import Withdrawal
from board.ledgers.fields.persons import Persons, struck
from board.publish import commit, withdraw, words_struck
from board.store import Snapshot
from tests.support.rows import household, published, task, worker
from tests.support.stores import batch, frame

REGISTER = Persons.of(
    [
        ("韦建国", "HX-0001", "0502"), ("平安", "HX-0002", "0503"), ("高峰", "HX-0003", None),
        ("李 四", "HX-0004", "0601"), ("王", "7", "1"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("帮扶韦建国就业", "帮扶×就业"),
        ("韦 建国、韦·建国、韦\u200b建国", "×、×、×"),
        ("李四已到岗", "×已到岗"),
        ("HX-0003户", "×户"),
        ("平安建设、高峰时段", "平安建设、高峰时段"),
        ("平安同志已上门", "×同志已上门"),
        ("户主平安", "户主×"),
        ("平安家漏水", "×家漏水"),
        ("0503室平安", "0503室×"),
        ("HX-0002 平安", "× ×"),
        ("10503 平安", "10503 平安"),
        ("王府井7号", "王府井7号"),
    ],
)
def test_a_name_is_struck_and_a_word_that_is_a_name_only_where_it_is_meant(
    text: str, shown: str
) -> None:
    assert struck(text, REGISTER) == shown


@pytest.mark.parametrize("between", ["", " ", "-", "－", " - ", ".", "\u200b", "\u3000", "—", ")("])
@pytest.mark.parametrize("number", ["19900001234", "1９900001234", "99000019900101123X"])
def test_a_number_is_struck_whatever_stands_between_its_digits(number: str, between: str) -> None:
    assert struck(f"电话{between.join(number)}，共3人", Persons()) == "电话×，共3人"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 13:20，100户", "1,234,567.89元", "2023、2024、2025年各80万元",
        "15日、300户、120人", "编号2024-0001至2024-0120", "4·27讲话",
    ],
)  # fmt: skip
def test_a_number_that_is_nobodys_stays(text: str) -> None:
    assert struck(text, REGISTER) == text


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    day = date(2025, 6, 30)
    return published(
        tmp_path,
        households=[household("HX-0001", head_name="韦建国", room="0502")],
        labour=[worker(1, "HX-0001", name="韦小军")],
        tasks=[
            task("T1", ["组织人社局"], day, day, content="为韦小军联系岗位", problem="韦小军不在家")
        ],
    )


def test_a_viewer_reads_a_shared_text_without_the_person_and_a_leader_all_of_it(
    snapshot: Snapshot,
) -> None:
    seen = {}
    for role, presenting in ((Role.VIEWER, False), (Role.LEADER, False), (Role.LEADER, True)):
        reader = Reader("王", role, presenting=presenting)
        rows = access.for_reader(snapshot, reader.permissions).frame(
            "tasks_led", month=date(2025, 6, 1)
        )
        seen[role, presenting] = rows.select("content", "problem").row(0)
    assert seen == {
        (Role.VIEWER, False): ("为×联系岗位", None),
        (Role.LEADER, False): ("为韦小军联系岗位", "韦小军不在家"),
        (Role.LEADER, True): ("为×联系岗位", None),
    }


def test_a_load_warns_of_persons_in_every_text_and_keeps_others_registers_to_itself(
    tmp_path: Path,
) -> None:
    batch(tmp_path, households=[household("HX-0001", head_name="韦建国")])
    rows = [
        task("T1", ["组织人社局"], date(2025, 6, 30), date(2025, 6, 1), content="为韦建国找活"),
        task("T2", ["组织人社局"], date(2025, 6, 30), date(2025, 6, 1), content="x",
             problem="电话 199-0000-1234"),
        task("T3", ["组织人社局"], date(2025, 6, 30), date(2025, 6, 1), content="办夜校"),
    ]  # fmt: skip
    load = Load(tmp_path, {"tasks": frame("tasks", rows)}, {})
    # As a check of the files makes them, among all its others.
    every = [finding for rule in across.CHECKS for finding in rule(load)]
    warnings_of_persons = [f for f in every if f.rule.endswith("_in_text")]
    warned = [(f.rule, f.column, f.severity, f.against) for f in warnings_of_persons]
    assert sorted(warned) == [
        ("name_in_text", "content", "warning", "households"),
        ("number_in_text", "problem", "warning", ""),
    ]


def test_reasons_and_notes_are_kept_without_persons(snapshot: Snapshot, tmp_path: Path) -> None:
    note = "韦建国家补报，电话 199 0000 1234"
    with storage.staging(tmp_path) as work:
        frame("meetings", []).write_parquet(work / "meetings.parquet")
        number = commit(tmp_path, work, {"files": [], "rows": {"meetings": 0}, "note": note}).batch
    withdraw(tmp_path, number, "韦小军 1 9 9 0 0 0 0 1 2 3 4 重复")
    stored = Journal(tmp_path).batches()[-1]
    assert (stored.note, stored.reason) == ("×家补报，电话 ×", "× × 重复")
    why = words_struck(tmp_path, "走访韦建国")
    assert AuditLog(tmp_path).record("王", "leader", Withdrawal(1), why).why == "走访×"
