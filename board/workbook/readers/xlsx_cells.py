"""Take the cells out of a sheet's XML, and what surrounds them: hidden rows, merged blocks."""

from __future__ import annotations

import re

import polars as pl

from board.workbook.limits import RefusedError
from board.workbook.readers.markup import Markup
from board.workbook.readers.sheet import number_of

RAW = {
    "row": pl.UInt32(),
    "col": pl.UInt16(),
    "style": pl.UInt16(),
    "type": pl.String(),
    "formula": pl.Boolean(),
    "value": pl.String(),
    "inline": pl.String(),
}
# A cell as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write it, up to the next cell.
_CELL = (
    r'(?s)^r="([A-Z]{1,3})([0-9]{1,9})"((?: [a-z]+="[^"<>&]*")*)(?:/>|>'
    r"(<f(?: [^<>]*)?>(?:[^<]*</f>)?)?"
    r"(?:<v>([^<&]*)</v>|<v ?/>|<is><t(?: xml:space=\"preserve\")?>([^<&]*)</t></is>)?"
    r"</c>)\s*(</row>.*)?$"
)
# What may stand between the last cell of a row and the first of another; every repeat is
# possessive, so that no white space makes it try again.
_ATTRIBUTES = r'(?: [\w:]+="[^"<>&]*+")*+'
_BETWEEN = re.compile(
    rf"(?:</row>)?\s*+(?:<row{_ATTRIBUTES}(?:/>|>\s*+</row>)\s*+)*+(?:<row{_ATTRIBUTES}>)?\s*+"
)
_ROW = re.compile(r"<row([^<>]*)>")
_REFERRED = re.compile(r'(?:[\w:]+="[^"<>]*"\s+)*r="[A-Z]')
_TRUE = {"1", "true", "on"}


class OddError(Exception):
    """The sheet isn't written the usual way: read it cell by cell instead."""


class Around:
    """What a sheet says beside its cells."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.markup = Markup(self.start)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note a hidden column or a merged block."""
        if name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self.hidden_columns.append((int(first), int(last)))


def cells_of(piece: bytes, around: Around) -> pl.DataFrame:
    """The raw cells of some whole rows; raises OddError when they aren't written as usual."""
    if b"<!" in piece or b"<?" in piece:
        raise OddError
    try:
        text = piece.decode()
    except UnicodeDecodeError as fault:
        raise RefusedError("file_damaged") from fault
    parts = pl.Series([text]).str.split("<c ").explode()
    _between(parts[0], around)
    if len(parts) == 1:
        return pl.DataFrame(schema=RAW)
    names = ["col", "row", "rest", "formula", "value", "inline", "after"]
    fields = parts[1:].str.extract_groups(_CELL).struct.unnest()
    fields.columns = names
    odd = fields["col"].is_null().arg_true()
    for after in fields["after"].drop_nulls().unique() if len(fields) else ():
        _between(after, around)
    usual = _typed(fields.filter(pl.col("col").is_not_null()))
    if not len(odd):
        return usual
    return pl.concat([usual, _singly(parts[1:].gather(odd), around)])


def _between(text: str, around: Around) -> None:
    if not _BETWEEN.fullmatch(text):
        raise OddError
    for attributes in _ROW.findall(text):
        if "hidden=" in attributes:
            found = dict(re.findall(r'([\w:]+)="([^"]*)"', attributes))
            if found.get("hidden") in _TRUE and found.get("r", "").isdigit():
                around.hidden_rows.append(int(found["r"]))


def _typed(fields: pl.DataFrame) -> pl.DataFrame:
    rests = fields["rest"].unique()
    attributes = [dict(re.findall(r'([a-z]+)="([^"]*)"', rest)) for rest in rests]
    known = pl.DataFrame(
        {
            "rest": rests,
            "style": pl.Series([_style(found.get("s")) for found in attributes], dtype=pl.UInt16),
            "type": pl.Series([_type(found.get("t")) for found in attributes], dtype=pl.String),
        }
    )
    cols = fields["col"].unique()
    columns = pl.DataFrame(
        {"col": cols, "number": pl.Series([number_of(col) for col in cols], dtype=pl.UInt16)}
    )
    return (
        fields.filter(
            pl.col("value").is_not_null()
            | pl.col("inline").is_not_null()
            | pl.col("formula").is_not_null()
        )
        .join(known, on="rest", how="left", maintain_order="left")
        .join(columns, on="col", how="left", maintain_order="left")
        .select(
            pl.col("row").cast(pl.UInt32),
            pl.col("number").alias("col"),
            "style",
            "type",
            pl.col("formula").is_not_null(),
            "value",
            "inline",
        )
    )


def _style(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 and int(text) < 65_536 else 0


def _type(text: str | None) -> str:
    return "" if text is None or text == "n" else text


def _singly(parts: pl.Series, around: Around) -> pl.DataFrame:
    cells = []
    for part in parts:
        cell, closing, after = part.partition("</row>")
        if not _REFERRED.match(cell):
            raise OddError
        _between(closing + after, around)
        cells.append("<c " + cell)
    reader = OneByOne()
    reader.markup.feed("<sheetData><row>" + "".join(cells) + "</row></sheetData>", last=True)
    return reader.taken()


class OneByOne:
    """The raw cells of a sheet however it is written."""

    def __init__(self) -> None:
        self.around = Around()
        self.markup = Markup(self._start, self._end, self._text)
        self._cells: list[tuple[int, int, int, str, bool, str | None, str | None]] = []
        self._row = self._col = 0
        self._style = 0
        self._type = ""
        self._formula = self._phonetic = False
        self._value: list[str] | None = None
        self._inline: list[str] | None = None
        self._into: list[str] | None = None

    def taken(self) -> pl.DataFrame:
        """The cells met since the last call."""
        cells, self._cells = self._cells, []
        return pl.DataFrame(cells, schema=RAW, orient="row")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._style = _style(attributes.get("s"))
            self._type = _type(attributes.get("t"))
            self._formula = self._phonetic = False
            self._value = self._inline = self._into = None
        elif name == "v":
            self._into = self._value = []
        elif name == "t" and not self._phonetic:
            self._inline = self._into = self._inline or []
        elif name == "rPh":
            self._phonetic = True
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._start_row(attributes)
        else:
            self.around.start(name, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdigit() and len(number) < 10 else self._row + 1
        self._col = 0
        if attributes.get("hidden") in _TRUE:
            self.around.hidden_rows.append(self._row)

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._col += 1
            return
        name = reference.rstrip("0123456789")
        digits = reference[len(name) :]
        if not (name.isascii() and name.isupper() and len(name) < 4 and 0 < len(digits) < 10):
            raise RefusedError("file_damaged")
        self._row, self._col = int(digits), number_of(name)

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._into = None
        elif name == "rPh":
            self._phonetic = False
        elif name == "c" and (self._formula or self._value or self._inline):
            value = None if self._value is None else "".join(self._value)
            inline = None if self._inline is None else "".join(self._inline)
            self._cells.append(
                (
                    self._row,
                    min(self._col, 65_535),
                    self._style,
                    self._type,
                    self._formula,
                    value,
                    inline,
                )
            )

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
