"""What a page is made of: a section of panels, each a finding over a block, read from a view."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from board import access, metrics
from board.access import Reader, ReaderSnapshot
from board.catalogue import METRICS
from board.i18n import N_
from board.metrics import Metric, Period, Reading, Scope
from board.metrics.terms import MONTHS, PeriodKind, ScopeKind
from board.theme import LIGHT, Theme

if TYPE_CHECKING:
    import polars as pl

    from board.sections.blocks import Block
    from board.store import Snapshot
    from board.table import Table

GROUPS = ("", N_("四项目标"), N_("推进"), N_("查询"), N_("管理"))
KINDS: tuple[PeriodKind, ...] = ("quarter", "half", "year", "month")
EVERYWHERE: tuple[ScopeKind, ...] = ("settlement", "building", "unit", "department")
Options = Sequence[tuple[str, str]]
NOBODY = Reader()


@dataclass(frozen=True)
class Choice:
    """A choice the reader has on a page: `key` names it in the URL, `options` are (value, label).

    Values go into the URL, labels (source strings) onto the page; the first is the default
    unless `default` names another. `options` may depend on the view; `width` is that of the
    drop-down for more than a few of them. A `hidden` one has no widget: links choose it.
    """

    key: str
    label: str
    options: Options | Callable[[View], Options]
    default: str = ""
    width: int = 180
    hidden: bool = False

    def offered(self, view: View) -> Options:
        """The (value, label) pairs to choose from, labels not yet translated."""
        return self.options(view) if callable(self.options) else self.options

    def fallback(self, view: View) -> str:
        """The value taken where the URL names none of those offered."""
        values = [value for value, _label in self.offered(view)]
        return self.default if self.default in values or not values else values[0]


@dataclass(frozen=True)
class View:
    """Everything a section may read: a reader's snapshot, a period, a scope and a theme.

    `of` makes the view of a reader over a whole snapshot. `laid_open` is the
    household whose personal columns the reader asked to see whole, with a reason.
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
        """The view of a reader: it sees of the snapshot what its role may."""
        who = reader or NOBODY
        return cls(access.for_reader(snapshot, who.permissions), period, scope, theme, (), who)

    def may_read(self, key: str) -> bool:
        """Whether the reader may see a metric at all."""
        return access.admitted(self.reader.permissions, key)

    @property
    def sees_few(self) -> bool:
        """Whether the reader may see counts of few in the view's place."""
        return self.snapshot.sees_small(self.scope)

    def choosing(self, **chosen: str) -> View:
        """The same view with choices made."""
        return replace(self, chosen=tuple(sorted({**dict(self.chosen), **chosen}.items())))

    def choice(self, key: str) -> str:
        """What the reader chose; empty where nothing was offered."""
        return dict(self.chosen).get(key, "")

    @property
    def identity(self) -> tuple[Any, ...]:
        """What a figure of this view depends on, but for the language."""
        asked = str(self.period), str(self.scope), self.theme, self.chosen, self.laid_open
        return self.snapshot.name, self.reader.permissions, *asked

    def read(
        self,
        key: str,
        *,
        by: tuple[str, ...] = (),
        period: Period | None = None,
        scope: Scope | None = None,
        companions: bool = True,
    ) -> Reading:
        """A metric for the view's period and scope, or for the nearest it is defined for.

        What stands beside the figure (`extra`) can be left out: it is most of the work.
        """
        metric = METRICS[key]
        when = fitting_period(metric, period or self.period)
        return access.read(self.snapshot, metric, when, self.fitting(key, scope), by, companions)

    def trend(self, key: str, count: int = 12, scope: Scope | None = None) -> list[Reading]:
        """The last `count` periods of the view's kind, oldest first, the view's own last."""
        metric = METRICS[key]
        last = fitting_period(metric, self.period)
        asked = [last.before(n) for n in reversed(range(count))]
        held = metrics.periods(self.snapshot, last.kind)
        asked = [when for when in asked if not held or when >= held[0]]
        return access.trend(self.snapshot, metric, asked, self.fitting(key, scope))

    def read_all(
        self, key: str, periods: Sequence[Period], scope: Scope | None = None
    ) -> list[Reading]:
        """A metric for each of the periods, in their order, at the view's or a given scope."""
        return access.trend(self.snapshot, METRICS[key], periods, self.fitting(key, scope))

    @property
    def whole(self) -> Scope:
        """The settlement the view's scope lies in."""
        return Scope(self.scope.settlement)

    def fitting(self, key: str, scope: Scope | None = None) -> Scope:
        """The view's scope, or the nearest around it the metric is defined for."""
        return fitting_scope(METRICS[key].scopes, scope or self.scope)

    def frame(self, query: str, **params: Any) -> pl.DataFrame:
        """A named query's frame from the snapshot."""
        return self.snapshot.frame(query, **params)

    def persons(self, query: str, **params: Any) -> pl.DataFrame:
        """A named query's frame with personal columns: masked, but of the household laid open.

        It is made anew at every call. WithheldError for who may see no person.
        """
        found = self.snapshot.personal(query, **params)
        whole = self.laid_open and params.get("household") == self.laid_open
        return access.unmasked(found) if whole else access.masked(found)


