"""A walk over every page in Chromium: what a reader would see wrong, and what nobody may see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from board.ledgers import ledgers
from tests.support.running import new_page, served, shown
from tests.support.viewer import pages

WALK = (Path(__file__).parents[1] / "support" / "walk.js").read_text("utf-8")
SIZES = ((1366, 768), (1920, 1080))
LANGUAGES = ("zh", "en")
DRAWN_ANEW = 400  # ms that charts take to fit another width
# Each language by its own name; formats and standards that Chinese writes so too; and what
# Streamlit's uploader says by itself (Upload, 20MB per file), with the Chinese beside it.
ENGLISH_IN_CHINESE = {
    "EN", "Excel", "xlsx", "xlsm", "xls", "csv", "XLSX", "XLSM", "XLS", "CSV", "SQL",
    "GB", "MB", "ID", "JSON", "Upload", "per", "file",
}  # fmt: skip
CHINESE_IN_ENGLISH = {"中"}


@pytest.fixture(scope="module")
def board(sample_store: Path) -> Iterator[str]:
    with served(sample_store) as address:
        yield address


def opened(chromium: Browser, size: tuple[int, int]) -> tuple[BrowserContext, Page, list[str]]:
    """A fresh page that writes down what the console and the network complain of."""
    context = chromium.new_context(viewport=sized(size), locale="zh-CN")
    page = new_page(context)
    said: list[str] = []
    page.on("console", lambda m: said.append(f"console: {m.text}") if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"script error: {error}"))
    page.on(
        "request",
        lambda r: (
            said.append(f"asked another host: {r.url}")
            if urlsplit(r.url).scheme not in {"data", "blob"}
            and urlsplit(r.url).hostname != "127.0.0.1"
            else None
        ),
    )
    return context, page, said


def walk(chromium: Browser, board: str, language: str, store: Path) -> list[str]:
    """Everything wrong on any page at either size, and words of the other language."""
    allowed = ENGLISH_IN_CHINESE if language == "zh" else CHINESE_IN_ENGLISH
    written = quoted(store)
    context, page, said = opened(chromium, SIZES[0])
    wrong: list[str] = []
    try:
        for name in pages(board):
            said.clear()
            page.set_viewport_size(sized(SIZES[0]))
            shown(page, f"{board}/{name}?lang={language}")
            narrow = page.evaluate(WALK, language)
            page.set_viewport_size(sized(SIZES[1]))
            page.wait_for_timeout(DRAWN_ANEW)
            shown(page)
            wide = page.evaluate(WALK, language)
            foreign = set(wide["foreign"]) - allowed
            found = [*said, *narrow["found"], *wide["found"]]
            found += [word for word in sorted(foreign) if word not in written]
            wrong += [f"/{name}: {what}" for what in found]
    finally:
        context.close()
    return wrong


def sized(size: tuple[int, int]) -> ViewportSize:
    """A size as the browser takes it."""
    return {"width": size[0], "height": size[1]}


def quoted(store: Path) -> str:
    """What people wrote in the ledgers in their own words: names, tasks, problems."""
    found: set[str] = set()
    for ledger in ledgers():
        free = [field.name for field in ledger.fields() if field.kind == "text" and not field.key]
        for file in store.glob(f"batches/*/{ledger.name}.parquet"):
            for column in pl.read_parquet(file, columns=free).iter_columns():
                found |= set(column.drop_nulls())
    return "\n".join(sorted(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_reads_well_at_both_sizes_in_one_language(
    chromium: Browser, board: str, language: str, sample_store: Path
) -> None:
    wrong = walk(chromium, board, language, sample_store)
    assert wrong == [], "\n".join(wrong)
