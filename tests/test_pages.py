"""Every page on an empty store, on one with a single ledger and on a town's, in both languages."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Node

from board import access, metrics
from board.access import Reader, Role
from board.catalogue import METRICS
from board.i18n import LANGUAGES, speaking
from board.metrics import Period, Scope
from board.metrics.metric import Part
from board.publish import up_to_date
from board.sections import Section, View, rows_behind, sections
from board.sections.definitions import page as definitions
from board.store import Snapshot, open_store
from board.table import Table
from board.theme import DARK, LIGHT
from tests.support import settlement
from tests.support.apptest import elements
from tests.support.reading import full_view
from tests.support.spread import SEED, shared
from tests.support.stores import batch

APP = str(Path(__file__).resolve().parent.parent / "app.py")
KEYS = [section.key for section in sections()]
HAN = range(0x4E00, 0xA000)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty")


@pytest.fixture(scope="session")
def one_ledger_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from board.publish import publish

    root = tmp_path_factory.mktemp("one")
    meeting = {"meeting_id": "H1", "kind": "季度工作会议", "held_on": date(2024, 3, 20)}
    batch(root, "2024-04-05T00:00:00", meetings=[meeting | {"rank": "管委领导"}])
    publish(root)
    return root


@pytest.fixture(scope="session")
def town_store() -> Path:
    return settlement.looked_at()


STORES = ("empty_store", "one_ledger_store", "town_store")


@pytest.fixture
def opened(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], Path]:
    """A store by the name of its fixture, made the one pages read."""

    def use(name: str) -> Path:
        root: Path = request.getfixturevalue(name)
        monkeypatch.setenv("BOARD_STORE", str(root))
        return root

    return use


def page(key: str, **query: str) -> AppTest:
    """The page alone, as a link opens it; the overview in the frame of app.py."""
    at = AppTest.from_file(APP, default_timeout=60)
    if key != KEYS[0]:
        at.switch_page(f"pages/{key}.py")
    for name, value in query.items():
        at.query_params[name] = value
    return at.run()


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelno >= logging.ERROR]


# Every page over every store, in one of the languages; in the others in the long runs.
SHOWN = [
    case
    for key in KEYS
    for store in STORES
    for case in shared([(key, store, one) for one in LANGUAGES], len(LANGUAGES), key + store)
]


@pytest.mark.parametrize(("key", "store", "language"), SHOWN)
def test_every_page_shows_in_every_store_in_its_language(
    key: str,
    store: str,
    language: str,
    opened: Callable[[str], Path],
    caplog: pytest.LogCaptureFixture,
) -> None:
    opened(store)
    at = page(key, lang=language)
    assert not at.exception
    assert failures(caplog) == []
    assert at.title[0].value
    texts = [e.value for e in elements(at, "title", "header", "info")]
    chinese = [text for text in texts if any(ord(letter) in HAN for letter in text)]
    assert language == "zh" or chinese == []


@pytest.mark.parametrize("section", sections(), ids=KEYS)
def test_everything_that_opens_on_a_page_shows(
    section: Section, opened: Callable[[str], Path], caplog: pytest.LogCaptureFixture
) -> None:
    opened("town_store")
    at = AppTest.from_file(APP, default_timeout=60)
    if section.key != KEYS[0]:
        at.switch_page(f"pages/{section.key}.py")
    for panel in section.panels:
        for part in ("table", "words", "more", "code"):
            at.session_state[f"{section.key}.{panel.key}.{part}"] = True
    at.run()
    assert not at.exception
    assert failures(caplog) == []
    words = [one for one in section.panels if one.metrics]
    said = " ".join(text.value for text in at.markdown)
    assert all(METRICS[one.metrics[0]].definition in said for one in words)


@cache
def snapshot_of(root: Path) -> Snapshot:
    """The snapshot of a store that no test changes, opened once for all of them."""
    up_to_date(root)  # An empty store has no snapshot before its first reader.
    return open_store(root).snapshot()


@cache
def views(root: Path) -> list[View]:
    """A view of every kind of place and period, and one in the dark."""
    snapshot = snapshot_of(root)
    places = (
        Scope(),
        Scope(building="3栋"),
        Scope(building="3栋", unit="1单元"),
        Scope(department="组织人社局"),
    )
    periods = ("2023-Q4", "2023-12", "2023-H2", "2023", "2024-Q1")
    found = [full_view(snapshot, Period.parse(text), Scope()) for text in periods]
    found += [full_view(snapshot, Period.parse("2023-Q4"), place) for place in places[1:]]
    return [*found, full_view(snapshot, Period.parse("2023-Q4"), Scope(), DARK)]


@pytest.mark.parametrize(
    "both", [False, pytest.param(True, marks=pytest.mark.soak)], ids=["in turn", "in both"]
)
@pytest.mark.parametrize("store", STORES)
@pytest.mark.parametrize("section", sections(), ids=KEYS)
def test_every_panel_can_be_made_for_every_place_period_and_choice(
    section: Section, store: str, both: bool, opened: Callable[[str], Path]
) -> None:
    """Some views in one of the languages, in turn, or each in both.

    Every second of them, every third where there is no town: others for the next page.
    """
    root = opened(store)
    held = {
        name: rows for name, (rows, *_span) in metrics.ledgers_held(views(root)[0].snapshot).items()
    }
    every = 1 if both else 2 if store == "town_store" else 3
    first = (KEYS.index(section.key) + SEED) % every
    for number, view in enumerate(views(root)[first::every]):
        for language in LANGUAGES if both else (LANGUAGES[number % len(LANGUAGES)],):
            with speaking(language):
                make(section, view, held)


def make(section: Section, view: View, held: dict[str, int]) -> None:
    """All a section has for a view: headline, findings, bodies, captions, tables."""
    for choice in section.choices:
        # A page of one household shows nothing until one is chosen: the last is as good as any.
        offered = [value for value, _label in choice.offered(view)]
        view = view.choosing(**{choice.key: choice.fallback(view) or offered[-1]})
    if any(held.values()) or section.always:
        assert section.headline(view)
    for panel in section.panels:
        if not all(held.get(name) for name in panel.needs):
            continue
        if panel.applies and not panel.applies(view):
            continue
        for choice in panel.choices:
            view = view.choosing(**{choice.key: choice.fallback(view)})
        for chosen in [view, *(view.choosing(**{c.key: v}) for c in panel.choices
                               for v, _label in c.offered(view))]:  # fmt: skip
            assert panel.finding(chosen)
            body = panel.body(chosen)
            if isinstance(body, dict) and body.get("data"):
                assert body["layout"]["meta"]["alt"]
            if panel.caption:
                assert panel.caption(chosen)
            if panel.table:
                assert isinstance(panel.table(chosen), Table)


@pytest.mark.parametrize("section", sections(), ids=KEYS)
def test_a_headline_fits_one_line(section: Section, opened: Callable[[str], Path]) -> None:
    root = opened("town_store")
    view = full_view(snapshot_of(root), Period.parse("2023-Q4"), Scope(), LIGHT)
    for choice in section.choices:
        view = view.choosing(**{choice.key: choice.fallback(view)})
    with speaking("zh"):
        assert len(section.headline(view)) <= 36


@pytest.mark.parametrize("key", KEYS)
def test_no_personal_column_reaches_a_page(key: str, opened: Callable[[str], Path]) -> None:
    root = opened("town_store")
    at = page(key)
    sent = " ".join(repr(element.proto) for element in walk(at._tree))
    for personal in people(root):
        assert personal not in sent


@pytest.mark.parametrize("part", metrics.PARTS)
@pytest.mark.parametrize("key", sorted(METRICS))
def test_the_rows_behind_a_figure_say_nothing_of_whom_they_are_about(
    key: str, part: Part, opened: Callable[[str], Path]
) -> None:
    snapshot = snapshot_of(opened("town_store"))
    codes = access.for_reader(snapshot, Reader(role=Role.LEADER).permissions)
    view = View(codes, Period.parse("2023-Q4"), Scope()).choosing(metric=key, part=part)
    whole = metrics.rows(snapshot, METRICS[key], view.read(key).period, view.read(key).scope, part)
    shown = definitions.rows(view).frame
    assert shown.height == whole.height
    if "household_id" in whole.columns or "citizen_id" in whole.columns:
        assert METRICS[key].about_people
        assert set(shown.columns) <= set(rows_behind.headers(
            [name for name in rows_behind.PLAIN if name in whole.columns], METRICS[key]).values())  # fmt: skip


def people(root: Path) -> set[str]:
    """Names and numbers of people from the batches, as they were received."""
    found: set[str] = set()
    for path in (root / "batches").glob("*/labour.parquet"):
        frame = pl.read_parquet(path, memory_map=False)
        for column in ("citizen_id", "phone", "name"):
            found |= set(frame[column].drop_nulls().head(200))
    return {value for value in found if len(value) > 2}


def walk(node: Node) -> Iterator[Node]:
    """Every element of a tree of blocks."""
    for child in getattr(node, "children", {}).values():
        yield child
        yield from walk(child)


@pytest.mark.parametrize(("role", "first"), [("keeper", "台账"), ("leader", "总览")])
def test_a_reader_comes_in_at_the_first_page_that_is_theirs(
    role: str, first: str, opened: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("town_store")
    monkeypatch.setenv("BOARD_ROLE", role)
    at = AppTest.from_file(APP, default_timeout=60).run()
    assert not at.exception
    assert ("台账已有" in at.title[0].value) == (first == "台账")


def test_a_page_has_its_address_whoever_opens_it(
    opened: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened("town_store")
    monkeypatch.setenv("BOARD_ROLE", "keeper")
    at = page("ledgers")
    assert not at.exception
    assert "台账已有" in at.title[0].value
