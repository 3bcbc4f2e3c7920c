"""Translation: `_` translates now, `N_` marks a text for later, `Message` holds text and gaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
FOLDER = Path(__file__).resolve().parent.parent / "locale"

_language: ContextVar[Language] = ContextVar("language", default="zh")

_known: ContextVar[Mapping[str, str] | None] = ContextVar("known", default=None)

SEPARATOR = "\x04"  # Between a context and its message, as in gettext.


def N_(message: str, context: str = "") -> str:
    """Mark a Chinese source string for translation.

    `context` (msgctxt in the .po) separates texts that are equal in Chinese but not in English.
    """
    return f"{context}{SEPARATOR}{message}" if context else message


def _(message: str, /, **gaps: object) -> str:
    """The message in the reader's language, with its named gaps filled."""
    return Message(message, gaps).in_(language())


@dataclass(frozen=True, slots=True)
class Message:
    """A marked source string with its named gaps, to be read in any language.

    A gap may be a message, or a tuple, which becomes a list: 甲、乙 in Chinese, 甲, 乙 in English.
    A translation need not use every gap. `{n:# task|# tasks}` in a translation chooses by the
    number in the gap and writes it for #: 1 task, 2 tasks.
    """

    text: str
    gaps: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.in_(language())

    @property
    def zh(self) -> str:
        """The message in Chinese."""
        return self.in_("zh")

    @property
    def en(self) -> str:
        """The message in English."""
        return self.in_("en")

    def in_(self, language: Language) -> str:
        """The message in a language."""
        text = translated(self.text, language)
        if not self.gaps:
            return text
        return text.format(**{name: _filling(gap, language) for name, gap in self.gaps.items()})


class _Words(str):
    """A text that fills a gap; `{gap:lower}` writes it in lower case."""

    __slots__ = ()

    def __format__(self, form: str) -> str:
        if "|" in form:
            return _number_form(self, form)
        return self.lower() if form == "lower" else super().__format__(form)


class _Count(int):
    """A whole number that fills a gap."""

    def __format__(self, form: str) -> str:
        return _number_form(str(self), form) if "|" in form else super().__format__(form)


def _number_form(number: str, forms: str) -> str:
    """The form for one or for any other number, separated by |, with the number in place of #."""
    one, many = forms.split("|")
    return (one if number.lstrip("+−") == "1" else many).replace("#", number)


def _filling(gap: object, language: Language) -> object:
    """The value that fills a gap in a language."""
    if isinstance(gap, Message):
        return _Words(gap.in_(language))
    if isinstance(gap, str):
        return _Words(gap)
    if type(gap) is int:
        return _Count(gap)
    if isinstance(gap, tuple):
        return translated(N_("、"), language).join(str(_filling(part, language)) for part in gap)
    return gap


def translated(text: str, language: Language) -> str:
    """A marked source string in a language, with its gaps not filled.

    The result is the Chinese source where the English catalogue has no entry; a test keeps the
    catalogue complete.
    """
    known = _known.get() or {}
    if language != "zh" and (translation := catalogue(language).get(text) or known.get(text)):
        return translation
    return text.rpartition(SEPARATOR)[2]


def know(words: Mapping[str, str]) -> None:
    """Add the English of words that no catalogue has, such as a plan's, for the rest of this run."""
    _known.set(words)


def language() -> Language:
    """The language of the reader whose page is being made."""
    return _language.get()


def speak(language: str) -> None:
    """Set the language for the rest of this run; anything but `en` is Chinese."""
    _language.set("en" if language == "en" else "zh")


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language for a block, then restore the previous one."""
    token = _language.set("en" if language == "en" else "zh")
    try:
        yield
    finally:
        _language.reset(token)


@cache
def catalogue(language: Language) -> dict[str, str]:
    """Marked source string → translation, read from every locale/<language>/*.po."""
    from babel.messages.pofile import read_po

    words: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    words[N_(str(message.id), message.context or "")] = str(message.string)
    return words
