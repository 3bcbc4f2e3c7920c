"""Whoever may not see counts of few gets none of them back, however many readings they put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product

import pytest

from board import access, metrics, questions
from board.access import Reader, ReaderSnapshot, Role
from board.access.snapshot import whole_of
from board.catalogue import METRICS
from board.metrics import HOUSEHOLDS, PERSONS, UNKNOWN, Metric, Period, Reading, Scope, Status
from board.metrics.reading import fitting
from board.store import Snapshot, WithheldError, open_store
from board.suppression import LEAST, flows_shown
from board.suppression.decide import decide, decision, plan_families, split_of
from board.suppression.families import Member, families, family_of
from board.suppression.splits import name_of
from tests.support.answers import number
from tests.support.attacker import Attacker, Name
from tests.support.reading import read
from tests.support.settlement import made
from tests.support.spread import shared

MONTHS = (Period(date(2023, 9, 1)), Period(date(2023, 10, 1)))
WHOLE = Scope()
COUNTING = {metric.key: family for metric in METRICS.values() if (family := family_of(metric))}


@pytest.fixture(scope="module")
def whole() -> Snapshot:
    """A settlement so small that much of it has to be hidden."""
    return open_store(made(120, 14)).snapshot()


@pytest.fixture(scope="module")
def seen(whole: Snapshot) -> ReaderSnapshot:
    """What a viewer sees of it."""
    return access.for_reader(whole, Reader().permissions)


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_a_metric_about_people_says_whom_it_counts(metric: Metric) -> None:
    assert metric.people is not None or not metric.about_people


@pytest.mark.parametrize("metric", METRICS.values(), ids=lambda metric: metric.key)
def test_a_metric_that_counts_people_says_which(metric: Metric) -> None:
    assert metric.unit not in (PERSONS, HOUSEHOLDS) or family_of(metric)


@pytest.mark.parametrize("member", [m for f in families() for m in f.members], ids=lambda m: m.key)
def test_a_family_says_of_its_metrics_what_the_catalogue_says(member: Member) -> None:
    metric = METRICS[metric_of(member)]
    axes = sorted(member.axes)
    assert member.sql == metric.sql
    assert member.splits_all == (metric.splits == "denominator")
    if metric.kind == "gap":
        assert not axes
        return
    assert axes == sorted(metric.axes)
    assert member.kind == metric.kind


def metric_of(member: Member) -> str:
    """The key of a member's metric; one with figures of several lengths is a member for each."""
    return member.key.partition(" ")[0]


def place(scope: Scope) -> str:
    return str(scope)


def about(attacker: Attacker, name: Name, reading: Reading) -> None:
    """What a rounded reading says: between which numbers its count, or its share, lies."""
    key, half = reading.metric.key, reading.rounded_to / 2
    value = reading.value
    count, whole = ((key, part, *name) for part in ("n", "d"))
    attacker.unknown(count), attacker.unknown(whole)
    if value is None:
        return
    if reading.metric.kind == "rate":
        attacker.at_most.append(({count: 1.0, whole: -(value + half)}, 0.0))
        attacker.at_most.append(({count: -1.0, whole: value - half}, 0.0))
    elif value:
        attacker.at_most.append(({count: 1.0}, value + half - 1))
        least = LEAST[COUNTING[key].whom]
        attacker.at_most.append(({count: -1.0}, -max(value - half, least)))
    else:
        attacker.known(count, 0.0)


def told(attacker: Attacker, name: Name, reading: Reading) -> None:
    """What a shown reading says, numerator and denominator, and what its coverage says."""
    key = reading.metric.key
    if reading.rounded_to:
        about(attacker, name, reading)
        return
    for part, value in (("n", reading.numerator), ("d", reading.denominator)):
        attacker.unknown((key, part, *name))
        if value is not None:
            attacker.known((key, part, *name), value)
    if reading.expected is not None and key == "employment_destination":
        attacker.known(("employment_rate", "d", *name), reading.expected - reading.unreported)


def readings(
    snapshot: Snapshot | ReaderSnapshot, keys: list[str], period: Period
) -> Iterator[tuple[Name, Reading]]:
    """Every reading of some metrics: for the whole, each place, each category; named the same way."""
    for key in keys:
        metric = METRICS[key]
        for scope in metrics.places(snapshot):
            if scope.kind not in metric.scopes or (metric.whole_only and scope.building):
                continue
            axes = metric.axes if scope.kind == "plan" and metric.kind != "gap" else ()
            found = read(snapshot, metric, period, scope, axes)
            yield (place(scope),), found
            for axis, split in found.by.items():
                for one in split:
                    yield (place(scope), axis, one.label), one


