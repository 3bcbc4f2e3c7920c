"""`make pictures`: the README's screenshots, taken of the running app with the sample data."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from bench._load import as_task_force, board
from tests.support.running import PROJECT, browser, new_page, shown

FOLDER = PROJECT / "docs" / "pictures"
WIDTH, PHONE, TALLEST = 1366, 390, 1100
# File → page, language, light or dark.
PICTURES = {
    "overview": ("", "zh", "light"),
    "employment": ("employment", "zh", "light"),
    "zero_employment": ("zero_employment", "zh", "light"),
    "assets": ("assets", "zh", "light"),
    "departments": ("departments", "zh", "light"),
    "ledgers": ("ledgers", "zh", "light"),
    "overview-en": ("", "en", "light"),
    "assets-dark-en": ("assets", "en", "dark"),
}
ON_PHONE = {
    "overview-phone": ("", "zh", "light"),
}
# Pages that need the permission to see households.
WITH_HOUSEHOLDS = {
    "units": ("units?scope=幸福小镇/7栋", "zh", "light"),
}


def main() -> None:
    """Take every screenshot, as tall as its page, up to 1,100 px."""
    FOLDER.mkdir(exist_ok=True)
    with browser() as chromium:
        with board() as address:
            take(chromium, address, PICTURES)
            take(chromium, address, ON_PHONE, PHONE)
        with as_task_force(), board() as address:
            take(chromium, address, WITH_HOUSEHOLDS)


def take(
    chromium: Browser, address: str, pictures: dict[str, tuple[str, str, str]], width: int = WIDTH
) -> None:
    """Take screenshots of the board at an address, so many pixels wide."""
    for name, (page, language, scheme) in pictures.items():
        context = chromium.new_context(
            viewport={"width": width, "height": 768},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        view = new_page(context)
        shown(view, f"{address}/{page}{'&' if '?' in page else '?'}lang={language}")
        height = view.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        view.set_viewport_size({"width": width, "height": min(int(height), TALLEST)})
        view.wait_for_timeout(1000)
        view.screenshot(path=FOLDER / f"{name}.png")
        context.close()
        print_size(FOLDER / f"{name}.png")


def print_size(path: Path) -> None:
    """Print a picture's path and size on stderr."""
    print(f"{path.relative_to(PROJECT)}  {path.stat().st_size / 1000:.0f} kB", file=sys.stderr)


if __name__ == "__main__":
    main()
