"""The logo: the board's mark with the board's name, as an SVG that needs no file and no network."""

from __future__ import annotations

import unicodedata
from html import escape

from board.theme import Theme

SIZE, LEFT = 17, 36  # Pixels: the height of the letters, and where they begin.
LATIN = 0.56  # The width of a Latin letter, as a part of a Chinese one.
FONTS = (
    "Noto Sans SC, Source Han Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="32" viewBox="0 -3 {width} 32" '
    'role="img" aria-label="{name}"><path d="M0 0h26v26H0z" fill="{accent}"/>'
    '<path d="M13 5l8 6.6V21h-5.6v-5.4h-4.8V21H5v-9.4z" fill="{paper}"/>'
    '<text x="{left}" y="19.5" font-family="{fonts}" font-size="{size}" font-weight="700" '
    'fill="{ink}">{name}</text></svg>'
)


def logo(name: str, theme: Theme) -> str:
    """The mark and the name, in the colours of a theme and as wide as the name needs."""
    letters = sum(1 if unicodedata.east_asian_width(c) in "WF" else LATIN for c in name)
    return SVG.format(
        name=escape(name), width=LEFT + round(letters * SIZE) + 8, left=LEFT, size=SIZE,
        fonts=FONTS, accent=theme.accent, paper=theme.ground, ink=theme.ink,
    )  # fmt: skip