TIES: tuple[tuple[Name, Name], ...] = (
    (("employment_rate", "n"), ("employment_destination", "n")),
    (("risk_helped", "d"), ("risk_households", "n")),
)
INSIDE: tuple[tuple[Name, Name], ...] = (
    (("employment_rate", "n"), ("employment_rate", "d")),
    (("nearby_share", "n"), ("nearby_share", "d")),
    (("nearby_share", "d"), ("employment_destination", "n")),
    (("median_wage", "d"), ("employment_destination", "n")),
    (("public_post_priority", "n"), ("public_post_priority", "d")),
    (("public_post_priority", "d"), ("employment_destination", "n")),
    (("returned_workers", "n"), ("employment_rate", "d")),
    (("risk_helped", "n"), ("risk_helped", "d")),
    (("disability_allowance", "n"), ("disability_allowance", "d")),
    (("enrolment_rate", "n"), ("enrolment_rate", "d")),
    (("nearby_public_rate", "n"), ("nearby_public_rate", "d")),
    (("nearby_public_rate", "d"), ("enrolment_rate", "n")),
    (("risk_referred", "n"), ("risk_referred", "d")),
    (("risk_referred", "d"), ("risk_households", "n")),
    (("willing_employment_rate", "n"), ("willing_employment_rate", "d")),
    (("willing_employment_rate", "n"), ("employment_rate", "n")),
    (("willing_employment_rate", "d"), ("employment_rate", "d")),
    (("stable_jobs", "n"), ("stable_jobs", "d")),
    (("stable_jobs", "d"), ("employment_destination", "n")),
    (("zero_employment_overdue", "n"), ("zero_employment_households", "n")),
    (("households_visited", "n"), ("households_visited", "d")),
)
SAME = (
    (("home_place", "大化瑶族自治县内"), ("county", "大化瑶族自治县")),
    (("home_place", "境外"), ("place", "境外")),
)


def together(seen: ReaderSnapshot, reading: Reading, name: Name) -> list[Name]:
    """The names of the categories for which a reading stands with the sum of their counts."""
    if len(name) < 3 or reading.scope.building:
        return []
    split = split_of(whole_of(seen), reading.metric, name[1])
    labels = [label or UNKNOWN for label in split.together] if split.summed else []
    if len(labels) < 2 or reading.label != name_of(labels):
        return []
    return [(*name[:-1], label) for label in labels]


def attack(seen: ReaderSnapshot, keys: list[str], period: Period) -> Attacker:
    """Everything a viewer can ask of some metrics for a period, and what hangs together."""
    attacker, names, merged = Attacker(), set(), set()
    for name, reading in readings(seen, keys, period):
        names.add(name)
        told(attacker, name, reading)
        if alone := together(seen, reading, name):
            names.update(alone)
            merged.add(name)
            key = reading.metric.key
            attacker.sums((key, "n", *name), [(key, "n", *one) for one in alone])
    scopes = metrics.places(seen)
    for key in keys:
        parts = ("n",) if METRICS[key].kind == "count" else ("n", "d")
        for part in parts:
            for scope in scopes:
                below = "unit" if scope.building else "building"
                inner = [s for s in metrics.below(seen, scope, below) if s != scope]
                if (
                    scope.kind in METRICS[key].scopes
                    and inner
                    and inner[0].kind in METRICS[key].scopes
                ):
                    attacker.sums((key, part, place(scope)), [(key, part, place(s)) for s in inner])
            for axis in METRICS[key].axes:
                labels = [name for name in names if len(name) == 3 and name[1] == axis]
                mine = [n for n in labels if (key, part, *n) in attacker.columns]
                mine = [n for n in mine if n not in merged]
                if METRICS[key].splits == "denominator":
                    mine = [name for name in mine if name[2] == "不应发已发"]
                if axis != "group":
                    attacker.sums((key, part, str(WHOLE)), [(key, part, *n) for n in mine])
    for name in names:
        for one, other in TIES:
            if {one[0], other[0]} <= set(keys) and (*one, *name) in attacker.columns:
                attacker.sums((*one, *name), [(*other, *name)])
        for inner_count, around in INSIDE:
            if {inner_count[0], around[0]} <= set(keys) and (
                *inner_count,
                *name,
            ) in attacker.columns:
                attacker.within((*inner_count, *name), (*around, *name))
    if "employment_destination" in keys:
        destination = ("employment_destination", "n", str(WHOLE))
        for one, other in SAME:
            attacker.sums((*destination, *one), [(*destination, *other)])
        attacker.sums(
            ("public_post_priority", "d", str(WHOLE)), [(*destination, "kind", "公益性岗位")]
        )
    attacker.solved()
    return attacker


