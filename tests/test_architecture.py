"""docs/architecture.md says what is there: every room once, every file it names, the layers in order."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.support.answers import present

PROJECT = Path(__file__).resolve().parent.parent
PAGE = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
MAP = present(re.search(r"## The map\n.*?```\n(.*?)```", PAGE, re.DOTALL))[1]
ROOMS = [
    name.strip()
    for line in MAP.splitlines()
    for name in re.split(r",", re.split(r"\s{2,}", line, maxsplit=1)[0])
]


def test_the_map_has_every_room_once_and_in_the_order_of_the_layers() -> None:
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]
    layers = next(c["layers"] for c in contracts["contracts"] if c["type"] == "layers")
    assert [room.strip(" ()") for layer in layers for room in layer.split(":")] == ROOMS


def test_the_map_is_the_folder() -> None:
    there = {
        p.stem
        for p in (PROJECT / "board").iterdir()
        if p.suffix == ".py" or (p / "__init__.py").exists()
    }
    assert set(ROOMS) == there - {"__init__"}


def test_every_file_it_names_is_there() -> None:
    stations = present(re.search(r"## A figure's journey.*?## Where", PAGE, re.DOTALL))[0]
    named = re.findall(r"`([\w/]+/[\w.]+\.py)`", stations)
    assert len(named) > 15
    homes = [PROJECT / "board", PROJECT / "board" / "workbook", PROJECT]
    assert [name for name in named if not any((home / name).exists() for home in homes)] == []


def test_it_is_read_in_two_screens() -> None:
    assert len(PAGE.splitlines()) <= 100
