"""The catalogue as Markdown: every metric in both languages, its formula and its target."""

from __future__ import annotations

from board.catalogue import METRICS
from board.i18n import _, speaking
from board.metrics import Metric

KINDS = {
    "rate": "n ÷ d; low = n ÷ (d + m), high = (n + m) ÷ (d + m)",
    "count": "n; low = n, high = n + m",
    "median": "median of the rows; no bounds",
    "rounds": "months with at least the plan's least coverage of the rows; low = high = value",
    "gap": "difference of two growths, in percentage points; no bounds",
    "growth": "this year's sum of per-head quarters ÷ last year's − 1; no bounds",
}
SPANS = {
    "last_month": "the period's last month",
    "period": "all months of the period",
    "year_to_date": "January to the period's end",
    "to_date": "everything to the period's end",
}
HEAD = """# Metrics

Made from the catalogue by `make docs`; don't edit by hand. n, d and m are the sums of
`numerator`, `denominator` and `missing` over the rows that the metric's statement gives. The contract's
words (able, monitored, in register …) live in queries/views.
"""


def page() -> str:
    """The whole document, as Markdown."""
    return HEAD + "".join(_entry(metric) for metric in METRICS.values())


def _entry(metric: Metric) -> str:
    with speaking("en"):
        label, definition, unit = _(metric.label), _(metric.definition), _(metric.unit.label)
    facts = {
        "Unit": f"{unit} (`{metric.unit.key}`)",
        "Formula": KINDS[metric.kind],
        "Months": SPANS[metric.span],
        "Defined for": f"{', '.join(metric.periods)}; {', '.join(metric.scopes)}",
        "By": ", ".join(f"`{axis}`" for axis in metric.axes) or "–",
        "Beside it": ", ".join(
            f"`{companion.key}` ({companion.how})" for companion in metric.companions
        )
        or "–",
        "Ledgers": ", ".join(f"`{ledger}`" for ledger in metric.ledgers),
        "Statement": f"[queries/{metric.sql}.sql](../queries/{metric.sql}.sql)",
    }
    lines = "".join(f"| {name} | {fact} |\n" for name, fact in facts.items())
    return (
        f"\n## `{metric.key}` {metric.label} · {label}\n\n"
        f"{metric.definition}\n\n{definition}\n\n| | |\n|---|---|\n{lines}"
    )
