"""Read the shared strings of a workbook, and the characters that Office escapes in them."""

from __future__ import annotations

import re

import polars as pl

from board.workbook.limits import RefusedError
from board.workbook.readers.container import Parts
from board.workbook.readers.markup import Markup

_CHUNK = 4 << 20
_PLAIN = r'(?s)^<t(?: xml:space="preserve")?>([^<&]*)</t>(?:<phoneticPr[^<>]*/>)?</si>\s*$'
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def shared_strings(parts: Parts, path: str) -> pl.Series:
    """All shared strings in order, without phonetic readings.

    Most strings are taken out by one regular expression; a document that is not written as
    usual is parsed instead.
    """
    stream = parts.open(path)
    head = b""
    while b"<si>" not in head:
        piece = stream.read(_CHUNK)
        if not piece or len(head) > 2 * _CHUNK:
            return parsed_slowly(parts, path)
        head += piece
    if b"<!" in head or (b"encoding" in head[:200] and b"utf-8" not in head[:200].lower()):
        return parsed_slowly(parts, path)
    rest = head[head.index(b"<si>") :]
    strings: list[pl.Series] = []
    while True:
        piece = stream.read(_CHUNK)
        rest += piece
        if b"<!" in rest or b"<si/" in rest or b"<si " in rest:
            return parsed_slowly(parts, path)
        cut = rest.rfind(b"</si>") + 5
        if cut > 4:
            strings.append(_strings_of(rest[:cut]))
        rest = rest[cut:] if cut > 4 else rest
        if not piece:
            break
    if rest.strip() != b"</sst>":
        return parsed_slowly(parts, path)
    return unescaped(pl.concat(strings)) if strings else pl.Series([], dtype=pl.String)


def _strings_of(piece: bytes) -> pl.Series:
    """The strings of some whole <si> elements; those with unusual markup are parsed."""
    try:
        text = piece.decode()
    except UnicodeDecodeError as fault:
        raise RefusedError("file_damaged") from fault
    items = pl.Series([text]).str.split("<si>").explode()[1:]
    strings = items.str.extract(_PLAIN)
    unusual = strings.is_null().arg_true()
    if not len(unusual):
        return strings
    document = "<sst><si>" + "<si>".join(items.gather(unusual)) + "</sst>"
    parser = _StringParser()
    parser.markup.feed(document, last=True)
    if len(parser.strings) != len(unusual):
        raise RefusedError("file_damaged")
    return strings.scatter(unusual, parser.strings)


def parsed_slowly(parts: Parts, path: str) -> pl.Series:
    """All shared strings, parsed element by element: slower, but right for every document."""
    parser = _StringParser()
    parser.markup.feed_all(parts.open(path))
    return unescaped(pl.Series(parser.strings, dtype=pl.String))


class _StringParser:
    """Collects the strings of a document; the runs of a rich text are joined."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._in_text = self._phonetic = False
        self.markup = Markup(self._start, self._end, self._text)

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name == "si":
            self._runs.clear()
        elif name == "rPh":
            self._phonetic = True
        elif name == "t":
            self._in_text = not self._phonetic

    def _end(self, name: str) -> None:
        if name == "si":
            self.strings.append("".join(self._runs))
        elif name == "rPh":
            self._phonetic = False
        elif name == "t":
            self._in_text = False

    def _text(self, text: str) -> None:
        if self._in_text:
            self._runs.append(text)


def unescaped(strings: pl.Series) -> pl.Series:
    """The strings with each _xHHHH_ of Office replaced by its character."""
    escaped = strings.str.contains("_x[0-9A-Fa-f]{4}_").fill_null(False).arg_true()
    if not len(escaped):
        return strings
    plain = [_ESCAPED.sub(_character, text) for text in strings.gather(escaped)]
    return strings.scatter(escaped, plain)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return "" if 0xD800 <= code < 0xE000 else chr(code)
