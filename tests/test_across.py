"""Checks across rows and ledgers: what is at hand is seen together with what is stored."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import ascii_uppercase

import pytest

from board.intake import across, by_plan
from board.intake.frames import Load
from board.intake.keys import duplicate_keys, missing_columns, references, replaced
from board.ledgers import by_name
from board.storage import prepare
from tests.support.stores import Rows, batch, frame

HOUSE = {
    "household_id": "H1", "settlement": "幸福小镇", "building": "1栋", "unit": "1单元",
    "room": "0101", "head_name": "甲", "size": 2, "category": "脱贫户", "status": "在册",
}  # fmt: skip
PERSON = {
    "citizen_id": "990000199001010012", "name": "甲", "household_id": "H1",
    "work_ability": "普通劳动力", "lifted_out": True, "student": False, "willing_to_work": True,
    "willing_to_train": False, "resident": True,
}  # fmt: skip
ASSET = {
    "asset_id": "P1", "kind": "商业铺面", "name": "铺1", "area": 50.0, "count": 10,
    "usable": True, "owner": "公司", "registration": "已登记", "accounts": "已决算",
}  # fmt: skip
USE = {"month": date(2024, 3, 1), "asset_id": "P1", "state": "在用"}
WORK = {
    "month": date(2024, 3, 1), "citizen_id": PERSON["citizen_id"], "status": "在业",
    "wage": 3000.0, "reported_on": date(2024, 3, 2),
}  # fmt: skip
TASK = {
    "task_id": "T1", "measure": "18", "content": "x", "leads": ["组织人社局"],
    "starts": date(2024, 1, 1), "due": date(2024, 12, 1), "state": "推进中",
    "updated_on": date(2024, 3, 1),
}  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    prepare(tmp_path)
    return tmp_path


def load_of(root: Path, without: Collection[str] = (), **ledgers: Rows) -> Load:
    """A load of these rows; every column has a letter but those in `without`."""
    columns = {
        name: {
            ("test.xlsx", by_name()[name].sheet): {
                f.name: letter
                for letter, f in zip(ascii_uppercase, by_name()[name].fields(), strict=False)
                if f.name not in without
            }
        }
        for name in ledgers
    }
    return Load(root, {name: frame(name, rows) for name, rows in ledgers.items()}, columns)


def told(load: Load) -> list[tuple[str, str | None, str | None]]:
    """(rule, cell, found) of every finding across ledgers."""
    return [
        (x.rule, x.cell, x.found)
        for check in (*by_plan.CHECKS, *across.CHECKS)
        for x in check(load)
    ]


def test_the_same_key_twice_names_both_cells(root: Path) -> None:
    load = load_of(root, households=[HOUSE, HOUSE | {"size": 3}, HOUSE | {"household_id": "H2"}])
    (only,) = duplicate_keys(load)
    assert (only.rule, only.cell, only.severity) == ("duplicate_key", "A3", "error")
    assert "A2" in only.message.zh
    assert "A2" in only.message.en


def test_the_same_key_in_two_files_names_both_cells(root: Path) -> None:
    again = HOUSE | {"size": 3, "file": "other.xlsx"}
    load = load_of(root, households=[HOUSE, again, HOUSE | {"household_id": "H2"}])
    sheets = dict(load.columns["households"])
    sheets[("other.xlsx", "户台账")] = sheets[("test.xlsx", "户台账")]
    (only,) = duplicate_keys(replace(load, columns={"households": sheets}))
    assert (only.file, only.cell, only.severity) == ("other.xlsx", "A3", "error")
    assert "test.xlsx" in only.message.zh
    assert "A2" in only.message.zh
    assert "A2" in only.message.en


def test_the_same_household_from_two_months_is_no_duplicate(root: Path) -> None:
    load = load_of(root, households=[HOUSE, HOUSE | {"effective_month": date(2024, 1, 1)}])
    assert list(duplicate_keys(load)) == []


def test_a_reference_may_be_stored_or_come_in_the_same_load(root: Path) -> None:
    assert list(references(load_of(root, households=[HOUSE], labour=[PERSON]))) == []
    (lost,) = references(load_of(root, labour=[PERSON]))
    assert (lost.rule, lost.column, lost.found) == ("unknown_reference", "household_id", "H1")
    batch(root, households=[HOUSE])
    assert list(references(load_of(root, labour=[PERSON]))) == []


def test_a_lost_reference_names_the_nearest_but_never_a_person(root: Path) -> None:
    batch(root, households=[HOUSE | {"household_id": "H001"}], labour=[PERSON])
    (lost,) = references(load_of(root, labour=[PERSON | {"household_id": "H01"}]))
    assert lost.suggestion == "H001"
    (lost,) = references(load_of(root, employment=[WORK | {"citizen_id": "990000199001010013"}]))
    assert lost.suggestion is None


def test_no_more_places_in_use_than_there_are(root: Path) -> None:
    batch(root, assets=[ASSET, ASSET | {"effective_month": date(2024, 4, 1), "count": 12}])
    assert told(load_of(root, occupancy=[USE | {"used_count": 10}])) == []
    load = load_of(root, occupancy=[USE | {"used_count": 11}])
    assert ("used_count_within_count", "D2", "11") in told(load)
    april = USE | {"used_count": 11, "month": date(2024, 4, 1)}
    assert told(load_of(root, occupancy=[april])) == []


def test_an_asset_that_shrinks_below_its_use_warns(root: Path) -> None:
    batch(root, assets=[ASSET], occupancy=[USE | {"used_count": 8}])
    load = load_of(root, assets=[ASSET | {"count": 5}])
    assert told(load) == [("used_count_within_count", "H2", "5")]


def test_an_unusable_asset_warns(root: Path) -> None:
    load = load_of(root, assets=[ASSET | {"usable": False}], occupancy=[USE])
    assert [rule for rule, *_ in told(load)] == ["asset_not_usable"]


def test_a_student_at_work_warns_only_in_the_months_of_study(root: Path) -> None:
    study = PERSON | {"student": True}
    work = PERSON | {"effective_month": date(2024, 3, 1)}
    batch(root, households=[HOUSE], labour=[study, work])
    assert told(load_of(root, employment=[WORK])) == []
    load = load_of(root, employment=[WORK | {"month": date(2024, 2, 1)}])
    assert [rule for rule, *_ in told(load)] == ["employed_student"]


def test_a_worker_who_is_registered_as_a_student_later_warns_at_the_register(root: Path) -> None:
    batch(root, households=[HOUSE], labour=[PERSON], employment=[WORK])
    load = load_of(root, labour=[PERSON | {"student": True}])
    (only,) = told(load)
    assert only[0] == "employed_student"
    assert only[1] is not None


def test_a_lead_that_is_not_the_measures_warns(root: Path) -> None:
    assert told(load_of(root, tasks=[TASK])) == []
    load = load_of(root, tasks=[TASK | {"leads": ["组织人社局", "财政金融局"]}])
    assert told(load) == [("lead_not_of_measure", "D2", "财政金融局")]


def test_a_household_without_people_warns(root: Path) -> None:
    load = load_of(root, households=[HOUSE, HOUSE | {"household_id": "H2"}], labour=[PERSON])
    assert told(load) == [("household_without_labour", "A3", "H2")]


def test_more_people_than_the_household_has_warns_once(root: Path) -> None:
    people = [PERSON | {"citizen_id": f"99000019900101001{n}"} for n in range(3)]
    assert told(load_of(root, households=[HOUSE], labour=people[:2])) == []
    load = load_of(root, households=[HOUSE], labour=people)
    assert [rule for rule, *_ in told(load)] == ["more_persons_than_size"]
    batch(root, households=[HOUSE], labour=people[:2])
    load = load_of(root, labour=people[2:])
    assert [(rule, found) for rule, _, found in told(load)] == [("more_persons_than_size", "H1")]


def test_people_who_moved_to_another_household_do_not_crowd_the_old_one(root: Path) -> None:
    people = [PERSON | {"citizen_id": f"99000019900101001{n}"} for n in range(3)]
    batch(root, households=[HOUSE, HOUSE | {"household_id": "H2"}], labour=people[:2])
    moved = people[0] | {"household_id": "H2", "effective_month": date(2024, 5, 1)}
    born = people[2] | {"effective_month": date(2024, 6, 1)}
    assert told(load_of(root, labour=[moved, born])) == []


def test_a_value_that_moves_by_more_than_three_warns(root: Path) -> None:
    batch(root, households=[HOUSE], labour=[PERSON], employment=[WORK])
    april = WORK | {"month": date(2024, 4, 1)}
    assert told(load_of(root, employment=[april | {"wage": 9000.0}])) == []
    load = load_of(root, employment=[april | {"wage": 9001.0}])
    assert [(rule, found) for rule, _, found in told(load)] == [("moved_by_factor", "9001")]
    load = load_of(root, employment=[april | {"wage": 999.0}])
    assert [rule for rule, *_ in told(load)] == ["moved_by_factor"]
    assert told(load_of(root, employment=[april | {"wage": 0.0}])) == []


def test_a_sheet_that_lacks_a_filled_optional_column_warns(root: Path) -> None:
    batch(root, households=[HOUSE | {"origin_county": "大化瑶族自治县"}])
    assert list(missing_columns(load_of(root, households=[HOUSE]))) == []
    (only,) = missing_columns(load_of(root, without=("origin_county",), households=[HOUSE]))
    assert (only.rule, only.column, only.severity) == ("column_lacking", "origin_county", "warning")
    assert replaced(load_of(root, households=[HOUSE])) == {"households": 1}


def test_every_message_is_complete_in_both_languages(root: Path) -> None:
    load = load_of(
        root,
        households=[HOUSE | {"size": 1}, HOUSE | {"household_id": "H3"}],
        labour=[PERSON | {"student": True}, PERSON | {"citizen_id": "990000199001010020"}],
        employment=[WORK, WORK | {"month": date(2024, 4, 1), "wage": 10.0}],
        assets=[ASSET | {"usable": False}],
        occupancy=[USE | {"used_count": 11}],
        tasks=[TASK | {"leads": ["财政金融局"], "cadence": "每月", "problem": "电话19900001234"}],
        returns=[{"return_id": "F1", "source_kind": "项目", "source_id": "P9"}],
    )
    findings = [x for check in across.CHECKS for x in check(load)]
    assert len({x.rule for x in findings}) == len(across.CHECKS)
    for finding in findings:
        assert finding.cell
        for text in (finding.message.zh, finding.message.en, finding.expected_in_chinese):
            assert text
            assert "{" not in text
            assert "None" not in text
