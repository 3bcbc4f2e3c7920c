"""The parts of a page: a section has panels, a panel has a finding and a block, a view reads data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from board import access, metrics
from board.access import Audience, Reader, ReaderSnapshot
from board.catalogue import METRICS
from board.i18n import N_
from board.metrics import Metric, Period, Reading, Scope, Status
from board.metrics.terms import MONTHS, PeriodKind, ScopeKind
from board.plans import Plan, in_plan, of_scope, plan_of, plans, speak_of
from board.theme import LIGHT, Theme

if TYPE_CHECKING:
    import polars as pl

    from board.sections.blocks import Block
    from board.store import Snapshot
    from board.table import Table

GROUPS = ("", N_("四项目标"), N_("推进"), N_("查询"), N_("管理"))
KINDS: tuple[PeriodKind, ...] = ("quarter", "half", "year", "month")
EVERYWHERE: tuple[ScopeKind, ...] = ("plan", "settlement", "building", "unit", "department")
Options = Sequence[tuple[str, str]]
NOBODY = Reader()
# The statuses that a period keeps although it has not ended.
DECIDED = (Status.MET, Status.NO_DATA, Status.NOT_APPLICABLE, Status.SUPPRESSED)


@dataclass(frozen=True)
class Choice:
    """A choice the reader has on a page: `key` names it in the URL, `options` are (value, label).

    The URL holds the value, the page shows the label (a source string). The first option is the
    default unless `default` names another. `options` may depend on the view. `width` is the width
    in pixels of the drop-down, which is used for more than a few options. A `hidden` choice has no
    widget: only links set it.
    """

    key: str
    label: str
    options: Options | Callable[[View], Options]
    default: str = ""
    width: int = 180
    hidden: bool = False

    def offered(self, view: View) -> Options:
        """The (value, label) pairs to choose from; labels are not translated yet."""
        return self.options(view) if callable(self.options) else self.options

    def fallback(self, view: View) -> str:
        """The value used when the URL names none of the options; empty when there are none."""
        values = [value for value, _label in self.offered(view)]
        return self.default if self.default in values or not values else values[0]


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


@dataclass(frozen=True)
class DrillThrough:
    """The page that a click on a mark of a panel opens, for one of `options` (value, label).

    `page` is the key of a section, `name` the URL parameter that receives the value. A drop-down
    called `label` has the same options, for readers who use no mouse. Labels are translated.
    """

    page: str
    name: str
    label: str
    options: Callable[[View], Options]


@dataclass(frozen=True)
class Panel:
    """One finding and the chart or block that shows it.

    `finding` is the sentence above; `body` returns a plotly dict or a block of
    `board.sections.blocks`; `caption` is the gray text below: definition, source and coverage;
    `table` has the same numbers as the body. While a ledger of `needs` is empty, the panel names it
    instead of showing its body. The panel links to the definitions of `metrics`. `width` is in
    columns, 12 to a row. `click` names what a clicked mark sets from its customdata: `scope`, or
    the key of a choice; `drill_through` opens another page instead. `scopes` are the kinds of place
    the panel is shown for; `follows` are choices whose widget is on another panel; `stamp` returns
    what the panel depends on besides the view; a panel that does not `applies` is left out.
    """

    key: str
    finding: Callable[[View], str]
    body: Callable[[View], dict[str, Any] | Block]
    caption: Callable[[View], str] | None = None
    table: Callable[[View], Table] | None = None
    needs: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    width: int = 12
    height: int | Literal["content"] = "content"
    click: str = ""
    choices: tuple[Choice, ...] = ()
    follows: tuple[Choice, ...] = ()
    drill_through: DrillThrough | None = None
    scopes: tuple[ScopeKind, ...] = EVERYWHERE
    stamp: Callable[[View], Hashable] | None = None
    applies: Callable[[View], bool] | None = None


@dataclass(frozen=True)
class Section:
    """One page: a headline, at most five figures, then panels.

    `key` is the name of its file under pages/, `group` its menu (one of GROUPS), `position` its
    place in the menu, `question` the question that the page answers. `audience` says who may open
    it; only a `presentable` page, one that names no household, loads no ledger and lists no
    account, is shown on a shared screen. `figures` are metric keys,
    `source` the page's ledgers. `read_at` returns the view to read the figures with, when it is not
    the page's own. `scopes` and `periods` are the kinds that the reader can choose. `always` means
    that the page is shown even when every ledger is empty; `asks` names the choice without which
    there are no panels; `timeless` means that the page has neither scope nor period.
    """

    key: str
    label: str
    question: str
    position: int
    headline: Callable[[View], str]
    audience: Audience
    presentable: bool = False
    group: str = ""
    figures: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    source: tuple[str, ...] = ()
    scopes: tuple[ScopeKind, ...] = ("plan", "settlement", "building", "unit")
    periods: tuple[PeriodKind, ...] = KINDS
    choices: tuple[Choice, ...] = ()
    read_at: Callable[[View], View] | None = None
    asks: str = ""
    always: bool = False
    timeless: bool = False

    def opens_to(self, reader: Reader) -> bool:
        """Whether the reader may open the page."""
        return access.may_open(reader, self.audience, self.presentable)

    def shown(self, view: View) -> list[Panel]:
        """The panels for the view's kind of scope; none until the choice `asks` is made."""
        if self.asks and not view.choice(self.asks):
            return []
        return [
            panel
            for panel in self.panels
            if view.scope.kind in panel.scopes and (panel.applies is None or panel.applies(view))
        ]


def _so_far(reading: Reading) -> Reading:
    """The reading of a period that has not ended by the view's: short of a target is not due yet."""
    short = reading.target is not None and reading.status not in DECIDED
    return replace(reading, status=Status.NOT_DUE) if short else reading


def in_rows(panels: Sequence[Panel]) -> list[list[Panel]]:
    """Panels in rows of at most 12 columns; a panel alone in its row takes the whole row."""
    rows: list[list[Panel]] = []
    for panel in panels:
        if rows and sum(p.width for p in rows[-1]) + panel.width <= 12:
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return rows


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
