"""The contents of the pages: each folder here is one page and declares its `Section`.

`section.py` defines what a page consists of (`Section`, `Panel`, `Choice`), `view.py` the `View`, `blocks.py` what
a panel may show besides a chart. The other files are shared by pages: sentences (`words.py`),
cards, indicator panels, the status strip of the plan, the rows behind a figure. A folder
`sections/<key>/` has its declaration in `page.py`, its sentences in `words.py`, its frames in
`frames.py`.

A section reads data only through its `View`: `view.read(key)`, `view.trend(key)`,
`view.frame(query)`. `read` and `trend` use the nearest period and scope that the metric is defined
for: check `reading.scope` and `reading.period` before a sentence names a place or a period.
Findings, bodies, captions and tables are cached by the view, so they may depend on nothing else. A
sentence about a minimum, a maximum or a sum must check `counts.withheld(readings)` first.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from board.sections.blocks import (
    Article,
    Block,
    Card,
    Cell,
    Chapter,
    Code,
    Entries,
    Entry,
    Facts,
    Figure,
    Indicator,
    Line,
    Lines,
    Strip,
)
from board.sections.section import (
    GROUPS,
    KINDS,
    Choice,
    DrillThrough,
    Panel,
    Section,
    View,
    fitting_period,
    fitting_scope,
    in_rows,
)

__all__ = [
    "GROUPS",
    "KINDS",
    "Article",
    "Block",
    "Card",
    "Cell",
    "Chapter",
    "Choice",
    "Code",
    "DrillThrough",
    "Entries",
    "Entry",
    "Facts",
    "Figure",
    "Indicator",
    "Line",
    "Lines",
    "Panel",
    "Section",
    "Strip",
    "View",
    "by_key",
    "fitting_period",
    "fitting_scope",
    "in_rows",
    "sections",
]  # fmt: skip


@cache
def sections() -> tuple[Section, ...]:
    """Every declared section, in the order of the menu."""
    declared: list[Section] = []
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            package = importlib.import_module(f"{__name__}.{module.name}")
            declared += [v for v in vars(package).values() if isinstance(v, Section)]
    return tuple(sorted(declared, key=lambda s: (GROUPS.index(s.group), s.position)))


@cache
def by_key() -> dict[str, Section]:
    """Key → section, in the order of the menu."""
    return {section.key: section for section in sections()}
