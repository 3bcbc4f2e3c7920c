"""How long a reader waits in Chromium for the first page, another page, another place."""

from __future__ import annotations

import http.server
import json
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, ViewportSize

from bench._load import SCOPES, board
from bench._row import Row, say
from tests.support.running import DRAWN, browser, new_page, shown

TIMES = 5
SIZE = ViewportSize(width=1366, height=768)
FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].map(e =>
    ({data: e.data, layout: e.layout, width: e.clientWidth, height: e.clientHeight}))"""
STATIC = """<!doctype html><meta charset="utf-8"><title>static</title>
<main></main><script src="plotly.min.js"></script><script>
const figures = %s;
const draw = () => Promise.all(figures.map(f => {
  const div = document.querySelector('main').appendChild(document.createElement('div'));
  div.style.height = f.height + 'px'; div.style.width = f.width + 'px';
  return Plotly.newPlot(div, f.data, f.layout, {displayModeBar: false});
}));
draw().then(() => { window.drawn = true; });
</script>"""
# The new page is shown, and no longer the page before.
CHANGED = f"""before => {{
  const app = document.querySelector('[data-testid=stApp][data-test-script-state=notRunning]');
  const main = document.querySelector('[data-testid=stMain]');
  return app && main && main.innerText !== before &&
    !main.querySelector('[data-stale=true]') && ({DRAWN})();
}}"""


def measure() -> Iterator[Row]:
    """Median seconds until a page is drawn, against a static page of the same charts."""
    with board() as address, browser() as chromium:
        with static([]) as page:
            bare, _ = static_times(chromium, page)
        say("first pages, cold")
        overview = median(cold(chromium, f"{address}/?lang=zh") for _ in range(TIMES))
        yield Row("overview drawn, cold", overview, "s", "a static page", bare, aim=1.5)
        charts = median(cold(chromium, f"{address}/assets?lang=zh") for _ in range(TIMES))
        say("switching pages and places")
        switched, moved, figures, plain = clicks(chromium, address)
        with static(figures) as page:
            drawn, again = static_times(chromium, page)
    yield Row("page with charts drawn, cold", charts, "s", "its charts, static", drawn)
    yield Row("first page switch, to charts", switched, "s", "its charts, static", drawn)
    yield Row("page switch, to charts", plain, "s", "its charts, redrawn", again, aim=0.6)
    yield Row("scope change", moved, "s", "its charts, redrawn", again, aim=0.4)


def cold(chromium: Browser, address: str) -> float:
    """Seconds until a page is drawn in a browser with an empty cache."""
    context = chromium.new_context(viewport=SIZE)
    page = new_page(context)
    began = time.perf_counter()
    shown(page, address)
    took = time.perf_counter() - began
    context.close()
    return took


def clicks(chromium: Browser, address: str) -> tuple[float, float, list[dict[str, Any]], float]:
    """Seconds of the first switch to charts, of a scope change; the charts; of a later switch."""
    firsts, moves, laters = [], [], []
    figures: list[dict[str, Any]] = []
    for _ in range(TIMES):
        context = chromium.new_context(viewport=SIZE)
        page = new_page(context)
        shown(page, f"{address}/?lang=zh")
        page.wait_for_timeout(1500)
        firsts.append(switch(page, "assets"))
        figures = page.evaluate(FIGURES)
        page.wait_for_timeout(500)
        moves.append(move(page, SCOPES[3].rsplit("/", 1)[1]))
        switch(page, "employment")
        page.wait_for_timeout(500)
        laters.append(switch(page, "assets"))
        context.close()
    return median(firsts), median(moves), figures, median(laters)


def switch(page: Page, name: str) -> float:
    """Seconds from clicking a page in the navigation until it is drawn."""
    before = page.locator("[data-testid=stMain]").inner_text()
    link = page.locator(f"a[data-testid^=stTopNav][href$='/{name}']")
    if not link.count():
        sections = page.locator("[data-testid=stTopNavSection]")
        for n in range(sections.count()):
            sections.nth(n).click()
            page.wait_for_selector("[data-testid=stTopNavPopover]")
            if link.count():
                break
            page.keyboard.press("Escape")
            page.wait_for_selector("[data-testid=stTopNavPopover]", state="detached")
    began = time.perf_counter()
    link.first.click()
    page.wait_for_function(CHANGED, arg=before)
    return time.perf_counter() - began


def move(page: Page, place: str) -> float:
    """Seconds from choosing a place until the page for it is drawn."""
    page.locator("[data-testid=stMain] [data-testid=stSelectbox]").first.click()
    option = page.locator("[role=option]", has_text=place).first
    option.wait_for()
    before = page.locator("[data-testid=stMain]").inner_text()
    began = time.perf_counter()
    option.click()
    page.wait_for_function(CHANGED, arg=before)
    return time.perf_counter() - began


@contextmanager
def static(figures: list[dict[str, Any]]) -> Iterator[str]:
    """The address of a static page that draws the charts; an empty page without charts."""
    import plotly

    with tempfile.TemporaryDirectory() as folder:
        library = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
        shutil.copy(library, folder)
        page = STATIC % json.dumps(figures)
        if not figures:
            page = page.replace('<script src="plotly.min.js"></script>', "")
        Path(folder, "index.html").write_text(page, "utf-8")
        handler = partial(Silent, directory=folder)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_address[1]}/"
            server.shutdown()


class Silent(http.server.SimpleHTTPRequestHandler):
    """A file server without a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


def static_times(chromium: Browser, address: str) -> tuple[float, float]:
    """Seconds until a static page has drawn its charts, and until it has drawn them again."""
    firsts, agains = [], []
    for _ in range(TIMES):
        context = chromium.new_context(viewport=SIZE)
        page = new_page(context)
        began = time.perf_counter()
        page.goto(address)
        page.wait_for_function("window.drawn")
        firsts.append(time.perf_counter() - began)
        began = time.perf_counter()
        page.evaluate("() => { document.querySelector('main').innerHTML = ''; return draw(); }")
        agains.append(time.perf_counter() - began)
        context.close()
    return median(firsts), median(agains)