@dataclass(frozen=True)
class DrillThrough:
    """Where the marks of a panel lead: the page of a section, opened for one of `options`.

    `name` is the parameter of the URL that takes the value; the same options stand in a
    drop-down called `label`, for those who use no mouse. Labels are translated already.
    """

    page: str
    name: str
    label: str
    options: Callable[[View], Options]


@dataclass(frozen=True)
class Panel:
    """One finding with what shows it.

    `finding` is the sentence over it; `body` gives a plotly dict or a block of
    `board.sections.blocks`; `caption` says definition, source and coverage in gray below;
    `table` is the twin of the same numbers; `needs` are the ledgers without which there is
    nothing to show, `metrics` those defined one click away. `width` is out of 12 a row;
    `click` says what a clicked mark's customdata chooses: the `scope`, or a choice's key;
    `way` leads from its marks to another page. `scopes` are the kinds of place it is shown
    for; `follows` are choices that stand on another panel; `stamp` is what it depends on
    besides the view.
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
    personal: bool = False


@dataclass(frozen=True)
class Section:
    """What one page answers: the finding as headline, at most five figures, then panels.

    `key` is the stem of its file under pages/, `group` its menu (one of GROUPS) and
    `position` its place in it; `question` what a reader may ask of it. `source` names the
    page's ledgers; `read_at` gives the view its figures are read at, where that is not the
    page's own; `scopes` and `periods` are the kinds that can be chosen on it. `always` means that it
    has something to show before any ledger does, `asks` names the choice without which there are
    no panels, `timeless` that place and period mean nothing on it.
    """

    key: str
    label: str
    question: str
    position: int
    headline: Callable[[View], str]
    group: str = ""
    figures: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    source: tuple[str, ...] = ()
    scopes: tuple[ScopeKind, ...] = ("settlement", "building", "unit")
    periods: tuple[PeriodKind, ...] = KINDS
    choices: tuple[Choice, ...] = ()
    read_at: Callable[[View], View] | None = None
    asks: str = ""
    always: bool = False
    timeless: bool = False

    def shown(self, view: View) -> list[Panel]:
        """The panels for the view's kind of place; none before what the page asks for is chosen."""
        if self.asks and not view.choice(self.asks):
            return []
        return [panel for panel in self.panels if view.scope.kind in panel.scopes]


def in_rows(panels: Sequence[Panel]) -> list[list[Panel]]:
    """Panels in rows of at most 12 columns together; one that is left alone takes its whole row."""
    rows: list[list[Panel]] = []
    for panel in panels:
        if rows and sum(p.width for p in rows[-1]) + panel.width <= 12:
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return rows


def fitting_scope(kinds: Sequence[ScopeKind], scope: Scope) -> Scope:
    """The scope, or the nearest around it whose kind is among `kinds`."""
    if scope.kind in kinds:
        return scope
    if scope.kind == "unit" and "building" in kinds:
        return replace(scope, unit=None)
    return Scope(scope.settlement)


def fitting_period(metric: Metric, period: Period) -> Period:
    """The period, or the latest one ended with it whose kind the metric is defined for."""
    if period.kind in metric.periods:
        return period
    size = MONTHS[period.kind]
    kind = min(metric.periods, key=lambda k: (MONTHS[k] > size, abs(MONTHS[k] - size)))
    length = MONTHS[kind]
    index = (period.last_month.month - 1) // length * length + 1
    around = Period(period.last_month.replace(month=index), kind)
    return around if around.end <= period.end else around.before()
