"""What a plan changes in the targets of the plan whose place it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

Change = Literal["added", "gone", "value", "due", "firmness", "other"]
Row = dict[str, Any]
# What a difference in a column of the sheet 目标 is called; any other is "other".
CHANGED: dict[str, Change] = {
    "value": "value", "sign": "value", "due": "due", "from": "due", "until": "due",
    "firmness": "firmness",
}  # fmt: skip
COMPARED = ("sign", "value", "due", "from", "until", "firmness", "basis", "quote", "kind")


@dataclass(frozen=True)
class TargetChange:
    """A target that differs: its row before and after (None for an added or a gone one)."""

    before: Row | None
    after: Row | None
    changes: tuple[Change, ...]

    @property
    def row(self) -> Row:
        """The row that says which measure and metric it is about."""
        return self.after or self.before or {}


def target_changes(before: pl.DataFrame | None, after: pl.DataFrame) -> list[TargetChange]:
    """The targets that differ between two sheets 目标, in the order of the later one.

    Targets of the same measure, metric and filter are one and the same where their date is the
    same; of the others those with the same value, then those left on both sides in their order:
    their date was changed.
    """
    groups: dict[tuple[Any, ...], tuple[list[Row], list[Row]]] = {}
    for side, frame in enumerate((before, after)):
        for row in () if frame is None else frame.iter_rows(named=True):
            key = row["measure"], row["metric"], row["filter"] or ""
            groups.setdefault(key, ([], []))[side].append(row)
    order = {key: n for n, key in enumerate(_keys(after))}
    changes = [
        change
        for key in sorted(groups, key=lambda key: order.get(key, len(order)))
        for change in _paired(*groups[key])
    ]
    return [change for change in changes if change.changes]


def _keys(frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    keys = ((r["measure"], r["metric"], r["filter"] or "") for r in frame.iter_rows(named=True))
    yield from dict.fromkeys(keys)


def _paired(before: Sequence[Row], after: Sequence[Row]) -> Iterator[TargetChange]:
    """Each target of one figure with the one it was before."""
    left, former = list(before), dict[int, Row]()
    for same in (("due",), ("value", "sign"), ()):
        for n, row in enumerate(after):
            if n in former:
                continue
            match = next((r for r in left if all(r[c] == row[c] for c in same)), None)
            if match is not None:
                left.remove(match)
                former[n] = match
    for n, row in enumerate(after):
        if (match := former.get(n)) is None:
            yield TargetChange(None, row, ("added",))
        else:
            different = [c for c in COMPARED if match[c] != row[c]]
            words = dict.fromkeys(CHANGED.get(column, "other") for column in different)
            yield TargetChange(match, row, tuple(words))
    yield from (TargetChange(row, None, ("gone",)) for row in left)
