"""The store's history: what came in and who looked at it, each append-only and hash-chained."""

from board.journal._facts import GENESIS, Batch, Event, Look, batches_of, chained, moment
from board.journal._journal import Journal
from board.journal._looks import LOOK_KINDS, LookKind, Looks, noted, struck
from board.journal._register import register

__all__ = [
    "GENESIS", "LOOK_KINDS", "Batch", "Event", "Journal", "Look", "LookKind", "Looks",
    "batches_of", "chained", "moment", "noted", "register", "struck",
]  # fmt: skip
