"""Read the codes of a list in their accepted spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import ClassVar

from board import reference
from board.i18n import N_, Message
from board.ledgers.fields.cell import NUMBER, Cell, Context, Value, refused
from board.ledgers.fields.field import Field
from board.ledgers.fields.likeness import nearest
from board.ledgers.fields.numeric import shown_number
from board.ledgers.fields.spelling import compact

_ALIASES = re.compile("[、,;，；]")
_SHOWN = 40


class Listed(Field):
    """A column whose values are on a list, where one is declared."""

    words: ClassVar[Mapping[str, str]] = {
        "code": N_("“{header}”没有“{found}”这个选项，应为：{expected}"),
        "code_suggested": N_("“{header}”没有“{found}”这个选项，是不是“{suggestion}”？"),
    }

    @cached_property
    def spellings(self) -> dict[str, str]:
        """The code for each accepted spelling: the code itself, or an alias."""
        spellings = {compact(code): code for code in self.codes}
        spellings |= {compact(alias): code for alias, code in self.aliases.items()}
        if not self.codes_from or self.codes_from in reference.LISTS_OF_PLANS:
            return spellings
        return spellings | _reference(self.codes_from)

    @property
    def has_list(self) -> bool:
        """Whether the column takes the values of a list alone."""
        return True

    @cached_property
    def expected(self) -> Message | str:
        """The codes, or the first of many."""
        return shown_codes(self.spellings.values()) if self.has_list else super().expected

    def code_of(self, spelling: str, context: Context) -> Value:
        """The code that a compact text spells."""
        spellings: Mapping[str, str] = self.spellings
        expected = None
        if self.codes_from in reference.LISTS_OF_PLANS:
            spellings = context.lists.get(self.codes_from, {})
            expected = shown_codes(spellings.values())
        if spelling in spellings:
            return spellings[spelling], None
        suggestion = self._suggested(spelling, spellings) if context.suggesting else None
        return refused("code", spelling, expected, suggestion)

    def _suggested(self, spelling: str, spellings: Mapping[str, str]) -> str | None:
        """The code that a wrong spelling means: as declared, else what it is a slip of."""
        if code := self._meant.get(spelling):
            return code
        return spellings.get(nearest(spelling, spellings, names=bool(self.codes_from)) or "")

    @cached_property
    def _meant(self) -> dict[str, str]:
        """The code for each word that is declared to mean it, in compact spelling."""
        return {compact(word): code for code, words in self.synonyms.items() for word in words}


def shown_codes(codes: Iterable[str]) -> str:
    """The codes as findings name them: all, or the first ten of more than forty."""
    distinct = list(dict.fromkeys(codes))
    ellipsis = [f"…（{len(distinct)}）"] if len(distinct) > _SHOWN else []
    return " | ".join([*distinct[: 10 if ellipsis else _SHOWN], *ellipsis])


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
