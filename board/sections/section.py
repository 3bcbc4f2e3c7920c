"""The parts of a page: a section has panels, a panel has a finding and a block."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from board import access
from board.access import Audience, Reader
from board.i18n import N_
from board.metrics.terms import PeriodKind, ScopeKind
from board.sections.view import View as View
from board.sections.view import fitting_period as fitting_period
from board.sections.view import fitting_scope as fitting_scope

if TYPE_CHECKING:
    from board.sections.blocks import Block
    from board.table import Table

GROUPS = ("", N_("核心指标"), N_("推进"), N_("查询"), N_("管理"))
KINDS: tuple[PeriodKind, ...] = ("quarter", "half", "year", "month")
EVERYWHERE: tuple[ScopeKind, ...] = ("plan", "settlement", "building", "unit", "department")
# The kinds that have places below: a panel that compares these is left out for a unit.
WITH_PLACES_BELOW = tuple(kind for kind in EVERYWHERE if kind != "unit")
Options = Sequence[tuple[str, str]]


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


def in_rows(panels: Sequence[Panel]) -> list[list[Panel]]:
    """Panels in rows of at most 12 columns; a panel alone in its row takes the whole row."""
    rows: list[list[Panel]] = []
    for panel in panels:
        if rows and sum(p.width for p in rows[-1]) + panel.width <= 12:
            rows[-1].append(panel)
        else:
            rows.append([panel])
    return rows
