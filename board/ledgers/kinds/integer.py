"""The kind `int`: a whole number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import Value, refused
from board.ledgers.fields.numeric import Numeric


class Integer(Numeric, dy.Int64):
    """A whole-number column (Int64)."""

    kind, title, fill_in, accepts = "int", "整数", "整数", N_("整数")
    words: ClassVar[Mapping[str, str]] = {"whole_number": N_("“{header}”应为整数：“{found}”")}
    examples: ClassVar[Mapping[str, Any]] = {"12": 12, "1,234": 1234}
    refusals: ClassVar[Mapping[str, str]] = {"1.5": "whole_number", "十二": "not_a_number"}
    template_format = "0"
    export_format = "#,##0"
    validated_as = "integer"

    def exact(self, text: str, value: float, decimals: int) -> Value:
        """The whole number, refused where there is a fraction."""
        if abs(value - round(value)) > 1e-9:
            return refused("whole_number", text)
        return round(value), None
