"""Tell a file's kind from its first bytes, and open a zip within the limits."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from board.workbook.limits import MEBI, Limits, RefusedError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b",
            b"{\\rtf", b"MZ", b"\x7fELF", b"SQLite format 3", b"PAR1", b"BZh", b"\xfd7zXZ")  # fmt: skip


_WEB_PAGE = re.compile(
    r"<(?:!doctype html|html|head|meta|body|table|div|style)\b|^mime-version:", re.IGNORECASE
)
_XML_TABLE = "urn:schemas-microsoft-com:office:spreadsheet"
_BYTE_ORDERS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def kind_of(path: Path, limits: Limits) -> str:
    """The kind of a file: `zip`, `ole` or `csv`; raises RefusedError for any other kind."""
    size = path.stat().st_size
    if size > limits.disk:
        raise RefusedError("file_too_large", limit=f"{limits.disk // MEBI} MiB")
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \r\n\t"):
        raise RefusedError("file_empty")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    encoding = utf_16_of(head)
    if head.startswith(_FOREIGN) or (b"\0" in head and not encoding):
        raise RefusedError("file_foreign")
    text = (
        head.decode(encoding or "latin-1", "ignore")
        .removeprefix("\xef\xbb\xbf")
        .lstrip("\ufeff \r\n\t")
    )
    if _XML_TABLE in text:
        raise RefusedError("file_xml_table")
    if _WEB_PAGE.match(text) or (text.startswith("<") and _WEB_PAGE.search(text)):
        raise RefusedError("file_web_page")
    if text.startswith("<"):
        raise RefusedError("file_foreign")
    return "csv"


def utf_16_of(raw: bytes) -> str:
    """The encoding of a text in UTF-16, with or without the mark of its byte order; else empty."""
    if encoding := _BYTE_ORDERS.get(raw[:2]):
        return encoding
    if b"\0" not in raw:
        return ""
    for encoding in _BYTE_ORDERS.values():
        text = raw[: min(len(raw), 4096) // 2 * 2].decode(encoding, "replace")
        usual = sum(char in "\t\r\n" or " " <= char <= "~" or _is_chinese(char) for char in text)
        if usual >= 0.97 * len(text):
            return encoding
    return ""


def _is_chinese(char: str) -> bool:
    return (
        "\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"
    )


class Parts:
    """The parts of a zip; a part never gives more bytes than the zip declares for it.

    Names are compared without case. Raises RefusedError for a damaged, protected or too
    large zip.
    """

    def __init__(self, path: Path, limits: Limits):
        self.limits = limits
        self._left = limits.inflated
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
            raise RefusedError("file_damaged") from fault
        try:
            self._entries = self._checked()
        except RefusedError:
            self.close()
            raise

    def _checked(self) -> dict[str, zipfile.ZipInfo]:
        """The entries by name; raises RefusedError when they exceed the limits."""
        limits, entries = self.limits, self._zip.infolist()
        if len(entries) > limits.entries:
            raise RefusedError("file_too_many_entries", limit=limits.entries)
        if sum(entry.file_size for entry in entries) > limits.inflated:
            raise RefusedError("file_inflated", limit=f"{limits.inflated // MEBI} MiB")
        by_name: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.flag_bits & 1:
                raise RefusedError("file_password")
            if entry.file_size > 64 * MEBI and entry.file_size > limits.ratio * entry.compress_size:
                raise RefusedError("file_inflated", limit=f"{limits.inflated // MEBI} MiB")
            by_name[entry.filename.replace("\\", "/").lstrip("/").lower()] = entry
        return by_name

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.lstrip("/").lower() in self._entries

    def open(self, name: str) -> Part:
        """A part as a stream; raises RefusedError when it is missing."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            raise RefusedError("file_damaged")
        try:
            return Part(self, self._zip.open(entry))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as fault:
            raise RefusedError("file_damaged") from fault

    def count(self, size: int) -> None:
        """Count `size` more inflated bytes; raises RefusedError beyond the limit."""
        self._left -= size
        # Twice the limit, since a part that is not written as usual is read a second time.
        if self._left < -self.limits.inflated:
            raise RefusedError("file_inflated", limit=f"{self.limits.inflated // MEBI} MiB")


class Part:
    """One part of a zip as a stream, its bytes counted while they inflate."""

    def __init__(self, parts: Parts, stream: IO[bytes]):
        self._parts = parts
        self._stream = stream

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, at most `size`."""
        try:
            piece = self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as fault:
            raise RefusedError("file_damaged") from fault
        self._parts.count(len(piece))
        return piece
