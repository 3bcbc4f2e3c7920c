"""Words from outside are words: no link, formula or element comes of a ledger's text or an address."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from zlib import crc32

import openpyxl
import polars as pl
import pytest

from board.__main__ import main
from board.access import Reader, Role
from board.catalogue import METRICS
from board.ledgers import Field
from board.metrics import Period, Scope
from board.sections import sections
from board.sections.section import View
from board.sections.words import plain
from board.store import open_store
from board.ui import downloads
from tests.support import hostile, planted
from tests.support.hostile import HOST, TEXTS, WORD, live
from tests.support.spread import share

SEED = 16
TRIED = 3
SURROUNDINGS = ("{}", "{}：12户", "**{}**", ":gray[{}]", "见{}。", "a  \n{}", "甲（{}）")
NUMBER = "0123456789.-"


def planting(offset: int) -> planted.Plant:
    """Puts a hostile text into every cell, another one for every row; keys stay equal where they were."""

    def plant(_ledger: str, field: Field, values: pl.Series) -> pl.Series:
        if field.is_free_text:
            texts = [TEXTS[(row + offset) % len(TEXTS)] for row in range(values.len())]
            return pl.Series(texts, dtype=pl.String)
        return pl.Series(
            [value and value + TEXTS[(crc32(value.encode()) + offset) % len(TEXTS)] for value in values],
            dtype=pl.String,
        )  # fmt: skip

    return plant


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted.planted(tmp_path_factory.mktemp("hostile") / "store", planting(SEED))


def test_there_are_two_hundred_hostile_texts_and_most_would_be_live_as_they_are() -> None:
    assert len(set(TEXTS)) >= 200
    assert sum(bool(live(text)) for text in TEXTS) > 100


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_a_sentence_of_a_page_is_nothing_but_text(text: str) -> None:
    assert [live(around.format(plain(text))) for around in SURROUNDINGS] == [[]] * len(SURROUNDINGS)


def elements(key: str, **query: str) -> Iterator[str]:
    """What of the hostile texts is live on a page, and what a chart would read as markup."""
    for proto in planted.page_sent(key, **query):
        for text in hostile.strings(proto):
            yield from (f"{found} in {text[:120]}" for found in live(text))
        spec = getattr(proto, "spec", "")
        if isinstance(spec, str):
            yield from (
                sign for sign in (f"<b>{WORD}", f"<a href='https://{HOST}", "<img") if sign in spec
            )


@pytest.mark.parametrize("key", [section.key for section in sections()])
def test_no_page_makes_an_element_of_a_ledgers_text(
    key: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.as_role(monkeypatch, root, "leader")
    assert list(elements(key, period="2023-Q4")) == []


def made_of_address(key: str, text: str, names: tuple[str, ...]) -> list[str]:
    """What a page makes of an address, or repeats of it."""
    query = dict.fromkeys(names, text)
    sent = planted.page_sent(key, **query)
    shown = [text for proto in sent for text in hostile.strings(proto)]
    return [text for text in shown if live(text) or (WORD in text and "household" not in names)]


ADDRESSED = ("scope", "period", "at", "lang", "present")


@pytest.mark.parametrize("text", random.Random(SEED).sample(TEXTS, TRIED))
def test_no_page_makes_anything_of_an_address(
    text: str, monkeypatch: pytest.MonkeyPatch, root: Path
) -> None:
    planted.as_role(monkeypatch, root, "leader")
    for key in ("overview", "household"):
        assert made_of_address(key, text, ADDRESSED) == []
        assert made_of_address(key, text, ("household", "measure", "kind")) == []


# Some of the workbooks, or of the metrics, in every run; every one in the long runs.
WHOLE = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["some", "every"]
)


@WHOLE
@pytest.mark.parametrize("role", [Role.VIEWER, Role.LEADER])
def test_every_cell_of_every_workbook_is_inert(root: Path, role: Role, whole: bool) -> None:
    snapshot = open_store(root).snapshot()
    view = View.of(snapshot, Period.parse("2023-Q4"), Scope(), reader=Reader("王", role))
    files = {name: (table, about) for name, table, about in planted.files(view)}
    assert len(files) > 60
    for name in share(list(files), 1 if whole else 4, role):
        table, about = files[name]
        book = openpyxl.load_workbook(io.BytesIO(downloads.workbook(table, partial(list, about))))
        for sheet in book.worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert [c.value for c in cells if c.data_type == "f" or c.hyperlink] == [], name


def lines(text: str) -> list[str]:
    """The cells of a .csv that a spreadsheet would run."""
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    return [
        c for c in cells if c[:1] in set("=+-@＝＋－＠\t\r\n") and set(c) - set(NUMBER) and c != "-"
    ]


@WHOLE
@pytest.mark.parametrize("part", ["numerator", "denominator", "excluded", "unreported"])
def test_every_cell_of_rows_is_inert(
    part: str, whole: bool, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = [m.key for m in METRICS.values() if "month" in m.periods]
    keys = share(keys, 1 if whole else 3, part)
    told = ""
    for key in keys:
        arguments = ["rows", key, "--period", "2023-12", "--part", part, "--format", "csv"]
        assert main([*arguments, "--store", str(root)]) == 0
        out = capsys.readouterr().out
        assert lines(out) == [], key
        told += out
    assert WORD in told or part != "numerator"


def test_every_cell_of_metrics_and_measures_is_inert(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in ("metrics", "measures"):
        arguments = [command, "--period", "2023-12", "--format", "csv", "--store", str(root)]
        assert main(arguments) == 0
        assert lines(capsys.readouterr().out) == []


@pytest.mark.soak
@pytest.mark.parametrize("offset", range(0, len(TEXTS), 12))
def test_every_hostile_text_in_every_column(
    offset: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = planted.planted(tmp_path / "store", planting(offset))
    for role in ("viewer", "task_force", "admin"):
        planted.as_role(monkeypatch, store, role)
        for section in sections():
            assert list(elements(section.key, period="2023-Q4")) == []


@pytest.mark.soak
@pytest.mark.parametrize("text", TEXTS)
def test_every_hostile_address_on_every_page(
    text: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.as_role(monkeypatch, root, "leader")
    for section in sections():
        assert made_of_address(section.key, text, ADDRESSED) == []
