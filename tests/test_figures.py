"""Every figure over invented data: plain, lean, translated, in the theme's colours."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from board import figures
from board.figures import tables
from board.figures.area import apart
from board.figures.bullets import bullets
from board.figures.departments import department_matrix
from board.figures.shared.axes import month_axis, value_axis
from board.figures.shared.classes import classes, shade, span
from board.figures.shared.outlines import outlines
from board.figures.site import site_plan
from board.figures.waterfall import bridge, waterfall
from board.i18n import speaking
from board.metrics import HOUSEHOLDS, PERCENT, PERSONS, POINTS, Unit
from board.plans import plans, speak_of
from board.publish import up_to_date
from board.store import open_store
from board.table import Table
from board.theme import CLEAR, DARK, LIGHT, Theme
from tests.gallery import frames
from tests.gallery.examples import (
    CHAPTERS,
    EMPTY,
    EXAMPLES,
    FLOW,
    HOSTILE,
    PARTS,
    TOTAL,
    by_kind,
    deliveries,
    destinations,
    occupancy,
)
from tests.gallery.frames import tasks

PROJECT = Path(__file__).resolve().parent.parent
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SENTENCE = re.compile(r"[a-z]{3,}")
# What a clerk wrote is shown as written, in either language.
FROM_DATA = {"timeline": tuple(row[:4] for row in tasks()["content"])}
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


def charts() -> set[str]:
    """The names of all charts: functions of board/figures that take a theme and give a figure."""
    modules = [
        importlib.import_module(f"{figures.__name__}.{module.name}")
        for module in pkgutil.iter_modules(figures.__path__)
    ]
    return {
        name
        for module in modules
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__
        and value.__annotations__.get("return") == "dict[str, Any]"
        and "theme" in value.__annotations__
    }  # fmt: skip


def test_every_chart_has_an_example_and_one_of_nothing() -> None:
    for examples in ([draw for _width, draw in EXAMPLES.values()], EMPTY.values()):
        drawn = {name for draw in examples for name in draw.__code__.co_names}
        assert charts() - drawn == set()


@pytest.fixture(scope="module", autouse=True)
def names_of_the_shipped_plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The examples are of the shipped plan, whose English the plan itself has."""
    root = tmp_path_factory.mktemp("plan")
    up_to_date(root)
    speak_of(plans(open_store(root).snapshot())[0])
    yield
    speak_of(None)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_is_a_lean_dict_with_an_alt_text(name: str, language: str, theme: Theme) -> None:
    with speaking(language):
        figure = EXAMPLES[name][1](theme)
    assert set(figure) == {"data", "layout"}
    size = len(json.dumps(figure, ensure_ascii=False, allow_nan=False).encode())
    assert size < 30_000
    assert figure["layout"]["meta"]["alt"]
    assert figure["layout"]["height"] > 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_speaks_one_language(name: str) -> None:
    with speaking("en"):
        english = texts(EXAMPLES[name][1](LIGHT))
    chinese = texts(EXAMPLES[name][1](LIGHT))
    words = [
        text for text in english if name not in FROM_DATA or not text.startswith(FROM_DATA[name])
    ]
    assert [text for text in words if CHINESE.search(text)] == []
    bare = [re.sub(r"<[^>]*>|&\w+;", "", text) for text in chinese]
    assert [text for text in bare if SENTENCE.search(text)] == []


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_figure_takes_its_colours_from_the_theme(name: str, theme: Theme) -> None:
    strange = colours(EXAMPLES[name][1](theme)) - palette(theme)
    faint = {f"rgba({int(c[1:3], 16)},{int(c[3:5], 16)},{int(c[5:7], 16)}" for c in palette(theme)
             if str(c).startswith("#")}  # fmt: skip
    assert {c for c in strange if c.rsplit(",", 1)[0] not in faint} == set()


@pytest.mark.parametrize("name", EMPTY)
def test_a_figure_of_nothing_says_so(name: str) -> None:
    figure = EMPTY[name](LIGHT)
    assert json.dumps(figure, allow_nan=False)
    assert figure["data"]
    assert figure["layout"]["meta"]["alt"]


@pytest.mark.parametrize("name", HOSTILE)
def test_markup_in_data_is_shown_not_obeyed(name: str) -> None:
    figure = HOSTILE[name](LIGHT)
    whole = json.dumps({"data": figure["data"], "layout": figure["layout"]})
    seen = " ".join(text for text in texts(figure) if text != figure["layout"]["meta"]["alt"])
    assert "<a " not in seen
    assert "&lt;a" in seen
    assert json.loads(whole)


@pytest.mark.parametrize("path", sorted((PROJECT / "board" / "figures").glob("*.py")), ids=str)
def test_no_figure_names_a_colour(path: Path) -> None:
    assert HEX.findall(path.read_text("utf-8")) == []


def test_both_themes_have_every_token() -> None:
    assert set(vars(LIGHT)) == set(vars(DARK))
    assert len(LIGHT.series) == len(DARK.series) == 10


