"""The command line from workbook to batch: outputs, exit codes and JSON to the letter."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from board.__main__ import main
from board.i18n import speak
from board.journal import Batch, Journal
from board.ledgers import by_name
from tests.support.answers import BatchAnswer, CheckAnswer, LoadAnswer

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

PROJECT = Path(__file__).resolve().parent.parent
HOUSE = {
    "户编号": "H1", "安置点": "幸福小镇", "楼栋": "1栋", "单元": "1单元", "房号": "0101",
    "户主姓名": "张三", "家庭人口数": "2", "户类别": "脱贫户", "在册状态": "在册",
}  # fmt: skip
PERSON = {
    "身份证号": "990000199001010016", "姓名": "张三", "户编号": "H1", "劳动能力": "普通劳动力",
    "脱贫人口": "是", "在校生": "否", "就业意愿": "是", "培训意愿": "否", "常住片区": "是",
    "联系电话": "13800000000",
}  # fmt: skip


def check_digit(first: str) -> str:
    """An ID's first 17 digits with its check digit."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


PERSON["身份证号"] = check_digit("99000019900101001")


def ledger(folder: Path, name: str, *rows: dict[str, str]) -> str:
    """A ledger as a CSV file; its name begins with the sheet's."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


class Board(Protocol):
    """Runs a command on the test's store."""

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Its exit code, standard output and standard error."""


class LoadEnd(LoadAnswer):
    """What a load answered, and its exit code."""

    exit: int


class Loaded(Protocol):
    """Loads files into the test's store."""

    def __call__(self, *arguments: str) -> LoadEnd:
        """What the load answered."""


@pytest.fixture
def board(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Board]:
    """Run a command on a store of this test's own; gives exit code, stdout and stderr."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main([*arguments, "--store", str(tmp_path / "store")])
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    speak("zh")


@pytest.fixture
def loaded(board: Board, tmp_path: Path) -> Loaded:
    """Load files and give the JSON of it."""

    def run(*arguments: str) -> LoadEnd:
        code, out, _ = board("load", *arguments, "--format", "json")
        answer: LoadAnswer = json.loads(out)
        return {**answer, "exit": code}

    return run


def batches(board: Board) -> list[BatchAnswer]:
    """The store's batches, as the command lists them, without the plan that it took over."""
    listed: list[BatchAnswer] = json.loads(board("batches", "--format", "json")[1])
    return [one for one in listed if one["batch"]]


def of_ledgers(journal: Journal) -> list[Batch]:
    """The batches of ledgers, without the plan that the first load takes over."""
    return [batch for batch in journal.batches() if not batch.plan]


def test_a_load_answers_with_its_batch_and_its_rows(
    loaded: Loaded, board: Board, tmp_path: Path
) -> None:
    houses = ledger(tmp_path, "户台账.csv", HOUSE)
    people = ledger(tmp_path, "劳动力台账.csv", PERSON)
    done = loaded(people, houses, "--note", "三月")
    assert (done["exit"], done["batch"], done["rows"]) == (0, 1, {"labour": 1, "households": 1})
    assert done["findings"] == []
    assert done["counts"] == {"error": 0, "warning": 0, "notice": 0}
    (one,) = batches(board)
    assert (one["batch"], one["state"], one["note"]) == (1, "live", "三月")
    assert [file["name"] for file in one["files"]] == ["劳动力台账.csv", "户台账.csv"]
    assert all(len(file["sha256"]) == 64 for file in one["files"])
    assert board("verify")[0] == 0


