"""What is hidden doesn't tell where the few are, nor what a month brought."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board import access, metrics
from board.access import Reader, ReaderSnapshot, Role
from board.catalogue import METRICS
from board.metrics import HOUSEHOLDS, PERSONS, Metric, Period, Scope, Status
from board.sections import View, sections
from board.store import Snapshot, WithheldError, open_store
from board.suppression import LEAST
from board.suppression.decide import decide, plan_families
from board.suppression.families import Member, families, family_of
from board.suppression.kept import kept
from board.suppression.splits import HIDDEN, by_category, by_place, rounded
from tests.support.reading import read
from tests.support.rows import citizen, household, published, worker
from tests.support.sentences import of_page
from tests.support.settlement import made
from tests.support.spread import shared

COUNTS = [m for m in METRICS.values() if family_of(m) and m.kind == "count"]
BUILDINGS = ("1栋", "2栋", "3栋")
CHILDREN = 14  # in each building
BORN = date(2014, 6, 15)
AUTUMN = Period.parse("2024-10")


def town(root: Path, absent: str) -> Snapshot:
    """Three buildings with as many children each, one of whom, in the building `absent`, is out of school."""
    households, labour, terms = [], [], []
    for at, building in enumerate(BUILDINGS):
        for n in range(CHILDREN):
            home, number = f"{building}-{n}", 100 * at + n
            households.append(household(home, building))
            labour.append(worker(number, home, BORN, work_ability=None, student=True))
            terms.append(
                {
                    "term": "2024秋", "citizen_id": citizen(number, BORN), "stage": "小学",
                    "school": "港区小学", "ownership": "公办", "nearby": True,
                    "enrolled": (building, n) != (absent, 3),
                }
            )  # fmt: skip
    return published(root, households=households, labour=labour, schooling=terms)


def texts(snapshot: Snapshot, scope: Scope) -> list[str]:
    """Everything that the pages tell somebody who may not see few."""
    view = View.of(snapshot, AUTUMN, scope)
    told = []
    for section in sections():
        try:
            told += [one.text for one in of_page(section, view)]
        except WithheldError:
            told.append(section.key)
    return told


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> list[Snapshot]:
    place = tmp_path_factory.mktemp("towns")
    return [town(place / building, building) for building in BUILDINGS]


@pytest.mark.parametrize("building", ["", *shared(BUILDINGS, len(BUILDINGS), "child")])
def test_the_only_child_out_of_school_lives_anywhere(towns: list[Snapshot], building: str) -> None:
    """Whoever knows how figures are hidden reads the same wherever the child lives."""
    rates = [read(one, METRICS["enrolment_rate"], AUTUMN, Scope()) for one in towns]
    assert {rate.numerator for rate in rates} == {3 * CHILDREN - 1}
    told = [texts(one, Scope(building=building or None)) for one in towns]
    assert len(told[0]) > 50
    assert told[0] == told[1] == told[2]


@st.composite
def rates(draw: st.DrawFn) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Rates of some places over some months, of which one, whose number is told, has few left."""
    places, months = draw(st.integers(2, 6)), draw(st.integers(1, 4))
    rows, few = [], draw(st.integers(0, places - 1))
    for place in range(places):
        for month in range(1, months + 1):
            whole = draw(st.integers(120, 300))
            many = draw(st.sampled_from((0, 10, 35, 60)))
            rest = draw(st.integers(1, 9)) if place == few else many
            rows.append((date(2024, month, 1), f"{place}栋", float(whole), float(whole + rest)))
    sums = pl.DataFrame(rows, schema=["period", "building", "n", "d"], orient="row")
    sums = sums.with_columns(u=pl.lit(0.0), e=pl.col("d"))
    return sums, sums.select(pl.col("period").alias("month"), "building"), few


RATE = Member("rate", "rate", "metrics/rate", "rate", (), False, (), counts_people=False)