TABLES: dict[str, Callable[[], Table]] = {
    "readings": lambda: tables.of_readings(occupancy(missing=6)),
    "kinds": lambda: tables.of_readings(by_kind()),
    "flow": lambda: tables.of_flow(FLOW),
    "deliveries": lambda: tables.of_deliveries(deliveries(), TOTAL),
    "area": lambda: tables.of_months(destinations()),
    "heat": lambda: tables.of_months(frames.heat(), rows="building", unit=PERCENT),
    "moves": lambda: tables.of_rows(frames.moves()),
    "wages": lambda: tables.of_rows(frames.wages()),
    "incomes": lambda: tables.of_rows(frames.incomes()),
    "curve": lambda: tables.of_rows(frames.curve()),
    "flows": lambda: tables.of_rows(frames.flows()),
    "counties": lambda: tables.of_rows(frames.counties().drop("name")),
    "waiting": lambda: tables.of_rows(frames.waiting()),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_twin_speaks_one_language(name: str) -> None:
    with speaking("en"):
        english = TABLES[name]().in_words()
    chinese = TABLES[name]().in_words()
    assert english.height == chinese.height > 0
    assert english.width == chinese.width
    cells = [*english.columns, *(str(cell) for row in english.rows() for cell in row)]
    assert [cell for cell in cells if name != "counties" and CHINESE.search(cell)] == []
    assert [head for head in chinese.columns if not CHINESE.search(head)] == []


def test_a_table_twin_has_the_figures_numbers() -> None:
    table = tables.of_readings(by_kind()).in_words()
    bar = bullets(by_kind(), LIGHT)["data"][1]
    assert [f"{x:.1%}" if x is not None else "—" for x in bar["x"]] == table["数值"].to_list()


def test_parts_of_a_waterfall_end_at_their_sum() -> None:
    bars = waterfall(PARTS, LIGHT, total=None, total_label="合计")["data"][0]
    ends = [base + height for base, height in zip(bars["base"], bars["y"], strict=True)]
    assert ends[-2] == pytest.approx(ends[-1])
    assert bars["base"][-1] == 0


def test_a_bridge_ends_where_the_flow_does() -> None:
    bars = bridge(FLOW, LIGHT)["data"][0]
    ends = [base + height for base, height in zip(bars["base"], bars["y"], strict=True)]
    assert ends[-2] == ends[-1] == FLOW["closing"]


def test_names_that_would_meet_are_moved_apart() -> None:
    places = apart([1, 1.1, 1.2, 9], 1)
    assert all(b - a >= 0.999 for a, b in pairwise(places))
    assert places[3] == 9


def test_a_click_on_a_mark_says_what_it_stands_for() -> None:
    marks = bullets(by_kind(), LIGHT)["data"][1]
    assert marks["customdata"][0] == ["地面停车位"]
    plan = site_plan(frames.sample_site(), frames.site_values(), LIGHT, title="")
    assert ["3栋"] in plan["data"][-1]["customdata"]
    cells = department_matrix(deliveries(), TOTAL, CHAPTERS, LIGHT)["data"][-1]
    assert all(len(key) == 2 for key in cells["customdata"])


def test_a_building_of_several_grounds_is_one_place() -> None:
    plan = outlines(frames.sample_site())
    assert len([one for one in plan if one.key == "3栋"]) == 1
    assert len(next(one for one in plan if one.key == "3栋").rings) == 2


@pytest.mark.parametrize(
    ("values", "unit", "borders", "words"),
    [
        ([0, 1], HOUSEHOLDS, [0, 1, 2], ["0", "1"]),
        ([2, 32], PERSONS, [0, 10, 20, 30, 40], ["0–9", "10–19", "20–29", "30–39"]),
        ([0.29, 0.9], PERCENT, [0.2, 0.4, 0.6, 0.8, 1.0],
         ["20%–40%", "40%–60%", "60%–80%", "80%–100%"]),
        ([1, 1], PERCENT, [1, 1], ["100%"]),
        ([-18.0, 29.4], POINTS, [-20, 0, 20, 40], ["−20 至 0", "0–20", "20–40"]),
    ],
)  # fmt: skip
def test_a_plan_has_at_most_four_round_classes(
    values: list[float], unit: Unit, borders: list[float], words: list[str]
) -> None:
    found = classes(values, unit)
    assert found == borders
    assert [span(low, high, unit) for low, high in pairwise(found)] == words
    assert {shade(value, found) for value in values} <= {0, 1, 2, 3}


def test_counts_never_have_a_tick_between_two() -> None:
    assert value_axis([0, 1], HOUSEHOLDS)["tickvals"] == [0, 1]


def test_a_rate_has_no_tick_beyond_all() -> None:
    assert max(value_axis([0.93, 1.0], PERCENT)["tickvals"]) == 1


def test_months_carry_their_year_once() -> None:
    axis = month_axis(date(2023, 1, 1), date(2024, 6, 1), most=9)
    assert [text for text in axis["ticktext"] if "<br>" in text] == ["1月<br>2023", "3月<br>2024"]
