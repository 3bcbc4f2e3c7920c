"""Draw every figure in Chromium and save screenshots: python -m tests.gallery OUT."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import plotly
from playwright.sync_api import sync_playwright

from board.i18n import speaking
from board.theme import CONFIG, DARK, LIGHT, Theme
from tests.gallery.examples import EXAMPLES

CONTENT = {1366: 1206, 1920: 1760}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"]


def page(theme: Theme, content: int, names: list[str]) -> str:
    """One HTML page with every figure at the width it has on the board."""
    script = Path(plotly.__file__).parent / "package_data/plotly.min.js"
    parts = [
        f'<!doctype html><meta charset="utf-8"><script src="file://{script}"></script>'
        f'<body style="margin:16px;background:{theme.ground};width:{content}px">'
    ]
    for n, name in enumerate(names):
        share, draw = EXAMPLES[name]
        spec = draw(theme)
        size = len(json.dumps(spec, ensure_ascii=False))
        parts.append(
            f'<p style="font:12px sans-serif;color:{theme.mute}">{name} {size:,} B</p>'
            f'<div class="chart" id="c{n}" style="width:{round(content * share)}px;'
            f'height:{spec["layout"]["height"]}px;outline:1px dotted #8884"></div>'
            f"<script>Plotly.newPlot('c{n}', ...Object.values({json.dumps(spec)}),"
            f"{json.dumps(CONFIG)})</script>"
        )
    return "".join(parts)


def pictures(out: Path, chosen: list[str], kinds: list[tuple[str, Theme, int]]) -> None:
    """Save a page and its screenshot for each (language, theme, screen width) of `kinds`."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for language, theme, screen in kinds:
            with speaking(language):
                html = page(theme, CONTENT[screen], chosen)
            path = out / f"{language}-{theme.name}-{screen}.html"
            path.write_text(html, encoding="utf-8")
            view = browser.new_page(viewport={"width": CONTENT[screen] + 32, "height": 800})
            view.goto(f"file://{path.resolve()}")
            view.wait_for_function(
                "Array.from(document.querySelectorAll('.chart')).every(d => d._fullLayout)"
            )
            view.screenshot(path=str(path.with_suffix(".png")), full_page=True)
            view.close()
        browser.close()


if __name__ == "__main__":
    wanted = [name for name in EXAMPLES if not sys.argv[2:] or any(w in name for w in sys.argv[2:])]
    every = [("zh", LIGHT, 1366), ("en", LIGHT, 1366), ("zh", DARK, 1920), ("en", LIGHT, 1920)]
    pictures(Path(sys.argv[1]), wanted, every)
