"""Check workbooks together and against the store, and load them as one batch."""

from board.intake._incoming import NoFileError
from board.intake._intake import Check, Outcome, check, load
from board.intake._told import answered, compared, told

__all__ = ["Check", "NoFileError", "Outcome", "answered", "check", "compared", "load", "told"]
