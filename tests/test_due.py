"""What a keeper owes, and a month marked as checked: by hand, against the metric, by command."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from board import intake
from board.__main__ import main
from board.intake import Due, dues, note_no_change
from board.intake.due import month_of_batch
from board.journal import AuditLog, Journal, acts, confirmations
from board.metrics import Period
from board.publish import current, publish, verify, withdraw
from board.storage import RefusedError
from board.store import open_store
from tests.support.rows import employment, household, income, meeting, month, worker
from tests.support.stores import batch

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

SOME = ("employment", "income", "households", "meetings", "assets")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Employment of January and March 2024, income of a quarter, registers on both sides of a 10th."""
    root = tmp_path_factory.mktemp("due")
    people = [worker(1, "H1")]
    batch(root, "2024-02-09T15:59:00", households=[household("H1")], labour=people)
    batch(root, "2024-02-10T16:01:00", employment=[employment("2024-01", people[0]["citizen_id"])])
    batch(root, "2024-03-10T16:01:00", households=[household("H1"), household("H2")])
    batch(
        root, "2024-04-10T02:00:00",
        employment=[employment("2024-03", people[0]["citizen_id"])],
        income=[income("2024-01", "H1")], meetings=[meeting("M1", "季度工作会议", date(2024, 3, 1))],
    )  # fmt: skip
    note_no_change(["labour"], "2024-03", root, at="2024-04-11T02:00:00", publish=False)
    publish(root)
    return root


def owed(root: Path, day: date, until: date | None = None) -> dict[str, Due]:
    listed = dues(SOME, open_store(root).snapshot(), Journal(root).batches(), day, until)
    return {due.ledger: due for due in listed}


def test_an_ended_month_without_rows_is_missing_from_the_first_month_with_rows_on(
    store: Path,
) -> None:
    work = owed(store, date(2024, 5, 2))["employment"]
    assert work.missing == (Period.parse("2024-02"), Period.parse("2024-04"))
    assert (work.coming, work.received) == (Period.parse("2024-05"), Period.parse("2024-03"))
    assert (work.next, work.due_on) == (Period.parse("2024-02"), date(2024, 3, 10))
    assert work.last is not None
    assert work.last.number == 4


def test_a_quarter_is_due_by_the_tenth_after_its_last_month(store: Path) -> None:
    before, after = owed(store, date(2024, 6, 30)), owed(store, date(2024, 7, 1))
    assert before["income"].missing == ()
    assert (before["income"].next, before["income"].due_on) == (
        Period.parse("2024-Q2"),
        date(2024, 7, 10),
    )
    assert after["income"].missing == (Period.parse("2024-Q2"),)


def test_only_the_last_month_of_a_register_can_be_missing(store: Path) -> None:
    assert owed(store, date(2024, 4, 2))["households"].missing == ()
    assert owed(store, date(2024, 8, 2))["households"].missing == (Period.parse("2024-07"),)


def test_what_is_kept_as_it_happens_is_never_due(store: Path) -> None:
    events = owed(store, date(2025, 1, 1))["meetings"]
    assert (events.missing, events.coming, events.due_on) == ((), None, None)
    assert events.last is not None


def test_a_ledger_never_received_lacks_the_period_that_ended_last(tmp_path: Path) -> None:
    batch(tmp_path, households=[household("H1")])
    publish(tmp_path)
    assert owed(tmp_path, date(2024, 5, 2))["employment"].missing == (Period.parse("2024-04"),)


def test_nothing_is_owed_of_months_after_the_last_plan(store: Path) -> None:
    late = owed(store, date(2024, 9, 2), until=date(2024, 4, 1))
    assert late["employment"].missing == (Period.parse("2024-02"), Period.parse("2024-04"))
    assert (late["employment"].coming, late["income"].next) == (None, None)


def test_what_is_due_first_stands_first(store: Path) -> None:
    days = [due.due_on or date.max for due in owed(store, date(2024, 8, 2)).values()]
    assert days == sorted(days)