def test_an_error_stores_nothing(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    done = loaded(ledger(tmp_path, "劳动力台账.csv", PERSON))
    assert (done["exit"], done["batch"]) == (1, None)
    assert [finding["rule"] for finding in done["findings"]] == ["unknown_reference"]
    assert set(done["findings"][0]) == {
        "file", "sheet", "cell", "ledger", "column", "rule", "severity", "found", "expected",
        "suggestion", "message_zh", "message_en",
    }  # fmt: skip
    assert done["findings"][0]["cell"] == "C2"
    assert batches(board) == []
    assert not list((tmp_path / "store" / "staging").iterdir())


def test_check_stores_nothing_and_says_the_same(board: Board, tmp_path: Path) -> None:
    code, out, _ = board("check", ledger(tmp_path, "劳动力台账.csv", PERSON), "--format", "json")
    said: CheckAnswer = json.loads(out)
    assert (code, said["counts"]["error"], said["rows"]) == (1, 1, {"labour": 1})
    assert "batch" not in said
    assert Journal(tmp_path / "store").batches() == []


def test_the_same_file_again_is_already_loaded(
    loaded: Loaded, board: Board, tmp_path: Path
) -> None:
    file = ledger(tmp_path, "户台账.csv", HOUSE)
    loaded(file)
    loaded(ledger(tmp_path, "户台账2.csv", HOUSE | {"家庭人口数": "3"}))
    code, out, _ = board("load", file)
    assert code == 0
    assert "already loaded as batch 1" in out
    assert len(of_ledgers(Journal(tmp_path / "store"))) == 2
    assert loaded(file, "--again")["batch"] == 3


def test_a_withdrawn_file_loads_anew(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    file = ledger(tmp_path, "户台账.csv", HOUSE)
    loaded(file)
    assert board("withdraw", "1", "--reason", "录错了")[0] == 0
    assert loaded(file)["batch"] == 2
    states = [(batch["state"], batch["reason"]) for batch in batches(board)]
    assert states == [("withdrawn", "录错了"), ("live", None)]
    assert board("withdraw", "1", "--reason", "再来")[0] == 1
    assert board("withdraw", "9", "--reason", "没有")[0] == 2


def test_a_known_file_beside_a_new_one_makes_a_batch_of_the_new(
    loaded: Loaded, tmp_path: Path
) -> None:
    known = ledger(tmp_path, "户台账.csv", HOUSE)
    loaded(known)
    new = ledger(tmp_path, "户台账-新.csv", HOUSE | {"户编号": "H2"})
    done = loaded(known, new)
    assert (done["batch"], done["rows"]) == (2, {"households": 1})
    assert [f["rule"] for f in done["findings"] if f["severity"] == "notice"] == ["already_loaded"]
    (batch,) = of_ledgers(Journal(tmp_path / "store"))[1:]
    assert [file["name"] for file in batch.files] == ["户台账-新.csv"]
    received = tmp_path / "store" / "batches" / "2" / "received"
    assert [path.name for path in received.iterdir()] == ["户台账-新.csv"]


def test_the_same_content_twice_in_a_call_is_taken_once(loaded: Loaded, tmp_path: Path) -> None:
    first = ledger(tmp_path, "户台账.csv", HOUSE)
    second = ledger(tmp_path, "户台账-副本.csv", HOUSE)
    done = loaded(first, second)
    assert (done["exit"], done["rows"]) == (0, {"households": 1})
    assert "same_file_twice" in [finding["rule"] for finding in done["findings"]]


def test_the_same_key_in_two_files_is_refused_and_names_both(
    loaded: Loaded, tmp_path: Path
) -> None:
    first = ledger(tmp_path, "户台账.csv", HOUSE)
    second = ledger(tmp_path, "户台账-乙.csv", HOUSE | {"家庭人口数": "3"})
    done = loaded(first, second)
    (error,) = [finding for finding in done["findings"] if finding["severity"] == "error"]
    assert (done["exit"], error["rule"], error["cell"]) == (1, "duplicate_key", "A2")
    assert {error["file"]} | {"户台账.csv"} == {"户台账.csv", "户台账-乙.csv"}
    assert "户台账.csv" in error["message_zh"]


def test_two_files_of_one_name_are_told_apart(loaded: Loaded, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = ledger(tmp_path / "a", "户台账.csv", HOUSE)
    second = ledger(tmp_path / "b", "户台账.csv", HOUSE | {"户编号": "H2"})
    assert loaded(first, second)["rows"] == {"households": 2}
    names = [file["name"] for file in of_ledgers(Journal(tmp_path / "store"))[0].files]
    assert len(set(names)) == 2


def test_history_is_back_dated_in_order(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    one = loaded(ledger(tmp_path, "户台账1.csv", HOUSE), "--at", "2024-02-08")
    two = ledger(tmp_path, "户台账2.csv", HOUSE | {"户编号": "H2"})
    assert one["batch"] == 1
    code, _, err = board("load", two, "--at", "2024-01-08")
    assert code == 1
    assert "before_last_batch" in err
    assert board("load", two, "--at", "2999-01-01")[0] == 1
    assert board("load", two, "--at", "昨天")[0] == 2
    assert board("load", two, "--at", "2024-03-08T18:00:00+08:00")[0] == 0
    first, second = batches(board)
    assert (first["recorded_at"], first["back_dated"]) == ("2024-02-08T00:00:00", True)
    assert second["recorded_at"] == "2024-03-08T10:00:00"


def test_publish_as_known_at_a_day_leaves_out_what_came_later(
    loaded: Loaded, board: Board, tmp_path: Path
) -> None:
    from board.store import open_store

    loaded(ledger(tmp_path, "户台账1.csv", HOUSE), "--at", "2024-02-08")
    loaded(ledger(tmp_path, "户台账2.csv", HOUSE | {"户编号": "H2"}), "--at", "2024-03-08")
    assert open_store(tmp_path / "store").snapshot().events == 3
    assert board("publish", "--at", "2024-02-08")[0] == 0
    assert open_store(tmp_path / "store").snapshot().events == 2
    assert board("publish")[0] == 0
    assert open_store(tmp_path / "store").snapshot().events == 3


def test_a_load_can_wait_with_publishing(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    assert loaded(ledger(tmp_path, "户台账.csv", HOUSE), "--no-publish")["snapshot"] is None
    assert not (tmp_path / "store" / "CURRENT").exists()
    assert board("publish")[0] == 0


def test_export_writes_the_rows_in_force(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    people = ledger(tmp_path, "劳动力台账.csv", PERSON)
    loaded(ledger(tmp_path, "户台账.csv", HOUSE), people)
    loaded(ledger(tmp_path, "户台账2.csv", HOUSE | {"家庭人口数": "3"}))
    code, out, _ = board("export", "households", "labour")
    said = json.loads(out)
    (house,) = said["households"]
    assert (code, house["size"], house["batch"], house["file"]) == (0, 3, 2, "户台账2.csv")
    assert (house["sheet"], house["row"]) == ("户台账", 2)
    assert "head_name" not in house
    assert "citizen_id" not in said["labour"][0]
    assert len(said["labour"][0]["person_id"]) == 16
    shown = json.loads(board("export", "labour", "--persons")[1])["labour"][0]
    assert (shown["citizen_id"], shown["phone"]) == (PERSON["身份证号"], "13800000000")


def test_an_exported_cell_is_never_live(loaded: Loaded, board: Board, tmp_path: Path) -> None:
    file = ledger(tmp_path, "户台账.csv", HOUSE | {"迁出乡镇": "=1+1"})
    assert loaded(file)["exit"] == 0
    _, out, _ = board("export", "households", "--format", "csv")
    assert next(csv.DictReader(out.splitlines()))["origin_township"] == "'=1+1"
    book = tmp_path / "out.xlsx"
    assert board("export", "households", "--format", "xlsx", "--out", str(book))[0] == 0
    from openpyxl import load_workbook

    sheet = load_workbook(book)["户台账"]
    (cell,) = [cell for cell in sheet[2] if cell.value == "=1+1"]
    assert cell.data_type == "s" or cell.data_type == "inlineStr"


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", "nowhere.xlsx"],
        ["load", "."],
        ["check", "nowhere.xlsx"],
        ["check"],
        ["export", "nothing"],
        ["export", "labour", "--format", "xlsx"],
        ["metrics", "--period", "2024-13"],
        ["metrics", "--period", "2024-Q3", "--metric", "nothing"],
        ["metrics", "--period", "2024-01", "--metric", "income_growth_gap"],
        ["metrics", "--period", "2024-Q3", "--scope", "月亮"],
        ["rows", "nothing", "--period", "2024-Q3", "--part", "numerator"],
        ["rows", "employment_rate", "--period", "2024-Q3", "--part", "all"],
        ["withdraw", "1"],
        ["withdraw", "1", "--reason", " "],
        ["publish", "--at", "today"],
        ["restore", "nowhere.tar"],
        ["backup", "nowhere/at/all.tar"],
        ["nothing"],
    ],
)
def test_wrong_usage_ends_with_2_and_one_line(board: Board, arguments: list[str]) -> None:
    code, out, err = board(*arguments)
    assert code == 2
    assert out == ""
    assert err.startswith("用法不对：")
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_is_no_workbook_is_refused_and_not_wrong_usage(
    loaded: Loaded, tmp_path: Path
) -> None:
    path = tmp_path / "户台账.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing of a workbook")
    assert loaded(str(path))["exit"] == 1


def test_nothing_but_a_header_is_refused_alone(loaded: Loaded, tmp_path: Path) -> None:
    path = tmp_path / "户台账.csv"
    path.write_text(",".join(HOUSE) + "\n", encoding="utf-8")
    done = loaded(str(path))
    assert (done["exit"], done["counts"]["error"]) == (1, 1)
    beside = ledger(tmp_path, "户台账-甲.csv", HOUSE)
    assert loaded(str(path), beside)["exit"] == 0


def test_what_nobody_foresaw_is_one_line_without_a_value(board: Board, tmp_path: Path) -> None:
    assert board("publish")[0] == 0
    (tmp_path / "store" / "CURRENT").unlink()
    (tmp_path / "store" / "CURRENT").mkdir()
    (tmp_path / "store" / "CURRENT" / "张三").write_text("张三")
    code, out, err = board("publish")
    assert (code, out) == (1, "")
    assert "张三" not in err
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_the_terminal_speaks_english_when_asked(
    board: Board, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOARD_LANG", "en")
    assert "Wrong usage" in board("load", "nowhere.xlsx")[2]
    file = ledger(tmp_path, "户台账.csv", HOUSE)
    board("load", file)
    assert "already loaded as batch 1" in board("load", file)[1]


def test_two_loads_at_once_both_succeed(tmp_path: Path) -> None:
    running = [
        subprocess.Popen(
            [
                sys.executable, "-m", "board", "load",
                ledger(tmp_path, f"户台账{number}.csv", HOUSE | {"户编号": f"H{number}"}),
                "--store", str(tmp_path / "store"),
            ],
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for number in range(2)
    ]  # fmt: skip
    ends = [(*one.communicate(timeout=120), one.returncode) for one in running]
    assert [code for *_, code in ends] == [0, 0], ends
    batches = of_ledgers(Journal(tmp_path / "store"))
    assert [batch.number for batch in batches] == [1, 2]
    assert {batch.files[0]["name"] for batch in batches} == {"户台账0.csv", "户台账1.csv"}


def test_every_ledger_can_be_exported_and_filled_again(board: Board, tmp_path: Path) -> None:
    code, out, _ = board("template", "--out", str(tmp_path / "templates"))
    assert code == 0
    assert len(out.split()) == len(by_name())
