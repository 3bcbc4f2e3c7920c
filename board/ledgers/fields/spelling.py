"""Clean a cell's text for reading and comparing."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# What stands in a cell for nothing: strokes, and words of people and of programs.
_NOTHING = re.compile(
    r"[-/\\|_~.。·…*‐-―─−]+|无|暂无|没有|空|空白|无数据|n/?a|nil|null|none", re.IGNORECASE
)
_LONGEST_NOTHING = 8
# What stands for the cell above it: once rows are sorted nobody knows which one that was.
_AS_ABOVE = frozenset(
    ("同上", "同上行", "同前", "同上格", "〃", "々", "′′", '"', "''", "”", "“", "〞", "〟")
)
# Digits that a spreadsheet has shown in place of others: 1.39E+10; and a number: 502.0.
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+-]\d{1,3}", re.ASCII | re.IGNORECASE)
POINT_ZERO = re.compile(r"(\d+)\.0+", re.ASCII)
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


def stands_for_the_above(text: str) -> bool:
    """Whether a text only says that the cell above holds the content: 同上, 〃."""
    return len(text) < _LONGEST_NOTHING and compact(text) in _AS_ABOVE


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