def test_a_register_counts_for_the_month_that_the_metric_counts_it_for(store: Path) -> None:
    frame = open_store(store).snapshot().frame("ledgers_received", until=month("2024-12"))
    by_metric = {
        (name, when)
        for name, when, _rows, received, _due in frame.iter_rows()
        if name in ("households", "labour") and received is not None
    }
    by_batch = {
        (name, when)
        for name in ("households", "labour")
        for one in Journal(store).batches()
        if (when := month_of_batch(name, one))
    }
    assert by_batch >= by_metric
    known = set(frame["month"])
    assert {pair for pair in by_batch if pair[1] in known} == by_metric
    assert ("households", month("2024-01")) in by_metric


@pytest.fixture
def one(tmp_path: Path) -> Path:
    batch(tmp_path, employment=[employment("2024-03", "990000199001010016")], meetings=[])
    publish(tmp_path)
    return tmp_path


def board(root: Path, *arguments: str) -> int:
    return main([*arguments, "--store", str(root)])


def test_a_month_is_marked_as_checked_by_command_and_on_record(
    one: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    used = current(one)
    assert (
        board(one, "load", "--confirm", "就业监测台账", "--month", "2024-03", "--format", "json")
        == 0
    )
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"kind": "已核对", "confirmed": ["employment"], "month": "2024-03"}
    done = confirmations(Journal(one).events())["employment", "2024-03"]
    assert done.later is None
    assert AuditLog(one).all()[-1].act == acts.Confirmation(("employment",), "2024-03")
    assert current(one) == used
    assert verify(one) == [], "a mark changes no figure: the snapshot in use stays the right one"
    publish(one)
    assert current(one) == used


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["employment", "--month", "2024-02"], 1, "还没有 2024-02 的数据"),
        (["employment", "--month", "2099-01"], 1, "2099-01 还没有到"),
        (["employment", "--month", "2024-Q1"], 2, "--month"),
        (["employment"], 2, "--month"),
        (["雇佣台账", "--month", "2024-03"], 2, "雇佣台账"),
        (["employment", "--no-change", "--month", "2024-03"], 2, "--no-change"),
    ],
)
def test_what_can_not_be_checked_is_refused_in_words_and_not_kept(
    one: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, text: str
) -> None:
    events = Journal(one).events()
    assert board(one, "load", "--confirm", *arguments) == code
    printed = capsys.readouterr()
    assert text in printed.out + printed.err
    assert Journal(one).events() == events


def test_a_ledger_without_periods_can_be_checked_in_a_month_without_rows(one: Path) -> None:
    intake.confirm(["meetings"], "2024-03", one, open_store(one).snapshot())
    assert ("meetings", "2024-03") in confirmations(Journal(one).events())


def test_a_batch_or_withdrawal_after_the_mark_is_named_with_it(one: Path) -> None:
    snapshot = open_store(one).snapshot()
    intake.confirm(["employment"], "2024-03", one, snapshot)
    batch(one, meetings=[meeting("M1", "季度工作会议", date(2024, 3, 1))])
    assert confirmations(Journal(one).events())["employment", "2024-03"].later is None
    second = batch(one, employment=[employment("2024-03", "990000199001010016", "失业")])
    assert confirmations(Journal(one).events())["employment", "2024-03"].later == second
    intake.confirm(["employment"], "2024-03", one, snapshot)
    assert confirmations(Journal(one).events())["employment", "2024-03"].later is None
    withdraw(one, second, "填错")
    assert confirmations(Journal(one).events())["employment", "2024-03"].later == second


def test_a_damaged_store_takes_no_mark(one: Path) -> None:
    snapshot = open_store(one).snapshot()
    shutil.rmtree(one / "batches" / "1")
    with pytest.raises(RefusedError):
        intake.confirm(["employment"], "2024-03", one, snapshot)
