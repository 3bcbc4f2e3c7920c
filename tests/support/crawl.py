"""A browser that writes down all it is sent, and a search of that for what names a person or a household."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl
from playwright.sync_api import BrowserContext, Locator, Page, WebSocket

from board.ledgers import ledgers
from board.publish import rows_in_force
from tests.support.running import new_page, shown

# A name, an ID or a phone made unreadable is a person's all the same.
MASKED = r"[一-龥]\*|\d{3}\*{3,}\d{4}|\*{4,}\d{2,4}"
# Streamlit's own scripts, and files: `taken` reads those.
OTHERS = re.compile("/static/|/media/|^data:|^blob:|^wss?:")
EMBEDDED = re.compile(r"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)")


def personal(store: Path) -> set[str]:
    """Every name, ID and phone that the ledgers hold, each longer than a word may be by chance."""
    found: set[str] = set()
    for ledger in ledgers():
        rows = rows_in_force(store, ledger.name)
        for one in ledger.fields():
            if one.personal:
                found |= set(rows[one.name].drop_nulls())
    assert found
    assert min(map(len, found)) > 2
    return found


def households(store: Path) -> set[str]:
    """Every code of a household or a person, and every room with its building, however written."""
    rows = rows_in_force(store, "households")
    found = set(rows["household_id"])
    for building, unit, room in rows.select("building", "unit", "room").iter_rows():
        found |= {f"{between.join((building, unit, room))}" for between in ("", "/", " ", "-")}
        found.add(f"{building}{room}")
    (whole,) = [f for f in (store / "snapshots").glob("*.duckdb") if ".persons." not in f.name]
    with duckdb.connect(str(whole), read_only=True) as snapshot:
        found |= {
            one for (one,) in snapshot.sql("select distinct person_id from labour").fetchall()
        }
    return found


@dataclass
class Heard:
    """All that reached a browser since it was last emptied: frames, files, answers, the page."""

    own: str
    texts: list[tuple[str, str]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def attend(self, context: BrowserContext) -> Page:
        """A new page of the context, all ears."""
        page = new_page(context)
        page.on("websocket", self._socket)
        page.on("request", lambda one: self._asked(one.url))
        return page

    def _asked(self, url: str) -> None:
        self.asked.add(url)
        if not url.startswith((self.own, "data:", "blob:", self.own.replace("http", "ws"))):
            self.strange.append(url)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self.add("frame", frame))

    def answers(self, page: Page) -> None:
        """Ask again for what the browser asked for over HTTP, and keep the answers."""
        for url in sorted(self.asked):
            if not OTHERS.search(url):
                self.add(f"answer to {url}", page.context.request.get(url).body())

    def add(self, where: str, heard: bytes | str) -> None:
        """Keep something as text, whatever it is packed in."""
        text = heard if isinstance(heard, str) else heard.decode("utf-8", "replace")
        pictures = [base64.b64decode(one).decode() for one in EMBEDDED.findall(text)]
        self.texts.append((where, "\n".join([text, *pictures])))

    def look(self, page: Page) -> None:
        """Keep the page as it stands: text and attributes, address, and what its charts know."""
        self.add(f"page {page.url}", page.content())
        self.add(f"address of {page.url}", page.url)
        self.add(f"charts of {page.url}", page.evaluate(CHARTS))

    def taken(self, page: Page, within: Locator) -> int:
        """Take every file that a part of the page offers and keep what is in it; how many."""
        buttons = within.locator("[data-testid=stDownloadButton] button").all()
        for button in buttons:
            with page.expect_download() as coming:
                button.click()
            name = coming.value.suggested_filename
            self.add("file's name", name)
            for part, data in unpacked(coming.value.path().read_bytes()):
                self.add(f"file {name} {part}", data)
        return len(buttons)

    def found(self, words: set[str]) -> list[str]:
        """Which of the words were heard, each with where."""
        texts = pl.DataFrame(self.texts, schema=["where", "text"], orient="row")
        hits = texts.select("where", pl.col("text").str.extract_many(sorted(words)).alias("word"))
        hits = hits.explode("word").drop_nulls().unique().sort("where", "word")
        return [f"{word} in {where}" for where, word in hits.iter_rows()]

    def matching(self, pattern: str, within: str) -> list[str]:
        """What of the texts from somewhere looks like this."""
        return [
            f"{found.group()} in {where}"
            for where, text in self.texts
            if where.startswith(within)
            for found in re.finditer(pattern, text)
        ]

    def forget(self) -> None:
        """Begin anew."""
        self.texts.clear()
        self.asked.clear()


CHARTS = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(e =>
  [e.data, e.layout.annotations, e.layout.meta]))"""
POINTS = (
    ".js-plotly-plot .point path, .js-plotly-plot path.point, .js-plotly-plot .sankey-link"
    ", .js-plotly-plot .js-fill"
)


def unpacked(data: bytes) -> list[tuple[str, bytes]]:
    """A file, or the files in it."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return [("", data)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def explore(page: Page, heard: Heard, hovered: int = 2) -> int:
    """Open all that opens on the page, point at its marks, take its files; how many files."""
    files = heard.taken(page, page.locator("[data-testid=stMain]"))
    for fold in page.locator("[data-testid=stExpander] summary").all():
        fold.click()
        shown(page)
    heard.look(page)
    opened = page.locator("[data-testid=stPopoverBody]")
    folds = page.locator("[data-testid=stPopover] button")
    words = folds.filter(has_text="口径").all()
    # What a metric means is said in the same words everywhere: once a page will do.
    for button in [*folds.filter(has_not_text="口径").all(), *words[:1]]:
        button.click()
        opened.wait_for()
        shown(page)
        heard.add(f"opened on {page.url}", opened.inner_html())
        files += heard.taken(page, opened)
        page.keyboard.press("Escape")
        opened.wait_for(state="detached")
    for mark in page.locator(POINTS).all()[:hovered]:
        mark.hover(force=True, position={"x": 1, "y": 1})
        heard.add(
            f"hovered on {page.url}", "".join(page.locator(".hoverlayer").all_text_contents())
        )
    return files
