"""docs/metrics.md is what the catalogue says."""

from __future__ import annotations

from board.catalogue.__main__ import DOCUMENT
from board.catalogue.document import page
from board.store import QUERIES, statement


def test_the_document_of_metrics_is_up_to_date():
    assert DOCUMENT.read_text("utf-8") == page(), "run python -m board.catalogue"


def test_every_metric_has_its_statement_and_every_statement_its_metric():
    from board.catalogue import METRICS

    declared = {metric.sql for metric in METRICS.values()}
    assert declared == {f"metrics/{path.stem}" for path in (QUERIES / "metrics").glob("*.sql")}
    for metric in METRICS.values():
        assert statement(QUERIES, metric.sql).startswith("-- ")
