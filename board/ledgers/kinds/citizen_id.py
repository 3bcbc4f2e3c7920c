"""The kind `id`: a citizen ID."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from operator import mul
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import NUMBER, Cell, Context, Value, refused
from board.ledgers.fields.field import Field
from board.ledgers.fields.spelling import compact

_ID = re.compile(r"\d{17}[\dX]", re.ASCII)
_FIFTEEN = re.compile(r"\d{15}", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


class CitizenId(Field, dy.String):
    """An 18-character citizen ID with a valid check digit (String), personal."""

    kind, title, fill_in = "id", "身份证号", "18位公民身份号码"
    accepts = N_("18位公民身份号码")
    words: ClassVar[Mapping[str, str]] = {
        "id_numeric": N_(
            "“{header}”是数字格式，Excel 会改掉末几位；请设为文本格式后重填 18 位号码"
        ),
        "id_fifteen": N_("“{header}”是 15 位的旧号码，请填 18 位公民身份号码"),
        "id_form": N_("“{header}”应为 17 位数字加 1 位校验码，现在是 {length} 位"),
        "id_birth": N_("“{header}”的第 7–14 位不是出生日期"),
        "id_future": N_("“{header}”的出生日期 {born} 在今天以后"),
        "id_check_digit": N_("“{header}”校验码不对，请核对号码"),
    }
    # The number is that of the standard GB 11643, no person's.
    examples: ClassVar[Mapping[str, Any]] = {
        "11010519491231002X": "11010519491231002X",
        "'110105 19491231 002x": "11010519491231002X",
    }
    refusals: ClassVar[Mapping[str, str]] = {
        "110105194912310021": "id_check_digit",
        "110105491231002": "id_fifteen",
        "1.1E+17": "id_numeric",
    }
    template_width, sample_width, sample_format = 22, 21, "@"
    usual_header = "身份证号"
    always_personal = True

    def read_moment(self, cell: Cell, context: Context) -> Value:
        """A number in a date format is a number that Excel has cut short."""
        return self.read(cell, context)

    def read(self, cell: Cell, context: Context) -> Value:
        """The citizen ID in a cell."""
        if cell.kind == NUMBER:
            return refused("id_numeric", f"{float(cell.text):.0f}")
        text = cell.text
        citizen_id = text if _ID.fullmatch(text) else compact(text).lstrip("'’").upper()
        if _FIFTEEN.fullmatch(citizen_id):
            return refused("id_fifteen", citizen_id)
        if _SCIENTIFIC.fullmatch(citizen_id):
            return refused("id_numeric", citizen_id)
        if not _ID.fullmatch(citizen_id):
            return refused("id_form", citizen_id, length=len(citizen_id))
        return _proven(citizen_id, context.today)

    def validation(self) -> dict[str, Any]:
        """Eighteen characters."""
        return {"validate": "length", "criteria": "==", "value": 18}


def _proven(citizen_id: str, today: date) -> Value:
    """A citizen ID whose date of birth and check digit are right."""
    try:
        born = date(int(citizen_id[6:10]), int(citizen_id[10:12]), int(citizen_id[12:14]))
    except ValueError:
        return refused("id_birth", citizen_id)
    if born > today:
        return refused("id_future", citizen_id, born=born.isoformat())
    if born.year < 1880:
        return refused("id_birth", citizen_id)
    total = sum(map(mul, map(int, citizen_id[:17]), _WEIGHTS))
    if "10X98765432"[total % 11] != citizen_id[17]:
        return refused("id_check_digit", citizen_id)
    return citizen_id, None
