"""The kind `goal`: a target's value in its metric's unit, a rate as a share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import NUMBER, PERCENT, Cell, Context, Value
from board.ledgers.fields.numeric import Numeric
from board.ledgers.fields.spelling import compact


class Goal(Numeric, dy.Float64):
    """A number (Float64); 60% is the same as 0.60."""

    kind, title, fill_in = "goal", "目标值", "数字，比率如 0.60 或 60%"
    accepts = N_("数字，比率如 0.60 或 60%")
    examples: ClassVar[Mapping[str, Any]] = {"0.60": 0.6, "60%": 0.6, "12": 12.0}
    refusals: ClassVar[Mapping[str, str]] = {"六成": "not_a_number"}
    template_format = export_format = "General"
    takes_percent = True

    def read(self, cell: Cell, context: Context) -> Value:
        """The number in a cell; a percentage is divided by 100."""
        value, fault = super().read(cell, context)
        if value is None:
            return value, fault
        written = cell.form == PERCENT if cell.kind == NUMBER else compact(cell.text).endswith("%")
        return (round(value / 100, 10) if written else value), fault