def few(key: str, reading: Reading) -> list[dict[str, float]]:
    """The sums of a reading that are few: its parts, and what is left of a rate."""
    least = LEAST[COUNTING[key].whom]
    parts = {"n": reading.numerator, "d": reading.denominator}
    sums = [{name: 1.0} for name, value in parts.items() if value is not None]
    if METRICS[key].kind == "rate":
        sums.append({"d": 1.0, "n": -1.0})
    return [
        one for one in sums if 0 < sum(weight * (parts[name] or 0) for name, weight in one.items()) < least
    ]  # fmt: skip


ATTACKED = [
    list(dict.fromkeys(metric_of(m) for m in family.members))
    for family in families()
    if family.members[0].key != "income_growth_gap" and not family.people.grows
]


# In every run each family in one of two months, turn about; the other pairs in the long runs.
PAIRS = [(number, period) for number in range(len(ATTACKED)) for period in MONTHS]
TURN_ABOUT = {(number, MONTHS[number % len(MONTHS)]) for number in range(len(ATTACKED))}


@pytest.mark.parametrize(("number", "period"), [
    pytest.param(*pair, id=f"{ATTACKED[pair[0]][0]}-{pair[1]}",
                 marks=[] if pair in TURN_ABOUT else pytest.mark.soak) for pair in PAIRS
])  # fmt: skip
def test_whoever_solves_all_that_is_shown_recovers_nothing_hidden(
    whole: Snapshot, seen: ReaderSnapshot, number: int, period: Period
) -> None:
    keys = ATTACKED[number]
    period = fitting(METRICS[keys[0]], period)
    attacker = attack(seen, keys, period)
    truth = {(name, r.metric.key): r for name, r in readings(whole, keys, period)}
    hidden = 0
    for name, reading in readings(seen, keys, period):
        key = reading.metric.key
        if parts_of := together(seen, reading, name):
            summed = sum(truth[one, key].value or 0 for one in parts_of)
            assert summed == 0 or summed >= LEAST[COUNTING[key].whom], (key, name)
            for name_alone in parts_of:
                if few(key, truth[name_alone, key]):
                    assert attacker.unsure({(key, "n", *name_alone): 1.0}), (key, name_alone)
            continue
        true = truth[name, key]
        if reading.status is not Status.SUPPRESSED:
            assert not few(key, true) or true.value is None, (key, name)
            continue
        hidden += 1
        parts = {"n": true.numerator, "d": true.denominator}
        for one in few(key, true):
            of = {(key, part, *name): weight for part, weight in one.items()}
            assert attacker.unsure(of), (key, name, one)
        if any(parts.values()):
            known = [part for part, value in parts.items() if value is not None]
            assert any(attacker.unsure({(key, part, *name): 1.0}) for part in known), (key, name)
    assert hidden or not any(few(key, r) for (_, key), r in truth.items())


# Every period, or every third of each kind with the first and the last.
EVERY = [False, pytest.param(True, marks=pytest.mark.soak)]


@pytest.mark.parametrize("every", EVERY, ids=["some", "every"])
@pytest.mark.parametrize("key", shared(sorted(COUNTING), 2, "hidden once"))
def test_a_place_or_category_hidden_once_is_hidden_in_every_period(
    seen: ReaderSnapshot, key: str, every: bool
) -> None:
    """So no month, quarter or year can be subtracted from another."""
    metric = METRICS[key]
    found: dict[Name, set[bool]] = {}
    for kind in metric.periods:
        periods = metrics.periods(seen, kind)
        for period in periods if every else dict.fromkeys([*periods[::3], *periods[-1:]]):
            for name, reading in readings(seen, [key], period):
                gone = reading.status is Status.SUPPRESSED
                if reading.scope.kind != "plan":
                    found.setdefault(name, set()).add(gone)
    assert all(len(states) == 1 for states in found.values())


