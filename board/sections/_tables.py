"""Tables of the numbers behind a figure, with headers in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from board import figures
from board.i18n import _
from board.metrics import Reading
from board.numerals import period, shown


def readings_table(readings: Sequence[Reading]) -> pl.DataFrame:
    """One reading a row: its name or period, value, parts, bounds, target and status."""
    if not readings:
        return pl.DataFrame()
    unit = readings[0].metric.unit
    named = any(reading.label for reading in readings)

    def column(value: Callable[[Reading], float | None]) -> list[str]:
        return ["" if (v := value(r)) is None else shown(v, unit) for r in readings]

    return pl.DataFrame(
        {
            _("名称") if named else _("时期"): [
                figures.named(r.label) if named else period(r.period) for r in readings
            ],
            _(readings[0].metric.label): column(lambda r: r.value),
            _("分子"): [r.numerator for r in readings],
            _("分母"): [r.denominator for r in readings],
            _("下限"): column(lambda r: r.low),
            _("上限"): column(lambda r: r.high),
            _("缺报"): [r.unreported for r in readings],
            _("目标"): column(lambda r: r.target),
            _("状态"): [f"{r.status.mark} {_(r.status.word)}" for r in readings],
        }
    )
