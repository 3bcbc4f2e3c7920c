"""`make pictures`: the README's pictures, taken of the running app over the sample."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from bench._load import as_task_force, board
from tests.support.running import PROJECT, browser, shown

FOLDER = PROJECT / "docs" / "pictures"
WIDTH, TALLEST = 1366, 1100
# File → page, language, light or dark.
PICTURES = {
    "overview": ("", "zh", "light"),
    "employment": ("employment", "zh", "light"),
    "assets": ("assets", "zh", "light"),
    "departments": ("departments", "zh", "light"),
    "ledgers": ("ledgers", "zh", "light"),
    "overview-en": ("", "en", "light"),
    "assets-dark-en": ("assets", "en", "dark"),
}
# What only those see who may see households.
INSIDE = {
    "units": ("units?scope=幸福小镇/7栋", "zh", "light"),
}


def main() -> None:
    """Take every picture anew, as tall as its page but no taller than 1,100."""
    FOLDER.mkdir(exist_ok=True)
    with browser() as chromium:
        with board() as address:
            taken(chromium, address, PICTURES)
        with as_task_force(), board() as address:
            taken(chromium, address, INSIDE)


def taken(chromium: Browser, address: str, pictures: dict[str, tuple[str, str, str]]) -> None:
    """Take pictures of a board at an address."""
    for name, (page, language, scheme) in pictures.items():
        context = chromium.new_context(
            viewport={"width": WIDTH, "height": 768},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        seen = context.new_page()
        shown(seen, f"{address}/{page}{'&' if '?' in page else '?'}lang={language}")
        height = seen.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        seen.set_viewport_size({"width": WIDTH, "height": min(int(height), TALLEST)})
        seen.wait_for_timeout(1000)
        seen.screenshot(path=FOLDER / f"{name}.png")
        context.close()
        said(FOLDER / f"{name}.png")


def said(path: Path) -> None:
    """Name a picture and its size on the terminal."""
    print(f"{path.relative_to(PROJECT)}  {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
