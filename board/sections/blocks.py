"""What a panel may hold besides a chart: cards, lines, facts, articles, tables, the strip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from board.metrics import Status
from board.table import Table

Tone = Literal["good", "warn", "bad", "undetermined", "mute", "ink"]


@dataclass(frozen=True)
class Card:
    """A figure: its name with a gray part, its value, status, sparkline and two lines below."""

    key: str
    label: str
    basis: str
    value: str
    status: Status
    chart: tuple[float, ...] = ()
    line: str = ""
    note: str = ""
    definition: str = ""


@dataclass(frozen=True)
class Line:
    """A row of a list: a coloured word, a sentence (its figure may stand between **), a note.

    `page` and `link` make the sentence a link: to a page, with query parameters; `link`
    alone changes those of the page it stands on.
    """

    word: str
    tone: Tone
    text: str
    note: str = ""
    page: str = ""
    link: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lines:
    """A list of lines, `empty` where there is none; after `first` of them comes a fold."""

    lines: tuple[Line, ...]
    empty: str = ""
    widths: tuple[float, ...] = (0.9, 9)
    first: int = 12
    more: str = ""


@dataclass(frozen=True)
class Figure:
    """A large figure in a panel: value, and its label with a gray part."""

    label: str
    basis: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Large figures side by side and sentences below them; the last may be a gray note."""

    figures: tuple[Figure, ...] = ()
    sentences: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A measure in the strip."""

    measure: str
    short: str
    status: Status


@dataclass(frozen=True)
class Chapter:
    """A chapter of the plan in the strip."""

    title: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Strip:
    """The measures by chapter with the status of each, and the page that has more of them."""

    chapters: tuple[Chapter, ...]
    page: str = ""

    @property
    def counts(self) -> dict[Status, int]:
        """Status → measures that have it, in the order of the legend, those without left out."""
        found = [cell.status for chapter in self.chapters for cell in chapter.cells]
        return {status: found.count(status) for status in Status if status in found}


@dataclass(frozen=True)
class Article:
    """Terms with what is to be said of each, one below the other."""

    terms: tuple[tuple[str, str], ...]
    widths: tuple[float, float] = (1.2, 9)


@dataclass(frozen=True)
class Code:
    """A statement as it is run, folded under its label."""

    label: str
    text: str
    language: str = "sql"


@dataclass(frozen=True)
class Indicator:
    """A figure beside a measure: status, name, value, what it is held against, its course.

    `course` is the address of a picture of its last periods.
    """

    status: Status
    label: str
    value: str
    against: str = ""
    course: str = ""


@dataclass(frozen=True)
class Entry:
    """A measure of the plan: what it asks of whom by when, its figures, its tasks.

    `pages` (key, label) are those that show its figures in full.
    """

    number: str
    title: str
    leads: str
    asked: str
    indicators: tuple[Indicator, ...] = ()
    tasks: str = ""
    evidence: str = ""
    pages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entries:
    """Measures one below the other; `empty` where none is left by the reader's choice."""

    entries: tuple[Entry, ...]
    empty: str = ""


Block = Entries | Lines | Facts | Strip | Article | Code | Table | tuple[Card, ...]
