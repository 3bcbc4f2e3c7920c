"""Writes rows into workbooks the way clerks do, and remembers the cell each value went to."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.outside.columns import ALIASES, LEDGERS, Row
from tests.outside.other_columns import SHEET_KEYS

UNITS = {
    "月收入": "(元)",
    "面积": "（㎡）",
    "原值": "(元)",
    "累计同比增速": "（%）",
    "月租金": "(元)",
}


@dataclass
class Sheet:
    """Rows of one ledger on one sheet."""

    ledger: str
    rows: list[Row]
    title: str = ""
    columns: dict[str, str] = field(default_factory=dict)  # header → letter, once written
    kinds: dict[str, str] = field(default_factory=dict)  # header → kind, where not the core's own

    def __post_init__(self) -> None:
        self.kinds = self.kinds or LEDGERS[self.ledger]


@dataclass
class Book:
    """A workbook to write: its file name and its sheets."""

    name: str
    sheets: list[Sheet]


def month_end(month: str) -> date:
    """The last day of 2024-03."""
    year, number = int(month[:4]), int(month[5:7])
    following = date(year + number // 12, number % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def spelled(kind: str, value: Any, rng: random.Random) -> Any:
    """`value` in one of the spellings the contract accepts."""
    kind = kind.rstrip("*")
    if value is None:
        return rng.choice([None, None, None, ""])
    if kind == "date":
        y, m, d = value.year, value.month, value.day
        return rng.choice(
            [
                datetime.combine(value, time()),
                value,
                f"{y}-{m:02}-{d:02}",
                f"{y}/{m}/{d}",
                f"{y}.{m}.{d}",
                f"{y}年{m}月{d}日",
                f"{y}年{m:02}月{d:02}号",
                f"{y}{m:02}{d:02}",
                f" {y}-{m}-{d} ",
            ]
        )
    if kind == "month":
        y, m = int(value[:4]), int(value[5:])
        return rng.choice(
            [
                value,
                datetime.combine(date(y, m, rng.randint(1, 28)), time()),
                f"{y}/{m}",
                f"{y}年{m}月",
                f"{y}{m:02}",
                f"{y}-{m}",
            ]
        )
    if kind == "quarter":
        y, q = value[:4], int(value[-1])
        return rng.choice([value, f"{y}年第{'一二三四'[q - 1]}季度", f"{y}年{q}季度", f"{y}Q{q}"])
    if kind == "bool":
        return rng.choice(["是", "是", True] if value else ["否", "否", False])
    if kind == "id":
        return rng.choice(
            [value, value, value.lower(), f"'{value}", f" {value}", f"{value[:6]} {value[6:]}"]
        )
    if kind == "int":
        return rng.choice([value, value, str(value), f" {value}"])
    if kind == "money":
        return rng.choice([value, value, f"{value:,.2f}", f"{value:.2f}元", f"￥{value:.2f}"])
    if kind == "number":
        return rng.choice([value, str(value)])
    if kind == "percent":
        return rng.choice([value, f"{value}%", f"{value}％"])
    if kind == "codes":
        return rng.choice("、,，;；").join(value) if value else None
    if kind == "departments":
        names = [rng.choice([name, *ALIASES.get(name, [])]) for name in value]
        return rng.choice("、,，;；").join(names) if names else None
    return rng.choice([value, value, f" {value}", f"{value}\u200b"])


def decorated(header: str, kind: str, rng: random.Random) -> str:
    """`header` as it stands in workbooks people made."""
    text = header
    if rng.random() < 0.2:
        text = " ".join((text[:1], text[1:]))
    elif rng.random() < 0.2 and len(text) > 3:
        text = text[:2] + "\n" + text[2:]
    if kind.endswith("*") and rng.random() < 0.5:
        text += rng.choice("*＊")
    if header in UNITS and rng.random() < 0.7:
        text += UNITS[header]
    return text


def write(book: Book, folder: Path, rng: random.Random) -> Path:
    """The workbook on disk; every row learns its place as row["@"] = [file, sheet, number]."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        sheet.title = sheet.title or rng.choice(
            [sheet.ledger, f"{sheet.ledger}(续)", f" {sheet.ledger}"]
        )
        page = workbook.create_sheet(sheet.title)
        headers = list(sheet.kinds)
        optional = [h for h, kind in sheet.kinds.items() if not kind.endswith("*")]
        for header in optional:  # columns nobody filled may be missing
            empty = all(row.get(header) in (None, []) for row in sheet.rows)
            if empty and header not in SHEET_KEYS[sheet.ledger] and rng.random() < 0.5:
                headers.remove(header)
        rng.shuffle(headers)
        extra = rng.choice([[], ["序号"], ["序号", "备注"]])
        line = 0
        for _ in range(rng.randint(0, 3)):
            line += 1
            if line == 1:
                page.cell(line, 1, f"幸福小镇{sheet.ledger}")
                page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(headers))
            elif rng.random() < 0.5:
                page.cell(line, 1, "填报单位:片区")
        line += 1
        shown = extra[:1] + headers + extra[1:]
        names = [decorated(h, sheet.kinds.get(h, ""), rng) for h in shown]
        for at, name in enumerate(names, 1):
            page.cell(line, at, name)
        for at, header in enumerate(shown, 1):
            sheet.columns[header] = get_column_letter(at)
        for index, row in enumerate(sheet.rows):
            line += 1
            if rng.random() < 0.02:
                line += 1
            if index and rng.random() < 0.01:
                for at, name in enumerate(names, 1):
                    page.cell(line, at, name)
                line += 1
            for at, header in enumerate(shown, 1):
                kind = sheet.kinds.get(header)
                value = index + 1 if header == "序号" else None
                if kind:
                    value = spelled(kind, row.get(header), rng)
                    if header == "房号" and rng.random() < 0.5:
                        value = row[header]
                cell = page.cell(line, at)
                if value is not None:
                    cell.value = value
                    if isinstance(value, str) and kind and kind.startswith("id"):
                        cell.number_format = "@"
                if kind == "percent" and isinstance(value, float) and rng.random() < 0.5:
                    cell.value, cell.number_format = round(value / 100, 6), "0.0%"
            row["@"] = (book.name, sheet.title, line)
        if rng.random() < 0.5 and sheet.rows:
            page.cell(line + 1, 1, rng.choice(["合计", "合 计", "总计"]))
            page.cell(line + 1, 2, len(sheet.rows))
    path = folder / book.name
    workbook.save(path)
    return path
