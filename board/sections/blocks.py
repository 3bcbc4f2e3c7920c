"""What a panel may show besides a chart: cards, lines, facts, articles, tables, the strip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from board.metrics import Status
from board.table import Table

Tone = Literal["good", "warn", "bad", "undetermined", "mute", "ink"]


@dataclass(frozen=True)
class Card:
    """A metric's figure: label with a gray part (`basis`), value, status, sparkline, two lines of text.

    `page` is the key of the section that shows the figure in full, where that is another one.
    """

    key: str
    label: str
    basis: str
    value: str
    status: Status
    chart: tuple[float, ...] = ()
    line: str = ""
    note: str = ""
    definition: str = ""
    page: str = ""

    @property
    def has_target(self) -> bool:
        """Whether there is a target that the status speaks of."""
        return self.status is not Status.NO_TARGET


@dataclass(frozen=True)
class Line:
    """A row of a list: a coloured word, a sentence (** marks its figure as bold), a note.

    `page` (a section key) and `link` (query parameters) make the sentence a link. `link` without
    `page` changes the query parameters of the current page.
    """

    word: str
    tone: Tone
    text: str
    note: str = ""
    page: str = ""
    link: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Lines:
    """A list of lines, or the text `empty`; those after the `first` ones are folded under `more`."""

    lines: tuple[Line, ...]
    empty: str = ""
    widths: tuple[float, ...] = (0.9, 9)
    first: int = 12
    more: str = ""


@dataclass(frozen=True)
class Figure:
    """A large figure in a panel: its value, and its label with a gray part (`basis`)."""

    label: str
    basis: str
    value: str


@dataclass(frozen=True)
class Facts:
    """Large figures side by side, sentences below them, and a gray note at the end."""

    figures: tuple[Figure, ...] = ()
    sentences: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """A measure in the strip: its number, its short title and its status."""

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
    """The measures by chapter with the status of each; `page` is the section with the details.

    `goals` is what stands above all chapters, in a row of its own.
    """

    chapters: tuple[Chapter, ...]
    page: str = ""
    goals: tuple[Cell, ...] = ()

    @property
    def counts(self) -> dict[Status, int]:
        """Status → number of measures with it, in the order of the legend, without zeros."""
        cells = [*self.goals, *(cell for chapter in self.chapters for cell in chapter.cells)]
        statuses = [cell.status for cell in cells]
        return {status: statuses.count(status) for status in Status if status in statuses}


@dataclass(frozen=True)
class Article:
    """Terms and their texts, one below the other."""

    terms: tuple[tuple[str, str], ...]
    widths: tuple[float, float] = (1.2, 9)


@dataclass(frozen=True)
class Code:
    """An SQL statement, folded under its label."""

    label: str
    text: str


@dataclass(frozen=True)
class Indicator:
    """A metric's figure for a measure: status, label, value, the target (`against`), a sparkline.

    `course` is the data URL of the sparkline: a picture of the last periods.
    """

    status: Status
    label: str
    value: str
    against: str = ""
    course: str = ""


@dataclass(frozen=True)
class Entry:
    """A measure of the plan: its state and the reason of it, leads, targets, figures, tasks.

    `leads` are the lead departments, the deadline and the firmness. `pages` (key, label) are the
    pages that show its figures in full. `text` (term, text) is what the plan itself says: the
    sentences of the measure, how they are read, and the words that each target rests on.
    """

    number: str
    title: str
    status: Status
    because: str
    leads: str
    targets: tuple[str, ...]
    indicators: tuple[Indicator, ...] = ()
    tasks: str = ""
    evidence: str = ""
    pages: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entries:
    """Measures one below the other, or the text `empty` when the reader's choice leaves none."""

    entries: tuple[Entry, ...]
    empty: str = ""


Block = Entries | Lines | Facts | Strip | Article | Code | Table | tuple[Card, ...]
