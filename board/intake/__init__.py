"""Check workbooks together and against the store, and load them as one batch."""

from board.intake.by_department import compares_people, refusal_for, visible_to
from board.intake.checking import check, load
from board.intake.confirming import confirm
from board.intake.due import Due, dues, month_of_batch
from board.intake.incoming import NoFileError
from board.intake.marking import MarkedCopy, marked_copies, marked_name
from board.intake.no_change import note_no_change, registers
from board.intake.outcome import Check, Outcome
from board.intake.replacing import PRINTED, CellChange, Replacing

__all__ = [
    "PRINTED",
    "CellChange",
    "Check",
    "Due",
    "MarkedCopy",
    "NoFileError",
    "Outcome",
    "Replacing",
    "check",
    "compares_people",
    "confirm",
    "dues",
    "load",
    "marked_copies",
    "marked_name",
    "month_of_batch",
    "note_no_change",
    "refusal_for",
    "registers",
    "visible_to",
]
