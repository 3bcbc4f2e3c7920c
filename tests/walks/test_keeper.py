"""A keeper's month in Chromium: prefilled template, a wrong cell, a duplicate, an old copy, loaded."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, Locator, Page, expect

from board.ledgers import by_name
from board.plan_names import shipped_by_table
from tests.support.running import new_page, served, shown
from tests.support.stores import of_ledgers, town

LEDGER = by_name()["employment"]
FILLED = {
    "status": "在业", "kind": "灵活就业", "place": "片区内", "industry": "制造业", "wage": 3000,
    "reported_on": date(2025, 2, 5),
}  # fmt: skip
MOST_CLICKS = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Path]]:
    """A settlement with reports to December 2024, on 5 February, for who keeps its employment."""
    root = town(tmp_path / "store", households=12, months=24)
    monkeypatch.setenv("BOARD_TODAY", "2025-02-05")
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    monkeypatch.setenv("BOARD_DEPARTMENT", shipped_by_table()["employment"])
    with served(root) as address:
        yield address, root


class Clerk:
    """A page, and how often something was clicked on it."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def press(self, what: Locator) -> None:
        what.click()
        self.clicks += 1
        shown(self.page)

    def take(self, what: Locator) -> bytes:
        """The file that a button gives."""
        with self.page.expect_download(timeout=90_000) as coming:
            what.click()
        self.clicks += 1
        return Path(coming.value.path()).read_bytes()

    def choose(self, name: str, content: bytes) -> None:
        """Choose a file: the button, and the file in the system's dialog."""
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_role("button", name="选择文件").click()
        chooser.value.set_files({"name": name, "mimeType": XLSX, "buffer": content})
        self.clicks += 1
        expect(self.page.get_by_test_id("stFileChip")).to_have_count(1)
        shown(self.page)

    def drop_last(self) -> None:
        """Take the chosen file out again."""
        self.press(self.page.get_by_test_id("stFileChipDeleteBtn"))


def sheet_of(content: bytes) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, book[LEDGER.sheet]


def saved(book: openpyxl.Workbook) -> bytes:
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def columns(sheet: Worksheet) -> dict[str, int]:
    """Column name → its number in the sheet; a template has them in their order."""
    for number, field in enumerate(LEDGER.fields(), start=1):
        assert str(sheet.cell(1, number).value).startswith(field.header)
    return {field.name: number for number, field in enumerate(LEDGER.fields(), start=1)}


def people(sheet: Worksheet) -> list[int]:
    """The rows in which somebody stands."""
    at = columns(sheet)["citizen_id"]
    return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at).value]


def fill(sheet: Worksheet, **more: object) -> None:
    """Write what a keeper writes into every row."""
    at = columns(sheet)
    for row in people(sheet):
        for name, value in (FILLED | more).items():
            sheet.cell(row, at[name]).value = value


def test_a_month_is_loaded_from_the_prefilled_template_in_a_few_clicks(
    chromium: Browser, place: tuple[str, Path]
) -> None:
    address, root = place
    context = chromium.new_context(locale="zh-CN", accept_downloads=True)
    clerk = Clerk(new_page(context))
    page = clerk.page
    before = of_ledgers(root)
    shown(page, f"{address}/ledgers")
    row = page.locator(".st-key-due_employment")
    expect(row).to_contain_text("2025年1月未报，还有 5 天")

    # The template has everybody in it; one cell is filled in wrongly, one person twice.
    template = clerk.take(row.get_by_role("button", name="2025年1月模板"))
    book, sheet = sheet_of(template)
    everybody = people(sheet)
    assert everybody
    fill(sheet)
    at = columns(sheet)
    wrong, double = everybody[0], everybody[-1] + 1
    sheet.cell(wrong, at["wage"]).value = "三千"
    for column in at.values():
        sheet.cell(double, column).value = sheet.cell(everybody[1], column).value
    clerk.choose("1月.xlsx", saved(book))
    expect(page.get_by_text("请在原文件里改好，再上传一次。")).to_be_visible()
    marked = clerk.take(page.get_by_role("button", name="下载标注好的文件"))
    book, sheet = sheet_of(marked)
    assert book.sheetnames[0] == "问题清单"
    noted = {(cell.row, cell.column) for line in sheet for cell in line if cell.comment}
    assert (wrong, at["wage"]) in noted
    assert any(row_number == double for row_number, _column in noted)

    # An old copy by mistake: it says so before anything is loaded.
    clerk.drop_last()
    month = at["month"]
    old_book, old_sheet = sheet_of(template)
    fill(old_sheet, reported_on=date(2024, 12, 2))
    for number in people(old_sheet):
        old_sheet.cell(number, month).value = date(2024, 12, 1)
    clerk.choose("12月旧.xlsx", saved(old_book))
    expect(page.get_by_text("这份文件可能是旧的").first).to_be_visible()

    # The marked file, corrected, is loaded and marked as checked.
    clerk.drop_last()
    sheet.cell(wrong, at["wage"]).value = 3000
    sheet.delete_rows(double)
    clerk.choose("1月-已标注.xlsx", saved(book))
    expect(page.get_by_text(f"新增 {len(everybody)} 行").first).to_be_visible()
    clerk.press(page.get_by_role("button", name="入库", exact=True))
    expect(page.get_by_text("已入库")).to_be_visible(timeout=90_000)
    clerk.press(row.get_by_role("button", name="标为已核对"))
    expect(row).to_contain_text("2025年1月已核对")
    expect(row).to_contain_text("○ 2025年2月，2025年3月10日前报")

    assert clerk.clicks <= MOST_CLICKS, clerk.clicks
    [new] = of_ledgers(root)[len(before) :]
    assert new.rows == {"employment": len(everybody)}
    context.close()