@pytest.mark.parametrize("key", ["risk_cleared", "benefit_households"])
def test_what_adds_up_from_january_tells_nothing_of_what_few_months_brought(
    whole: Snapshot, seen: ReaderSnapshot, key: str
) -> None:
    """Months are unknown increments, shown sums of the year to date are known: none that is few is told."""
    hidden = 0
    for year in (2023, 2024):
        months = [Period(date(year, month, 1)) for month in range(1, 13)]
        true = [read(whole, METRICS[key], month, WHOLE).numerator or 0 for month in months]
        attacker = Attacker()
        for at, month in enumerate(months):
            reading = read(seen, METRICS[key], month, WHOLE)
            attacker.unknown((at,))
            hidden += reading.status is Status.SUPPRESSED
            if reading.numerator is not None:
                attacker.equal.append(
                    (dict.fromkeys([(n,) for n in range(at + 1)], 1.0), reading.numerator)
                )
        attacker.solved()
        for at, (now, before) in enumerate(zip(true, [0, *true], strict=False)):
            if 0 < now - before < LEAST[COUNTING[key].whom]:
                low, high = attacker.interval(of={(at,): 1.0})
                assert high - low > 1e-6, (year, at + 1)
    assert hidden or key != "risk_cleared"


def test_some_figures_are_not_told_by_place_at_all(seen: ReaderSnapshot) -> None:
    for key, metric in METRICS.items():
        if metric.whole_only:
            period = fitting(metric, MONTHS[1])
            places = read(seen, metric, period, WHOLE, ("building",)).by["building"]
            assert {one.status for one in places} == {Status.SUPPRESSED}, key


def test_a_quarter_or_a_year_tells_no_more_than_its_last_month(seen: ReaderSnapshot) -> None:
    for key in COUNTING:
        metric = METRICS[key]
        if (
            metric.by_length
            or metric.span != "last_month"
            or metric.kind in ("gap", "growth", "rounds")
        ):
            continue
        for kind in metric.periods:
            for period in metrics.periods(seen, kind):
                found = read(seen, metric, period, WHOLE)
                last = read(seen, metric, Period(period.last_month), WHOLE)
                assert (found.value, found.status is Status.SUPPRESSED) == (
                    last.value, last.status is Status.SUPPRESSED,
                )  # fmt: skip


def test_flows_that_are_told_give_no_other_back(whole: Snapshot) -> None:
    """Months of a year's flow are unknown; the told periods and every net change are known."""
    told, moves = flows_shown(whole), metrics.moves(whole, WHOLE)
    steps = ("new", "relapsed", "came_in", "cleared", "went_out")
    attacker, few_ones = Attacker(), []
    months = Period(date(2023, 1, 1), "year").months
    for month in months:
        flow = moves.get(month, dict.fromkeys(metrics.FLOW, 0))
        signs = {(month, step): 1.0 if step in steps[:3] else -1.0 for step in steps}
        attacker.equal.append((signs, float(flow["closing"] - flow["opening"])))
        for step in steps:
            attacker.unknown((month, step))
            if 0 < flow[step] < LEAST["households"]:
                few_ones.append((month, step))
    for period in told:
        if period.first.year == 2023:
            for step in steps:
                names = [(month, step) for month in period.months]
                true = sum(moves.get(month, {}).get(step, 0) for month in period.months)
                assert not 0 < true < LEAST["households"]
                attacker.equal.append((dict.fromkeys(names, 1.0), float(true)))
    attacker.solved()
    assert few_ones
    for name in few_ones:
        low, high = attacker.interval(of={name: 1.0})
        assert high - low > 1e-6, name


def test_movements_that_are_told_give_no_other_back(whole: Snapshot, seen: ReaderSnapshot) -> None:
    """Even who knows how many came from and went to every place can't tell what is left out."""
    since, until = date(2023, 1, 1), date(2023, 12, 1)
    true = {(a, b): n for a, b, n in questions.movements(whole, since, until, WHOLE).rows()}
    told = {(a, b): n for a, b, n in access.movements(seen, since, until, WHOLE).rows()}
    assert told
    step = split_of(whole, METRICS["employment_destination"], "place").step
    assert all(abs(true[way] - people) <= step / 2 for way, people in told.items())
    attacker = Attacker()
    sides = [sorted({way[side] for way in true}) for side in (0, 1)]
    for way in product(*sides):
        attacker.unknown(way)
    for side, names in enumerate(sides):
        for name in names:
            ways = [way for way in attacker.columns if way[side] == name]
            row = dict.fromkeys(ways, 1.0)
            attacker.equal.append((row, float(sum(true.get(way, 0) for way in ways))))
    for way in told:
        assert true[way] >= LEAST["persons"]
        attacker.known(way, true[way])
    attacker.solved()
    for way in true.keys() - told.keys():
        low, high = attacker.interval(of={way: 1.0})
        assert high - low > 1e-6, way


