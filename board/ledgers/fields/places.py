"""Read the names of buildings, units and rooms, so that 3幢, 三号楼 and 3# are found to be one place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from board.ledgers.fields.spelling import compact

# The names of so many places are kept as read: more than a town has.
_KEPT = 50_000
_DIGITS = dict(
    zip("零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖", "0001234567892123456789", strict=True)
)
_NUMBER = re.compile(r"[零〇○一二三四五六七八九十百两壹贰叁肆伍陆柒捌玖拾佰]+")
_BUILDING = r"[栋幢棟座楼#号]"
_UNIT = r"(?:单元|单|门洞|门|梯)"
_NAME = r"(?:[a-z]?\d+[a-z]?|[a-z])"
_BUILDING_AND_UNIT = re.compile(rf"(.+?{_BUILDING}+)[-/]?({_NAME}){_UNIT}")
_PAIR = re.compile(rf"({_NAME})[-/]({_NAME})")
_TRIPLE = re.compile(rf"({_NAME}){_BUILDING}*[-/]({_NAME}){_UNIT}?[-/](\d{{2,5}}[a-z]?)")
_BUILDING_UNIT_ROOM = re.compile(rf"({_NAME}){_BUILDING}+({_NAME})[-/](\d{{3,5}}[a-z]?)")
_FULL_ROOM = re.compile(
    rf"(?:({_NAME}){_BUILDING}+[-/]?)?(?:({_NAME}){_UNIT}[-/]?)?(\d{{2,5}}[a-z]?)"
)
_UNIT_ROOM = re.compile(rf"({_NAME})[-/](\d{{3,5}}[a-z]?)")
_FLOOR_ROOM = re.compile(r"(\d{1,2})(?:[-/]|[楼层][-/]?)(\d{1,2})")


class Room(NamedTuple):
    """What a room's cell says: the room, and the building and the unit where it names them."""

    room: str
    building: str = ""
    unit: str = ""


@lru_cache(maxsize=_KEPT)
def building_key(text: str) -> str:
    """What all spellings of a building's name have in common: 3 for 3栋, 三号楼, 第3幢 and 3#."""
    name = _plain(text)
    bare = re.sub(rf"{_BUILDING}+$", "", name.lstrip("#"))
    return _numbered(bare or name)


@lru_cache(maxsize=_KEPT)
def unit_key(text: str) -> str:
    """What all spellings of a unit's name have in common: 2 for 2单元, 二单元 and 2."""
    name = _plain(text)
    return _numbered(re.sub(rf"(?:{_UNIT}|[#号])+$", "", name) or name)


@lru_cache(maxsize=_KEPT)
def room_key(text: str) -> str:
    """What 502 and 0502 have in common."""
    return _numbered(room_of(text).room)


@lru_cache(maxsize=_KEPT)
def building_and_unit(text: str) -> tuple[str, str]:
    """The building and the unit that one cell names, such as 3栋2单元 or 3-2; without a unit it is empty."""
    name = _plain(text)
    both = _BUILDING_AND_UNIT.fullmatch(name) or _PAIR.fullmatch(name)
    return (both.group(1), both.group(2)) if both else (name, "")


@lru_cache(maxsize=_KEPT)
def room_of(text: str) -> Room:
    """The room in a cell such as 502, 502室, 5-02, 2-502 or 3栋2单元502."""
    whole = _plain(text)
    name = re.sub(r"[室房户号]+$", "", whole)
    if floor := _FLOOR_ROOM.fullmatch(name):
        return Room(f"{int(floor.group(1))}{int(floor.group(2)):02d}")
    if triple := _TRIPLE.fullmatch(name) or _BUILDING_UNIT_ROOM.fullmatch(name):
        return Room(triple.group(3), triple.group(1), triple.group(2))
    if pair := _UNIT_ROOM.fullmatch(name):
        return Room(pair.group(2), "", pair.group(1))
    if full := _FULL_ROOM.fullmatch(name):
        return Room(full.group(3), full.group(1) or "", full.group(2) or "")
    return Room(compact(text).casefold())


def _plain(text: str) -> str:
    """A name in small letters, with Arabic numbers, one kind of dash and without 第."""
    name = re.sub("[—–－﹣~_]", "-", compact(text).casefold())
    return _NUMBER.sub(lambda match: _arabic(match.group()), name.removeprefix("第"))


def _numbered(name: str) -> str:
    """A name whose numbers have no zeros before them."""
    return re.sub(r"\d+", lambda match: match.group().lstrip("0") or "0", name)


def _arabic(number: str) -> str:
    """The digits of a Chinese number below a thousand: 二十三, 十, 五〇二, 叁拾."""
    number = number.replace("拾", "十").replace("佰", "百")
    if not set(number) & {"十", "百"}:
        return "".join(_DIGITS[digit] for digit in number)
    total, digit = 0, 0
    for letter in number:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        else:
            digit = int(_DIGITS[letter])
    return str(total + digit)
