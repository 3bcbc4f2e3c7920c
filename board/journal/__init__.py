"""The store's history: what came in and who looked at it, each append-only and hash-chained."""

from board.journal._facts import GENESIS, Batch, Event, Look, batches_of, chained, moment
from board.journal._journal import Journal, Proof
from board.journal._looks import LOOK_KINDS, LookKind, Looks
from board.journal._searches import COMPARED, HOURLY, Run, by_person, runs, search_told, searched

__all__ = [
    "COMPARED", "GENESIS", "HOURLY", "LOOK_KINDS", "Batch", "Event", "Journal", "Look", "LookKind", "Looks", "Proof", "Run",
    "batches_of", "by_person", "chained", "moment", "runs", "search_told", "searched",
]  # fmt: skip
