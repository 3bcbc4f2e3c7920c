"""Invented names, phone numbers and citizen IDs that belong to nobody."""

from __future__ import annotations

from datetime import date
from random import Random

SURNAMES = "韦蓝覃黄罗蒙陆潘卢唐石班陈李梁谭莫农岑周"
GIVEN_MEN = (
    "建国", "志强", "海生", "金龙", "德明", "永福", "文斌", "胜利", "家荣", "国华",
    "小军", "光明", "绍忠", "启航", "子轩", "宇辰", "俊杰", "立新", "正云", "长贵",
)  # fmt: skip
GIVEN_WOMEN = (
    "美兰", "秀英", "凤莲", "彩云", "桂花", "丽萍", "春梅", "玉珍", "小燕", "冬妹",
    "爱芳", "雪琴", "思雨", "欣怡", "佳慧", "月娥", "金凤", "艳红", "水仙", "素珍",
)  # fmt: skip
TOWNSHIPS = ("都阳镇", "岩滩镇", "北景镇", "共和乡", "贡川乡", "百马乡", "古河乡", "古文乡",
             "江南乡", "羌圩乡", "乙圩乡", "板升乡", "七百弄乡", "雅龙乡", "六也乡")  # fmt: skip

# place of work → (county or city, weight)
CITIES: dict[str, tuple[tuple[str, int], ...]] = {
    "片区内": (("钦州市", 1),),
    "市内": (("钦州市", 1),),
    "区内市外": (("南宁市", 40), ("大化瑶族自治县", 24), ("北海市", 12), ("防城港市", 11), ("柳州市", 13)),
    "广东": (("深圳市", 24), ("东莞市", 23), ("广州市", 21), ("佛山市", 14), ("惠州市", 9), ("中山市", 9)),
    "区外其他": (("宁波市", 18), ("温州市", 14), ("泉州市", 15), ("长沙市", 12), ("昆明市", 13),
             ("上海市", 15), ("苏州市", 13)),
    "境外": (("", 1),),
}  # fmt: skip

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def citizen_id(rng: Random, born: date, male: bool, used_ids: set[str]) -> str:
    """A new citizen ID with area code 990000, which no place has; adds it to `used_ids`."""
    while True:
        serial = rng.randrange(500) * 2 + male
        digits = f"990000{born:%Y%m%d}{serial:03}"
        new_id = digits + check_digit(digits)
        if new_id not in used_ids:
            used_ids.add(new_id)
            return new_id


def check_digit(digits: str) -> str:
    """The 18th character of a citizen ID, derived from the first 17 as GB 11643 defines."""
    return "10X98765432"[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def full_name(rng: Random, male: bool, surname: str = "") -> str:
    """A random name: surname, if not given, and given name."""
    given_name = rng.choice(GIVEN_MEN if male else GIVEN_WOMEN)
    return (surname or rng.choice(SURNAMES)) + given_name


def phone(rng: Random) -> str:
    """A phone number in a block that no network uses."""
    return f"1990000{rng.randrange(10_000):04}"


def pick(rng: Random, weighted: tuple[tuple[str, int], ...]) -> str:
    """A random value, by weight."""
    return rng.choices([v for v, _ in weighted], [w for _, w in weighted])[0]
