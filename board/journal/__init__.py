"""The journal of loads and the audit log of a store, each append-only and hash-chained."""

from board.journal import acts, phrases
from board.journal.act_text import fields_of, without_numbers
from board.journal.acts import AUDIT_KINDS, Act, AuditKind
from board.journal.audit_log import AuditLog, write_entry
from board.journal.chain import acknowledged, acknowledged_aside, breaks
from board.journal.confirmations import Confirmation, confirm, confirmations
from board.journal.facts import (
    ADDING,
    CONFIRM,
    GENESIS,
    HIDINGS,
    NO_CHANGE,
    PLAN,
    REMARKS,
    RETAIN,
    AuditEntry,
    Batch,
    Event,
    act_of,
    batches_of,
    moment,
)
from board.journal.journal import Draft, Journal, Proof
from board.journal.known_heads import HEADS, heads, note_head
from board.journal.placing import put_in_place
from board.journal.reading import copied, opened
from board.journal.register_file import register
from board.journal.removal import (
    begin_removal,
    end_removal,
    files_now,
    finish_removal,
    removal_pending,
)
from board.journal.searches import HOURLY, Run, by_person, compared, runs
from board.journal.soundness import (
    Condition,
    condition,
    published_rows,
    refusal,
    require_sound,
)

__all__ = [
    "ADDING",
    "AUDIT_KINDS",
    "CONFIRM",
    "GENESIS",
    "HEADS",
    "HIDINGS",
    "HOURLY",
    "NO_CHANGE",
    "PLAN",
    "REMARKS",
    "RETAIN",
    "Act",
    "AuditEntry",
    "AuditKind",
    "AuditLog",
    "Batch",
    "Condition",
    "Confirmation",
    "Draft",
    "Event",
    "Journal",
    "Proof",
    "Run",
    "acknowledged",
    "acknowledged_aside",
    "act_of",
    "acts",
    "batches_of",
    "begin_removal",
    "breaks",
    "by_person",
    "compared",
    "condition",
    "confirm",
    "confirmations",
    "copied",
    "end_removal",
    "fields_of",
    "files_now",
    "finish_removal",
    "heads",
    "moment",
    "note_head",
    "opened",
    "phrases",
    "published_rows",
    "put_in_place",
    "refusal",
    "register",
    "removal_pending",
    "require_sound",
    "runs",
    "without_numbers",
    "write_entry",
]  # fmt: skip
