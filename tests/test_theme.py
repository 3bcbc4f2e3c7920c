"""The charts' tokens: the same as the pages' theme, readable on their grounds."""

from __future__ import annotations

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from board.theme import DARK, LIGHT, Theme

PROJECT = Path(__file__).resolve().parent.parent
PAGES = tomllib.loads((PROJECT / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
BOTH = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """How light a colour is, by WCAG."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, by WCAG."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@BOTH
def test_charts_and_pages_have_one_theme(theme: Theme) -> None:
    page = PAGES[theme.name]
    assert page["backgroundColor"] == theme.ground
    assert page["textColor"] == theme.ink
    assert page["primaryColor"] == theme.accent
    assert tuple(page["chartCategoricalColors"]) == theme.series
    assert [page[f"{name}TextColor"] for name in ("green", "orange", "red", "violet", "gray")] == [
        theme.good, theme.warn, theme.bad, theme.undetermined, theme.mute,
    ]  # fmt: skip


@BOTH
def test_text_is_readable_on_its_ground(theme: Theme) -> None:
    words = (theme.ink, theme.mute, theme.accent, theme.good, theme.warn, theme.bad,
             theme.undetermined)  # fmt: skip
    assert min(contrast(colour, theme.ground) for colour in words) >= 4.5
    assert min(map(contrast, theme.on_ramp, theme.ramp)) >= 4.5


@BOTH
def test_marks_can_be_told_from_the_ground_and_shades_from_each_other(theme: Theme) -> None:
    assert min(contrast(colour, theme.ground) for colour in theme.series[:6]) >= 3
    steps = [luminance(shade) for shade in theme.ramp]
    assert steps == sorted(steps, reverse=theme is LIGHT)
    assert all(contrast(a, b) >= 1.4 for a, b in pairwise(theme.ramp))
