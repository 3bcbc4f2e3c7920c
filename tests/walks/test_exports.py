"""In Chromium: the rows behind a figure open over the page, are taken away, and are on record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser

from board.journal import AuditLog
from tests.support.running import new_page, served, shown
from tests.support.settlement import copied

WORDS = {
    "zh": ("明细", "未计入", "下载 Excel", "工作表", "说明"),
    "en": ("Rows", "Left out", "Download Excel", "Sheet", "Note"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    command = (sys.executable, "-m", "board.serve", "--port", "{port}", "--role", "leader")
    with served(store, *command) as address:
        yield address


@pytest.mark.parametrize("language", WORDS)
def test_rows_open_over_the_page_and_are_taken_away_on_record(
    language: str, chromium: Browser, board: str, store: Path, tmp_path: Path
) -> None:
    rows, left_out, download, head, about = WORDS[language]
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
    page = new_page(context)
    before = len(AuditLog(store).all())
    shown(page, f"{board}/employment?lang={language}&period=2023-Q4")
    page.get_by_role("button", name=rows, exact=True).first.click()
    over = page.get_by_role("dialog")
    over.get_by_text(left_out, exact=True).click()
    shown(page)
    over.get_by_role("button", name=download).wait_for()
    assert len(AuditLog(store).all()) == before
    with page.expect_download() as waiting:
        over.get_by_role("button", name=download).click()
    file = tmp_path / "rows.xlsx"
    waiting.value.save_as(file)
    book = openpyxl.load_workbook(file)
    assert head in [cell.value for cell in book.worksheets[0][1]]
    assert book.sheetnames[1] == about
    (look,) = AuditLog(store).all()[before:]
    assert (look.role, look.kind) == ("leader", "export")
    assert look.phrase == "rows employment_destination.excluded 2023-Q4 幸福小镇"
    context.close()
