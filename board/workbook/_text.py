"""How a cell's text is read: what never counts is dropped, and the nearest known word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_NEVER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SPACES = re.compile(r"\s+")
_HINT = re.compile(r"(.+?)(?:\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|\{[^{}]*\})")


def cleaned(text: str) -> str:
    """Text without what never counts: outer spaces, zero-width and control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "")
    return _NEVER.sub("", text).strip()


def compact(text: str) -> str:
    """Text for comparing: normal width, no spaces at all."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", cleaned(text)))


def heading(text: str) -> str:
    """A header or a sheet's name for comparing: no star, no bracketed hint at its end."""
    bare = compact(text).strip("*:")
    while hinted := _HINT.fullmatch(bare):
        bare = hinted.group(1).strip("*:")
    return bare


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`; None only when nothing is known."""
    best, score = None, -1.0
    wanted = set(word)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(word)
    for candidate in known:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() < score - 0.5:
            continue
        shared = len(wanted & set(candidate)) / (len(wanted | set(candidate)) or 1)
        found = matcher.ratio() + shared * 0.1
        if candidate and (word.startswith(candidate) or candidate.startswith(word)) and word:
            found += 0.2
        if found > score:
            best, score = candidate, found
    return best
