"""The kind `code`: one value of a list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.ledgers.fields.cell import Cell, Context, Value
from board.ledgers.fields.listed import Listed, code_text


class Code(Listed, dy.String):
    """One value of a list (String)."""

    kind, title, fill_in = "code", "选一项", "选一项"
    # With the codes 甲 and 乙.
    examples: ClassVar[Mapping[str, Any]] = {"甲": "甲", " 乙 ": "乙"}
    refusals: ClassVar[Mapping[str, str]] = {"丙": "code"}

    def read(self, cell: Cell, context: Context) -> Value:
        """The code in a cell."""
        return self.code_of(code_text(cell), context)

    def in_present_codes(self) -> pl.Expr:
        """The code in place of every alias."""
        return pl.col(self.name).replace(self.aliases)
