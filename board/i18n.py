"""The reader's language: `_` translates now, `N_` marks a word for later."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FOLDER = Path(__file__).resolve().parent.parent / "locale"

_language: ContextVar[Language] = ContextVar("language", default="zh")


def N_(message: str) -> str:
    """Mark a Chinese source string for translation and return it unchanged."""
    return message


def _(message: str, /, **gaps: object) -> str:
    """The message in the reader's language, its named gaps filled.

    The Chinese source stands where the English catalogue has no entry; a test keeps
    the catalogue complete, so that never happens in a release.
    """
    found = message if language() == "zh" else catalogue("en").get(message, message)
    return found.format(**gaps) if gaps else found


def language() -> Language:
    """The language of the reader whose page is being made."""
    return _language.get()


def speak(language: str) -> None:
    """Set the language for the rest of this run; anything but `en` is Chinese."""
    _language.set("en" if language == "en" else "zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language for a block and give the old one back."""
    token = _language.set("en" if language == "en" else "zh")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Chinese source → translation, from every locale/<language>/*.po together."""
    from babel.messages.pofile import read_po

    words: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    words[str(message.id)] = str(message.string)
    return words
