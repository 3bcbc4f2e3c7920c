"""Read XML as a stream, with local names; a document type or an entity is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from xml.parsers import expat

from board.workbook.limits import RefusedError

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
CHUNK = 1 << 20


class Stream(Protocol):
    """A source of bytes that is read piece by piece."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`."""
        ...


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("file_doctype")


class Markup:
    """A parser fed piece by piece, which calls `start`, `end` and `text` for what it reads.

    `start` takes the local name of an element and its attributes, `end` the local name.
    """

    def __init__(self, start: Start, end: End | None = None, text: End | None = None):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.EntityDeclHandler = _refuse_doctype
        local_names: dict[str, str] = {}

        def name_of(name: str) -> str:
            local_name = local_names.get(name)
            if local_name is None:
                local_name = local_names[name] = name.rpartition(":")[2]
            return local_name

        parser.StartElementHandler = lambda name, attributes: start(name_of(name), attributes)
        if end is not None:
            parser.EndElementHandler = lambda name: end(name_of(name))
        if text is not None:
            parser.CharacterDataHandler = text
        self._parser = parser

    def feed(self, piece: bytes | str, last: bool = False) -> None:
        """Parse one more piece; raises RefusedError when it isn't well-formed."""
        try:
            self._parser.Parse(piece, last)
        except (expat.ExpatError, LookupError, ValueError) as fault:
            raise RefusedError("file_damaged") from fault

    def feed_all(self, stream: Stream) -> None:
        """Parse a whole stream."""
        while piece := stream.read(CHUNK):
            self.feed(piece)
        self.feed(b"", last=True)
