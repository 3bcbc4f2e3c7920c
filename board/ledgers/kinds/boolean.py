"""The kind `bool`: yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.i18n import N_, _
from board.ledgers.fields.cell import Cell, Context, Value, refused
from board.ledgers.fields.field import Field
from board.ledgers.fields.listed import code_text
from board.ledgers.fields.spelling import nearest
from board.reference import Lists

_VALUES = {"是": True, "否": False}
_LIKELY = {
    "是": {"y", "yes", "1", "true", "√", "✓", "有", "对"},
    "否": {"n", "no", "0", "false", "×", "无", "x"},
}


class Boolean(Field, dy.Bool):
    """是 or 否 (Boolean)."""

    kind, title, fill_in, accepts = "bool", "是/否", "是 或 否", N_("是 或 否")
    words: ClassVar[Mapping[str, str]] = {
        "bool": N_("“{header}”只能填 是 或 否，不能填“{found}”"),
    }
    examples: ClassVar[Mapping[str, Any]] = {"是": True, " 否 ": False}
    refusals: ClassVar[Mapping[str, str]] = {"√": "bool", "1": "bool"}
    sample_width = 9

    def choices(self, lists: Lists) -> list[str]:
        """The two answers."""
        return list(_VALUES)

    def read_logical(self, cell: Cell, context: Context) -> Value:
        """Excel's own TRUE and FALSE."""
        return cell.shown(context) == "TRUE", None

    def read(self, cell: Cell, context: Context) -> Value:
        """是 or 否; in a .csv TRUE and FALSE too."""
        spelling = code_text(cell)
        values = _VALUES | ({"TRUE": True, "FALSE": False} if context.plain_text else {})
        if spelling in values:
            return values[spelling], None
        candidates = (word for word, others in _LIKELY.items() if spelling.lower() in others)
        suggestion = next(candidates, None) or (
            nearest(spelling, _VALUES) if context.suggesting else None
        )
        return refused("bool", spelling, None, suggestion)

    @staticmethod
    def exported(value: Any) -> Any:
        """是 or 否, in the reader's language."""
        return _("是") if value else _("否")

    def as_typed(self) -> pl.Expr:
        """是 or 否."""
        value = pl.col(self.name)
        return pl.when(value).then(pl.lit("是")).when(~value).then(pl.lit("否")).alias(self.name)
