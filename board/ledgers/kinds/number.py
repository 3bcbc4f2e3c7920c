"""The kind `number`: a number in the unit of its column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.numeric import Numeric


class Number(Numeric, dy.Float64):
    """A number (Float64)."""

    kind, title, fill_in, accepts = "number", "数字", "数字", N_("数字")
    examples: ClassVar[Mapping[str, Any]] = {"12.345": 12.345, "1,234": 1234.0}
    refusals: ClassVar[Mapping[str, str]] = {"8%": "percent_here", "约3500": "not_a_number"}
    template_format = export_format = "General"
    takes_currency = True
