"""What the commands answer: exit codes, JSON, and a store that never forgets."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.outside.cli import Answer, call
from tests.outside.columns import Row
from tests.outside.plain import ROWS, household, job, meeting, plain, worker

pytestmark = pytest.mark.usefixtures("workbooks_read_here", "stores_kept_open")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def book(path: Path, *meetings: Row) -> Path:
    return plain(path, {"meetings": list(meetings)})


def load(store: Path, *words: object) -> Answer:
    return call("load", *words, "--format", "json", store=store)


def batches(store: Path) -> list[dict[str, Any]]:
    answer = call("batches", "--format", "json", store=store)
    assert answer.code == 0
    told: list[dict[str, Any]] = answer.json
    # The shipped plan, which a store takes over with its first load, is batch 0.
    return [one for one in told if one["batch"]]


def meetings(store: Path) -> dict[str, str]:
    rows = call("export", "meetings", "--format", "json", store=store).json["meetings"]
    return {row["meeting_id"]: row["kind"] for row in rows}


def raised(store: Path) -> int | None:
    """Issues raised in 2024 as the published board has them."""
    answer = call(
        *["metrics", "--period", "2024", "--metric", "issues_settled", "--format", "json"],
        store=store,
    )
    value: int | None = answer.json[0]["denominator"]
    return value


def issues(n: int, count: int) -> Row:
    return meeting(n) | {"提出问题数": count, "已解决数": 0}


def test_a_load_tells_its_batch_rows_and_findings(tmp_path: Path, store: Path) -> None:
    answer = load(store, book(tmp_path / "a.xlsx", meeting(1), meeting(2)), "--note", "首批")
    assert answer.code == 0
    assert answer.json["batch"] == 1
    assert answer.json["rows"] == {"meetings": 2}
    assert answer.json["counts"] == {"error": 0, "warning": 0, "notice": 0}
    assert answer.json["findings"] == []
    [batch] = batches(store)
    assert set(batch) >= {"batch", "recorded_at", "state", "files", "rows", "note", "reason"}
    assert (batch["batch"], batch["state"], batch["note"]) == (1, "live", "首批")
    assert batch["rows"] == {"meetings": 2}
    assert [f["name"] for f in batch["files"]] == ["a.xlsx"]
    assert len(batch["files"][0]["sha256"]) == 64


def test_the_same_file_again_is_the_batch_it_was(tmp_path: Path, store: Path) -> None:
    one = book(tmp_path / "a.xlsx", issues(1, 5))
    two = book(tmp_path / "b.xlsx", issues(1, 9))
    assert load(store, one).json["batch"] == 1
    again = load(store, one)
    assert (again.code, again.json["batch"]) == (0, 1)
    assert len(batches(store)) == 1
    assert load(store, two).json["batch"] == 2
    assert load(store, one).json["batch"] == 1
    assert raised(store) == 9
    forced = load(store, one, "--again")
    assert (forced.code, forced.json["batch"]) == (0, 3)
    assert raised(store) == 5


def test_a_known_and_a_new_file_make_a_batch_of_the_new_one(tmp_path: Path, store: Path) -> None:
    one = book(tmp_path / "a.xlsx", meeting(1))
    two = book(tmp_path / "b.xlsx", meeting(2))
    assert load(store, one).code == 0
    answer = load(store, one, two)
    assert (answer.code, answer.json["batch"], answer.json["rows"]) == (0, 2, {"meetings": 1})
    assert "notice" in {f["severity"] for f in answer.json["findings"]}
    assert [f["name"] for f in batches(store)[1]["files"]] == ["b.xlsx"]


def test_a_withdrawn_batch_counts_no_more_and_its_file_loads_anew(
    tmp_path: Path, store: Path
) -> None:
    one, two = book(tmp_path / "a.xlsx", issues(1, 5)), book(tmp_path / "b.xlsx", issues(1, 9))
    load(store, one)
    load(store, two)
    assert raised(store) == 9
    assert call("withdraw", 2, store=store).code == 2
    assert call("withdraw", 2, "--reason", "填错", store=store).code == 0
    assert raised(store) == 5
    second = batches(store)[1]
    assert (second["state"], second["reason"]) == ("withdrawn", "填错")
    assert call("withdraw", 2, "--reason", "再来", store=store).code != 0
    assert call("withdraw", 7, "--reason", "无此批", store=store).code != 0
    assert load(store, two).json["batch"] == 3
    assert raised(store) == 9
    assert call("verify", store=store).code == 0


def test_a_faulty_load_stores_nothing(tmp_path: Path, store: Path) -> None:
    load(store, book(tmp_path / "a.xlsx", meeting(1)))
    bad = book(tmp_path / "b.xlsx", meeting(2), meeting(3) | {"类型": "茶话会"})
    answer = load(store, bad)
    assert answer.code == 1
    assert answer.json["counts"]["error"] == 1
    assert answer.json.get("batch") is None
    assert len(batches(store)) == 1
    assert meetings(store) == {"M1": "领导调研"}


def test_a_row_with_a_known_key_replaces_the_old_one_whole(tmp_path: Path, store: Path) -> None:
    load(store, book(tmp_path / "a.xlsx", meeting(1) | {"摘要": "甲"}, meeting(2)))
    load(store, book(tmp_path / "b.xlsx", meeting(1) | {"类型": "专题会议"}))
    rows = call("export", "meetings", "--format", "json", store=store).json["meetings"]
    told = {
        r["meeting_id"]: (r["kind"], r["summary"], r["batch"], r["file"], r["row"]) for r in rows
    }
    assert told == {
        "M1": ("专题会议", None, 2, "b.xlsx", 2),
        "M2": ("领导调研", None, 1, "a.xlsx", 3),
    }


def test_a_batch_may_be_dated_back_but_not_before_the_last(tmp_path: Path, store: Path) -> None:
    one, two = book(tmp_path / "a.xlsx", issues(1, 5)), book(tmp_path / "b.xlsx", issues(1, 9))
    assert load(store, one, "--at", "2024-04-08T09:00:00").code == 0
    assert load(store, two, "--at", "2024-04-07T09:00:00").code in (1, 2)
    assert len(batches(store)) == 1
    assert load(store, two, "--at", "2024-05-08").code == 0
    assert [b["recorded_at"][:10] for b in batches(store)] == ["2024-04-08", "2024-05-08"]
    assert load(store, two, "--again", "--at", "gestern").code == 2


def test_the_board_can_be_published_as_known_at_a_time(tmp_path: Path, store: Path) -> None:
    for n, (count, at) in enumerate([(5, "2024-04-08"), (9, "2024-05-08"), (7, "2024-06-08")]):
        path = book(tmp_path / f"{n}.xlsx", issues(1, count))
        assert load(store, path, "--at", f"{at}T09:00:00").code == 0
    assert raised(store) == 7
    assert call("publish", "--at", "2024-05-20", store=store).code == 0
    assert raised(store) == 9
    assert call("publish", "--at", "2024-05-08T08:59:59", store=store).code == 0
    assert raised(store) == 5
    assert call("publish", store=store).code == 0
    assert raised(store) == 7
    assert call("verify", store=store).code == 0


def test_a_load_may_wait_for_its_publication(tmp_path: Path, store: Path) -> None:
    load(store, book(tmp_path / "a.xlsx", issues(1, 5)))
    assert load(store, book(tmp_path / "b.xlsx", issues(1, 9)), "--no-publish").code == 0
    assert raised(store) == 5
    assert call("publish", store=store).code == 0
    assert raised(store) == 9


def test_a_backup_restores_to_the_same_board(tmp_path: Path, store: Path) -> None:
    load(store, book(tmp_path / "a.xlsx", issues(1, 5), meeting(2)))
    kept = tmp_path / "kept.backup"
    assert call("backup", kept, store=store).code == 0
    load(store, book(tmp_path / "b.xlsx", issues(1, 9)))
    other = tmp_path / "other"
    assert call("restore", kept, store=other).code == 0
    assert raised(other) == 5
    assert len(batches(other)) == 1
    assert call("verify", store=other).code == 0
    assert load(other, tmp_path / "a.xlsx").json["batch"] == 1


def test_a_touched_batch_fails_verification(tmp_path: Path, store: Path) -> None:
    load(store, book(tmp_path / "a.xlsx", meeting(1)))
    assert call("verify", store=store).code == 0
    [parquet] = store.glob("batches/*/meetings.parquet")
    parquet.chmod(0o600)
    parquet.write_bytes(parquet.read_bytes()[:-1] + b"\0")
    assert call("verify", store=store).code == 1


def test_a_batch_keeps_the_workbook_as_received(tmp_path: Path, store: Path) -> None:
    path = book(tmp_path / "a.xlsx", meeting(1))
    load(store, path)
    kept = [p for p in store.glob("batches/*/**/*") if p.is_file()]
    assert path.read_bytes() in {p.read_bytes() for p in kept}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a row of every ledger."""
    folder = tmp_path_factory.mktemp("full")
    path = plain(folder / "a.xlsx", {ledger: [row(1)] for ledger, row in ROWS.items()})
    assert load(folder / "store", path).code == 0
    return folder / "store"


