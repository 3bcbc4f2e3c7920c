"""The contents of the pages: each folder here is one page and declares its `Section`.

`section.py` says what a page is made of (`Section`, `Panel`, `Choice`, `View`), `blocks.py` what a
panel may hold besides a chart. The other files are shared by pages: sentences (`words.py`), cards,
indicator panels, the plan's strip, the rows behind a figure. A folder `sections/<key>/` has its
declaration in `page.py`, its sentences in `words.py`, its frames in `frames.py`.

A section reads through its `View` alone: `view.read(key)`, `view.trend(key)`, `view.frame(query)`.
`read` and `trend` take the nearest period and scope that the metric is defined for: compare
`reading.scope` and `reading.period` before saying where a figure holds. Findings, bodies, captions
and tables must depend on nothing but the view, since they are cached by it. A sentence about the
least, the most or a sum must look at `words.withheld(readings)` first.
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
    "fitting_period",
    "fitting_scope",
    "in_rows",
    "sections",
]  # fmt: skip


@cache
def sections() -> tuple[Section, ...]:
    """Every declared section, in the order of the menu."""
    found: list[Section] = []
    for module in pkgutil.iter_modules(__path__):
        if module.ispkg:
            declared = importlib.import_module(f"{__name__}.{module.name}")
            found += [v for v in vars(declared).values() if isinstance(v, Section)]
    return tuple(sorted(found, key=lambda s: (GROUPS.index(s.group), s.position)))
