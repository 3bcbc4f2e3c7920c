"""Every figure over invented data: plain, lean, translated, in the theme's colours."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from board.i18n import speaking
from board.theme import CLEAR, DARK, LIGHT, Theme
from tests.gallery.examples import EMPTY, EXAMPLES, HOSTILE

PROJECT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[a-z]{3,}")
HEX = re.compile(r"#[0-9A-Fa-f]{3,8}\b")


def texts(value: Any, key: str = "") -> list[str]:
    """Every text a reader can see in a figure."""
    if isinstance(value, dict):
        skip = {"customdata", "font", "template", "type", "mode", "line", "marker", "error_x"}
        return [t for name, part in value.items() if name not in skip for t in texts(part, name)]
    if isinstance(value, list):
        return [t for part in value for t in texts(part, key)]
    shown = {"text", "hovertext", "ticktext", "alt", "label", "name"}
    return [value] if isinstance(value, str) and key in shown else []


def colours(value: Any) -> set[str]:
    """Every colour in a figure."""
    if isinstance(value, dict):
        return set().union(*(colours(part) for part in value.values()), set())
    if isinstance(value, list | tuple):
        return set().union(*(colours(part) for part in value), set())
    if not isinstance(value, str):
        return set()
    return set(re.findall(r"#[0-9A-Fa-f]{6}|rgba?\([^)]*\)", value))


def palette(theme: Theme) -> set[str]:
    """Every colour the theme has, and the faint ones made of them."""
    found: set[str] = {CLEAR}
    for value in vars(theme).values():
        found |= set(value) if isinstance(value, tuple) else {value}
    return found


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_is_a_lean_dict_with_an_alt_text(name, language, theme):
    with speaking(language):
        figure = EXAMPLES[name][1](theme)
    assert set(figure) == {"data", "layout"}
    size = len(json.dumps(figure, ensure_ascii=False, allow_nan=False).encode())
    assert size < 30_000
    assert figure["layout"]["meta"]["alt"]
    assert figure["layout"]["height"] > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_speaks_one_language(name):
    with speaking("en"):
        english = texts(EXAMPLES[name][1](LIGHT))
    chinese = texts(EXAMPLES[name][1](LIGHT))
    assert [text for text in english if CHINESE.search(text)] == []
    bare = [re.sub(r"<[^>]*>|&\w+;", "", text) for text in chinese]
    assert [text for text in bare if SENTENCE.search(text)] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_takes_its_colours_from_the_theme(name, theme):
    strange = colours(EXAMPLES[name][1](theme)) - palette(theme)
    faint = {f"rgba({int(c[1:3], 16)},{int(c[3:5], 16)},{int(c[5:7], 16)}" for c in palette(theme)
             if c.startswith("#")}  # fmt: skip
    assert {c for c in strange if c.rsplit(",", 1)[0] not in faint} == set()


@pytest.mark.parametrize("name", EMPTY)
def test_a_figure_of_nothing_says_so(name):
    figure = EMPTY[name](LIGHT)
    assert json.dumps(figure, allow_nan=False)
    assert figure["data"]
    assert figure["layout"]["meta"]["alt"]


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_data_is_shown_not_obeyed(name):
    figure = HOSTILE[name](LIGHT)
    whole = json.dumps({"data": figure["data"], "layout": figure["layout"]})
    seen = " ".join(text for text in texts(figure) if text != figure["layout"]["meta"]["alt"])
    assert "<a " not in seen
    assert "&lt;a" in seen
    assert json.loads(whole)


@pytest.mark.parametrize("path", sorted((PROJECT / "board" / "figures").glob("*.py")), ids=str)
def test_no_figure_names_a_colour(path):
    assert HEX.findall(path.read_text("utf-8")) == []


def test_both_themes_have_every_token():
    assert set(vars(LIGHT)) == set(vars(DARK))
    assert len(LIGHT.series) == len(DARK.series) == 10