def test_movements_of_other_months_or_questions_are_withheld(seen: ReaderSnapshot) -> None:
    for since, axis in ((date(2023, 11, 1), "place"), (date(2023, 1, 1), "kind")):
        with pytest.raises(WithheldError):
            access.movements(seen, since, date(2023, 12, 1), WHOLE, axis)


def test_of_wages_only_quartiles_of_many_are_told(whole: Snapshot, seen: ReaderSnapshot) -> None:
    found = access.wages(seen, date(2023, 10, 1), WHOLE, "place")
    people = dict(
        questions.wages(whole, date(2023, 10, 1), WHOLE, "place")
        .select("category", "people")
        .rows()
    )
    assert found["people"].null_count() == found.height > 0
    assert all(people[name] >= LEAST["persons"] for name in found["category"])


def test_what_is_asked_of_people_is_told_for_the_settlement_alone(seen: ReaderSnapshot) -> None:
    building = metrics.places(seen)[1]
    month = date(2023, 10, 1)
    asks: tuple[Callable[[], object], ...] = (
        lambda: access.wages(seen, month, building),
        lambda: access.county_flows(seen, month, building),
        lambda: access.movements(seen, date(2023, 1, 1), month, building),
        lambda: access.merged_incomes(seen, month, building, 2000.0, 16),
    )
    for ask in asks:
        with pytest.raises(WithheldError):
            ask()


def test_no_bar_of_the_incomes_is_of_few(seen: ReaderSnapshot) -> None:
    found = access.merged_incomes(seen, date(2023, 10, 1), WHOLE, 2000.0, 16)
    assert found.height
    assert number(found["households"].min()) >= LEAST["households"]


def test_a_grid_worker_sees_her_own_place_and_covered_ones_elsewhere(whole: Snapshot) -> None:
    own = access.for_reader(whole, Reader(role=Role.LEADER, places=("3栋",)).permissions)
    metric, period = METRICS["employment_rate"], MONTHS[0]
    found = read(own, metric, period, WHOLE, ("building",)).by["building"]
    plain = read(whole, metric, period, WHOLE, ("building",)).by["building"]
    for mine, true in zip(found, plain, strict=True):
        if mine.scope.building == "3栋":
            assert mine == true
    assert any(reading.status is Status.SUPPRESSED for reading in found)
    assert not any(r.threshold for r in found if r.scope.building == "3栋")


def test_the_same_is_hidden_whenever_it_is_worked_out(whole: Snapshot) -> None:
    """Otherwise two starts of the server would hide two different sets, and each show the other's."""
    for family in plan_families(whole).values():
        assert decide(whole, family) == decision(whole, family)


def test_what_stands_beside_and_adds_up_tells_nothing_of_few_either(
    whole: Snapshot, seen: ReaderSnapshot
) -> None:
    """Distinct households of the year to date: those who came in a month are not what two sums differ by."""
    metric = METRICS["assistance_paid"]
    months = [Period(date(2023, month, 1)) for month in range(1, 13)]
    true = [read(whole, metric, month, WHOLE, ("kind",)).by["kind"] for month in months]
    told = [read(seen, metric, month, WHOLE, ("kind",)).by["kind"] for month in months]
    for n in range(len(true[0])):
        attacker, before = Attacker(), 0
        few_ones = []
        for at, (shown, is_so) in enumerate(zip(told, true, strict=True)):
            attacker.unknown((at,))
            value = shown[n].extra.get("households")
            if value is not None:
                names = [(m,) for m in range(at + 1)]
                attacker.equal.append((dict.fromkeys(names, 1.0), float(value)))
            now = is_so[n].extra["households"] or 0
            if 0 < now - before < LEAST["households"]:
                few_ones.append((at,))
            before = now
        attacker.solved()
        for name in few_ones:
            low, high = attacker.interval(of={name: 1.0})
            assert high - low > 1e-6, (true[0][n].label, name)
