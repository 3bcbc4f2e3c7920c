"""The store's history: what came in and who looked at it, each append-only and hash-chained."""

from board.journal._chain import Row, acknowledged, breaks, event_of
from board.journal._condition import (
    Condition,
    Damage,
    condition,
    published_rows,
    refusal,
    require_sound,
)
from board.journal._facts import GENESIS, Batch, Event, Look, batches_of, chained, moment
from board.journal._heads import HEADS, heads, note_head
from board.journal._journal import Journal, Proof
from board.journal._looks import LOOK_KINDS, LookKind, Looks
from board.journal._placing import put_in_place
from board.journal._reading import copied

__all__ = [
    "GENESIS", "HEADS", "LOOK_KINDS", "Batch", "Condition", "Damage", "Event", "Journal", "Look",
    "LookKind", "Looks", "Proof", "Row", "acknowledged", "batches_of", "breaks", "chained",
    "condition", "copied", "event_of", "heads", "moment", "note_head", "published_rows",
    "put_in_place", "refusal", "require_sound",
]  # fmt: skip
