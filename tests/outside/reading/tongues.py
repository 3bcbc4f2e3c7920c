"""A sentence in English tells the numbers that the Chinese one tells, and no others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

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


# A verdict in Chinese and in English; a longer one is taken out of a text before a shorter one.
VERDICTS_OF_BOTH = (
    (r"逾期后(?:才)?达[标到]", r"[Mm]et late|reached late|late"),
    (r"未达标|没有达到", r"[Mm]issed|not met|short of|[Nn]ever"),
    (r"达标", r"\b[Mm]e(?:t|ets?)\b"),
    (r"达序时|或序时进度", r"[Oo]n pace|on the path"),
    (r"滞后", r"[Bb]ehind"),
    (r"[尚还]不能判定|才能判定|待定", r"[Uu]ndetermined|can't be judged|before it can be judged"),
    (r"未到期|还没有到期", r"[Nn]ot due|due yet|due is|No target is due"),
    (r"无目标", r"[Nn]o target"),
    (r"新报、未报", r"in reporting"),
    (r"未报|缺报|没有报", r"[Nn]ot (?:been )?reported|missing|[Uu]nreported|Nothing was|did not report|No .+ has come"),
    (r"不单独显示", r"[Nn]ot shown|shown separately"),
    (r"不适用", r"[Nn]ot applicable"),
    (r"改善", r"[Bb]etter|improve"),
    (r"回落", r"[Ww]orse"),
    (r"提高|增加|更高|高于|拉动", r"\bup\b|[Hh]igher|[Aa]bove|[Aa]head|\badded|faster"),
    (r"下降|减少|更低|低于|拖累", r"\b(?:down|[Ff]ewer|lower|[Bb]elow|less|fell)\b|took away|slower"),
    (r"最低|最差|最少", r"[Ll]owest|[Ll]east|[Ff]ewest"),
    (r"最高|最多|最久", r"[Hh]ighest|[Mm]ost|[Ll]ongest|[Gg]reatest|up to"),
    (r"不应发", "Not due"),
    (r"逾期|超期", r"[Oo]verdue|\blate\b"),
)  # fmt: skip
# These words of English judge wherever they stand; others stand in names and conditions too.
JUDGING_EN = re.compile(
    r"[Mm]issed|\bMet\b|[Mm]et late|[Oo]n pace|Behind|Undetermined|Not (?:due|shown|reported|applicable)"
    r"|No target(?: is due)?|Better|Worse|[Oo]verdue|[Ll]owest|[Hh]ighest"
)


def judged_otherwise(zh: str, en: str) -> list[str]:
    """The verdicts of either text that the other does not tell."""
    faults, rest = [], zh
    alone = zh.count("、") > en.count(", ") or not PARTS_EN.search(en)
    for chinese, english in VERDICTS_OF_BOTH:
        if not re.search(chinese, rest):
            continue
        of_parts = alone and english.startswith("[Ll]owest")  # parts with names in Chinese alone
        if not re.search(english, en) and not of_parts:
            faults.append(f"{re.findall(chinese, rest)[0]} is not told in English")
        rest = re.sub(chinese, " ", rest)
    for word in JUDGING_EN.findall(en):
        own = [chinese for chinese, english in VERDICTS_OF_BOTH if re.fullmatch(english, word)]
        if not any(re.search(chinese, zh) for chinese in own):
            faults.append(f"{word} is told in English alone")
    return faults


CHINESE = re.compile(r"[\u3400-\u9fff]")
# Of a name that is masked the surname is left; a group of letters in a code or a file name.
MASKED = re.compile(r"[\u3400-\u9fff]\*")
CODES = re.compile(r"\b(?:[A-Z]{1,3}\d+|[0-9a-f]{16}|\w+\.xlsx|\d{4}-[QH]\d|[RG]\d)\b|`\w+`")
# Words that the collection of a page's texts puts before some.
COLLECTED = re.compile(r"(?m)^(?:target|indicator|tasks|counts)\b")
LETTERS = re.compile(r"[A-Za-z]{2,}")


class Names:
    """Texts of ledgers and of the plan, which stand on a page as they are in every language."""

    def __init__(self, texts: Iterable[str]) -> None:
        """The texts; of one that is cut the part before … is known too."""
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for text in sorted(set(texts), key=len, reverse=True):
            self._by_start[text[:2]].append(text)

    def left_out(self, text: str) -> str:
        """The text without the names in it."""
        kept, at = "", 0
        while at < len(text):
            name = self._at(text, at)
            kept += " " if name else text[at]
            at += name or 1
        return kept

    def _at(self, text: str, at: int) -> int:
        """How long the name is that begins there; 0 where none does."""
        for name in self._by_start.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                return len(name)
            cut = text.find("…", at)
            if cut > at + 1 and name.startswith(text[at:cut]):
                return cut - at
        return 0


def chinese_left(en: str, names: Names) -> list[str]:
    """Chinese in an English text that is no name."""
    if not CHINESE.search(en):
        return []
    rest = names.left_out(MASKED.sub(" ", en))
    return re.findall(r"[\u3400-\u9fff]+", rest)


def english_left(zh: str, names: Names) -> list[str]:
    """Words of English in a Chinese text that are no name or code."""
    rest = CODES.sub(" ", COLLECTED.sub(" ", zh))
    return LETTERS.findall(names.left_out(rest)) if LETTERS.search(rest) else []
