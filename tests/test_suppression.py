"""Whoever may not see counts of few gets none of them back, however many readings they put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

from board import access, metrics
from board.access import Reader
from board.catalogue import METRICS
from board.disclosure import LEAST
from board.metrics import Period, Reading, Scope, Status
from board.metrics._people import BY_KEY, FAMILIES, NOBODY
from board.store import Snapshot, open_store
from tests.stores import town

Name = tuple[Any, ...]
MONTHS = (Period(date(2023, 9, 1)), Period(date(2023, 10, 1)))
WHOLE = Scope()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A settlement so small that much of it has to be hidden."""
    return open_store(town(tmp_path_factory.mktemp("small") / "store", 120, 14)).snapshot()


@pytest.fixture(scope="module")
def seen(whole: Snapshot) -> Snapshot:
    """What a viewer sees of it."""
    return access.seen(whole, Reader().sight)


def test_of_every_metric_it_is_said_whom_it_counts() -> None:
    assert set(METRICS) == set(BY_KEY) | NOBODY
    assert not set(BY_KEY) & NOBODY


@pytest.mark.parametrize("member", [m for f in FAMILIES for m in f.members], ids=lambda m: m.key)
def test_a_family_says_of_its_metrics_what_the_catalogue_says(member: Any) -> None:
    metric = METRICS[member.key]
    axes = sorted(axis for group in member.axes for axis in group)
    assert member.sql == metric.sql
    assert member.every == (metric.splits == "denominator")
    if metric.kind == "gap":
        assert not axes
        return
    assert axes == sorted(metric.axes)
    assert member.kind == metric.kind


@dataclass
class Attacker:
    """Knows the numbers he is shown, and how numbers hang together; solves for the others."""

    columns: dict[Name, int] = field(default_factory=dict)
    equal: list[tuple[dict[Name, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[Name, float], float]] = field(default_factory=list)

    def unknown(self, name: Name) -> Name:
        self.columns.setdefault(name, len(self.columns))
        return name

    def known(self, name: Name, value: float) -> None:
        self.equal.append(({self.unknown(name): 1.0}, value))

    def sums(self, whole: Name, parts: list[Name]) -> None:
        row = dict.fromkeys((self.unknown(part) for part in parts), -1.0)
        self.equal.append(({**row, self.unknown(whole): 1.0}, 0.0))

    def within(self, part: Name, whole: Name) -> None:
        self.at_most.append(({self.unknown(part): 1.0, self.unknown(whole): -1.0}, 0.0))

    def solved(self) -> None:
        """Set the system up, once everything is known."""
        self._equal = self._matrix(self.equal)
        self._at_most = self._matrix(self.at_most)

    def _matrix(self, rows: list[tuple[dict[Name, float], float]]) -> Any:
        if not rows:
            return None, None
        found = lil_matrix((len(rows), len(self.columns)))
        for at, (row, _) in enumerate(rows):
            for name, weight in row.items():
                found[at, self.columns[name]] = weight
        return found.tocsr(), np.array([value for _, value in rows])

    def interval(self, **weights: Any) -> tuple[float, float]:
        """The least and the greatest that a sum of unknown numbers can be."""
        aim = np.zeros(len(self.columns))
        for name, weight in weights["of"].items():
            aim[self.columns[name]] = weight
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * aim, A_eq=self._equal[0], b_eq=self._equal[1], A_ub=self._at_most[0],
                b_ub=self._at_most[1], bounds=(0, None), method="highs",
            )  # fmt: skip
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else np.inf)
        return ends[0], ends[1]


def place(scope: Scope) -> str:
    return str(scope)


def told(attacker: Attacker, name: Name, reading: Reading) -> None:
    """What a shown reading says, numerator and denominator, and what its coverage says."""
    key = reading.metric.key
    for part, value in (("n", reading.numerator), ("d", reading.denominator)):
        attacker.unknown((key, part, *name))
        if value is not None:
            attacker.known((key, part, *name), value)
    if reading.expected is not None and key == "employment_destination":
        attacker.known(("employment_rate", "d", *name), reading.expected - reading.unreported)


