"""Every metric of the catalogue has its query, and every query its metric."""

from __future__ import annotations

from board.store import QUERIES, statement


def test_every_metric_has_its_statement_and_every_statement_its_metric() -> None:
    from board.catalogue import METRICS

    declared = {metric.sql for metric in METRICS.values()}
    assert declared == {f"metrics/{path.stem}" for path in (QUERIES / "metrics").glob("*.sql")}
    for metric in METRICS.values():
        assert statement(QUERIES, metric.sql).startswith("-- ")
