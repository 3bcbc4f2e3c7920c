"""Find what a word is most likely a slip of, without ever turning its meaning round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache

# Who writes one of these characters more or less says something else: 未就业 is no slip of 就业, 高中
# none of 初中, 二级 none of 一级, 区外 none of 区内.
_TURNING = frozenset(
    "未不无非没否莫勿别免离有已曾在待将欲失弱半丧停止完成终结新续前后上下大小高低多少内外里男女公民私官"
    "出入进退增减升降加去来回归左右东西南北中开关收支存取买卖借还正副反全部分总单双主次初再老幼"
    "成童长短重轻好坏优劣是可能应须过脱贫困零整旧真假甲乙丙丁一二三四五六七八九十百千万亿两几"
    "0123456789年季月周日时县市省区乡镇村级"
)
# Characters that are taken for one another when they are typed or read.
_LOOKALIKES = str.maketrans(
    "人八帐己巳末士曰贷往它户以坐做座在园建州", "入入账已已未土日货住他护已作作作再圆健洲"
)
# No header and no code has more characters.
_LONGEST = 100
# Words of so few characters are too short for a slip to be told from another word.
_SHORTEST, _LONG = 3, 5
# A header that shares so much with a column's is taken for a slip of it.
_ALIKE = 0.6


def nearest(word: str, words: Iterable[str], *, names: bool = False) -> str | None:
    """The one of `words` that `word` is a slip of; None where there is none, or more than one.

    A slip has one character more or less, two changed places or, of long words, one is another.
    `names`: the words name places or bodies, which are also written shorter (大化县 for
    大化瑶族自治县). Nothing is guessed where the difference may be one of meaning.
    """
    word, words = word[:_LONGEST], tuple(words)
    if len(word) < 2:
        return None
    alike = [name for name in _sharing_an_end(word, words) if _is_slip(word, name)]
    if alike and not names:
        # 每人年 may be 每年 with a character too many, or 每半年 with a wrong one.
        others = [
            name
            for name in _sharing_an_end(word, words)
            if name != alike[0] and len(name) == len(word) and _differing(word, name) == 1
        ]
        sure = len(alike) == 1 and not others and _keeps_meaning(word, alike[0])
        return alike[0] if sure else None
    alike = [name for name in alike if _keeps_meaning(word, name)]
    if not alike and names:
        alike = [name for name in _sharing_an_end(word, words) if _shortens(word, name)]
        alike = [n for n in alike if len(n) == len(word) + 1] or alike
    return alike[0] if len(alike) == 1 else None


def nearest_title(title: str, titles: Iterable[str]) -> str | None:
    """The header or the name of a sheet that a title is most like, without turning its meaning."""
    candidates = tuple(titles)
    if near := nearest(title, candidates, names=True):
        return near
    word = title[:_LONGEST]
    likeness = {
        name: SequenceMatcher(None, name, word, autojunk=False).ratio()
        for name in candidates
        if not _different(word, name) & _TURNING
    }
    best = max(likeness, key=lambda name: likeness[name], default=None)
    return best if best is not None and likeness[best] >= _ALIKE else None


def _sharing_an_end(word: str, words: tuple[str, ...]) -> Iterable[str]:
    """The words with the first or the last character of `word`."""
    by_end = _by_end(words)
    ends = ("first" + word[0], "last" + word[-1])
    return dict.fromkeys(name for end in ends for name in by_end.get(end, ()))


@cache
def _by_end(words: Sequence[str]) -> dict[str, list[str]]:
    by_end: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if word:
            by_end["first" + word[0]].append(word)
            by_end["last" + word[-1]].append(word)
    return dict(by_end)


def _is_slip(word: str, name: str) -> bool:
    """Whether one of two words is the other with one slip."""
    if word == name:
        return False
    if _looks_like(word, name):
        return True
    short, long = sorted((len(word), len(name)))
    if long < _SHORTEST or long - short > 1:
        return False
    if short == long:
        return _changed_places(word, name) or (long >= _LONG and _differing(word, name) == 1)
    return _within(word, name) or _within(name, word)


def _keeps_meaning(word: str, name: str) -> bool:
    """Whether two words that differ by a slip can't mean different things.

    What stands before a word says more of it: 片区内 is no slip of 区内.
    """
    if _looks_like(word, name):
        return True
    return not _different(word, name) & _TURNING and (word[0] == name[0] or len(word) == len(name))


def _looks_like(word: str, name: str) -> bool:
    """Whether two words differ only in characters that look or sound alike."""
    return word.translate(_LOOKALIKES) == name.translate(_LOOKALIKES)


def _different(word: str, name: str) -> set[str]:
    """The characters that one of two words has more often than the other."""
    letters, others = Counter(word), Counter(name)
    return set((letters - others) + (others - letters))


def _differing(word: str, name: str) -> int:
    """At how many places two words of one length differ."""
    return sum(letter != other for letter, other in zip(word, name, strict=True))


def _changed_places(word: str, name: str) -> bool:
    """Whether two neighbouring characters have changed places, neither of them one that turns."""
    places = [n for n in range(len(word)) if word[n] != name[n]]
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and word[places[0]] == name[places[1]]
        and word[places[1]] == name[places[0]]
        and not {word[place] for place in places} & _TURNING
    )


def _shortens(word: str, name: str) -> bool:
    """Whether a word is a name with characters left out, or the name such a word."""
    if word[0] != name[0] or any(letter.isdigit() for letter in _different(word, name)):
        return False
    return _within(word, name) or _within(name, word)


def _within(short: str, long: str) -> bool:
    """Whether `long` has the characters of `short` in this order."""
    letters = iter(long)
    return len(short) < len(long) and all(letter in letters for letter in short)
