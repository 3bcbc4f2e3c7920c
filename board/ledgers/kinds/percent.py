"""The kind `percent`: a percentage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import Fault, fault
from board.ledgers.fields.numeric import Numeric


class Percent(Numeric, dy.Float64):
    """A percentage (Float64): 8.5 means 8.5 %."""

    kind, title, fill_in = "percent", "百分数", "百分数，如 8.5%"
    accepts = N_("百分数，如 8.5 或 8.5%")
    words: ClassVar[Mapping[str, str]] = {
        "percent_below_one": N_("“{header}”按 {found}% 读取；若本意是百分之几十，请写成百分数"),
    }
    examples: ClassVar[Mapping[str, Any]] = {"8.5%": 8.5, "8.5": 8.5, "0.5%": 0.5}
    refusals: ClassVar[Mapping[str, str]] = {"¥8": "not_a_number"}
    template_format = "0.0%"
    export_format = "0.0##%"
    usual_unit = "%"
    takes_percent = True

    def doubt(self, text: str, value: float) -> Fault | None:
        """Warn of 0.85, which may have been meant as 85 %."""
        if not 0 < abs(value) < 1:
            return None
        return fault("percent_below_one", text, severity="warning")

    @staticmethod
    def exported(value: Any) -> Any:
        """The fraction that Excel shows as a percentage."""
        return value / 100
