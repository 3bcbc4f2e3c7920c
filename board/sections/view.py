"""A reader's view of a snapshot: a period, a scope and choices, through which pages read data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self

from board import access, metrics
from board.access import Reader, ReaderSnapshot
from board.catalogue import METRICS
from board.metrics import Change, Metric, Period, Reading, Scope, Status
from board.metrics.terms import MONTHS, ScopeKind
from board.plans import Plan, in_plan, of_scope, plan_of, plans, speak_of
from board.theme import LIGHT, Theme

if TYPE_CHECKING:
    import polars as pl

    from board.store import Snapshot

NOBODY = Reader()
# The statuses that a period keeps although it has not ended.
DECIDED = (Status.MET, Status.NO_DATA, Status.NOT_APPLICABLE, Status.SUPPRESSED)


@dataclass(frozen=True)
class View:
    """Everything a section may read: a reader's snapshot, a period, a scope and a theme.

    `of` makes a reader's view of a snapshot. `chosen` holds the (key, value) pairs of choices.
    `laid_open` is the household whose personal columns are shown unmasked, because the reader gave
    a reason.
    """

    snapshot: ReaderSnapshot
    period: Period
    scope: Scope
    theme: Theme = LIGHT
    chosen: tuple[tuple[str, str], ...] = ()
    reader: Reader = NOBODY
    laid_open: str = ""

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        period: Period,
        scope: Scope,
        theme: Theme = LIGHT,
        reader: Reader | None = None,
    ) -> Self:
        """The view of a reader: it can read only what the reader's role permits."""
        reader = reader or NOBODY
        readable = access.for_reader(snapshot, reader.permissions)
        readable = of_scope(readable, period.last_month, scope.settlement)
        speak_of(in_plan(readable), plans(readable))
        return cls(readable, period, scope, theme, (), reader)

    @property
    def plan(self) -> Plan:
        """The plan that the view's period goes by."""
        return in_plan(self.snapshot)

    def may_read(self, key: str) -> bool:
        """Whether the reader may see a metric at all."""
        return access.admitted(self.snapshot.guard, key)

    @property
    def sees_few(self) -> bool:
        """Whether the reader may see counts below the threshold for the view's scope."""
        return self.snapshot.sees_small(self.scope)

    def choosing(self, **chosen: str) -> View:
        """The same view with the given choices, key → value, added."""
        return replace(self, chosen=tuple(sorted({**dict(self.chosen), **chosen}.items())))

    def choice(self, key: str) -> str:
        """The value chosen for a key; empty when the page has no such choice."""
        return dict(self.chosen).get(key, "")

    @property
    def identity(self) -> tuple[Any, ...]:
        """Everything that a figure of this view depends on, except the language."""
        selection = str(self.period), str(self.scope), self.theme, self.chosen, self.laid_open
        return self.snapshot.name, self.reader.permissions, *selection

    def read(
        self,
        key: str,
        *,
        by: tuple[str, ...] = (),
        period: Period | None = None,
        scope: Scope | None = None,
        companions: bool = True,
    ) -> Reading:
        """A metric for the view's period and scope, or for the nearest ones it is defined for.

        `by` names the axes to split the reading by. `companions=False` leaves out the companion
        numbers (`Reading.extra`), which take most of the time to compute.
        """
        return self.read_metric(
            METRICS[key], by=by, period=period, scope=scope, companions=companions
        )

    def bound(self, key: str) -> Metric:
        """A metric as the plan of the view's period sees it: with its measures and targets."""
        return metrics.bound(self.snapshot, METRICS[key], self.period)

    def read_metric(
        self,
        metric: Metric,
        *,
        by: tuple[str, ...] = (),
        period: Period | None = None,
        scope: Scope | None = None,
        companions: bool = True,
    ) -> Reading:
        """As `read`, for a metric that may have a filter."""
        nearest = self._of_the_plan(metric, period or self.period)
        place = self.fitting(metric.key, scope)
        reading = access.read(self.snapshot, metric, nearest, place, by, companions)
        return _so_far(reading) if nearest.end > (period or self.period).end else reading

    def read_or_hidden(
        self, metric: Metric, *, period: Period | None = None, scope: Scope | None = None
    ) -> Reading:
        """As `read_metric`, with the status `suppressed` where the reader may not see the metric."""
        nearest = self._of_the_plan(metric, period or self.period)
        place = self.fitting(metric.key, scope)
        reading = access.read_or_hidden(self.snapshot, metric, nearest, place)
        return _so_far(reading) if nearest.end > (period or self.period).end else reading

    def change(self, reading: Reading, since: Period | None = None) -> Change:
        """The change of a figure since a period, or since the one it is compared with.

        That is the period before; for a figure that begins again each January, last year's.
        """
        since = since or metrics.former(reading.metric, reading.period)
        return access.change(self.snapshot, reading.metric, reading.period, since, reading.scope)

    def _plan_at(self, period: Period) -> str:
        return plan_of(self.snapshot, period.last_month).id

    def _of_the_plan(self, metric: Metric, period: Period) -> Period:
        """The period, or the nearest one of a kind the metric is defined for, of the same plan.

        The latest period that has ended may be one of the plan before: then it is the one that
        the period lies in.
        """
        nearest = fitting_period(metric, period)
        if self._plan_at(nearest) == self._plan_at(period):
            return nearest
        return metrics.containing(period.last_month, nearest.kind)

    def trend(self, key: str, count: int = 12, scope: Scope | None = None) -> list[Reading]:
        """The metric for up to `count` periods that end with the view's period, oldest first."""
        return self.trend_of(METRICS[key], count, scope)

    def trend_of(
        self, metric: Metric, count: int = 12, scope: Scope | None = None
    ) -> list[Reading]:
        """As `trend`, for a metric that may have a filter."""
        last = self._of_the_plan(metric, self.period)
        periods = [last.before(n) for n in reversed(range(count))]
        periods = self.of_one_plan(periods)
        stored = metrics.periods(self.snapshot, last.kind)
        periods = [period for period in periods if not stored or period >= stored[0]]
        return self._read_trend(metric, periods, scope)

    def read_all(
        self, key: str, periods: Sequence[Period], scope: Scope | None = None
    ) -> list[Reading]:
        """A metric for each given period, in the given order, for the view's or a given scope."""
        return self._read_trend(METRICS[key], periods, scope)

    def _read_trend(
        self, metric: Metric, periods: Sequence[Period], scope: Scope | None
    ) -> list[Reading]:
        readings = access.trend(self.snapshot, metric, periods, self.fitting(metric.key, scope))
        return [_so_far(r) if r.period.end > self.period.end else r for r in readings]

    def of_one_plan(self, periods: Sequence[Period]) -> list[Period]:
        """Those of the periods, oldest first, that go by the same plan as the last of them."""
        own = self._plan_at(periods[-1])
        return [period for period in periods if self._plan_at(period) == own]

    @property
    def whole(self) -> Scope:
        """All places of the plan that the view's period goes by."""
        return metrics.whole_of_plan(self.plan)

    @property
    def settlement(self) -> Scope:
        """The settlement of the view's scope; all places of the plan where it names none."""
        name = self.scope.settlement
        return self.whole if name in ("", self.whole.settlement) else Scope(name, part=True)

    def fitting(self, key: str, scope: Scope | None = None) -> Scope:
        """The given or the view's scope, or the smallest one around it that the metric is defined for."""
        return fitting_scope(METRICS[key].scopes, scope or self.scope, self.whole)

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """The frame of a named query (a file of queries/), with its parameters."""
        return self.snapshot.frame(query, **params)

    def persons(self, query: str, **params: Any) -> pl.DataFrame:
        """A named query's frame with personal columns: masked, except those of `laid_open`.

        The frame is never cached. Raises WithheldError when the reader may not see persons.
        """
        people = self.snapshot.personal(query, **params)
        unmasked = self.laid_open and params.get("household") == self.laid_open
        return access.unmasked(people) if unmasked else access.masked(people)


