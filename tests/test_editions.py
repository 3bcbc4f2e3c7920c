"""Who noted yesterday's figures learns nothing of few from today's."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import access, metrics
from board.access import Reader, ReaderSnapshot
from board.catalogue import METRICS
from board.journal import HIDINGS, Journal
from board.ledgers import by_name
from board.metrics import Metric, People, Period, Reading, Scope, Status
from board.publish import hidings, publish, verify
from board.storage import CURRENT
from board.store import Snapshot, open_store
from board.suppression.counted import COUNTED, Edition
from board.suppression.decision import Decision
from board.suppression.editions import hidings_staying, parts_coarser, sums_from_january
from board.suppression.families import Family, Member, family_of
from board.suppression.splits import STEPS, TOTAL, Split
from board.suppression.stays import Stay, Stays
from tests.support.attacker import Attacker, Name
from tests.support.reading import read
from tests.support.settlement import made
from tests.support.stores import batch_of

MONTH = date(2024, 3, 1)
COUNT = Member("count", "count", "metrics/count", "count", ("kind",), False, (), counts_people=True)
WORKERS = Family(People("workers", "persons"), (COUNT,))
ASSISTED = Family(People("assisted", "households", grows="months"), (COUNT,))
COUNTS = [m for m in METRICS.values() if family_of(m) and m.kind == "count"]


def edition(
    totals: dict[date, float],
    parts: dict[str, float] | None = None,
    split: Split | None = None,
    hidden: tuple[date, ...] = (),
    barred: tuple[date, ...] = (),
) -> Edition:
    """An edition with the totals of some months and the parts of MONTH."""
    rows = [{"kind": "total", "part": "", "month": m, "n": n, "d": n} for m, n in totals.items()]
    for label, n in (parts or {}).items():
        rows.append(
            {"kind": "part", "part": "kind", "label": label, "month": MONTH, "n": n, "d": n}
        )
    rows += [{"kind": "barred", "part": "kind", "month": month} for month in barred]
    counted = pl.DataFrame([row | {"metric": "count"} for row in rows], schema=COUNTED)
    splits = {("count", "kind"): split} if split else {}
    closed = frozenset(("count", month) for month in hidden)
    return Edition(Decision(splits, closed, frozenset(), frozenset({"count"})), counted)


@st.composite
def corrections(draw: st.DrawFn) -> tuple[list[int], list[int], float]:
    """The counts of some places, the same with up to three people corrected, and a rounding."""
    places = draw(st.integers(3, 6))
    before = draw(st.lists(st.integers(14, 90), min_size=places, max_size=places))
    after = list(before)
    for _ in range(draw(st.integers(1, 3))):
        after[draw(st.integers(0, places - 1))] += draw(st.sampled_from((-1, 1)))
    return before, after, draw(st.sampled_from((0.0, 10.0, 20.0)))


@given(corrections())
@settings(max_examples=60, deadline=None)
def test_who_knows_how_few_rows_were_corrected_can_t_tell_where(
    drawn: tuple[list[int], list[int], float],
) -> None:
    """Rounded figures of both editions, both exact sums and the number of corrections are known."""
    before, after, step = drawn
    split = Split(shown=True, step=step)
    sums = [{f"{at}栋": float(n) for at, n in enumerate(counts)} for counts in (before, after)]
    one, two = (edition({MONTH: sum(s.values())}, s, split) for s in sums)
    stays = Stays(frozenset(parts_coarser("", WORKERS, one, two, ())))
    later = replace(split, coarser=stays.coarser("count", "kind")).within([MONTH])
    if not later.shown:
        return
    attacker = Attacker()
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        bounded(attacker, ("before", at), old, step)
        bounded(attacker, ("after", at), new, later.step)
    differences(attacker, len(before), sum(abs(a - b) for a, b in zip(after, before, strict=True)))
    for name, counts in (("before", before), ("after", after)):
        row = {(name, at): 1.0 for at in range(len(counts))}
        attacker.equal.append((dict(row), float(sum(counts))))
    attacker.solved()
    for at, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            assert attacker.unsure({("after", at): 1.0, ("before", at): -1.0}), at


def bounded(attacker: Attacker, name: Name, count: float, step: float) -> None:
    """What a figure that is rounded to `step` says of its count."""
    attacker.unknown(name)
    if not step:
        attacker.known(name, count)
        return
    shown = np.floor(count / step + 0.5) * step
    assert shown > 0, "somebody is rounded to nobody"
    attacker.at_most.append(({name: 1.0}, shown + step / 2 - 1))
    attacker.at_most.append(({name: -1.0}, -(shown - step / 2)))


def differences(attacker: Attacker, parts: int, corrected: float) -> None:
    """Between two editions no more than so many people were added to parts or taken from them."""
    moved: dict[Name, float] = {}
    for at in range(parts):
        more, less = attacker.unknown(("more", at)), attacker.unknown(("less", at))
        row = {("after", at): 1.0, ("before", at): -1.0, more: -1.0, less: 1.0}
        attacker.equal.append((row, 0.0))
        moved |= {more: 1.0, less: 1.0}
    attacker.at_most.append((moved, corrected))


def test_a_total_hidden_before_a_correction_of_few_stays_hidden() -> None:
    """Nine, not shown, and ten after one correction: who reads ten knows of the nine."""
    months = {MONTH: 9.0, date(2024, 4, 1): 9.0}
    before = edition(months, hidden=tuple(months))
    now = edition({MONTH: 10.0, date(2024, 4, 1): 40.0})
    stays = Stays(frozenset(hidings_staying("", WORKERS, before, now)))
    assert stays.months("total") == {("count", MONTH)}


def test_a_split_hidden_before_a_correction_of_few_stays_hidden() -> None:
    before = edition({MONTH: 200.0}, split=Split(), barred=(MONTH,))
    shown = Split(shown=True, step=10.0)
    for total, kept in ((201.0, True), (240.0, False)):
        now = edition({MONTH: total}, {"甲": 100.0, "乙": total - 100.0}, shown)
        stays = Stays(frozenset(hidings_staying("", WORKERS, before, now)))
        assert stays.hides("count", "kind") is kept


def test_categories_that_stood_together_stay_so_after_a_correction_of_few() -> None:
    parts = {"甲": 100.0, "乙": 40.0, "丙": 9.0}
    split = Split(shown=True, step=10.0, together=("乙", "丙"), summed=True)
    before = edition({MONTH: 149.0}, parts, split)
    now = edition({MONTH: 150.0}, parts | {"丙": 10.0}, replace(split, together=()))
    stays = Stays(frozenset(hidings_staying("", WORKERS, before, now)))
    assert stays.labels("count", "kind") == {"乙", "丙"}


def test_what_adds_up_from_january_never_comes_near_to_what_was_shown() -> None:
    """A batch is withdrawn and comes back with one household more: it is hidden as if it had stayed."""
    march, april, may = (date(2024, month, 1) for month in (3, 4, 5))
    first = edition({march: 20.0, april: 15.0})
    without = edition({march: 20.0})
    again = edition({march: 20.0, april: 17.0, may: 30.0})
    gone = frozenset(sums_from_january("", ASSISTED, first, without, ()))
    assert {(one.kind, one.month, one.amount) for one in gone} == {("shown", april, 35.0)}
    stays = Stays(gone | frozenset(sums_from_january("", ASSISTED, without, again, gone)))
    assert stays.coarser("count", TOTAL) == ((april, 5.0),)


def test_people_counted_from_january_are_rounded_after_a_correction_of_few() -> None:
    """Twenty households were shown, then twenty-one: both are about twenty."""
    households = replace(ASSISTED, people=replace(ASSISTED.people, grows="rows"))
    for shown, now, step in ((20.0, 21.0, 5.0), (22.0, 23.0, 10.0)):
        stays = Stays(
            frozenset(
                sums_from_january(
                    "", households, edition({MONTH: shown}), edition({MONTH: now}), ()
                )
            )
        )
        assert stays.coarser("count", TOTAL) == ((MONTH, step),)
        assert not stays.months("total")


def test_an_exact_part_that_was_gone_is_rounded_when_it_comes_back() -> None:
    exact = Split(shown=True)
    first = edition({MONTH: 90.0}, {"甲": 43.0, "乙": 47.0}, exact)
    stays = Stays(frozenset(parts_coarser("", WORKERS, first, None, ())))
    assert stays.coarser("count", "kind") == ((MONTH, float(STEPS["persons"][0])),)


def test_a_stay_is_read_as_it_was_written() -> None:
    stay = Stay("方案", "workers", "coarser", "count", "building", month=MONTH, amount=20.0)
    assert Stay.read(stay.as_json()) == stay


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small settlement's store, published as a large one is: with what it hides."""
    place = tmp_path_factory.mktemp("editions") / "store"
    shutil.copytree(made(120, 14), place)
    (place / CURRENT).unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hidings, "WORTH_KEEPING", 1)
        publish(place)
        yield place


