"""Reading and checking 100,000 employment rows, against openpyxl reading them without a check."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from bench._row import Row, say, timed

ROWS, PEOPLE = 100_000, 2_778
MEGABYTE = 1024
HEADERS = (
    "序号", "监测月份", "身份证号", "就业状态", "就业类别", "就业渠道", "就业地点", "就业县市", "行业",
    "就业单位", "月收入", "合同月数", "社保月数", "是否返乡", "填报人", "填报日期", "备注", "核实情况",
)  # fmt: skip
LABOUR = (
    "身份证号", "姓名", "户编号", "劳动能力", "脱贫人口", "在校生", "就业意愿", "培训意愿", "常住片区",
)  # fmt: skip
HOUSEHOLDS = (
    "户编号", "安置点", "楼栋", "单元", "房号", "户主姓名", "家庭人口数", "户类别", "在册状态",
)  # fmt: skip


def measure() -> Iterator[Row]:
    """Seconds and memory of reading only, and of the whole of `load`."""
    with tempfile.TemporaryDirectory(prefix="board-bench-") as folder:
        path = Path(folder) / "就业.xlsx"
        say(f"writing {ROWS:,} rows of {len(HEADERS)} columns")
        _write(path)
        say("openpyxl, without a check")
        theirs, _ = timed(lambda: _openpyxl(path))
        say("reading and checking")
        ours, read = timed(lambda: _read(path, Path(folder) / "out"))
        assert read == {"employment": ROWS, "labour": PEOPLE, "households": PEOPLE}
        yield Row("read and check 100,000 × 18", ours, "s", "openpyxl, unchecked", theirs, aim=10)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE
        yield Row("memory of the reading process", memory, "MB", aim=1024)
        say("load")
        loaded, memory = timed(lambda: _load(path, Path(folder) / "store"))
        yield Row("load 100,000 × 18", loaded, "s", "openpyxl, unchecked", theirs, aim=10)
        yield Row("memory of load", memory, "MB", aim=1024)


def _read(path: Path, out: Path) -> dict[str, int]:
    from board.workbook import read

    reading = read(path, out)
    assert not reading.refused, reading.findings[:3]
    return reading.rows


def _openpyxl(path: Path) -> int:
    """The number of cells, after reading every cell of every sheet."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    cells = sum(len(row) for sheet in book for row in sheet.iter_rows(values_only=True))
    book.close()
    return cells


def _load(path: Path, store: Path) -> float:
    """The most megabytes `load` used; its reading process is counted separately."""
    script = (
        "import resource, sys; from board.__main__ import main\n"
        "try: main()\n"
        "finally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    arguments = ["load", str(path), "--store", str(store)]
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return int(done.stderr.split()[-1]) / MEGABYTE


def _write(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        _sheet(book, "户台账", HOUSEHOLDS, (_household(n) for n in range(PEOPLE)), day)
        _sheet(book, "劳动力台账", LABOUR, (_person(n) for n in range(PEOPLE)), day)
        _sheet(book, "就业监测台账", HEADERS, (_job(n) for n in range(ROWS)), day)


def _sheet(book: Any, name: str, headers: tuple[str, ...], rows: Any, day: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, headers)
    for number, row in enumerate(rows, start=1):
        for col, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, col, value, day)
            else:
                sheet.write(number, col, value)


def _citizen(n: int) -> str:
    body = f"990000{1965 + n % 38}{1 + n % 12:02d}{1 + n % 28:02d}{n % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def _household(n: int) -> list[Any]:
    place = [f"{1 + n % 12}栋", f"{1 + n % 4}单元", f"{1 + n % 18:02d}{1 + n % 4:02d}"]
    return [f"H{n:05d}", "幸福小镇", *place, f"户主{n}", 1 + n % 7, "脱贫户", "在册"]


def _person(n: int) -> list[Any]:
    return [_citizen(n), f"姓名{n}", f"H{n:05d}", "普通劳动力", "是", "否", "是", "否", "是"]


def _job(n: int) -> list[Any]:
    month, person = divmod(n, PEOPLE)
    begins = date(2022 + month // 12, 1 + month % 12, 1)
    what = ["在业", "单位就业", "政府组织", "广东", "深圳市", "制造业", f"单位{person % 400}"]
    pay = [3000 + person % 4000 + n % 100 / 100, 12, person % 13, "否", f"网格员{person % 40}"]
    return [n + 1, begins, _citizen(person), *what, *pay, begins.replace(day=25), None, "已核实"]
