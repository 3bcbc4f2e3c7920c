"""The store's history: what came in and who looked at it, each append-only and hash-chained."""

from board.journal._facts import GENESIS, RETAIN, Batch, Event, Look, batches_of, chained, moment
from board.journal._journal import Journal
from board.journal._looks import LOOK_KINDS, LookKind, Looks
from board.journal._removal import (
    begin_removal,
    end_removal,
    files_now,
    finish_removal,
    removal_pending,
)

__all__ = [
    "GENESIS", "LOOK_KINDS", "RETAIN", "Batch", "Event", "Journal", "Look", "LookKind", "Looks",
    "batches_of", "begin_removal", "chained", "end_removal", "files_now", "finish_removal",
    "moment", "removal_pending",
]  # fmt: skip
