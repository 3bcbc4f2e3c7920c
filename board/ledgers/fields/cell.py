"""A filled cell of a workbook, and what is wrong with its value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any, Literal

from board.ledgers.fields.moments import moment_of, shown_moment
from board.reference import Lists, shipped_lists

NUMBER, STRING, BOOL, ERROR, MOMENT, UNCOMPUTED, PICTURE = range(7)
# The classes of number formats. "" is a plain number; padded digits are their zeros: "0000".
# EITHER is a date's in a workbook that shows every number as a date, where it says nothing.
DATE, TIME, PERCENT, WORDS, TEXT, EITHER = "date", "time", "percent", "words", "text", "either"
LONGEST = 200
Severity = Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class Context:
    """What reading a cell depends on besides its column.

    `from_1904`: the workbook counts days from 1904; `plain_text`: the file is a .csv, whose
    logical values are text. `lists` has the lists that a store's plans make, such as the
    departments: name of the list → spelling → the name it stands for; by default those of the
    shipped plan. Looking for the nearest valid value takes time: `suggesting` is false where so
    many values are wrong that the rest are only counted.
    """

    today: date
    from_1904: bool = False
    plain_text: bool = False
    lists: Lists = field(default_factory=shipped_lists, hash=False)
    suggesting: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: what it holds (NUMBER …), its text, and the class of its number format."""

    kind: int
    text: str
    form: str = ""

    @property
    def is_finite(self) -> bool:
        """Whether the text of a numeric cell is a finite number."""
        try:
            return isfinite(float(self.text))
        except ValueError:
            return False

    @property
    def is_moment(self) -> bool:
        """Whether the cell is a date or time: by its content, or a number shown as one."""
        return self.kind == MOMENT or (self.kind == NUMBER and self.form in {DATE, TIME})

    def shown(self, context: Context) -> str:
        """The text that a reader sees: TRUE or FALSE, a date, or the text itself."""
        if self.kind == BOOL:
            return "TRUE" if self.text in {"1", "true", "TRUE"} else "FALSE"
        if self.kind == NUMBER and self.form == DATE:
            moment = moment_of(float(self.text), context.from_1904)
            return shown_moment(moment) if moment else self.text
        return self.text


@dataclass(frozen=True)
class Fault:
    """A rule broken by a value: the value found, what is expected, the nearest valid value.

    `expected` is None where the rule or the column states it. `gaps` fill those gaps of the
    rule's message that neither the column nor the other fields fill.
    """

    rule: str
    severity: Severity
    found: str | None
    expected: str | None
    suggestion: str | None
    gaps: tuple[tuple[str, str | int], ...] = ()


Value = tuple[Any, Fault | None]


def fault(
    rule: str,
    text: str | None = "",
    expected: str | None = None,
    suggestion: str | None = None,
    severity: Severity = "error",
    **gaps: str | int,
) -> Fault:
    """The fault of a reading rule; `text` is what the cell shows, "" for an empty cell."""
    return Fault(rule, severity, shortened(text), expected, suggestion, tuple(gaps.items()))


def refused(
    rule: str,
    text: str = "",
    expected: str | None = None,
    suggestion: str | None = None,
    **gaps: str | int,
) -> Value:
    """No value, and the error why."""
    return None, fault(rule, text, expected, suggestion, "error", **gaps)


def shortened(text: str | None) -> str | None:
    """A text of at most `LONGEST` characters, then an ellipsis."""
    return text if text is None or len(text) <= LONGEST else text[:LONGEST] + "…"