@pytest.fixture(scope="module")
def editions(root: Path) -> tuple[Snapshot, Snapshot]:
    """What was published, and what is published after two rows more."""
    before = open_store(root).snapshot()
    batch_of(root, {"employment": [hired(root)], "assistance": [helped(root)]})
    publish(root)
    return before, open_store(root).snapshot()


AUTUMN, SPRING = date(2023, 9, 1), date(2023, 3, 1)


def hired(root: Path) -> dict[str, object]:
    """The row of somebody in a building one short of being rounded up, who now is at work after all."""
    rows = received(root, "employment").filter(month=AUTUMN)
    homes = received(root, "labour").select("citizen_id", "household_id")
    places = received(root, "households").select("household_id", "building")
    rows = rows.join(homes, on="citizen_id").join(places, on="household_id")
    at_work = pl.col("status") == "在业"
    short = rows.filter(at_work.sum().over("building").mod(10) == 4)
    job = short.filter(at_work).row(0, named=True)
    person = short.filter(~at_work).row(0, named=True)
    own = {name: person[name] for name in ("month", "citizen_id", "reported_on")}
    return written("employment", job | own)


def helped(root: Path) -> dict[str, object]:
    """A household that was assisted in spring, of which nobody knew."""
    rows = received(root, "assistance")
    known = set(rows.filter(pl.col("month").dt.year() == SPRING.year)["household_id"])
    homes = received(root, "households").filter(~pl.col("household_id").is_in(list(known)))
    row = rows.filter(month=SPRING).row(0, named=True)
    own = {"household_id": homes["household_id"][0], "citizen_id": None, "record_id": "新"}
    return written("assistance", row | own)


