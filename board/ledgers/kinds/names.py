"""The kind `names`: several names, separated by 、."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board.i18n import N_
from board.ledgers.fields import Field
from board.ledgers.fields.cell import Cell, Context, Value, refused
from board.ledgers.fields.spelling import compact

_SPLIT = re.compile(r"[、,;，；]")


class Names(Field, dy.List):
    """Several names that no declared list gives (List(String), null when empty)."""

    kind, title, fill_in = "names", "几个名称", "可填几个，用、隔开"
    accepts = N_("名称，几个之间用、隔开")
    examples: ClassVar[Mapping[str, Any]] = {"甲、乙": ["甲", "乙"], "乙;乙": ["乙"]}
    refusals: ClassVar[Mapping[str, str]] = {"、": "names_empty"}
    words: ClassVar[Mapping[str, str]] = {
        "names_empty": N_("“{header}”只有分隔号，没有名称"),
    }

    def constraints(self) -> dict[str, Any]:
        """The type of a single name."""
        return {"inner": dy.String(nullable=True)}

    @property
    def is_free_text(self) -> bool:
        """Whether staff write in their own words here."""
        return not self.personal

    def read(self, cell: Cell, context: Context) -> Value:
        """The names in a cell, each once, in their order there."""
        names = [name for name in _SPLIT.split(compact(cell.text)) if name]
        if not names:
            return refused("names_empty", cell.text)
        return list(dict.fromkeys(names)), None

    def as_typed(self) -> pl.Expr:
        """The names with 、 between them."""
        return pl.col(self.name).list.join("、")
