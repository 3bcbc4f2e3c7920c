"""Clean a cell's text for reading and comparing."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
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


def heading(text: str) -> str:
    """A header or a sheet's name for comparing, without a star or a bracketed hint at its end."""
    title = compact(text).strip("*:")
    if len(title) > _LONGEST:
        return title
    while hinted := _HINT.fullmatch(title):
        title = hinted.group(1).strip("*:")
    return title
