"""Check workbooks together and against the store, and load them as one batch."""

from board.intake.by_department import answered, compared, told
from board.intake.checking import Check, Outcome, check, load
from board.intake.incoming import NoFileError

__all__ = ["Check", "NoFileError", "Outcome", "answered", "check", "compared", "load", "told"]