def every(snapshot: Snapshot, keys: list[str], period: Period) -> Iterator[tuple[Name, Reading]]:
    """Every reading of some metrics: for the whole, each place, each category; named the same way."""
    for key in keys:
        metric = METRICS[key]
        for scope in metrics.places(snapshot):
            if scope.kind not in metric.scopes:
                continue
            axes = metric.axes if scope.kind == "settlement" and metric.kind != "gap" else ()
            found = metrics.read(snapshot, metric, period, scope, axes)
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
    (("disability_allowance", "d"), ("register_size", "n")),
    (("enrolment_rate", "n"), ("enrolment_rate", "d")),
)
SAME = (
    (("home_place", "大化县内"), ("county", "大化瑶族自治县")),
    (("home_place", "境外"), ("place", "境外")),
)


def attack(seen: Snapshot, keys: list[str], period: Period) -> Attacker:
    """Everything a viewer can ask of some metrics for a period, and what hangs together."""
    attacker, names = Attacker(), set()
    for name, reading in every(seen, keys, period):
        names.add(name)
        told(attacker, name, reading)
    scopes = metrics.places(seen)
    for key in keys:
        parts = ("n",) if METRICS[key].kind == "count" else ("n", "d")
        for part in parts:
            for scope in scopes:
                below = "building" if scope.kind == "settlement" else "unit"
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
                if METRICS[key].splits == "denominator":
                    mine = [name for name in mine if name[2] == "不应发已发"]
                if axis != "group":
                    attacker.sums((key, part, str(WHOLE)), [(key, part, *n) for n in mine])
    for name in names:
        for one, other in TIES:
            if {one[0], other[0]} <= set(keys) and (*one, *name) in attacker.columns:
                attacker.sums((*one, *name), [(*other, *name)])
        for part, around in INSIDE:
            if {part[0], around[0]} <= set(keys) and (*part, *name) in attacker.columns:
                attacker.within((*part, *name), (*around, *name))
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
    least = LEAST[BY_KEY[key].whom]
    parts = {"n": reading.numerator, "d": reading.denominator}
    sums = [{name: 1.0} for name, value in parts.items() if value is not None]
    if METRICS[key].kind == "rate":
        sums.append({"d": 1.0, "n": -1.0})
    return [
        one for one in sums if 0 < sum(weight * (parts[name] or 0) for name, weight in one.items()) < least
    ]  # fmt: skip


ATTACKED = [
    [m.key for m in family.members]
    for family in FAMILIES
    if family.name != "income_growth_gap" and not family.grows
]


@pytest.mark.parametrize("period", MONTHS, ids=str)
@pytest.mark.parametrize("keys", ATTACKED, ids=lambda keys: keys[0])
def test_whoever_solves_all_that_is_shown_recovers_nothing_hidden(
    whole: Snapshot, seen: Snapshot, keys: list[str], period: Period
) -> None:
    attacker = attack(seen, keys, period)
    truth = {(name, r.metric.key): r for name, r in every(whole, keys, period)}
    hidden = 0
    for name, reading in every(seen, keys, period):
        key = reading.metric.key
        true = truth[name, key]
        if reading.status is not Status.SUPPRESSED:
            assert not few(key, true) or true.value is None, (key, name)
            continue
        hidden += 1
        parts = {"n": true.numerator, "d": true.denominator}
        for one in few(key, true):
            low, high = attacker.interval(of={(key, part, *name): w for part, w in one.items()})
            assert high - low > 1e-6, (key, name, one)
        if any(parts.values()):
            ends = [
                attacker.interval(of={(key, part, *name): 1.0})
                for part, v in parts.items()
                if v is not None
            ]
            assert any(high - low > 1e-6 for low, high in ends), (key, name)
    assert hidden or not any(few(key, r) for (_, key), r in truth.items())


@pytest.mark.parametrize("key", sorted(BY_KEY))
def test_a_place_or_category_hidden_once_is_hidden_in_every_period(
    seen: Snapshot, key: str
) -> None:
    """So no month, quarter or year can be subtracted from another."""
    metric = METRICS[key]
    found: dict[Name, set[bool]] = {}
    for kind in metric.periods:
        for period in metrics.periods(seen, kind):
            for name, reading in every(seen, [key], period):
                gone = reading.status is Status.SUPPRESSED
                if name != (str(WHOLE),) and (gone or reading.value is not None):
                    found.setdefault(name, set()).add(gone)
    assert all(len(states) == 1 for states in found.values())
