"""A store with persons who are past a term and persons who are not, and where they are found."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import polars as pl

from board import intake
from board.__main__ import main
from board.i18n import speak
from board.ledgers import by_name
from board.publish import current
from board.store import connect
from tests.support.answers import present

OLD, NEW, DAY = "2022-03-05T00:00:00", "2024-03-05T00:00:00", date(2023, 1, 1)
REASON = "保存期满三年"


def citizen(number: int) -> str:
    """The ID of an invented person, its check digit right."""
    first = f"99000019{60 + number:02}0101{number:03}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    digit = sum(int(one) * weight for one, weight in zip(first, weights, strict=True)) % 11
    return first + "10X98765432"[digit]


def home(code: str, **more: object) -> dict[str, object]:
    return {
        "household_id": code, "settlement": "幸福小镇", "building": "1栋", "unit": "1单元",
        "room": f"01{code[-2:]}", "head_name": f"户主{code}", "size": 2, "category": "脱贫户",
        "status": "在册", "helper_name": f"联系{code}", "helper_phone": f"1390000{code[-2:]}00",
        **more,
    }  # fmt: skip


def member(number: int, code: str, **more: object) -> dict[str, object]:
    return {
        "citizen_id": citizen(number), "name": f"姓名{number}", "household_id": code,
        "work_ability": "普通劳动力", "lifted_out": True, "student": False, "willing_to_work": True,
        "willing_to_train": False, "resident": True, "phone": f"138000000{number:02}", **more,
    }  # fmt: skip


def job(number: int, month: date, **more: object) -> dict[str, object]:
    return {
        "month": month, "citizen_id": citizen(number), "status": "在业", "kind": "单位就业", "industry": "制造业",
        "channel": "自主求职", "place": "片区内", "wage": 3000.0, "reporter": f"填报{number}",
        "reported_on": month, **more,
    }  # fmt: skip


# In H01 nobody is named since the day; in H02 one of two is, at work.
GONE = [
    "户主H01", "联系H01", "13900000100", "填报1", "姓名1", citizen(1), "13800000001", citizen(2),
]  # fmt: skip
KEPT = [
    "户主H02", "联系H02", "13900000200", "姓名3", citizen(3), "姓名4", citizen(4), "填报3",
]  # fmt: skip


def csv_file(path: Path, ledger: str, rows: list[dict[str, object]]) -> Path:
    """Write rows of a ledger as a keeper's file; returns its path."""
    fields = [f for f in by_name()[ledger].fields() if any(f.name in row for row in rows)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f.header for f in fields])
        writer.writerows([[_typed(f.kind, row.get(f.name)) for f in fields] for row in rows])
    return path


def sent(folder: Path, root: Path, at: str, **rows: list[dict[str, object]]) -> int:
    """Load rows from workbooks as a keeper would, back-dated; the batch's number."""
    files = [
        csv_file(folder / f"{by_name()[name].sheet}-{at[:10]}.csv", name, given)
        for name, given in rows.items()
    ]
    done = intake.load(files, root, at=at)
    assert done.batch, [one.message.zh for one in done.check.findings]
    return done.batch


def _typed(kind: str, value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:%Y-%m}" if kind == "month" and isinstance(value, date) else value


def old_rows() -> dict[str, list[dict[str, object]]]:
    return {
        "households": [home("H01"), home("H02")],
        "labour": [member(1, "H01"), member(2, "H01"), member(3, "H02"), member(4, "H02")],
        "employment": [job(1, date(2022, 2, 1)), job(3, date(2022, 2, 1))],
    }


def removed(root: Path, before: date = DAY) -> None:
    """Retain and publish, as the command does."""
    assert main(["retain", "--before", before.isoformat(), "--reason", REASON, "--do",
                 "--store", str(root)]) == 0  # fmt: skip
    speak("zh")


def tables(root: Path, name: str = "", part: str = "", folder: str = "") -> dict[str, pl.DataFrame]:
    """Every table of a snapshot, by default of the one in use; what it says of itself apart."""
    path = root / folder / "snapshots" / f"{name or present(current(root)).snapshot}{part}.duckdb"
    with closing(connect(path)) as connection:
        names = [one for (one,) in connection.execute("show tables").fetchall()]
        found = {one: connection.table(one).pl() for one in names}
    if "snapshot" in found:
        # That there is one row more in the journal is all that may differ.
        found["snapshot"] = found["snapshot"].drop("events", "taken", "head")
    return found


def same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> bool:
    assert one.keys() == other.keys()
    different = [name for name in one if not one[name].equals(other[name])]
    assert different == []
    return True


def texts(path: Path) -> Iterator[str]:
    """All that a file holds, unpacked where it is packed."""
    if path.suffix == ".parquet":
        yield str(pl.read_parquet(path).to_dicts())
    elif path.suffix == ".duckdb":
        with closing(connect(path)) as connection:
            for (name,) in connection.execute("show tables").fetchall():
                yield str(connection.table(name).fetchall())
    yield path.read_bytes().decode("utf-8", "replace")


def left(root: Path, marks: list[str]) -> dict[str, list[str]]:
    """Mark → the files under a folder that hold it."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in root.rglob("*") if p.is_file()):
        for text in texts(path):
            for mark in marks:
                if mark in text:
                    found.setdefault(mark, []).append(str(path.relative_to(root)))
    return found


def bytes_of(root: Path, *folders: str) -> dict[str, bytes]:
    paths = [p for folder in folders for p in sorted((root / folder).rglob("*")) if p.is_file()]
    return {str(path.relative_to(root)): path.read_bytes() for path in paths}
