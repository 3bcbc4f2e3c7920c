"""A sentence in English tells the numbers that the Chinese one tells, and no others."""

from __future__ import annotations

import re

from tests.outside.reading.annotations import NAMES, NUMBER
from tests.outside.reading.figures import SMALL, Told, told

MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
NAMES_EN = re.compile(
    rf"(?:\d{{1,2}} )?(?:{MONTHS})\w* \d{{4}}|\b[QH]\d \d{{4}}|(?:[Bb]uildings?|Bldgs?) \d+(?:–\d+)?"
    r"|[Uu]nits? \d+|\b(?:end|End) (?:of )?\d{4}|\d+ km|■ [\d,.%]+–[\d,.%]+"
    r"|[(（]\d{4}[^)）]*[)）]|\b\d{4}\b(?! yuan)"
)
# What either language tells in its own way: 等 3 个部门 is “and 2 others”; the number of a document.
OWN_WAY = re.compile(r"等 \d+ 个部门|and \d+ others?|〔\d+〕\d+号|\b\d{4}\b(?=年|—)")
PARTS, PARTS_EN = re.compile("：|最低"), re.compile(r":|lowest")
WORDS_EN = {
    word: n
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"once": 1, "twice": 2, "no": 0, "none": 0}
WORDS_ZH = re.compile(rf"[{''.join(SMALL)}]")


def numbers(text: str) -> list[Told]:
    """The numbers in digits, without those that are part of a name."""
    for names in (OWN_WAY, NAMES, NAMES_EN):
        text = names.sub(" ", text)
    return [number for match in NUMBER.findall(text) if (number := told(match))]


def spelled(text: str) -> set[float]:
    """The numbers in words, of either language."""
    words = {float(WORDS_EN[w]) for w in re.findall(r"[a-z]+", text.lower()) if w in WORDS_EN}
    return words | {float(SMALL[character]) for character in WORDS_ZH.findall(text)}


def told_otherwise(zh: str, en: str) -> list[str]:
    """The numbers of either text that the other does not tell.

    Parts whose names are Chinese alone are left out in English, with their numbers.
    """
    alone = [f"{one} is told in English alone" for one in missing(en, zh)]
    fewer = zh.count("、") > en.count(", ")
    if PARTS.search(zh) and (fewer or not PARTS_EN.search(en)):
        return alone
    return [*alone, *(f"{one} is not told in English" for one in missing(zh, en))]


def missing(text: str, other: str) -> list[str]:
    """The numbers in digits that another text tells neither in digits nor in words."""
    there, words = numbers(other), spelled(other)
    return [
        one.text
        for one in numbers(text)
        if abs(one.value) not in words and not any(same(one, candidate) for candidate in there)
    ]


def same(one: Told, other: Told) -> bool:
    """Whether two numbers are the same, rounded as either of them is."""
    half = max(one.half, other.half) * 1.001 + 1e-9
    return abs(abs(one.value) - abs(other.value)) <= half
