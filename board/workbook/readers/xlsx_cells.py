"""Take the cells, hidden rows and columns and merged blocks out of a sheet's XML."""

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
    "valued": pl.Boolean(),
    "value": pl.String(),
    "inline": pl.String(),
}
# A cell as Excel, WPS, LibreOffice, openpyxl and XlsxWriter write it, up to the next cell.
_CELL = (
    r'(?s)^r="([A-Z]{1,3})([0-9]{1,9})"((?: [a-z]+="[^"<>&]*")*)(?:/>|>'
    r"(<f(?: [^<>]*)?>(?:[^<]*</f>)?)?"
    r"(?:<v>([^<&]*)</v>|(<v ?/>)|<is><t(?: xml:space=\"preserve\")?>([^<&]*)</t></is>)?"
    r"</c>)\s*(</row>.*)?$"
)
# What may stand between the last cell of a row and the first of another; every repeat is
# possessive, so that white space never makes it backtrack.
_ATTRIBUTES = r'(?: [\w:]+="[^"<>&]*+")*+'
_BETWEEN = re.compile(
    rf"(?:</row>)?\s*+(?:<row{_ATTRIBUTES}(?:/>|>\s*+</row>)\s*+)*+(?:<row{_ATTRIBUTES}>)?\s*+"
)
_ROW = re.compile(r"<row([^<>]*)>")
_REFERRED = re.compile(r'(?:[\w:]+="[^"<>]*"\s+)*r="[A-Z]')
_TRUE = {"1", "true", "on"}


class UnusualError(Exception):
    """The sheet isn't written the usual way: it must be parsed cell by cell."""


class Layout:
    """The hidden rows and columns and the merged blocks of a sheet, collected from its XML."""

    def __init__(self) -> None:
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[str] = []
        self.markup = Markup(self.start)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Keep a merged block or a range of hidden columns; other elements are passed over."""
        if name == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in _TRUE:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdigit() and last.isdigit():
                self.hidden_columns.append((int(first), int(last)))


def cells_of(piece: bytes, layout: Layout) -> pl.DataFrame:
    """The raw cells (`RAW`) of some whole rows of XML; hidden rows are added to `layout`.

    Raises UnusualError when the rows are not written as usual.
    """
    if b"<!" in piece or b"<?" in piece:
        raise UnusualError
    try:
        text = piece.decode()
    except UnicodeDecodeError as fault:
        raise RefusedError("file_damaged") from fault
    parts = pl.Series([text]).str.split("<c ").explode()
    _check_between(parts[0], layout)
    if len(parts) == 1:
        return pl.DataFrame(schema=RAW)
    names = ["col", "row", "rest", "formula", "value", "blank", "inline", "after"]
    fields = parts[1:].str.extract_groups(_CELL).struct.unnest()
    fields.columns = names
    unmatched = fields["col"].is_null().arg_true()
    for after in fields["after"].drop_nulls().unique() if len(fields) else ():
        _check_between(after, layout)
    usual = _raw_cells(fields.filter(pl.col("col").is_not_null()))
    if not len(unmatched):
        return usual
    return pl.concat([usual, _parsed(parts[1:].gather(unmatched), layout)])


def _check_between(text: str, layout: Layout) -> None:
    """Raise UnusualError unless only ends and starts of rows stand between two cells."""
    if not _BETWEEN.fullmatch(text):
        raise UnusualError
    for attributes in _ROW.findall(text):
        if "hidden=" in attributes:
            values = dict(re.findall(r'([\w:]+)="([^"]*)"', attributes))
            if values.get("hidden") in _TRUE and values.get("r", "").isdigit():
                layout.hidden_rows.append(int(values["r"]))


def _raw_cells(fields: pl.DataFrame) -> pl.DataFrame:
    """The raw cells (`RAW`) from the fields of the regular expression, without blank cells."""
    rests = fields["rest"].unique()
    attributes = [dict(re.findall(r'([a-z]+)="([^"]*)"', rest)) for rest in rests]
    by_rest = pl.DataFrame(
        {
            "rest": rests,
            "style": pl.Series([_style(values.get("s")) for values in attributes], dtype=pl.UInt16),
            "type": pl.Series([_type(values) for values in attributes], dtype=pl.String),
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
        .join(by_rest, on="rest", how="left", maintain_order="left")
        .join(columns, on="col", how="left", maintain_order="left")
        .select(
            pl.col("row").cast(pl.UInt32),
            pl.col("number").alias("col"),
            "style",
            "type",
            pl.col("formula").is_not_null(),
            pl.any_horizontal(pl.col("value", "blank", "inline").is_not_null()).alias("valued"),
            "value",
            "inline",
        )
    )


def _style(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 6 and int(text) < 65_536 else 0


def _type(attributes: dict[str, str]) -> str:
    """The type of a cell: empty for a number, `vm` for a picture, which is stored as an error."""
    kind = attributes.get("t", "n")
    if kind == "e" and "vm" in attributes:
        return "vm"
    return "" if kind == "n" else kind


def _parsed(parts: pl.Series, layout: Layout) -> pl.DataFrame:
    """The raw cells (`RAW`) of single cells that the regular expression does not match."""
    cells = []
    for part in parts:
        cell, closing, after = part.partition("</row>")
        if not _REFERRED.match(cell):
            raise UnusualError
        _check_between(closing + after, layout)
        cells.append("<c " + cell)
    parser = CellParser()
    parser.markup.feed("<sheetData><row>" + "".join(cells) + "</row></sheetData>", last=True)
    return parser.take()


class CellParser:
    """Parses a sheet cell by cell: slower, but right for every spelling of the XML."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.markup = Markup(self._start, self._end, self._text)
        self._cells: list[tuple[int, int, int, str, bool, bool, str | None, str | None]] = []
        self._row = self._col = 0
        self._style = 0
        self._type = ""
        self._formula = self._phonetic = False
        self._value: list[str] | None = None
        self._inline: list[str] | None = None
        self._into: list[str] | None = None

    def take(self) -> pl.DataFrame:
        """The raw cells (`RAW`) parsed since the last call."""
        cells, self._cells = self._cells, []
        return pl.DataFrame(cells, schema=RAW, orient="row")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r"))
            self._style = _style(attributes.get("s"))
            self._type = _type(attributes)
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
            self.layout.start(name, attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdigit() and len(number) < 10 else self._row + 1
        self._col = 0
        if attributes.get("hidden") in _TRUE:
            self.layout.hidden_rows.append(self._row)

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
                    value is not None or inline is not None,
                    value,
                    inline,
                )
            )

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
