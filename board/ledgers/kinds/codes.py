"""The kind `codes`: several values of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.ledgers.fields.cell import Cell, Context, Value
from board.ledgers.fields.listed import Listed, code_text

_SPLIT = re.compile(r"[、,;]")


class Codes(Listed, dy.List):
    """Several values of a list (List(String), null when empty)."""

    kind, title, fill_in = "codes", "选几项", "可选几项，用、隔开"
    # With the codes 甲 and 乙.
    examples: ClassVar[Mapping[str, Any]] = {"甲、乙": ["甲", "乙"], "乙;乙": ["乙"]}
    refusals: ClassVar[Mapping[str, str]] = {"甲、丙": "code", "、": "code"}
    # Excel can't select several values of a list: other input is accepted there.
    list_only = False

    def constraints(self) -> dict[str, Any]:
        """The type of a single code."""
        return {"inner": dy.String(nullable=True)}

    def read(self, cell: Cell, context: Context) -> Value:
        """The codes in a cell, each once, in their order there."""
        parts = [part for part in _SPLIT.split(code_text(cell)) if part]
        if not parts:
            return self.code_of(cell.text, context)
        codes: dict[str, None] = {}
        for part in parts:
            code, problem = self.code_of(part, context)
            if problem is not None:
                return None, problem
            codes[code] = None
        return list(codes), None

    def in_present_codes(self) -> pl.Expr:
        """The codes in place of every alias."""
        return pl.col(self.name).list.eval(pl.element().replace(self.aliases))

    def as_typed(self) -> pl.Expr:
        """The codes with 、 between them."""
        return pl.col(self.name).list.join("、")
