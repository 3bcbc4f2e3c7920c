"""What a column accepts, in the words of the template."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from board.i18n import N_, Message
from board.ledgers import Field
from board.workbook.values.text import compact

REFERENCE = Path(__file__).resolve().parents[3] / "data" / "reference"
ALIASES = re.compile("[、,;，；]")
EXAMPLES = {"date": "2023-04-01", "month": "2024-03", "quarter": "2024-Q1"}
_SHOWN = 40
_WORDS = {
    "text": N_("文字"),
    "id": N_("18位公民身份号码"),
    "bool": N_("是 或 否"),
    "int": N_("整数"),
    "number": N_("数字"),
    "money": N_("金额（元，最多两位小数）"),
    "percent": N_("百分数，如 8.5 或 8.5%"),
    "date": N_("日期，如 2023-04-01"),
    "month": N_("月份，如 2024-03"),
    "quarter": N_("季度，如 2024-Q1"),
}


@cache
def expectation(field: Field) -> Message | str:
    """What a field accepts: its kind and bounds, or its codes."""
    if field.kind in {"code", "codes"} or field.codes_from:
        codes = list(dict.fromkeys(valid_codes(field).values()))
        ellipsis = [f"…（{len(codes)}）"] if len(codes) > _SHOWN else []
        return " | ".join([*codes[: 10 if ellipsis else _SHOWN], *ellipsis])
    kind, limits = Message(_WORDS[field.kind]), bounds(field)
    return Message(N_("{kind}，{bounds}"), {"kind": kind, "bounds": limits}) if limits else kind


def bounds(field: Field) -> str:
    """The bounds of a numeric field as text: 1–20, ≥ 0; empty where there are none."""
    if field.low is not None and field.high is not None:
        return f"{field.low:g}–{field.high:g}"
    if field.low is not None:
        return f"≥ {field.low:g}"
    return f"≤ {field.high:g}" if field.high is not None else ""


@cache
def valid_codes(field: Field) -> dict[str, str]:
    """The code for each accepted spelling: the code itself, or an alias."""
    spellings = {compact(code): code for code in field.codes}
    spellings |= {compact(alias): code for alias, code in field.aliases.items()}
    if field.codes_from:
        spellings |= _reference(field.codes_from)
    return spellings


@cache
def _reference(name: str) -> dict[str, str]:
    """The name for each accepted spelling in a reference list, whose first column has names."""
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            full_name = next(iter(row.values()))
            names[compact(full_name)] = full_name
            for alias in ALIASES.split(row.get("aliases") or ""):
                if alias:
                    aliases[compact(alias)] = full_name
    return {**aliases, **names}
