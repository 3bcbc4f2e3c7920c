"""A declared column of a ledger: a dataframely column that also reads, describes and writes cells."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from types import EllipsisType
from typing import Any, ClassVar

import dataframely as dy
import polars as pl

from board import reference
from board.i18n import N_, Message
from board.ledgers.fields.cell import (
    BOOL,
    ERROR,
    NUMBER,
    PICTURE,
    STRING,
    UNCOMPUTED,
    Cell,
    Context,
    Value,
    fault,
    refused,
)
from board.ledgers.fields.spelling import cleaned, stands_for_nothing, stands_for_the_above
from board.reference import Lists

_PICTURE = re.compile(r"=?(?:_xlfn\.)?(?:DISPIMG|IMAGE)\(.*", re.IGNORECASE | re.DOTALL)
_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")


class Field(dy.Column):
    """One declared column of a ledger; each kind of column is a subclass in ledgers/kinds.

    `header` is the Chinese header, `name` the English column name. A `required`
    field may not be empty; a `key` field is part of the row's key, and required unless it is
    `optional`. `low` and `high` are inclusive bounds. `codes` are the valid values of a code,
    `aliases` other spellings of them, which are taken; `synonyms` gives, by code, words that others
    use for it, which are refused with the code as what is meant. `codes_from` names the reference
    list they come from.
    `former_headers` are headers of earlier templates, which are still taken.
    `refers_to` names the register that must contain the value. A `plain` text is a name,
    such as a building or a room, whose different spellings must become equal; keys and
    references need not be declared plain. `place` says of such a name what it is of (building,
    unit, room, county): its spellings become the known one when a load is checked.
    A `shared` text is shown on shared screens and to viewers, without the persons named in it;
    texts that staff write are for others only unless they are declared so.
    A `carried` column is filled in beforehand and locked in a prefilled template, any other is left
    to fill in each time; by default those of the key (but days and what is `optional`), required
    references to other ledgers, and places. One that is `proposed` begins with what was reported
    last time and is open to change, where that rarely differs from month to month.
    A `personal` column names a person. With `in_office` it names somebody who acts for the
    authorities, such as who chaired a meeting: the ledger is then not about that person.
    """

    # What a kind states. `title` is for docs/ledgers.md, `fill_in` for the template, `accepts` for
    # findings. Formats are Excel's; `page_format` is strftime's, `page_words` that a page shows text.
    kind: ClassVar[str]
    title: ClassVar[str]
    fill_in: ClassVar[str]
    accepts: ClassVar[str] = ""
    words: ClassVar[Mapping[str, str]] = {
        "error_value": N_("“{header}”是公式错误值 {found}，请改正"),
        "formula_without_value": N_(
            "“{header}”是没有算出结果的公式，请在 Excel 中打开、保存后再提交"
        ),
        "picture_in_cell": N_("“{header}”的单元格里是图片，读不到文字；请把内容写成文字"),
        "nothing_written": N_("“{header}”填的是“{found}”，不是内容：空项请留空"),
        "nothing_in_required": N_("“{header}”必填，“{found}”不算填写"),
        "nothing_left_out": N_("“{header}”有 {count} 格填的是“{found}”，按没有填读取；空项请留空"),
        "as_above": N_("“{header}”填的是“{found}”，不是内容：请在每一行写出来"),
        "text_date": N_("“{header}”应为文字，单元格被 Excel 变成了日期；请设为文本格式后重填"),
    }
    # Text of a cell → its value (findings name the first), and → the rule it breaks.
    examples: ClassVar[Mapping[str, Any]]
    refusals: ClassVar[Mapping[str, str]] = {}
    template_format: ClassVar[str] = "@"
    template_width: ClassVar[int] = 12
    export_format: ClassVar[str] = "@"
    page_format: ClassVar[str] = ""
    page_words: ClassVar[bool] = False
    sample_width: ClassVar[int] = 12
    sample_format: ClassVar[str] = ""
    # Whether input outside the template's list is refused by Excel.
    list_only: ClassVar[bool] = True
    usual_header: ClassVar[str] = ""
    usual_unit: ClassVar[str] = ""
    usual_low: ClassVar[float | None] = None
    always_personal: ClassVar[bool] = False
    # Whether / or 无 in an optional cell is read as an empty one.
    may_say_nothing: ClassVar[bool] = False

    def __init__(
        self,
        header: str = "",
        codes: Iterable[str] = (),
        *,
        required: bool = False,
        key: bool = False,
        optional: bool = False,
        personal: bool = False,
        in_office: bool = False,
        former_headers: Iterable[str] = (),
        aliases: Mapping[str, str] | None = None,
        synonyms: Mapping[str, str] | None = None,
        codes_from: str = "",
        low: float | EllipsisType | None = ...,
        high: float | None = None,
        refers_to: str = "",
        unit: str = "",
        note: str = "",
        plain: bool = False,
        place: str = "",
        shared: bool = False,
        carried: bool | None = None,
        proposed: bool = False,
        alias: str | None = None,
    ):
        self.header = header or self.usual_header
        self.codes = tuple(codes)
        self.required = required or (key and not optional)
        self.key, self.optional = key, optional
        self.in_office = in_office
        self.personal = personal or in_office or self.always_personal
        self.former_headers = tuple(former_headers)
        self.aliases = dict(aliases or {})
        self.synonyms = {code: tuple(words.split()) for code, words in (synonyms or {}).items()}
        self.codes_from = codes_from
        self.low = self.usual_low if isinstance(low, EllipsisType) else low
        self.high = high
        self.refers_to = refers_to
        self.unit = unit or self.usual_unit
        self.note = note
        self.plain, self.place = plain or bool(place), place
        self.shared = shared
        of_key = self.key and not optional and self.kind != "date"
        usually = of_key or bool(place) or (self.required and bool(refers_to))
        self.carried = usually if carried is None else carried
        self.proposed = proposed
        super().__init__(
            nullable=not self.required,
            alias=alias,
            description=self.header,
            **self.constraints(),
        )

    def constraints(self) -> dict[str, Any]:
        """Further arguments for the dataframely column, such as its bounds."""
        return {}

    @property
    def compares(self) -> bool:
        """Whether different spellings of a value must become equal."""
        return self.plain or self.key or bool(self.refers_to or self.codes_from)

    @property
    def has_list(self) -> bool:
        """Whether the column takes the values of a list alone."""
        return False

    @property
    def is_free_text(self) -> bool:
        """Whether staff write in their own words here: no name that is compared, no list."""
        return False

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that the column is taken under, its own first."""
        return (self.header, *self.former_headers)

    def in_present_codes(self) -> pl.Expr:
        """The column of stored rows, with the codes of today in place of those of before."""
        return pl.col(self.name)

    # Reading

    def value(self, cell: Cell, context: Context) -> Value:
        """The value of a filled cell and its fault, either None; an error has no value."""
        if cell.kind == NUMBER and not cell.is_finite:
            cell = Cell(STRING, cell.text, cell.form)
        if cell.kind == ERROR or (cell.kind == STRING and _ERROR.fullmatch(cell.text.strip())):
            return refused("error_value", cell.text)
        if cell.kind == UNCOMPUTED:
            return refused("formula_without_value")
        if cell.kind == PICTURE or (cell.kind == STRING and _PICTURE.fullmatch(cell.text.strip())):
            return refused("picture_in_cell")
        if cell.kind == BOOL:
            return self.read_logical(cell, context)
        if cell.kind == STRING and stands_for_nothing(cell.text):
            return self._nothing(cell, context)
        if cell.kind == STRING and stands_for_the_above(cell.text):
            return refused("as_above", cleaned(cell.text))
        return self.read_moment(cell, context) if cell.is_moment else self.read(cell, context)

    def _nothing(self, cell: Cell, context: Context) -> Value:
        """The value of a cell like / or 无: what the column takes it for, empty, or an error."""
        text = cleaned(cell.text)
        if self.required and not self.has_list:
            return refused("nothing_in_required", text)
        value, problem = self.read(cell, context)
        if problem is None and not self.refers_to:
            return value, None
        if self.may_say_nothing and not self.required:
            return None, fault("nothing_left_out", text, severity="notice")
        return refused("nothing_in_required" if self.required else "nothing_written", text)

    @abstractmethod
    def read(self, cell: Cell, context: Context) -> Value:
        """The value of a cell with a number or a text."""

    def read_logical(self, cell: Cell, context: Context) -> Value:
        """The value of a cell with TRUE or FALSE: by default that of the word."""
        return self.read(Cell(STRING, cell.shown(context), cell.form), context)

    def read_moment(self, cell: Cell, context: Context) -> Value:
        """The value of a cell with a date or time: by default none."""
        return refused("text_date", cell.shown(context))

    # Describing

    @cached_property
    def expected(self) -> Message | str:
        """What the column accepts, in the words of its findings: its kind and bounds."""
        words, bounds = Message(self.accepts), self.bounds
        return (
            Message(N_("{kind}，{bounds}"), {"kind": words, "bounds": bounds}) if bounds else words
        )

    @property
    def bounds(self) -> str:
        """The bounds as text: 1–20, ≥ 0; empty where there are none."""
        if self.low is not None and self.high is not None:
            return f"{self.low:g}–{self.high:g}"
        if self.low is not None:
            return f"≥ {self.low:g}"
        return f"≤ {self.high:g}" if self.high is not None else ""

    def choices(self, lists: Lists) -> list[str]:
        """The valid values of a cell; empty where the column has no list.

        `lists` are those that plans make.
        """
        if self.codes_from in lists:
            return list(dict.fromkeys(lists[self.codes_from].values()))
        if self.codes_from:
            return [next(iter(row.values())) for row in reference.table(self.codes_from)]
        return list(self.codes)

    def validation(self) -> dict[str, Any]:
        """The template's data validation, where the column has no list, in xlsxwriter's words."""
        return {"validate": "any"}

    # Writing

    @staticmethod
    def exported(value: Any) -> Any:
        """A value, not None, as an exported workbook stores it."""
        return value

    @staticmethod
    def plain_value(value: Any) -> Any:
        """A value as JSON and CSV have it: a day as 2024-03-01."""
        return value.isoformat() if isinstance(value, date) else value

    def key_text(self, value: Any) -> str:
        """A value, not None, in the text of a key, like 2024-03 · 铺12."""
        return str(value)

    def as_typed(self) -> pl.Expr:
        """The column as staff type it into a workbook."""
        return pl.col(self.name)
