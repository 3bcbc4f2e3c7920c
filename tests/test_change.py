"""A change of a figure is told apart: what moved, who came and went, who only fell silent."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import polars as pl
import pytest

from board import access, metrics
from board.access import Reader
from board.catalogue import METRICS
from board.metrics import Change, Metric, Period, Scope, change, former
from board.metrics.change import CLASSES
from board.sections.cards import card
from board.sections.overview import moves
from board.sections.words import change_since, reporting_words
from board.store import Snapshot, open_store
from tests.outside.cli import call
from tests.support import rows
from tests.support.answers import number
from tests.support.reading import full_view
from tests.support.settlement import made
from tests.support.spread import shared

JULY, AUGUST = Period.parse("2024-07"), Period.parse("2024-08")
COUNT, RATE, WAGE = (
    METRICS[k] for k in ("employment_destination", "employment_rate", "median_wage")
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("change")


@pytest.fixture(scope="module")
def store(root: Path) -> Snapshot:
    """July: six of 1栋 work, four of 2栋/1单元 too. August: one lost work, one moved in, 2栋 is silent."""
    homes = [rows.household(f"H{n}") for n in range(6)]
    homes += [rows.household(f"K{n}", "2栋") for n in range(4)]
    homes += [rows.household("N1", effective_month=rows.month("2024-08"), moved_in=None)]
    homes += [rows.household("H5", effective_month=rows.month("2024-08"), status="迁出")]
    people = [rows.worker(n, f"H{n}") for n in range(6)]
    people += [rows.worker(10 + n, f"K{n}") for n in range(4)]
    people += [rows.worker(20, "N1", effective_month=rows.month("2024-08"))]
    people += [rows.worker(30, "H0")]  # Reported in August only.
    ids = [person["citizen_id"] for person in people]
    told = [rows.employment("2024-07", one) for one in ids[:10]]
    told += [rows.employment("2024-08", one) for one in ids[:4]]
    told += [
        rows.employment("2024-08", ids[4], "未就业"),
        *(rows.employment("2024-08", one) for one in ids[10:]),
    ]
    return rows.published(root, households=homes, labour=people, employment=told)


def changed(snapshot: Snapshot, metric: Metric, where: Scope | None = None) -> Change:
    return change(snapshot, metric, AUGUST, JULY, where or metrics.whole(snapshot))


def test_of_a_count_the_five_parts_are_told_apart(store: Snapshot) -> None:
    # July 10 at work; August 4 of them, 1 without work, 1 moved away, 4 silent, 1 came, 1 is heard.
    found = changed(store, COUNT)
    assert (found.difference, found.moved) == (-4, -1)
    assert [getattr(found, name) for name in CLASSES] == [-1, 1, -1, 1, -4]
    assert (found.silent, found.heard, found.silent_in) == (4, 1, (("2栋/1单元", 4),))
    assert found.places_silent == 1
    assert found.movement is False


def test_of_a_rate_real_is_the_change_over_those_reported_in_both(store: Snapshot) -> None:
    # Both months: persons 0 to 4, 5/5 then 4/5. All: 10/10 then 6/7. Without the silent: 6/6, 5/6.
    found = changed(store, RATE)
    assert found.real == pytest.approx(4 / 5 - 1)
    assert found.difference == pytest.approx(6 / 7 - 1)
    assert found.rest == pytest.approx(6 / 7 - 4 / 5)
    assert found.moved == pytest.approx(5 / 6 - 1)
    assert found.entered is None


def test_a_median_is_comparable_where_nine_in_ten_are_reported_in_both(store: Snapshot) -> None:
    found = changed(store, WAGE)
    assert (found.comparable, found.real, found.rest) == (False, None, None)
    assert found.difference == 0
    assert found.movement is False


def test_a_silent_building_is_named_instead_of_a_movement(store: Snapshot) -> None:
    view = full_view(store, AUGUST, metrics.whole(store))
    reading = view.read(COUNT.key)
    assert change_since(reading, view.change(reading)) == "较上月 2栋1单元未报 4人"
    assert "2栋1单元未报 4人" in card(view, COUNT.key).note
    assert moves.latest_move(view, COUNT) is None


def test_who_sees_no_few_is_told_of_places_and_of_the_whole_alone(store: Snapshot) -> None:
    seen = access.for_reader(store, Reader().permissions)
    whole = changed(store, COUNT).for_few
    assert reporting_words(COUNT, whole) == "1 处未报"
    assert [getattr(whole, name) for name in CLASSES] == [None] * 5
    inside = access.change(seen, COUNT, AUGUST, JULY, Scope("幸福小镇", "1栋"))
    assert (inside.movement, inside.places_silent, inside.silent) == (None, 0, 0)


def test_nothing_is_told_where_one_of_the_figures_is_hidden_or_missing(store: Snapshot) -> None:
    seen = access.for_reader(store, Reader().permissions)
    hidden = access.change(seen, COUNT, AUGUST, JULY, metrics.whole(store))
    assert hidden == Change(JULY, movement=None)
    before = change(store, COUNT, JULY, Period.parse("2024-06"), metrics.whole(store))
    assert (before.difference, before.movement) == (None, False)


def test_what_begins_again_in_january_compares_with_last_year() -> None:
    january = Period.parse("2024-01")
    assert str(former(METRICS["training_rate"], january)) == "2023-01"
    assert str(former(METRICS["loans_granted"], january)) == "2023-01"
    assert str(former(METRICS["monitoring_rounds"], january)) == "2023-01"
    assert str(former(COUNT, january)) == "2023-12"


@pytest.fixture(scope="module")
def settlement() -> Snapshot:
    return open_store(made(120, 14)).snapshot()


def classes_by_loops(frame: pl.DataFrame, before: pl.DataFrame) -> dict[str, float]:
    """The five parts of a count worked out person by person."""
    now, then = ({r["subject"]: r for r in f.to_dicts()} for f in (frame, before))
    sums = dict.fromkeys(CLASSES, 0.0)
    for one in now.keys() | then.keys():
        a, b = then.get(one), now.get(one)
        step = (b["numerator"] if b else 0) - (a["numerator"] if a else 0)
        if a is None or b is None:
            sums["entered" if a is None else "left"] += step
        elif not a["unreported"] and not b["unreported"]:
            sums["real"] += step
        elif a["unreported"] != b["unreported"]:
            sums["newly_reported" if a["unreported"] else "fell_silent"] += step
    return sums


@pytest.mark.parametrize("key", ["employment_destination", "returned_workers"])
def test_the_parts_are_those_of_a_loop_over_persons(settlement: Snapshot, key: str) -> None:
    metric, whole = METRICS[key], metrics.whole(settlement)
    periods = metrics.periods(settlement, "month")[14:]
    tried = 0
    for before, now in itertools.pairwise(periods):
        found = change(settlement, metric, now, before, whole)
        if found.difference is None:
            continue
        frames = [settlement.frame(metric.sql, since=p.first, until=p.first) for p in (now, before)]
        assert {name: getattr(found, name) for name in CLASSES} == classes_by_loops(*frames)
        tried += 1
    assert tried > 5


@pytest.mark.parametrize(
    "metric", shared(METRICS.values(), 3, "parts"), ids=lambda metric: metric.key
)
def test_the_parts_of_every_figure_add_up_to_its_difference(
    settlement: Snapshot, metric: Metric
) -> None:
    places = [one for one in metrics.places(settlement)[:2] if one.kind in metric.scopes]
    kind = metric.periods[0]
    periods = metrics.periods(settlement, kind)[3 if kind == "quarter" else -4 :][:4]
    for scope in places:
        for period in periods:
            for since in (period.before(), period.a_year_before):
                found = change(settlement, metric, period, since, scope)
                parts = [getattr(found, name) for name in CLASSES]
                if found.difference is None or metric.kind in ("median", "gap", "growth", "rounds"):
                    assert set(parts) == {None}
                elif metric.kind == "rate":
                    assert parts[1:] == [None] * 4
                    assert found.rest is None or found.real is not None
                else:
                    now, then = (
                        number(metrics.read(settlement, metric, p, scope).value)
                        for p in (period, since)
                    )
                    assert sum(parts) == pytest.approx(now - then)


def test_the_command_answers_the_change_since_a_period(store: Snapshot, root: Path) -> None:
    words = ["metrics", "--metric", COUNT.key, "--format", "json", "--period", "2024-08"]
    before = call(*words, store=root).json[0]["change"]
    assert before == {
        "from": "2024-07", "difference": -4, "real": -1, "entered": 1, "left": -1,
        "newly_reported": 1, "fell_silent": -4, "rest": None, "comparable": True,
    }  # fmt: skip
    answer = json.loads(call(*words, "--from", "2024-06", store=root).out)[0]["change"]
    assert (answer["from"], answer["difference"]) == ("2024-06", None)
