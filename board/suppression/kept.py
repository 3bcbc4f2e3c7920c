"""Decisions as rows of a table: a snapshot keeps what was worked out when it was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import polars as pl

from board.suppression.decision import Decision
from board.suppression.splits import Split

# A row is a metric decided on (`decided`), how it is split by `part` (`split`), a month in which
# that split is coarser (`coarser`), or one in which its total or its coverage is hidden (`total`,
# `coverage`).
SCHEMA: dict[str, pl.DataType] = {
    "schema": pl.String(), "family": pl.String(), "kind": pl.String(), "metric": pl.String(),
    "part": pl.String(), "month": pl.Date(), "shown": pl.Boolean(), "step": pl.Float64(),
    "labels": pl.List(pl.String()), "summed": pl.Boolean(),
}  # fmt: skip


def rows_of(schema: str, family: str, decision: Decision) -> list[dict[str, Any]]:
    """The rows of a family's decision in a schema of the snapshot; absent columns are null."""
    own = {"schema": schema, "family": family}
    return [own | row for row in _rows(decision)]


def _rows(decision: Decision) -> Iterator[dict[str, Any]]:
    for metric in sorted(decision.metrics):
        yield {"kind": "decided", "metric": metric}
    for (metric, part), split in sorted(decision.splits.items(), key=lambda one: one[0]):
        yield {
            "kind": "split", "metric": metric, "part": part, "shown": split.shown,
            "step": split.step, "labels": list(split.together), "summed": split.summed,
        }  # fmt: skip
        for month, step in split.coarser:
            yield {
                "kind": "coarser", "metric": metric, "part": part, "month": month, "step": step,
            }  # fmt: skip
    for kind, months in (("total", decision.totals), ("coverage", decision.coverage)):
        for metric, month in sorted(months):
            yield {"kind": kind, "metric": metric, "month": month}


def kept(rows: pl.DataFrame, schema: str, family: str) -> Decision | None:
    """The decision that these rows keep for a family in a schema; None where they keep none."""
    own = rows.filter(pl.col("schema") == schema, pl.col("family") == family)
    if own.is_empty():
        return None
    parts = {kind: frame for (kind,), frame in own.partition_by("kind", as_dict=True).items()}
    splits, months, totals, coverage, decided = (
        parts.get(kind, rows.clear())
        for kind in ("split", "coarser", "total", "coverage", "decided")
    )
    coarser: dict[tuple[str, str], list[tuple[date, float]]] = {}
    for metric, part, month, step in months.select("metric", "part", "month", "step").iter_rows():
        coarser.setdefault((metric, part), []).append((month, step))
    return Decision(
        {
            (metric, part): Split(
                shown, step, tuple(labels), summed, tuple(sorted(coarser.get((metric, part), [])))
            )
            for metric, part, shown, step, labels, summed in splits.select(
                "metric", "part", "shown", "step", "labels", "summed"
            ).iter_rows()
        },
        frozenset(totals.select("metric", "month").iter_rows()),
        frozenset(coverage.select("metric", "month").iter_rows()),
        frozenset(decided["metric"]),
    )
