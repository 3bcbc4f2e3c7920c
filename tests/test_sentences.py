"""What the pages say follows from the answers: every sentence read apart, for leader and viewer."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from board import metrics, storage
from board.access import Reader, Role
from board.catalogue import METRICS
from board.i18n import speaking
from board.journal import Journal
from board.ledgers import by_name
from board.metrics import Period, Scope
from board.metrics.terms import MONTHS
from board.publish import publish
from board.sample import deliveries
from board.sections import Section, View, sections
from board.store import Snapshot, open_store
from tests.outside import reading
from tests.outside.reading.tongues import (
    Names,
    chinese_left,
    english_left,
    judged_otherwise,
    told_otherwise,
)
from tests.support import asked, settlement
from tests.support.sentences import Text, of_page
from tests.support.settlement import made

Frames = dict[str, pl.DataFrame]
Asked = tuple[Period, Scope]
# Kinds of texts that define or list; the words of other kinds judge.
IN_WORDS = {"caption", "article", "row"}
# Which views are read: others whenever the sample changes, the same again for the same tree.
SEED = int(os.environ.get("SENTENCES_SEED") or int(settlement.version(), 16) % 10_000)


def town_of(root: Path, kept: Callable[[Frames], Frames]) -> Snapshot:
    """The invented settlement's store with those frames of each delivery that are kept."""
    storage.prepare(root)
    journal = Journal(root)
    listed = deliveries(60, 36, 2023)
    withdrawn = {one.withdraws for one in listed}
    for number, one in enumerate(listed, 1):
        frames = {} if one.withdraws or number in withdrawn else kept(one.frames)
        if not frames:
            continue
        with storage.staging(root) as work:
            for name, rows in frames.items():
                rows.write_parquet(work / f"{name}.parquet")
            counts = {name: rows.height for name, rows in frames.items()}
            manifest = {
                "files": [{"name": one.file, "sha256": "0" * 64}],
                "rows": counts,
                "note": "",
            }
            journal.commit(work, manifest, one.at.isoformat())
    publish(root)
    return open_store(root).snapshot()


@cache
def of_one_ledger(place: Path) -> Snapshot:
    """A store that holds the tasks alone."""
    return town_of(place / "one", lambda frames: {n: f for n, f in frames.items() if n == "tasks"})


@cache
def fallen_silent(place: Path) -> Snapshot:
    """A store in which two buildings report no work in the last three months."""
    quiet: set[str] = set()

    def kept(frames: Frames) -> Frames:
        for name, rows in frames.items():
            if name == "households":
                inside = rows.filter(pl.col("building").is_in(["1栋", "2栋"]))
                quiet.update(inside["household_id"])
            if name == "labour":
                quiet.update(rows.filter(pl.col("household_id").is_in(quiet))["citizen_id"])
        if "employment" not in frames:
            return frames
        rows = frames["employment"]
        late = pl.col("month").dt.strftime("%Y-%m") >= "2025-10"
        heard = rows.filter(~(late & pl.col("citizen_id").is_in(quiet)))
        return {**frames, "employment": heard}

    return town_of(place / "silent", kept)


def views(snapshot: Snapshot) -> list[Asked]:
    """Every period of every kind, in the order of time, at every place."""
    listed = [when for kind in MONTHS for when in metrics.periods(snapshot, kind)]
    listed.sort(key=lambda when: (when.end, str(when)))
    return [(when, scope) for when in listed for scope in metrics.places(snapshot)]


def crossed(snapshot: Snapshot, seed: int) -> list[Asked]:
    """A period of each kind at places of every second kind, both drawn by a seed; each kind is met."""
    draw = random.Random(seed)
    kinds: dict[str, list[Scope]] = {}
    for scope in metrics.places(snapshot):
        kinds.setdefault(scope.kind, []).append(scope)
    listed = [draw.choice(metrics.periods(snapshot, kind)) for kind in MONTHS]
    first = draw.randrange(2)
    return [
        (when, draw.choice(kinds[kind]))
        for row, when in enumerate(listed)
        for kind in sorted(kinds)[(row + first) % 2 :: 2]
    ]


def faults_of(snapshot: Snapshot, listed: list[Asked]) -> Iterator[str]:
    """What is wrong with the texts of every page, for the leader and who sees no small counts."""
    of_leader = asked.leader(snapshot)
    readers = [
        (Reader(role=Role.LEADER), of_leader),
        (Reader(), asked.viewer(snapshot, of_leader)),
    ]
    for when, scope in listed:
        for reader, answers in readers:
            view = View.of(snapshot, when, scope, reader=reader)
            for section in sections():
                if section.asks or section.timeless or scope.kind not in section.scopes:
                    continue
                yield from faults_on(section, view, answers)


