"""How a cell's text is read: what never counts is dropped, and the nearest known word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

_NEVER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_MANY = 200
# No header and no code is longer.
_LONGEST = 100
_SPACES = re.compile(r"\s+")
_HINT = re.compile(r"(.+?)(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\})")


def cleaned(text: str) -> str:
    """Text without what never counts: outer spaces, zero-width and control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "")
    return _NEVER.sub("", text).strip()


def normal(text: str) -> str:
    """Text in normal width, without what never counts."""
    return unicodedata.normalize("NFKC", cleaned(text)).strip()


def compact(text: str) -> str:
    """Text for comparing: normal width, no spaces at all."""
    return _SPACES.sub("", normal(text))


def heading(text: str) -> str:
    """A header or a sheet's name for comparing: no star, no bracketed hint at its end."""
    bare = compact(text).strip("*:")
    if len(bare) > _LONGEST:
        return bare
    while hinted := _HINT.fullmatch(bare):
        bare = hinted.group(1).strip("*:")
    return bare


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`; None only when nothing is known."""
    word = word[:_LONGEST]
    wanted = Counter(word)
    candidates = list(known)
    if len(candidates) > _MANY:
        # The ends of a place's name (县, 市, 区) say little: the rarer characters decide.
        shared = [(sum((wanted & Counter(name)).values()), name) for name in candidates]
        best = sorted({count for count, _ in shared}, reverse=True)[:2]
        candidates = [name for count, name in shared if count in best][:_MANY]
    return max(candidates, key=lambda name: _likeness(word, name), default=None)


def _likeness(word: str, name: str) -> float:
    """How alike two words are: order counts most, then shared characters and abbreviations."""
    both = set(word) & set(name)
    either = set(word) | set(name)
    found = SequenceMatcher(None, name, word, autojunk=False).ratio()
    found += 0.1 * len(both) / (len(either) or 1)
    return found + 0.2 * (_within(word, name) or _within(name, word))


def _within(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in their order: 大化县, 大化瑶族自治县."""
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)