def written(ledger: str, values: dict[str, object]) -> dict[str, object]:
    """The columns that a ledger's sheet has."""
    return {one.name: values[one.name] for one in by_name()[ledger].fields()}


def received(root: Path, ledger: str) -> pl.DataFrame:
    """The newest row of every key of a ledger."""
    files = sorted(root.glob(f"batches/*/{ledger}.parquet"), key=lambda one: int(one.parent.name))
    rows = pl.concat([pl.read_parquet(one) for one in files], how="diagonal")
    return rows.unique(by_name()[ledger].key(), keep="last", maintain_order=True)


def viewer(snapshot: Snapshot) -> ReaderSnapshot:
    return access.for_reader(snapshot, Reader().permissions)


def told(snapshot: Snapshot, metric: Metric, month: date) -> dict[tuple[str, str], Reading]:
    """What a viewer reads of the places and categories of a month, by axis and label."""
    axes = [*metric.axes, *(one for one in ("building", "unit") if one in metric.scopes)]
    if metric.whole_only:
        axes = [*metric.axes]
    by = read(viewer(snapshot), metric, Period(month), Scope(), axes).by
    return {(axis, str(r.scope) + r.label): r for axis, parts in by.items() for r in parts}


def test_two_editions_tell_no_change_of_few_in_a_place_or_category(
    editions: tuple[Snapshot, Snapshot],
) -> None:
    """Of what is shown in both, a figure is the same, or what it stands for changed by many."""
    compared = 0
    for metric in COUNTS:
        if "month" not in metric.periods:
            continue
        for month in (SPRING, AUTUMN, date(2023, 12, 1)):
            before, now = (told(one, metric, month) for one in editions)
            for name in before.keys() & now.keys():
                old, new = before[name].value, now[name].value
                if old is None or new is None:
                    continue
                compared += 1
                same_step = before[name].rounded_to == now[name].rounded_to
                if metric.amount or same_step:
                    assert old == new, (metric.key, month, name)
    assert compared > 100


def test_a_sum_from_january_is_what_was_shown_or_hidden(
    editions: tuple[Snapshot, Snapshot],
) -> None:
    hidden = 0
    for metric in COUNTS:
        family = family_of(metric)
        if family is None or not family.people.grows or "month" not in metric.periods:
            continue
        for period in metrics.periods(editions[0], "month"):
            old, new = (read(viewer(one), metric, period, Scope()) for one in editions)
            truth = [read(one, metric, period, Scope()).value for one in editions]
            hidden += truth[0] != truth[1] and new.status is Status.SUPPRESSED
            assert None in (old.value, new.value) or old.value == new.value, (metric.key, period)
    assert hidden


def test_what_stays_hidden_is_in_the_journal_and_verified(
    root: Path, editions: tuple[Snapshot, Snapshot]
) -> None:
    rows = [event for event in Journal(root).events() if event.kind == HIDINGS]
    assert [event.payload["edition"] for event in rows] == [editions[1].events]
    assert {fields[2] for fields in rows[0].payload["stays"]} >= {"coarser", "total"}
    assert verify(root) == []
    name = publish(root)
    assert name == editions[1].name
    assert [event for event in Journal(root).events() if event.kind == HIDINGS] == rows