@given(rates(), st.data())
@settings(max_examples=60, deadline=None)
def test_moving_the_few_of_a_place_elsewhere_shows_nothing(
    drawn: tuple[pl.DataFrame, pl.DataFrame, int], data: st.DataObject
) -> None:
    """The few left of one place move to another one, and no place is shown before or after."""
    sums, lived, few = drawn
    assert by_place(RATE, "persons", sums, lived, ["building"]) == HIDDEN
    places = sorted(set(sums["building"]) - {f"{few}栋"})
    other = data.draw(st.sampled_from(places))
    rest = sums.filter(pl.col("building") == f"{few}栋").select(
        "period", rest=pl.col("d") - pl.col("n")
    )
    moved = sums.join(rest, on="period").with_columns(
        d=pl.when(pl.col("building") == f"{few}栋").then(pl.col("n"))
        .when(pl.col("building") == other).then(pl.col("d") + pl.col("rest"))
        .otherwise(pl.col("d"))
    ).with_columns(e=pl.col("d")).drop("rest")  # fmt: skip
    assert by_place(RATE, "persons", moved, lived, ["building"]) == HIDDEN


@given(rates(), st.data())
@settings(max_examples=60, deadline=None)
def test_moving_a_few_who_are_counted_shows_nothing_either(
    drawn: tuple[pl.DataFrame, pl.DataFrame, int], data: st.DataObject
) -> None:
    """The same of a count: what is left of a rate above is here what is counted."""
    sums, lived, few = drawn
    counts = sums.with_columns(n=pl.col("d") - pl.col("n"))
    assert by_place(COUNT, "persons", counts, lived, ["building"]) == HIDDEN
    other = data.draw(st.sampled_from(sorted(set(sums["building"]) - {f"{few}栋"})))
    few_there = counts.filter(pl.col("building") == f"{few}栋").select("period", more="n")
    moved = counts.join(few_there, on="period").with_columns(
        n=pl.when(pl.col("building") == f"{few}栋").then(0.0)
        .when(pl.col("building") == other).then(pl.col("n") + pl.col("more"))
        .otherwise(pl.col("n"))
    ).drop("more")  # fmt: skip
    assert by_place(COUNT, "persons", moved, lived, ["building"]) == HIDDEN


COUNT = Member("count", "count", "metrics/count", "count", ("kind",), False, (), counts_people=True)


@given(
    st.lists(st.lists(st.integers(0, 80), min_size=3, max_size=3), min_size=2, max_size=6),
)
@settings(max_examples=100, deadline=None)
def test_no_category_of_few_is_shown_and_no_step_of_few_is_told(counts: list[list[int]]) -> None:
    """Of neighbouring months that are shown a reader can tell no change of fewer than ten."""
    rows = [
        (date(2024, month + 1, 1), f"第{kind}类", float(count))
        for kind, months in enumerate(counts)
        for month, count in enumerate(months)
    ]
    sums = pl.DataFrame(rows, schema=["period", "label", "n"], orient="row")
    sums = sums.with_columns(d=pl.col("n"), u=pl.lit(0.0), e=pl.col("n"))
    order = sorted(set(sums["label"]))
    split = by_category(COUNT, "persons", sums, order, complete=True)
    if not split.shown:
        return
    parts = [
        np.array(months)
        for kind, months in enumerate(counts)
        if f"第{kind}类" not in split.together
    ]
    if split.together:
        parts.append(np.sum([counts[order.index(label)] for label in split.together], axis=0))
    for part in parts:
        assert not ((part > 0) & (part < 10)).any()
        steps = np.abs(np.diff(rounded(part.astype(float), split.step)))
        assert ((steps == 0) | (steps >= 10)).all()


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    return open_store(made(120, 14)).snapshot()


@pytest.fixture(scope="module")
def seen(whole: Snapshot) -> ReaderSnapshot:
    return access.for_reader(whole, Reader().permissions)


@pytest.mark.parametrize("metric", COUNTS, ids=lambda metric: metric.key)
def test_months_that_are_shown_differ_by_nobody_or_by_many(
    seen: ReaderSnapshot, metric: Metric
) -> None:
    """Every place and category of every count, month after month."""
    told_steps(seen, metric)


@pytest.mark.soak
@pytest.mark.parametrize("metric", COUNTS, ids=lambda metric: metric.key)
def test_months_of_the_sample_that_are_shown_differ_by_nobody_or_by_many(metric: Metric) -> None:
    """The same in the sample's 36 months, for its 12 buildings and 36 units."""
    told_steps(access.for_reader(open_store(made(1000)).snapshot(), Reader().permissions), metric)


