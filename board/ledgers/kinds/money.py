"""The kind `money`: an amount in yuan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import Value, refused
from board.ledgers.fields.numeric import Numeric


class Money(Numeric, dy.Float64):
    """An amount in yuan with two decimals (Float64), not negative unless `low` is None."""

    kind, title, fill_in = "money", "金额（元）", "金额(元)，最多两位小数"
    accepts = N_("金额（元，最多两位小数）")
    words: ClassVar[Mapping[str, str]] = {"decimals": N_("“{header}”最多两位小数：“{found}”")}
    examples: ClassVar[Mapping[str, Any]] = {"3500": 3500.0, "¥3,500.50元": 3500.5}
    refusals: ClassVar[Mapping[str, str]] = {"12.345": "decimals", "1.2万": "ten_thousands"}
    template_format = export_format = "#,##0.00"
    usual_unit = "元"
    usual_low = 0
    takes_currency = True
    validated_as = "decimal"

    def exact(self, text: str, value: float, decimals: int) -> Value:
        """The amount in fen, refused where it has more than two decimals."""
        if decimals > 2:
            return refused("decimals", text)
        return round(value, 2) + 0.0, None
