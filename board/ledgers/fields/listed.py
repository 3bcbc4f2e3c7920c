"""Read the codes of a list in their accepted spellings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from typing import ClassVar

from board import reference
from board.i18n import N_, Message
from board.ledgers.fields.cell import NUMBER, Cell, Value, refused
from board.ledgers.fields.field import Field
from board.ledgers.fields.numeric import shown_number
from board.ledgers.fields.spelling import compact, nearest

_ALIASES = re.compile("[、,;，；]")
_SHOWN = 40


class Listed(Field):
    """A column whose values are on a list, where one is declared."""

    words: ClassVar[Mapping[str, str]] = {
        "code": N_("“{header}”没有“{found}”这个选项，是不是“{suggestion}”？"),
    }

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The code for each accepted spelling: the code itself, or an alias."""
        spellings = {compact(code): code for code in self.codes}
        spellings |= {compact(alias): code for alias, code in self.aliases.items()}
        return spellings | (_reference(self.codes_from) if self.codes_from else {})

    @property
    def has_list(self) -> bool:
        """Whether the column takes the values of a list alone."""
        return True

    @cached_property
    def expected(self) -> Message | str:
        """The codes, or the first of many."""
        if not self.has_list:
            return super().expected
        codes = list(dict.fromkeys(self.spellings.values()))
        ellipsis = [f"…（{len(codes)}）"] if len(codes) > _SHOWN else []
        return " | ".join([*codes[: 10 if ellipsis else _SHOWN], *ellipsis])

    def code_of(self, spelling: str) -> Value:
        """The code that a compact text spells."""
        if spelling in self.spellings:
            return self.spellings[spelling], None
        suggestion = self.spellings.get(nearest(spelling, self.spellings) or "")
        return refused("code", spelling, None, suggestion)


def code_text(cell: Cell) -> str:
    """The text of a cell for comparing with codes."""
    return shown_number(float(cell.text)) if cell.kind == NUMBER else compact(cell.text)


@cache
def _reference(name: str) -> dict[str, str]:
    """The name for each accepted spelling in a reference list, whose first column has names."""
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for row in reference.table(name):
        full_name = next(iter(row.values()))
        names[compact(full_name)] = full_name
        for alias in _ALIASES.split(row.get("aliases") or ""):
            if alias:
                aliases[compact(alias)] = full_name
    return {**aliases, **names}
