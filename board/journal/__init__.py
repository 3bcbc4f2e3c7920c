"""The store's history: batches and events in one append-only, hash-chained table."""

from board.journal._facts import GENESIS, Batch, Event, batches_of, chained, moment
from board.journal._journal import Journal

__all__ = ["GENESIS", "Batch", "Event", "Journal", "batches_of", "chained", "moment"]
