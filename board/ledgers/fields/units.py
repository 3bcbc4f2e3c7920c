"""Units as staff write them (万元, 亩, ‰, 元/月), and whether a stated one is that of a column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import isclose, prod

from board.ledgers.fields.spelling import compact

# What is measured → how a unit of it is written → how many of the board's own unit it is: yuan,
# square metres, per cent, months, persons or things. None: it can't be converted.
_SIZES: dict[str, dict[str, float | None]] = {
    "money": {
        **dict.fromkeys(("元", "圆", "块", "块钱", "人民币", "rmb", "cny", "¥", "yuan"), 1.0),
        "角": 0.1, "毛": 0.1, "分": 0.01,
        **dict.fromkeys(("美元", "美金", "usd", "us$", "$", "港元", "港币", "hkd", "欧元", "eur",
                         "€", "日元", "jpy", "英镑", "£", "越南盾", "林吉特", "马币"), None),
    },
    "area": {
        **dict.fromkeys(("㎡", "m2", "m^2", "平方米", "平米", "平方", "平"), 1.0),
        **dict.fromkeys(("亩", "市亩"), 2000 / 3),
        **dict.fromkeys(("公顷", "ha", "hm2"), 10_000.0),
        **dict.fromkeys(("平方公里", "平方千米", "km2"), 1_000_000.0),
        **dict.fromkeys(("平方尺", "平方英尺", "坪"), None),
    },
    "share": {
        **dict.fromkeys(("%", "百分比", "百分数", "百分点", "百分之", "pct"), 1.0),
        **dict.fromkeys(("‰", "千分比", "千分之"), 0.1),
        "成": 10.0,
        **dict.fromkeys(("小数", "倍"), 100.0),
    },
    "time": {
        **dict.fromkeys(("月", "个月"), 1.0),
        **dict.fromkeys(("年", "周岁", "岁"), 12.0),
        **dict.fromkeys(("季", "季度", "个季度"), 3.0), "半年": 6.0,
        **dict.fromkeys(("天", "日", "周", "小时", "时"), None),
    },
    "count": dict.fromkeys(
        ("人", "名", "位", "口", "户", "家", "个", "套", "间", "栋", "处", "宗", "项", "件", "条", "笔",
         "次", "人次", "场", "期", "批", "台", "辆", "座", "车位", "个车位", "摊位", "岗位", "例"), 1.0,
    ),
}  # fmt: skip
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1e3, "仟": 1e3, "万": 1e4, "萬": 1e4,
           "亿": 1e8, "億": 1e8}  # fmt: skip
# Units that a scale may stand before: 千元, 万亩, 百人; 百分 is no hundred of 分.
_SCALED = {
    "money": {"元", "圆", "人民币", "美元", "港元", "欧元", "日元"},
    "area": {"㎡", "m2", "平方米", "平米", "亩", "平方", "公顷"},
    "count": {"人", "名", "户", "个", "套", "间", "人次", "次", "口", "家", "笔", "件", "项"},
}
# What stands between a header and its unit.
SEPARATORS = "/／|-_,:，、·"
_PARTS = re.compile(r"[,;:、，；]|和|及|与")
_BRACKETS = re.compile(r"[(\[【〔{]([^()\[\]【】〔〕{}]*)[)\]】〕}]")
_NAMED = re.compile(r"单位(?:均|都)?[:为是]*(.*?)(?=[一-鿿]{2}单位|[()\[\]。;；]|$)")
_COUNTED_IN = re.compile(r"[以按]([^,，。;；()以按]{1,8}?)(?:计|为单位)")
# A unit within a hint of more words: 按万元填写; 300万元以上 is an amount.
_WITHIN = re.compile(r"(?<![\d.])(?:[十百千万亿]+元|[万千]?亩|公顷|美元|港元|‰)(?!以上|以下|以内)")
_PREFIX = re.compile(r"^(?:[一-鿿]{0,2}单位[:为是]?|[以按])")
_SUFFIX = re.compile(r"(?:计|为单位)$")
# No unit at the end of a header, with 单位 and signs before it, has more characters.
_LONGEST_TAIL = 20


@dataclass(frozen=True)
class Unit:
    """A unit as it was written: what it measures, its size in the board's unit, and what it is per.

    `size` is None where it can't be converted; `measures` is empty for a scale alone (万).
    """

    text: str
    measures: str
    size: float | None
    per: tuple[str, ...] = ()


@cache
def unit_of(text: str) -> Unit | None:
    """The unit that a text is, such as 万元 or 元/月; None where it is no unit."""
    word = compact(text).lower().replace("m²", "m2")
    word = re.sub(r"^人民币(?=.*[元块])|(?<=元)人民币$|^¥(?=.)", "", word)
    word = re.sub(r"^w(?=元?$)", "万", word)
    amount, *per = re.split(r"[/／·每]", word)
    simple = _simple(amount)
    if simple is None or (per and simple[0] not in ("money", "area")):
        return None
    known = [part for part in per if part]
    if not all(_simple(part) for part in known):
        return None
    shown = compact(text).replace("m2", "㎡")
    return Unit(shown, simple[0], simple[1], tuple(known))


def _simple(word: str) -> tuple[str, float | None] | None:
    """What a unit without a divisor measures, and its size."""
    for measures, sizes in _SIZES.items():
        if word in sizes:
            return measures, sizes[word]
    scale = re.match(f"[{''.join(_SCALES)}]+", word)
    if not scale:
        return None
    times = prod(_SCALES[letter] for letter in scale.group())
    rest = word[scale.end() :]
    if not rest:
        return "", times
    for measures, names in _SCALED.items():
        if rest in names:
            size = _SIZES[measures][rest]
            return measures, None if size is None else size * times
    return None


def units_in(text: str, *, anywhere: bool = False) -> list[Unit]:
    """The units that a header or a title states in brackets, after 单位 or as 以…计.

    `anywhere`: a text that is nothing but units counts too, such as a cell of a row of units.
    """
    word = compact(text)
    units = [unit for piece in _pieces(word) for unit in _listed(piece)]
    if not units:
        units = [unit for hint in _BRACKETS.findall(word) for unit in _within(hint)]
    if anywhere and not units:
        units = _listed(word)
    return list(dict.fromkeys(units))


def _pieces(word: str) -> Iterator[str]:
    """The parts of a text that may be units."""
    for pattern in (_BRACKETS, _NAMED, _COUNTED_IN):
        yield from pattern.findall(word)
    tail = re.split(r"[/／|]", _BRACKETS.sub("", word), maxsplit=1)[1:]
    yield from tail


def _listed(piece: str) -> list[Unit]:
    """The units of 万元 or 户、人、万元."""
    bare = (_SUFFIX.sub("", _PREFIX.sub("", part)) for part in _PARTS.split(piece))
    return [unit for part in bare if (unit := unit_of(part))]


def _within(hint: str) -> list[Unit]:
    """The units within the words of a hint."""
    return [unit for word in _WITHIN.findall(hint) if (unit := unit_of(word))]


def without_unit(title: str) -> str:
    """A header without a unit that follows it: 总投资/万元, 总投资万元; empty where none does."""
    word = compact(title)
    for cut in range(max(1, len(word) - _LONGEST_TAIL), len(word)):
        rest = word[cut:].lstrip(SEPARATORS)
        glued = rest == word[cut:]
        bare = _PREFIX.sub("", rest)
        unit = unit_of(bare) if len(bare) < 8 else None
        if unit and not (glued and _may_end_a_word(unit)):
            return word[:cut]
    return ""


def _may_end_a_word(unit: Unit) -> bool:
    """Whether a header may end in a unit without stating it: 参与人次, 合同月."""
    return unit.measures in ("", "time") or (unit.measures == "count" and unit.size == 1)


def agrees(stated: Unit, own: Unit) -> bool:
    """Whether numbers in a stated unit are numbers in a column's own unit too."""
    if stated.measures == "time" and own.measures == "money":
        return _divisor(stated.text) in own.per
    if stated.measures not in ("", own.measures):
        return False
    if stated.size is None or own.size is None or not isclose(stated.size, own.size, rel_tol=1e-3):
        return False
    return all(word in own.per for word in map(_divisor, stated.per) if word)


def _divisor(word: str) -> str:
    """What a unit is per, where that changes the number: 年, ㎡, 人, 户; empty for the rest."""
    measures, _ = _simple(word) or ("", None)
    if measures in ("time", "area", "money"):
        return {"个月": "月"}.get(word, word)
    return {"人": "人", "名": "人", "口": "人", "户": "户"}.get(word, "")
