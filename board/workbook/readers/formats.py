"""The class of a number format, such as a date or a percentage, and the unit that it states."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from board.ledgers.fields.cell import DATE, EITHER, PERCENT, TEXT, TIME, WORDS
from board.ledgers.fields.units import Unit, unit_of

# The built-in formats of ECMA-376 18.8.30, the Chinese ones (27–36, 50–58) included.
_BUILT_IN = {
    **dict.fromkeys([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58], DATE),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56], TIME),
    9: PERCENT,
    10: PERCENT,
    49: TEXT,
}
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|[_*].')
_BRACKETED = re.compile(r"\[[^\]]*\]")


def format_class(code: str) -> str:
    """The class of a format by its code, such as yyyy-mm-dd, 0000 or 0.0%."""
    section = code.split(";")[0]
    if section.strip().lower() in {"", "general", "g/通用格式", "通用格式"}:
        return ""
    if section.strip() == "@":
        return TEXT
    literals = "".join("".join(groups) for groups in _QUOTED.findall(section))
    elapsed = re.search(r"\[(h+|m+|s+)\]", section, re.IGNORECASE)
    symbols = _BRACKETED.sub("", _QUOTED.sub("", section)).lower()
    symbols = re.sub("general|(g/)?通用格式", "", symbols)
    if elapsed:
        return TIME
    numeric = re.search(r"[0#?]", symbols)
    if not numeric and re.search(r"[ydg]|mmm|e|a{3,4}|年|月|日", symbols):
        return DATE
    if not numeric and re.search(r"m", symbols) and not re.search(r"[hs]|:", symbols):
        return DATE
    if re.search(r"[hs]", symbols) and not re.search(r"e[+-]", symbols):
        return DATE if re.search(r"[yd]", symbols) else TIME
    if "%" in symbols or "%" in literals:
        return PERCENT
    if re.search(r"\w", literals) or re.search(r"[^\W\d_]", re.sub("e[+-]", "", symbols)):
        return WORDS
    digits = re.sub(r"[^0#?.]", "", symbols)
    width = len(digits) - digits.find("0") if "0" in digits and "." not in digits else 0
    return "0" * width if width > 1 else ""


def class_of(number: int, codes: dict[int, str]) -> str:
    """The class of a format by its number; `codes` are the formats that the workbook defines."""
    if number in codes:
        return format_class(codes[number])
    return _BUILT_IN.get(number, "")


def classes_of(classes: Iterable[str]) -> tuple[str, ...]:
    """The classes of a workbook's formats, the first being that of a cell without a format.

    Where that is a date or a time, numbers are shown as such all over the workbook.
    """
    listed = tuple(classes)
    if not listed or listed[0] not in {DATE, TIME}:
        return listed
    return tuple(EITHER if one in {DATE, TIME} else one for one in listed)


def stated_unit(code: str) -> Unit | None:
    """The unit in which a format shows a number, as that of the number itself; None without one.

    `0.00"万元"` shows 321 as 321.00万元: the number counts 万元. `0,"千元"` shows 321000 so: each
    comma at the end divides by a thousand, and the number counts yuan.
    """
    section = code.split(";")[0]
    currency = re.search(r"\[\$([^\]-]+)", section)
    plain = _BRACKETED.sub("", section)
    words = "".join("".join(groups) for groups in _QUOTED.findall(plain))
    words += "".join(re.findall(r"[一-鿿㎡]+", _QUOTED.sub("", plain)))
    unit = unit_of(words.strip(" .!")) or (unit_of(currency.group(1)) if currency else None)
    if unit is None or unit.size is None:
        return unit
    commas = re.search(r'[0#?](,+)(?=[^0#?,]*$|")', plain)
    moved = re.search(r'(?:[\\!]\.|"\.")([0#]+)', plain)
    shown_by = 1000 ** len(commas.group(1)) if commas else 1
    shown_by *= 10 ** len(moved.group(1)) if moved else 1
    return replace(unit, size=unit.size / shown_by)