def _so_far(reading: Reading) -> Reading:
    """The reading of a period that has not ended by the view's: short of a target is not due yet."""
    short = reading.target is not None and reading.status not in DECIDED
    return replace(reading, status=Status.NOT_DUE) if short else reading


def fitting_scope(kinds: Sequence[ScopeKind], scope: Scope, whole: Scope) -> Scope:
    """The scope, or the smallest scope around it whose kind is in `kinds`.

    `whole` is the scope of all places of the plan.
    """
    if scope.kind in kinds:
        return scope
    if scope.kind == "unit" and "building" in kinds:
        return replace(scope, unit=None)
    settlement = Scope(scope.settlement, part=True)
    inside = scope.settlement != whole.settlement and not scope.department
    return settlement if inside and "settlement" in kinds else whole


def fitting_period(metric: Metric, period: Period) -> Period:
    """The period, or one of a kind the metric is defined for: the latest that has ended by then."""
    if period.kind in metric.periods:
        return period
    size = MONTHS[period.kind]
    kind = min(metric.periods, key=lambda k: (MONTHS[k] > size, abs(MONTHS[k] - size)))
    length = MONTHS[kind]
    index = (period.last_month.month - 1) // length * length + 1
    around = Period(period.last_month.replace(month=index), kind)
    return around if around.end <= period.end else around.before()
