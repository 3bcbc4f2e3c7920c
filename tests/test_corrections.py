"""A row sent again with another value: of every column of every ledger, and back again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from board import intake, storage
from board.journal import Batch, Journal
from board.ledgers import Field, Ledger, by_name, ledgers
from board.publish import commit, current, publish, rows_in_force, verify, withdraw
from board.publish.corrections import of_households
from board.publish.verification import table_sums
from board.reference import shipped_lists
from board.storage import SNAPSHOTS, RefusedError, steps
from board.store import QUERIES, connect, open_store
from tests.support.answers import LoadAnswer, present
from tests.support.rows import citizen, household, worker
from tests.support.stores import batch, batch_of, frame
from tests.test_load import HOUSE, ledger

pytestmark = pytest.mark.usefixtures("workbooks_read_here")

DAY, MONTH, QUARTER = date(2024, 3, 5), date(2024, 3, 1), date(2024, 1, 1)
# A store with one plan has one settlement; a second value comes from another plan.
OTHER_PLANS = {"settlements": ["别的安置点"]}
TEXTS = ("甲", "2024春", "2024秋", "乙")


def numbers(field: Field) -> Iterator[float]:
    """A few numbers that a column takes."""
    low = 0 if field.low is None else field.low
    yield from (low + 1, low + 2)


def values(field: Field, number: int) -> list[object]:
    """At least two values that a column takes; a key's and a reference's are the row's own."""
    if field.codes or field.codes_from:
        listed = [*field.choices(shipped_lists()), *OTHER_PLANS.get(field.codes_from, ())]
        return [[one] for one in listed] if field.kind == "codes" else list(listed)
    if field.kind == "id":
        return [citizen(number), citizen(number + 500)]
    if field.kind == "text":
        own = [f"K{number}"] if field.key or field.refers_to else []
        return [*own, *TEXTS]
    if field.kind in ("month", "date", "quarter"):
        # A key without a text is told apart by its day.
        day = DAY - timedelta(weeks=number) if field.key else DAY
        first = {"month": MONTH, "date": day, "quarter": QUARTER}[field.kind]
        return [first, first.replace(year=2025)]
    if field.kind == "bool":
        return [True, False]
    return [int(one) if field.kind == "int" else float(one) for one in numbers(field)]


def broken(declared: type[Ledger], rows: list[dict[str, Any]]) -> list[int]:
    """How many of the ledger's rules each row breaks."""
    rules = declared.rule_expressions()
    tried = frame(declared.name, rows).select(**rules)
    return [sum(value is False for value in row) for row in tried.rows()] or [0] * len(rows)


def better(declared: type[Ledger], row: dict[str, Any], field: Field, tried: list[Any]) -> Any:
    """The value with which the row breaks the fewest rules."""
    counts = broken(declared, [row | {field.name: value} for value in tried])
    return tried[counts.index(min(counts))]


def filled(declared: type[Ledger], number: int) -> dict[str, Any]:
    """A row with every column filled."""
    row: dict[str, Any] = {}
    for field in declared.fields():
        row[field.name] = values(field, number)[0]
    for field in declared.fields():
        if field.kind == "text" and any(broken(declared, [row])):
            row[field.name] = better(declared, row, field, values(field, number))
    return row


def correctable(declared: type[Ledger]) -> list[Field]:
    """The columns that a later row of the same key may change."""
    return [field for field in declared.fields() if not field.key]


def corrected(declared: type[Ledger]) -> list[tuple[Field, dict[str, Any]]]:
    """A row a column, like the stored one but for that column."""
    changed = []
    for number, field in enumerate(correctable(declared)):
        row = filled(declared, number)
        others = [one for one in values(field, number) if one != row[field.name]]
        changed.append((field, row | {field.name: better(declared, row, field, others)}))
    return changed


def manifest(name: str, rows: int) -> dict[str, Any]:
    """What a batch of one ledger's rows says of itself."""
    return {"files": [{"name": f"{name}.xlsx", "sha256": "0" * 64}], "rows": {name: rows}}


def sent(root: Path, name: str, rows: list[dict[str, Any]], **more: Any) -> int:
    """Keep rows of a ledger as a batch the way a load does, once they are checked."""
    with storage.staging(root) as work:
        frame(name, rows).write_parquet(work / f"{name}.parquet")
        kept = commit(root, work, manifest(name, len(rows)), **more)
    assert kept.unpublished is None
    return kept.batch


def figures(root: Path) -> dict[str, Any]:
    """A checksum of every table of both published files, but for the one about the file."""
    name = present(current(root)).snapshot
    found: dict[str, Any] = {}
    for part in ("", ".persons"):
        found |= table_sums(root / SNAPSHOTS / f"{name}{part}.duckdb", QUERIES)
    del found["main.snapshot"]
    return found


