"""A file damaged anywhere is read or refused, never anything else."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from tests.support.workbooks import book, result, table
from tests.test_workbook_files import write_xls

PIECES = (b"9" * 30, b"<", b">", b"&", b'"', b"\0", b"-1", b"1e999", b"]]>", b"<c r='A1'/>")
REFUSED = {"file_damaged", "file_foreign", "file_too_many_rows", "file_password", "file_doctype"}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few of them changed, cut, doubled or replaced."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at, other = chance.randrange(len(found)), chance.randrange(len(found))
        match chance.randrange(4):
            case 0:
                found[at] = chance.randrange(256)
            case 1:
                del found[at : min(at + chance.randrange(1, 40), len(found) - 1)]
            case 2:
                found[at:at] = found[other : other + chance.randrange(1, 80)]
            case _:
                found[at : at + 1] = chance.choice(PIECES)
    return bytes(found)


def damaged_file(path: Path, chance: random.Random) -> Path:
    """A copy of the file with one of its parts damaged, its checksums made good."""
    copy = path.with_stem("damaged")
    if not zipfile.is_zipfile(path):
        copy.write_bytes(damaged(path.read_bytes(), chance))
        return copy
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as made:
        chosen = chance.choice(source.namelist())
        for name in source.namelist():
            data = source.read(name)
            made.writestr(name, damaged(data, chance) if name == chosen and data else data)
    return copy


@pytest.mark.parametrize("kind", ["xlsx", "xls", "csv"])
def test_a_file_damaged_at_random_is_read_or_refused(kind: str, tmp_path: Path) -> None:
    rows = table("employment", {}, {"监测月份": "2024-04"})
    path = tmp_path / f"就业监测台账.{kind}"
    if kind == "xlsx":
        book(path, {"就业监测台账": rows})
    elif kind == "xls":
        write_xls(path, rows)
    else:
        path.write_text("\n".join(",".join(str(x or "") for x in row) for row in rows), "utf-8")
    for seed in range(60):
        found = result(damaged_file(path, random.Random(seed)), path.name)
        whole = [finding for finding in found.findings if finding.sheet is None]
        assert all(finding.rule in REFUSED | {"file_encoding"} for finding in whole), (seed, whole)
