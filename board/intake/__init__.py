"""Check workbooks together and against the store, and load them as one batch."""

from board.intake.by_department import compares_people, refusal_for, visible_to
from board.intake.checking import Check, Outcome, check, load
from board.intake.incoming import NoFileError

__all__ = [
    "Check",
    "NoFileError",
    "Outcome",
    "check",
    "compares_people",
    "load",
    "refusal_for",
    "visible_to",
]
