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
from board.journal._facts import GENESIS, RETAIN, Batch, Event, Look, batches_of, chained, moment
from board.journal._heads import HEADS, heads, note_head
from board.journal._journal import Journal, Proof
from board.journal._looks import LOOK_KINDS, LookKind, Looks, noted, struck
from board.journal._placing import put_in_place
from board.journal._reading import copied
from board.journal._register import register
from board.journal._removal import (
    begin_removal,
    end_removal,
    files_now,
    finish_removal,
    removal_pending,
)
from board.journal._searches import COMPARED, HOURLY, Run, by_person, runs, search_told, searched

__all__ = [
    "COMPARED", "GENESIS", "HEADS", "HOURLY", "LOOK_KINDS", "RETAIN", "Batch", "Condition",
    "Damage", "Event", "Journal", "Look", "LookKind", "Looks", "Proof", "Row", "Run",
    "acknowledged", "batches_of", "begin_removal", "breaks", "by_person", "chained", "condition",
    "copied", "end_removal", "event_of", "files_now", "finish_removal", "heads", "moment",
    "note_head", "noted", "published_rows", "put_in_place", "refusal", "register", "removal_pending", "require_sound",
    "runs", "search_told", "searched", "struck",
]  # fmt: skip
