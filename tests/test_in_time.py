"""Ledgers received in time: rows of a month, registers sent or noted unchanged, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from board import questions
from board.catalogue import METRICS
from board.intake import note_no_change
from board.journal import Journal
from board.metrics import Period, Scope, filter_of, read
from board.publish import faults, publish, withdraw
from board.sections.indicators import split_finding, split_table
from board.store import Snapshot, open_store
from tests.outside.cli import call
from tests.support.reading import full_view
from tests.support.rows import Row, household, task, worker
from tests.support.stores import batch_of

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

WHOLE = Scope()


def every_month() -> list[Row]:
    """A task with a row in every month of 2024: the ledgers say which months there are."""
    return [task("T9", ["管委会"], date(2030, 1, 1), date(2024, n, 15)) for n in range(1, 13)]


def recorded(root: Path, at: str, note: str = "", **ledgers: list[Row]) -> None:
    batch_of(root, ledgers, at, note)


def late(snapshot: Snapshot, period: str, only: str = "") -> dict[str, tuple[Any, Any]]:
    metric = replace(
        METRICS["ledger_timeliness"], filter=filter_of(METRICS["ledger_timeliness"], only)
    )
    found = read(snapshot, metric, Period.parse(period), WHOLE, ("ledger", "keeper"))
    by: dict[str, tuple[Any, Any]] = {}
    for one in (*found.by["ledger"], *found.by["keeper"]):
        if one.denominator:
            by[one.label] = (one.numerator, one.denominator)
    return by | {"": (found.numerator, found.denominator)}


REGISTERS = "台账=户台账、劳动力台账"


def test_a_register_is_in_time_by_a_batch_between_the_eleventh_and_the_tenth(
    tmp_path: Path,
) -> None:
    home, people = [household("H1")], [worker(1, "H1")]
    # 16:00 UTC is midnight at the settlement: the first is of the 11th, the last of 11 April.
    recorded(tmp_path, "2024-01-10T16:00:00", households=home)
    recorded(tmp_path, "2024-02-10T15:59:59", labour=people)
    recorded(tmp_path, "2024-03-11T00:00:00", households=home, labour=people)
    recorded(tmp_path, "2024-04-10T16:00:00", households=home)
    recorded(tmp_path, "2024-06-20T00:00:00", tasks=every_month())
    publish(tmp_path)
    town = open_store(tmp_path).snapshot()
    march = late(town, "2024-03", REGISTERS)
    assert march["households"] == (2, 3)  # January, March; nothing came for February
    assert march["labour"] == (2, 3)
    assert (march["社会事务局"], march["组织人社局"], march[""]) == ((2, 3), (2, 3), (4, 6))
    assert late(town, "2024-04", REGISTERS)["households"] == (3, 4)
    state = questions.reports(town, date(2024, 2, 1), date(2024, 2, 1))
    assert dict(state.select("ledger", "state").iter_rows())["households"] == "missing"


def test_a_register_without_change_is_noted_for_its_month(tmp_path: Path) -> None:
    recorded(tmp_path, "2024-01-15T00:00:00", households=[household("H1")], tasks=every_month())
    noted = ["households", "labour"]
    early, in_time = "2024-02-05T00:00:00", "2024-03-05T00:00:00"
    note_no_change(["labour"], "2024-02", tmp_path, at=early)
    first = note_no_change(noted, "2024-02", tmp_path, at=in_time)
    note_no_change(noted, "2024-03", tmp_path, at="2024-04-11T00:00:00")
    town = open_store(tmp_path).snapshot()
    assert late(town, "2024-03", REGISTERS)[""] == (3, 6)
    assert late(town, "2024-03", REGISTERS)["labour"] == (1, 3)
    state = questions.reports(town, date(2024, 3, 1), date(2024, 3, 1))
    assert dict(state.select("ledger", "state").iter_rows())["labour"] == "late"
    batch = next(b for b in Journal(tmp_path).batches() if b.number == first.batch)
    assert (batch.kind, batch.files, batch.rows) == ("无变动", (), {})
    assert (batch.unchanged, batch.month) == (("households", "labour"), "2024-02")
    assert not list(faults(tmp_path))
    withdraw(tmp_path, batch.number, "记错了月份")
    town = open_store(tmp_path).snapshot()
    assert late(town, "2024-03", REGISTERS)[""] == (1, 6)


def test_no_change_noted_twice_on_a_day_is_stored_once(tmp_path: Path) -> None:
    recorded(tmp_path, "2024-01-15T00:00:00", households=[household("H1")])
    noted, day = ["households", "labour"], "2024-03-05T0"
    first = note_no_change(noted, "2024-02", tmp_path, at=f"{day}1:00:00")
    again = note_no_change(["labour"], "2024-02", tmp_path, at=f"{day}2:00:00")
    assert (again.batch, again.already) == (first.batch, (first.batch,))
    other_month = note_no_change(["labour"], "2024-03", tmp_path, at=f"{day}3:00:00")
    other_ledger = note_no_change(["labour", "assets"], "2024-02", tmp_path, at=f"{day}4:00:00")
    withdraw(tmp_path, first.batch or 0, "记错了月份")
    withdrawn = note_no_change(noted, "2024-02", tmp_path, at=f"{day}5:00:00")
    other_day = note_no_change(noted, "2024-02", tmp_path, at="2024-03-06T00:00:00")
    fresh = (other_month, other_ledger, withdrawn, other_day)
    assert [one.already for one in fresh] == [(), (), (), ()]


def test_no_change_is_noted_on_the_command_line(tmp_path: Path) -> None:
    recorded(tmp_path, "2024-01-15T00:00:00", households=[household("H1")])
    words = ["load", "--no-change", "households", "户台账", "labour", "--month", "2024-03"]
    answer = call(*words, "--at", "2024-04-02", "--format", "json", store=tmp_path)
    assert answer.code == 0, answer.err
    told = answer.json
    assert (told["kind"], told["files"], told["rows"]) == ("无变动", [], {})
    assert (told["unchanged"], told["month"]) == (["households", "labour"], "2024-03")
    listed = call("batches", "--format", "json", store=tmp_path).json
    mine = next(one for one in listed if one["batch"] == told["batch"])
    assert (mine["kind"], mine["files"], mine["month"]) == ("无变动", [], "2024-03")
    for wrong in (
        ["load", "--no-change", "households"],
        ["load", "--no-change", "households", "--month", "2024-Q1"],
        ["load", "--no-change", "employment", "--month", "2024-03"],
        ["load", "--no-change", "house", "--month", "2024-03"],
        ["load", "a.xlsx", "--month", "2024-03"],
    ):
        assert call(*wrong, store=tmp_path).code == 2, wrong


def test_the_page_says_which_ledger_and_which_keeper_is_late(tmp_path: Path) -> None:
    recorded(tmp_path, "2024-01-15T00:00:00", households=[household("H1")], tasks=every_month())
    publish(tmp_path)
    view = full_view(open_store(tmp_path).snapshot(), Period.parse("2024-02"), WHOLE)
    shown = split_table(view, "ledger_timeliness", "ledger").frame
    assert {"户台账", "劳动力台账", "就业监测台账"} == set(shown.to_series(0))
    assert split_finding(view, "ledger_timeliness", "keeper").endswith("组织人社局最低 0%")
