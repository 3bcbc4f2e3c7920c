"""The kind `text`: any text, or a name of a reference list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import dataframely as dy

from board.i18n import N_
from board.ledgers.fields.cell import (
    EITHER,
    NUMBER,
    PERCENT,
    TEXT,
    WORDS,
    Cell,
    Context,
    Fault,
    Value,
    fault,
    refused,
)
from board.ledgers.fields.listed import Listed, code_text
from board.ledgers.fields.spelling import POINT_ZERO, SCIENTIFIC, cleaned, compact


class Text(Listed, dy.String):
    """A text column (String)."""

    kind, title, fill_in, accepts = "text", "文字", "文字", N_("文字")
    words: ClassVar[Mapping[str, str]] = {
        "text_logical": N_("“{header}”应为文字，单元格是 {found}"),
        "text_fraction": N_(
            "“{header}”应为文字，单元格是带小数的数字 {found}；请设为文本格式后重填"
        ),
        "text_digits_lost": N_(
            "“{header}”是数字格式，第 15 位以后的数字已丢失；请设为文本格式后重填"
        ),
        "text_padded": N_(
            "“{header}”存的是数字 {found}，显示为 {suggestion}，前面的 0 会丢失；请设为文本格式后填 {suggestion}"
        ),
        "text_scientific": N_(
            "“{header}”是科学记数 {found}，原来的数字已丢失；请设为文本格式后重填"
        ),
        "text_point_zero": N_(
            "“{header}”的“{found}”多了小数点，前面的 0 也可能丢了；请设为文本格式后重填"
        ),
        "text_not_shown": N_("“{header}”是“{found}”：列太窄没有显示出来的内容已丢失，请重填"),
        "text_shown_otherwise": N_(
            "“{header}”存的是数字 {found}，显示的却不同；请设为文本格式后重填"
        ),
    }
    examples: ClassVar[Mapping[str, Any]] = {" 冷链车间 ": "冷链车间", "0502": "0502"}
    refusals: ClassVar[Mapping[str, str]] = {"#N/A": "error_value"}

    @property
    def has_list(self) -> bool:
        """Whether the text is a name of a reference list."""
        return bool(self.codes_from)

    @property
    def is_free_text(self) -> bool:
        """Whether staff write in their own words here: no name that is compared, no list."""
        return not (self.compares or self.personal)

    def read_logical(self, cell: Cell, context: Context) -> Value:
        """TRUE and FALSE are what Excel made of a text."""
        return refused("text_logical", cell.shown(context))

    def read(self, cell: Cell, context: Context) -> Value:
        """The text of a cell, in one spelling where it is compared."""
        if self.has_list:
            return self.code_of(code_text(cell), context)
        if cell.kind == NUMBER:
            return _digits(cell)
        if problem := _damage(cell.text):
            return None, problem
        if not self.compares:
            return cleaned(cell.text), None
        return compact(cell.text).lstrip("'’") or None, None


def _damage(text: str) -> Fault | None:
    """What a spreadsheet or a program has left of a text that it took for a number."""
    if not text.strip()[:1].isdigit() and text.strip()[:1] not in {"+", "-", "#"}:
        return None
    spelling = compact(text)
    if SCIENTIFIC.fullmatch(spelling):
        return fault("text_scientific", spelling)
    if match := POINT_ZERO.fullmatch(spelling):
        return fault("text_point_zero", spelling, suggestion=match.group(1))
    if len(spelling) > 2 and not spelling.strip("#"):
        return fault("text_not_shown", spelling)
    return None


def _digits(cell: Cell) -> Value:
    """The digits of a number that Excel made of a text, where they are what the cell shows."""
    amount = float(cell.text)
    if not amount.is_integer():
        return refused("text_fraction", cell.text)
    if abs(amount) >= 1e15:
        return refused("text_digits_lost", cell.text)
    digits = str(int(amount))
    if cell.form in {PERCENT, WORDS}:
        return refused("text_shown_otherwise", digits)
    if cell.form not in {TEXT, EITHER} and len(digits) < len(cell.form):
        return refused("text_padded", digits, suggestion=digits.zfill(len(cell.form)))
    return digits, None