def told_steps(seen: ReaderSnapshot, metric: Metric) -> None:
    """Fail where a place or category shown is few, or differs by few from the month before."""
    if "month" not in metric.periods:
        return
    least = LEAST[whom(metric)]
    before: dict[tuple[str, str, Scope], float] = {}
    for period in metrics.periods(seen, "month"):
        axes = [*metric.axes, *(level for level in ("building", "unit") if level in metric.scopes)]
        by = read(seen, metric, period, Scope(), axes).by
        for axis, parts in by.items():
            for part in parts:
                name = axis, part.label, part.scope
                if part.value is None or metric.amount or not part.threshold:
                    continue
                assert part.value == 0 or part.value >= least, (name, period)
                step = abs(part.value - before.get(name, part.value))
                assert step == 0 or step >= least or part.status is Status.NO_DATA, (name, period)
                before[name] = part.value


def whom(metric: Metric) -> str:
    """Whom a metric counts."""
    return next(f.whom for f in families() if f.people == metric.people)


def test_new_households_at_risk_follow_from_no_two_figures(
    whole: Snapshot, seen: ReaderSnapshot
) -> None:
    """Households at risk and those cleared since January, month by month: what both tell is 0 or many."""
    risk, cleared = METRICS["risk_households"], METRICS["risk_cleared"]
    least = LEAST["households"]
    few = 0
    for year in (2023, 2024):
        months = [Period(date(year, month, 1)) for month in range(1, 13)]
        stock = [read(whole, risk, month, Scope()).value or 0 for month in months]
        sums = [read(whole, cleared, month, Scope()).value or 0 for month in months]
        told = [
            at for at, m in enumerate(months) if read(seen, cleared, m, Scope()).value is not None
        ]
        few += any(
            0 < sums[at] - sums[at - 1] + stock[at] - stock[at - 1] < least for at in range(1, 12)
        )
        for before, at in pairwise(told):
            new = sums[at] - sums[before] + stock[at] - stock[before]
            assert abs(new) == 0 or abs(new) >= least, (year, before + 1, at + 1)
    assert few


def test_who_reads_one_place_in_full_learns_nothing_of_few_others(whole: Snapshot) -> None:
    """The settlement less one's own building: that is never few, for any metric and month."""
    hidden = 0
    for building in ("1栋", "3栋"):
        role = Reader(role=Role.LEADER, places=(building,))
        own = access.for_reader(whole, role.permissions)
        for metric in COUNTS:
            if "month" not in metric.periods or "building" not in metric.scopes:
                continue
            if metric.unit not in (PERSONS, HOUSEHOLDS):
                continue
            for period in metrics.periods(whole, "month"):
                total = read(own, metric, period, Scope())
                mine = read(own, metric, period, Scope(building=building or None))
                hidden += total.status is Status.SUPPRESSED
                if total.value is None or mine.value is None or total.rounded_to:
                    continue
                left = total.value - mine.value
                assert left == 0 or left >= LEAST[whom(metric)], (metric.key, period)
    assert hidden


def test_who_reads_all_places_but_one_learns_no_step_of_few_of_that_one(whole: Snapshot) -> None:
    """The settlement less eleven buildings of twelve, month after month, is the twelfth's figure."""
    places = tuple(f"{number}栋" for number in range(1, 12))
    own = access.for_reader(whole, Reader(role=Role.LEADER, places=places).permissions)
    metric, hidden, before = METRICS["employment_destination"], 0, None
    for period in metrics.periods(whole, "month"):
        total = read(own, metric, period, Scope())
        parts = [read(own, metric, period, Scope(building=name)).value or 0 for name in places]
        hidden += total.status is Status.SUPPRESSED
        if total.value is None:
            continue
        left = total.value - sum(parts)
        step = abs(left - (before if before is not None else left))
        assert step == 0 or step >= LEAST[whom(metric)], period
        before = left
    assert hidden


def test_what_was_kept_at_publishing_is_what_is_worked_out() -> None:
    snapshot = open_store(made(60, 36)).snapshot()
    rows = snapshot.frame("hidings")
    assert set(rows["kind"]) >= {"decided", "split", "total"}
    for name, family in plan_families(snapshot).items():
        known = kept(rows, snapshot.schema, name)
        assert known in (None, decide(snapshot, family))
    assert (
        sum(kept(rows, snapshot.schema, name) is not None for name in plan_families(snapshot)) > 10
    )