def table(root: Path, name: str) -> pl.DataFrame:
    connection = connect(root / SNAPSHOTS / f"{present(current(root)).snapshot}.duckdb")
    try:
        found: pl.DataFrame = connection.table(name).pl()
        return found
    finally:
        connection.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a filled row for every column of every ledger."""
    root = tmp_path_factory.mktemp("all") / "store"
    rows = {
        one.name: [filled(one, number) for number in range(len(correctable(one)))]
        for one in ledgers()
    }
    batch_of(root, rows, "2025-12-31T00:00:00")
    publish(root)
    return root


def test_every_column_can_be_corrected_published_and_withdrawn_again(root: Path) -> None:
    before = figures(root)
    changed = {declared: corrected(declared) for declared in ledgers()}
    rows = {one.name: [row for _, row in pairs] for one, pairs in changed.items()}
    number = batch_of(root, rows, "2026-01-01T00:00:00")
    publish(root)
    after, told = figures(root), table(root, "corrections")
    wrong = []
    for declared, pairs in changed.items():
        stored = rows_in_force(root, declared.name)
        for field, row in pairs:
            same_key = [pl.col(key).eq_missing(row[key]) for key in declared.key()]
            if stored.filter(*same_key)[field.name].to_list() != [row[field.name]]:
                wrong.append(f"{declared.name}.{field.name} is not the corrected one")
        public = {f.name for f, _ in pairs if not f.personal}
        named = set(told.filter(ledger=declared.name)["name"])
        if named != (public if declared in of_households() else set()):
            wrong.append(f"{declared.name}: corrections of {sorted(named)}")
        if declared.name in before and before[declared.name] == after[declared.name]:
            wrong.append(f"{declared.name}: published as before")
    assert wrong == []
    withdraw(root, number, "录错了")
    assert figures(root) == before


def test_a_correction_tells_the_day_its_row_speaks_of(root: Path) -> None:
    dates = [one for one in of_households() if any(f.kind in ("date", "month") for f in correctable(one))]  # fmt: skip
    assert {"training", "assistance"} <= {one.name for one in dates}
    number = sent(root, "assistance", [row for _, row in corrected(by_name()["assistance"])])
    told = table(root, "corrections").filter(ledger="assistance", name="amount")
    assert told["since"].to_list() == [MONTH]
    withdraw(root, number, "录错了")
    assert verify(root) == []


def test_one_amount_sent_again_is_published(tmp_path: Path) -> None:
    root = tmp_path / "store"
    batch(root, households=[household("H1")], labour=[worker(1, "H1")])
    row = {"编号": "J1", "月份": "2024-03", "对象": "H1", "身份证号": citizen(1), "类别": "低保"}
    first = ledger(tmp_path, "救助补贴台账1.csv", row | {"金额": "300"})
    second = ledger(tmp_path, "救助补贴台账2.csv", row | {"金额": "400"})
    assert intake.load([Path(first)], root).snapshot
    assert intake.load([Path(second)], root).snapshot == present(current(root)).snapshot
    assert table(root, "assistance")["amount"].to_list() == [400.0]
    told = table(root, "corrections").select("name", "old", "new").to_dicts()
    assert told == [{"name": "amount", "old": "300", "new": "400"}]


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    """Statements that fail once the store holds a household of five; else none."""
    place = tmp_path / "queries"
    (place / "views").mkdir(parents=True)
    shutil.copy(QUERIES / "checksum.sql", place)
    (place / "views" / "10_wrong.sql").write_text(
        "select case when size = 5 then '张三'::integer else 1 end as wrong from households"
    )
    return place


def kept(root: Path, queries: Path, size: int, **more: Any) -> int:
    return sent(root, "households", [household("H1", size=size)], queries=queries, **more)


def everything(root: Path) -> tuple[object, ...]:
    """All that the store keeps: its journal, its batches' folders, its published files."""
    folders = sorted(path.name for path in (root / storage.BATCHES).iterdir())
    files = sorted(path.name for path in (root / SNAPSHOTS).iterdir())
    return Journal(root).events(), folders, files, storage.read_json(root / "CURRENT")


@pytest.mark.parametrize("publishing", [True, False])
def test_a_batch_that_can_not_be_published_is_not_kept(
    tmp_path: Path, queries: Path, publishing: bool
) -> None:
    storage.prepare(tmp_path)
    kept(tmp_path, queries, 4)
    before = everything(tmp_path)
    with pytest.raises(RefusedError, match="没有入库") as refusal:
        kept(tmp_path, queries, 5, publishing=publishing)
    assert refusal.value.code == "unpublishable"
    assert "张三" not in refusal.value.message.zh + refusal.value.message.en
    assert everything(tmp_path) == before
    assert kept(tmp_path, queries, 3) == 2


def test_a_withdrawal_that_can_not_be_published_is_not_kept(tmp_path: Path, queries: Path) -> None:
    storage.prepare(tmp_path)
    batch(tmp_path, households=[household("H1", size=5)])
    number = kept(tmp_path, queries, 4)
    before = everything(tmp_path)
    with pytest.raises(RefusedError, match="没有撤回"):
        withdraw(tmp_path, number, "录错了", queries=queries)
    assert everything(tmp_path) == before