def faults_on(section: Section, view: View, answers: reading.Answers) -> Iterator[str]:
    """What is wrong with the texts of a page."""
    texts = list(of_page(section, view))
    page = reading.View(answers, str(view.period), str(view.scope), texts)
    for text in texts:
        for fault in reading.faults(text, page):
            where = f"{view.reader.role} {view.period} {view.scope} {text.page}.{text.panel}"
            yield f"{where} {text.kind}: {text.text!r}: {fault}"


def faults_of_lists(snapshot: Snapshot, homes: list[str], metric: str) -> Iterator[str]:
    """What is wrong with the pages of households, and with those that have no period."""
    last, town = metrics.periods(snapshot, "quarter")[-1], metrics.whole(snapshot)
    view = View.of(snapshot, last, town, reader=Reader("task", Role.TASK_FORCE))
    answers = asked.leader(snapshot)
    for section in sections():
        if section.asks:
            for home in homes:
                yield from faults_on(section, view.choosing(**{section.asks: home}), answers)
        elif section.timeless:
            yield from faults_on(section, view.choosing(metric=metric), answers)


def homes_of(snapshot: Snapshot) -> list[str]:
    """The households in register in the latest month."""
    month = metrics.periods(snapshot, "month")[-1]
    rows = metrics.rows(
        snapshot, METRICS["register_size"], month, metrics.whole(snapshot), "numerator"
    )
    return sorted(set(rows["household_id"]))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


def test_every_sentence_of_the_settlement_stands() -> None:
    snapshot = settlement.snapshot()
    faults = list(faults_of(snapshot, crossed(snapshot, SEED)))
    assert faults == [], f"read again with SENTENCES_SEED={SEED}"


def test_every_sentence_about_households_and_definitions_stands() -> None:
    snapshot, draw = settlement.snapshot(), random.Random(SEED)
    homes = draw.sample(homes_of(snapshot), 4)
    faults = list(faults_of_lists(snapshot, homes, draw.choice(list(METRICS))))
    assert faults == [], f"read again with SENTENCES_SEED={SEED}"


def test_every_sentence_stands_where_one_ledger_is_held(place: Path) -> None:
    snapshot = of_one_ledger(place)
    last = metrics.periods(snapshot, "quarter")[-1]
    assert list(faults_of(snapshot, [(last, metrics.whole(snapshot))])) == []


def test_every_sentence_stands_where_units_fell_silent(place: Path) -> None:
    snapshot = fallen_silent(place)
    last = metrics.periods(snapshot, "month")[-1]
    assert list(faults_of(snapshot, [(last, metrics.whole(snapshot))])) == []


def names() -> Names:
    """What the settlement's ledgers call things in words of their own."""
    texts: set[str] = set()
    for delivery in deliveries(60, 36, 2023):
        for ledger, rows in delivery.frames.items():
            for field in by_name()[ledger].fields():
                if field.kind == "text" and not field.place and field.name in rows.columns:
                    texts.update(map(str, rows[field.name].drop_nulls().unique()))
    return Names(texts)


# Rows as the ledgers have them, words of their own too.
AS_IN_LEDGERS = {("definitions", "rows", "row")}


def in_both(section: Section, view: View) -> Iterator[tuple[Text, Text]]:
    """Each text of a page in Chinese, with the same in English; not the marks of charts."""
    chinese = [text for text in of_page(section, view) if text.kind != "mark"]
    with speaking("en"):
        english = [text for text in of_page(section, view) if text.kind != "mark"]
    yield from zip(chinese, english, strict=True)


def test_english_tells_what_chinese_tells_and_keeps_none_of_it() -> None:
    snapshot, known = settlement.snapshot(), names()
    otherwise = []
    for number, (when, scope) in enumerate(crossed(snapshot, SEED)[:3]):
        view = View.of(snapshot, when, scope, reader=Reader(role=Role.LEADER))
        for section in sections():
            if section.asks or (section.timeless and number) or scope.kind not in section.scopes:
                continue
            for zh, en in in_both(section, view):
                if (zh.page, zh.panel, zh.kind) in AS_IN_LEDGERS:
                    continue
                faults = [*chinese_left(en.text, known), *english_left(zh.text, known)]
                if zh.kind not in IN_WORDS and section.key != "definitions":
                    faults += told_otherwise(zh.text, en.text) + judged_otherwise(zh.text, en.text)
                otherwise += [(zh, en.text, faults)] if faults else []
    assert otherwise == [], f"read again with SENTENCES_SEED={SEED}"


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_every_sentence_of_the_settlement_stands_everywhere() -> None:
    snapshot = settlement.snapshot()
    assert list(faults_of(snapshot, views(snapshot))) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_every_sentence_of_the_sample_stands() -> None:
    snapshot = open_store(made()).snapshot()
    towns = [one for one in views(snapshot) if not one[1].building]
    assert list(faults_of(snapshot, towns)) == []


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("store", [of_one_ledger, fallen_silent])
def test_every_sentence_of_a_partial_store_stands(
    store: Callable[[Path], Snapshot], place: Path
) -> None:
    snapshot = store(place)
    assert list(faults_of(snapshot, views(snapshot))) == []