@pytest.mark.parametrize(
    "words",
    [
        ["load"],
        ["load", "{folder}"],
        ["load", "{folder}/none.xlsx"],
        ["check", "{folder}/none.xlsx"],
        ["check", "{folder}"],
        ["check", "{folder}/a.xlsx", "--format", "yaml"],
        ["metrics"],
        ["metrics", "--period", "2024-13"],
        ["metrics", "--period", "2024-Q5"],
        ["metrics", "--period", "spring"],
        ["metrics", "--period", "2024", "--metric", "no_such_metric"],
        ["metrics", "--period", "2024", "--scope", "幸福小镇/99栋"],
        ["metrics", "--period", "2024", "--scope", "某局"],
        ["metrics", "--period", "2024-03", "--metric", "income_growth_gap"],
        ["metrics", "--period", "2024", "--scope", "幸福小镇/1栋", "--metric", "task_completion"],
        [
            "metrics",
            "--period",
            "2024",
            "--scope",
            "幸福小镇/1栋/1单元",
            "--metric",
            "asset_occupancy",
        ],
        ["metrics", "--period", "2024", "--scope", "组织人社局", "--metric", "employment_rate"],
        ["rows", "no_such_metric", "--period", "2024", "--part", "numerator"],
        ["rows", "employment_rate", "--period", "2024", "--part", "everything"],
        ["rows", "income_growth_gap", "--period", "2024-03", "--part", "numerator"],
        ["export", "no_such_ledger"],
        ["withdraw", "first", "--reason", "x"],
        ["publish", "--at", "gestern"],
        ["restore", "{folder}/none"],
        ["frobnicate"],
    ],
)
def test_wrong_usage_is_said_with_exit_code_2(full: Path, tmp_path: Path, words: list[str]) -> None:
    book(tmp_path / "a.xlsx", meeting(1))
    answer = call(*(word.format(folder=tmp_path) for word in words), store=full)
    assert answer.code == 2, answer.out
    assert answer.err.strip()
    assert "Traceback" not in answer.err


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three households, two of them reported on."""
    folder = tmp_path_factory.mktemp("small")
    rows = {
        "households": [household(n) for n in range(3)],
        "labour": [worker(n) for n in range(3)],
        "employment": [job(0), job(1) | {"就业状态": "未就业"}],
        "meetings": [meeting(1)],
    }
    assert load(folder / "store", plain(folder / "a.xlsx", rows)).code == 0
    return folder / "store"


def test_a_figure_by_hand(small: Path) -> None:
    words = ["metrics", "--period", "2024-03", "--metric", "employment_rate", "--format", "json"]
    [figure] = call(*words, store=small).json
    assert figure["metric"] == "employment_rate"
    assert figure["measures"]
    assert (figure["period"], figure["scope"]) == ("2024-03", "幸福小镇")
    assert (figure["numerator"], figure["denominator"], figure["unreported"]) == (1, 2, 1)
    assert (figure["value"], figure["low"]) == (0.5, pytest.approx(1 / 3))
    assert figure["high"] == pytest.approx(2 / 3)
    assert (figure["target"], figure["path"], figure["status"]) == (None, None, "no_target")


def test_figures_come_as_csv_and_as_a_table_too(small: Path) -> None:
    words = ["metrics", "--period", "2024-03", "--metric", "employment_rate", "--format"]
    [row] = csv.DictReader(io.StringIO(call(*words, "csv", store=small).out))
    assert (row["metric"], float(row["value"])) == ("employment_rate", 0.5)
    table = call(*words, "table", store=small)
    assert table.code == 0
    assert "employment_rate" in table.out


def test_rows_come_as_csv_and_as_a_table_too(small: Path) -> None:
    words = ["rows", "employment_rate", "--period", "2024-03", "--part", "denominator", "--format"]
    rows = list(csv.DictReader(io.StringIO(call(*words, "csv", store=small).out)))
    assert sorted((r["batch"], r["file"], r["sheet"], r["row"]) for r in rows) == [
        ("1", "a.xlsx", "就业监测台账", "2"),
        ("1", "a.xlsx", "就业监测台账", "3"),
    ]
    assert call(*words, "table", store=small).code == 0


def test_no_answer_names_a_person(small: Path) -> None:
    for words in (
        "rows employment_rate --period 2024-03 --part denominator --format json",
        "rows employment_rate --period 2024-03 --part unreported --format json",
        "rows zero_employment_households --period 2024-03 --part numerator --format json",
        "export labour households employment --format json",
        "metrics --period 2024-03 --format json",
    ):
        told = call(*words.split(), store=small).out
        assert "某某" not in told
        assert "990000" not in told


def test_a_ledger_nobody_filled_is_never_a_zero(small: Path) -> None:
    told = call(*["metrics", "--period", "2024-Q1", "--format", "json"], store=small).json
    status = {figure["metric"]: (figure["value"], figure["status"]) for figure in told}
    for key in (
        "task_completion",
        "asset_occupancy",
        "income_growth_gap",
        "departments_with_tasks",
    ):
        assert status[key] == (None, "no_data"), key


def test_a_month_nobody_reported_is_never_a_zero(small: Path) -> None:
    told = call(*["metrics", "--period", "2024-04", "--format", "json"], store=small).json
    status = {figure["metric"]: figure for figure in told}
    for key in ("employment_rate", "employment_destination", "zero_employment_households"):
        figure = status[key]
        assert (figure["value"], figure["numerator"], figure["status"]) == (None, None, "no_data")
        assert figure["unreported"] == 3


@pytest.mark.parametrize(
    "words", ["metrics --period 2024", "batches", "verify", "metrics --period 2024 --format json"]
)
def test_an_empty_store_answers_calmly(store: Path, words: str) -> None:
    answer = call(*words.split(), store=store)
    assert answer.code in (0, 1)
    assert "Traceback" not in answer.err


def test_an_export_says_where_each_row_stands(small: Path, tmp_path: Path) -> None:
    told = call(*["export", "employment", "--format", "json"], store=small).json
    assert list(told) == ["employment"]
    row = told["employment"][0]
    assert (row["batch"], row["file"], row["sheet"], row["row"]) == (1, "a.xlsx", "就业监测台账", 2)
    assert (row["month"], row["reported_on"], row["wage"]) == ("2024-03", "2024-04-03", 3000)
    assert row["person_id"]
    assert "citizen_id" not in row
    with_names = call(*["export", "labour", "--format", "json", "--persons"], store=small).json[
        "labour"
    ]
    assert with_names[0]["name"] == "某某"
    assert with_names[0]["citizen_id"].startswith("990000")
    for form in ("csv", "xlsx"):
        out = tmp_path / f"out.{form}"
        assert call("export", "employment", "--format", form, "--out", out, store=small).code == 0
        assert out.exists()


def test_templates_are_taken_back_when_filled(tmp_path: Path, store: Path) -> None:
    from openpyxl import load_workbook

    assert call("template", "--out", tmp_path / "t", "meetings", "tasks", store=store).code == 0
    paths = sorted((tmp_path / "t").glob("*.xlsx"))
    assert paths
    for path in paths:
        workbook = load_workbook(path)
        assert "填表说明" in workbook.sheetnames
        if "会议调研台账" in workbook.sheetnames:
            page = workbook["会议调研台账"]
            line = next(r for r in range(1, 21) if str(page.cell(r, 1).value).startswith("编号"))
            names = [str(c.value).strip("*＊ ") for c in page[line]]
            for at, name in enumerate(names, 1):
                page.cell(line + 1, at).value = meeting(1).get(name)
            workbook.save(path)
            answer = call("check", path, "--format", "json", store=store)
            assert answer.json["rows"].get("meetings") == 1, answer.out
            assert answer.code == 0


def test_a_fresh_process_answers_the_same(small: Path) -> None:
    words = ["metrics", "--period", "2024-03", "--metric", "employment_rate", "--format", "json"]
    assert call(*words, store=small, fresh=True).json == call(*words, store=small).json
    bad = call("rows", "nothing", "--period", "2024", store=small, fresh=True)
    assert bad.code == 2
    assert call("--help", fresh=True).code == 0


def test_a_load_in_a_fresh_process_is_kept(tmp_path: Path, store: Path) -> None:
    path = book(tmp_path / "a.xlsx", meeting(1))
    answer = call("load", path, "--format", "json", store=store, fresh=True)
    assert answer.code == 0, answer.err
    assert json.loads(answer.out)["batch"] == 1
    assert call("verify", store=store, fresh=True).code == 0
    assert date.fromisoformat(batches(store)[0]["recorded_at"][:10])