def test_batches_of_a_store_that_can_not_be_published_can_be_withdrawn_one_by_one(
    tmp_path: Path, queries: Path
) -> None:
    first = batch(tmp_path, households=[household("H1", size=5)])
    second = batch(tmp_path, households=[household("H2", size=5)])
    problems = [problem.code for problem in verify(tmp_path, queries)]
    assert problems == ["unpublishable"]
    done = withdraw(tmp_path, first, "录错了", queries=queries)
    assert done.snapshot is None
    assert present(done.unpublished).code == "kept_unpublished"
    assert withdraw(tmp_path, second, "录错了", queries=queries).snapshot
    assert verify(tmp_path, queries) == []


def test_verify_finds_what_waits_for_publishing_and_can_not_be(
    tmp_path: Path, queries: Path
) -> None:
    storage.prepare(tmp_path)
    kept(tmp_path, queries, 4)
    batch(tmp_path, households=[household("H1", size=5)])
    assert [problem.code for problem in verify(tmp_path, queries)] == ["unpublishable"]


def test_a_back_dated_batch_is_proven_as_it_was_known_before_a_withdrawal(
    tmp_path: Path, queries: Path
) -> None:
    (queries / "views" / "10_wrong.sql").write_text(
        "select case when count(*) = 2 then '张三'::integer else 1 end as wrong from households"
    )
    batch(tmp_path, "2024-01-05T00:00:00", households=[household("H1")])
    withdraw(tmp_path, 1, "录错了", queries=queries)
    storage.prepare(tmp_path)
    rows = [household("H2")]
    with pytest.raises(RefusedError, match="没有入库"):
        sent(tmp_path, "households", rows, queries=queries, at="2024-02-05T00:00:00")
    assert sent(tmp_path, "households", rows, queries=queries) == 2


def test_a_load_that_can_not_be_published_says_so_and_stores_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from board.__main__ import main
    from board.publish import build, corrections

    root, store = tmp_path / "store", ["--store", str(tmp_path / "store")]
    real = corrections.corrections

    def failing(place: Path, live: list[Batch]) -> pl.DataFrame:
        return pl.DataFrame({"张三": ["x"]}).cast(pl.Int64) if live else real(place, live)

    monkeypatch.setattr(build, "corrections", failing)
    file = ledger(tmp_path, "户台账.csv", HOUSE)
    code = main(["load", file, "--format", "json", *store])
    said: LoadAnswer = json.loads(capsys.readouterr().out)
    assert (code, said["batch"], said["snapshot"]) == (1, None, None)
    assert [f["rule"] for f in said["findings"] if f["severity"] == "error"] == ["unpublishable"]
    assert "张三" not in json.dumps(said["findings"], ensure_ascii=False)
    assert Journal(root).events() == []
    monkeypatch.undo()
    assert main(["load", file, *store]) == 0


def test_a_batch_kept_though_its_snapshot_could_not_be_put_in_use_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from board.__main__ import main

    def failing(name: str) -> None:
        if name == "journal row committed":
            (tmp_path / "store" / SNAPSHOTS).rename(tmp_path / "gone")

    file, store = ledger(tmp_path, "户台账.csv", HOUSE), ["--store", str(tmp_path / "store")]
    assert main(["load", ledger(tmp_path, "户台账1.csv", HOUSE | {"户编号": "H2"}), *store]) == 0
    capsys.readouterr()
    monkeypatch.setattr(steps, "step", failing)
    assert main(["load", file, "--format", "json", *store]) == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["batch"] == 2
    assert "已经保存" in err
    assert "kept_unpublished" in err
    (tmp_path / "gone").rename(tmp_path / "store" / SNAPSHOTS)
    monkeypatch.undo()
    assert main(["load", file, *store]) == 0
    assert open_store(tmp_path / "store").snapshot().events == 3


def test_a_load_builds_its_snapshot_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[str] = []
    root = tmp_path / "store"
    intake.load([Path(ledger(tmp_path, "户台账.csv", HOUSE))], root)
    monkeypatch.setattr(steps, "step", passed.append)
    intake.load([Path(ledger(tmp_path, "户台账.csv", HOUSE | {"户编号": "H2"}))], root)
    assert passed.count("views built") == 1
    assert passed.index("snapshot synced") < passed.index("journal row written")


def test_only_what_proves_a_change_writes_it() -> None:
    project = Path(__file__).resolve().parent.parent / "board"
    writes = re.compile(r"\b[Jj]ournal(\(.*\))?\.(commit|withdraw)\(")
    found = {
        str(path.relative_to(project))
        for path in project.rglob("*.py")
        if writes.search(path.read_text())
    }
    # The sample fills a store that nobody reads before it is published whole.
    assert found <= {
        "publish/changes.py", "publish/plans.py", "intake/checking.py", "sample/loading.py",
    }  # fmt: skip
