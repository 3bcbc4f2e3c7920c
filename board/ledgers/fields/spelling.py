"""Clean a cell's text for reading and comparing, and find the nearest of some words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# What stands in a cell for nothing: strokes, and words of people and of programs.
_NOTHING = re.compile(
    r"[-/\\|_~.。·…*‐-―─−]+|无|暂无|没有|空|空白|无数据|n/?a|nil|null|none", re.IGNORECASE
)
_LONGEST_NOTHING = 8
# Digits that a spreadsheet has shown in place of others: 1.39E+10; and a number: 502.0.
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+-]\d{1,3}", re.ASCII | re.IGNORECASE)
POINT_ZERO = re.compile(r"(\d+)\.0+", re.ASCII)
_MOST_CANDIDATES = 200
# No header and no code has more characters.
_LONGEST = 100
_SPACES = re.compile(r"\s+")
_HINT = re.compile(r"(.+?)(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\})")


def cleaned(text: str) -> str:
    """Text without outer spaces, zero-width and control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "")
    return _INVISIBLE.sub("", text).strip()


def normal(text: str) -> str:
    """Cleaned text in which full-width characters are normal ones (NFKC)."""
    return unicodedata.normalize("NFKC", cleaned(text)).strip()


def compact(text: str) -> str:
    """Text for comparing: in normal width, without any space."""
    return _SPACES.sub("", normal(text))


def stands_for_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say: /, —, 无, N/A."""
    spelling = compact(text) if len(text) < 4 * _LONGEST_NOTHING else ""
    return len(spelling) <= _LONGEST_NOTHING and bool(_NOTHING.fullmatch(spelling))


def heading(text: str) -> str:
    """A header or a sheet's name for comparing, without a star or a bracketed hint at its end."""
    title = compact(text).strip("*:")
    if len(title) > _LONGEST:
        return title
    while hinted := _HINT.fullmatch(title):
        title = hinted.group(1).strip("*:")
    return title


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` most like `word`; None only when there are none."""
    word = word[:_LONGEST]
    candidates = list(words)
    if len(candidates) > _MOST_CANDIDATES:
        # Comparing is slow: keep the words that share the most characters.
        characters = Counter(word)
        overlaps = [(sum((characters & Counter(name)).values()), name) for name in candidates]
        highest = sorted({count for count, _ in overlaps}, reverse=True)[:2]
        candidates = [name for count, name in overlaps if count in highest][:_MOST_CANDIDATES]
    return max(candidates, key=lambda name: _likeness(word, name), default=None)


def _likeness(word: str, name: str) -> float:
    """How alike two words are: order counts most, then shared characters and abbreviations."""
    common = set(word) & set(name)
    characters = set(word) | set(name)
    likeness = SequenceMatcher(None, name, word, autojunk=False).ratio()
    likeness += 0.1 * len(common) / (len(characters) or 1)
    return likeness + 0.2 * (_abbreviates(word, name) or _abbreviates(name, word))


def _abbreviates(short: str, long: str) -> bool:
    """Whether `long` has the characters of `short` in this order: 大化县, 大化瑶族自治县."""
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)
