"""Read .xlsx and .xlsm, Transitional and Strict: sheets, styles and shared strings."""

from __future__ import annotations

from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

import polars as pl

from board.workbook.limits import Limits, RefusedError
from board.workbook.readers.container import Parts
from board.workbook.readers.formats import class_of, classes_of, stated_unit
from board.workbook.readers.markup import Markup
from board.workbook.readers.sheet import Book, Sheet, Source, empty_cells
from board.workbook.readers.strings import shared_strings
from board.workbook.readers.xlsx_sheet import Styles, read_sheet


@dataclass
class _Contents:
    """The content of xl/workbook.xml: (name, hidden, relation id) of each sheet, and settings."""

    sheets: list[tuple[str, bool, str]] = field(default_factory=list)
    from_1904: bool = False
    computes_on_load: bool = False


def open_xlsx(parts: Parts, limits: Limits) -> Book:
    """The book in an Office Open XML package; styles and strings are read when first needed."""
    main = main_part(parts)
    relations = relations_of(parts, main)
    contents = _contents(parts, main)
    loaded: dict[str, object] = {}

    def styles() -> Styles:
        if "styles" not in loaded:
            path = _target(relations, "styles")
            loaded["styles"] = _formats(parts, path) if path in parts else (("",), (None,))
        return loaded["styles"]  # type: ignore[return-value]

    def strings() -> pl.Series:
        if "strings" not in loaded:
            path = _target(relations, "sharedStrings")
            loaded["strings"] = (
                shared_strings(parts, path) if path in parts else pl.Series([], dtype=pl.String)
            )
        return loaded["strings"]  # type: ignore[return-value]

    def source(name: str, hidden: bool, relation: str) -> Source:
        kind, path = relations.get(relation, ("", ""))

        def read() -> Sheet:
            try:
                pictures = _pictures(parts, path)
            except RefusedError as problem:
                if problem.rule != "file_damaged":
                    raise
                pictures = ()  # A drawing that can't be read takes no rows away.
            return read_sheet(
                parts, path, styles(), strings, limits, uncomputed_zero=contents.computes_on_load,
                pictures=pictures,
            )  # fmt: skip

        blank = Sheet(empty_cells())
        return Source(name, hidden, read if kind == "worksheet" else lambda: blank)

    return Book(tuple(source(*sheet) for sheet in contents.sheets), contents.from_1904)


def main_part(parts: Parts) -> str:
    """The path of the part that lists the sheets, as the package states it or the usual one."""
    main = _target(relations_of(parts, ""), "officeDocument")
    return main if main in parts else "xl/workbook.xml"


def relations_of(parts: Parts, part: str) -> dict[str, tuple[str, str]]:
    """The relations of a part: for each id the last word of its type and its target's path."""
    folder = dirname(part)
    path = join(folder, "_rels", part.rpartition("/")[2] + ".rels")
    relations: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            target_path = target if target.startswith("/") else join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            relations[attributes.get("Id", "")] = (kind, normpath(target_path).lstrip("/"))

    if path in parts:
        Markup(start).feed_all(parts.open(path))
    return relations


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    return next((path for name, path in relations.values() if name == kind), "")


def _pictures(parts: Parts, sheet: str) -> tuple[tuple[int, int], ...]:
    """The cells, (row, column) from 1, that the pictures over a sheet begin in."""
    drawing = _target(relations_of(parts, sheet), "drawing")
    places: list[tuple[int, int]] = []
    corner: dict[str, str] = {}
    inside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "pic" and corner:
            places.append((_whole(corner.get("row")) + 1, _whole(corner.get("col")) + 1))

    def end(name: str) -> None:
        inside.pop()
        if name.endswith("Anchor"):
            corner.clear()

    def text(content: str) -> None:
        if inside[-2:] in (["from", "row"], ["from", "col"]):
            corner[inside[-1]] = corner.get(inside[-1], "") + content.strip()

    if drawing in parts:
        Markup(start, end, text).feed_all(parts.open(drawing))
    return tuple(dict.fromkeys(places))


def _contents(parts: Parts, main: str) -> _Contents:
    contents = _Contents()

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            contents.sheets.append((attributes.get("name", ""), hidden, relation))
        elif name == "workbookPr":
            contents.from_1904 = attributes.get("date1904") in {"1", "true", "on"}
        elif name == "calcPr":
            contents.computes_on_load = attributes.get("fullCalcOnLoad") in {"1", "true", "on"}

    Markup(start).feed_all(parts.open(main))
    return contents


def _formats(parts: Parts, path: str) -> Styles:
    """The class of each cell format, and the unit that it states."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    inside = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            codes[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            inside[0] = True
        elif name == "xf" and inside[0]:
            numbers.append(_whole(attributes.get("numFmtId")))

    def end(name: str) -> None:
        if name == "cellXfs":
            inside[0] = False

    Markup(start, end).feed_all(parts.open(path))
    numbers = numbers or [0]
    units = tuple(stated_unit(codes.get(number, "")) for number in numbers)
    return classes_of(class_of(number, codes) for number in numbers), units


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0
