"""Read a text: the first kind of sentence that fits it says what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Protocol

from tests.outside.reading.answers import View

NOT_UNDERSTOOD = "not understood"
# Words that judge; a text with one of them or with a digit is a claim.
VERDICTS = re.compile(
    r"\d|达标|达序时|滞后|落后|待定|判定|未到期|改善|回落|提高|下降|最高|最低|最多|最少|没有|都|全部"
    r"|持平|未报|逾期|超期|[一二三四五六七八九十两]项"
)


class Text(Protocol):
    """A text on the screen: where it stands and its words."""

    @property
    def page(self) -> str: ...
    @property
    def panel(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...


# A kind of sentence: None where a text is not of it, else what is wrong with the text.
Rule = Callable[[str, View], list[str] | None]
Rules = Mapping[tuple[str, str, str], Sequence[Rule]]


@cache
def pattern(sentence: str) -> re.Pattern[str]:
    """The pattern of a sentence with named gaps: {label} is any text."""
    seen: set[str] = set()

    def gap(match: re.Match[str]) -> str:
        name = match[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(re.sub(r"\{([a-z]\w*)\}", gap, sentence), re.DOTALL)


def gaps(sentence: str, text: str) -> dict[str, str] | None:
    """What fills the gaps of a sentence in a text; None where the text is another sentence."""
    match = pattern(sentence).fullmatch(text)
    if match is None:
        return None
    return {name: value or "" for name, value in match.groupdict().items()}


def read(text: Text, view: View, rules: Rules) -> list[str]:
    """What is wrong with a text; nothing for one that claims nothing."""
    places = [
        (page, panel, text.kind)
        for page in (text.page, "*")
        for panel in (text.panel, "*")
    ]  # fmt: skip
    for place in places:
        for rule in rules.get(place, ()):
            faults = rule(text.text, view)
            if faults is not None:
                return faults
    return [NOT_UNDERSTOOD] if VERDICTS.search(text.text) else []


def literal(*sentences: str) -> Rule:
    """The rule of sentences that claim nothing about figures, such as a legend."""

    def rule(text: str, _view: View) -> list[str] | None:
        return [] if text in sentences else None

    return rule
