"""Find and strike what names a person in a text: numbers, names and codes that registers hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from board.ledgers.fields.words_like_names import WORDS

STRUCK = "×"
# What may stand between the digits of a number: spaces, dashes, dots, brackets, zero-width signs.
_GAP = r"[\W_]{0,3}"
_PHONE = rf"(?:86{_GAP})?[1１]{_GAP}[3-9３-９](?:{_GAP}\d){{9}}"
_ID = rf"\d(?:{_GAP}\d){{16}}{_GAP}[\dXxＸｘ]"
# 15 to 19 digits in a row are an ID of before 1999 or the number of a card.
_NUMBER = re.compile(rf"(?<!\d)(?:{_ID}|{_PHONE}|\d{{15,19}}|1\d{{10}})(?!\d)")
# Left out before names are looked for: 张 三 and 张·三 are 张三.
_BETWEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2064\ufeff·・•*＊]")
_BEFORE, _AFTER = ("户主", "户主:", "户主："), ("同志", "户主", "家")
SHORTEST_NAME, SHORTEST_CODE = 2, 4


@dataclass(frozen=True)
class Persons:
    """The names that registers hold, each with its rooms and household codes, and all codes.

    A name that is also a word (平安, 高峰) is taken for a name only where the room or the code
    of its household stands in the same text, or where 同志, 户主 or 家 stands beside it.
    """

    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[str | None, str | None, str | None]]) -> Persons:
        """The persons of rows of name, household code and room."""
        places: dict[str, set[str]] = {}
        codes: set[str] = set()
        for name, code, room in rows:
            if code and len(code) >= SHORTEST_CODE and not code.isdecimal():
                codes.add(code)
            if name and len(bare := _BETWEEN.sub("", name)) >= SHORTEST_NAME:
                places.setdefault(bare, set()).update(filter(None, (code, room)))
        return cls({name: frozenset(own) for name, own in places.items()}, frozenset(codes))

    def named_in(self, texts: pl.Series) -> dict[str, list[tuple[int, int]]]:
        """Text → where names or codes of persons stand in it; only texts in which there are any."""
        needles = [*self.places, *self.codes]
        if not needles or texts.is_empty():
            return {}
        bare = pl.Series([_BETWEEN.sub("", text) for text in texts], dtype=pl.String)
        hits = bare.str.extract_many(needles, overlapping=True)
        return {
            text: spans
            for text, names in zip(texts, hits, strict=True)
            if names is not None and names.len()
            if (spans := [*self._spans(text, set(names))])
        }

    def _spans(self, text: str, names: set[str]) -> Iterator[tuple[int, int]]:
        bare, at = _squeezed(text)
        for name in names:
            for match in re.finditer(re.escape(name), bare):
                if name in self.codes or self._is_meant(name, bare, *match.span()):
                    yield at[match.start()], at[match.end() - 1] + 1

    def _is_meant(self, name: str, text: str, start: int, end: int) -> bool:
        """Whether a name in a text names the person, and is not a word."""
        if name not in WORDS:
            return True
        beside = text[:start].endswith(_BEFORE) or text[end:].startswith(_AFTER)
        return beside or any(
            re.search(rf"(?<!\d){re.escape(place)}(?!\d)", text) for place in self.places[name]
        )


def without_numbers(text: str) -> str:
    """The text with mobile numbers, citizen IDs and card numbers replaced by ×."""
    return _NUMBER.sub(STRUCK, text)


def struck_texts(texts: pl.Series, persons: Persons) -> dict[str, str]:
    """Text → the text with numbers, names and codes of persons replaced by ×, where it has any."""
    distinct = texts.drop_nulls().unique(maintain_order=True)
    named = persons.named_in(distinct)
    changed = {text: without_numbers(_cut(text, named.get(text, []))) for text in distinct}
    return {text: struck for text, struck in changed.items() if struck != text}


def struck(text: str, persons: Persons) -> str:
    """One text with numbers, names and codes of persons replaced by ×."""
    return struck_texts(pl.Series([text]), persons).get(text, text)


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with × in place of each span; spans that overlap give one ×."""
    parts, position = [], 0
    for start, end in sorted(spans):
        if start >= position:
            parts += [text[position:start], STRUCK]
        position = max(position, end)
    return "".join([*parts, text[position:]])


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text without spaces and signs within names, and where each of its characters stood."""
    kept = [(n, sign) for n, sign in enumerate(text) if not _BETWEEN.match(sign)]
    return "".join(sign for _, sign in kept), [n for n, _ in kept]
