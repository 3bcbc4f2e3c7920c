"""Tables to take away: text that a spreadsheet opens and never runs."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs

FORMULA = r"^([=+\-@\t\r])"


def csv(frame: pl.DataFrame) -> bytes:
    """The frame as CSV with a BOM; text that would start a formula gets an apostrophe before."""
    flat = frame.with_columns(cs.list().cast(pl.List(pl.String)).list.join("、"))
    safe = flat.with_columns(cs.string().str.replace(FORMULA, "'$1"))
    return safe.write_csv(include_bom=True).encode()
