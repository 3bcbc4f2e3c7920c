"""How far the journal and the record of looks had come, kept outside the register.

A register that was replaced by an older copy, or from which rows were cut off, has fewer rows than
this file says. It may lag behind by a row or two after a power cut, never run ahead.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, NamedTuple

HEADS = "heads"
Chain = Literal["journal", "looks"]
CHAINS: tuple[Chain, ...] = ("journal", "looks")
LINE = re.compile(r"(journal|looks) +(\d+) ([0-9a-f]{64})")
WIDTH = 84  # bytes of a line, its end included: one is written without touching the other


class Head(NamedTuple):
    """The number of a chain's last row and its hash."""

    rows: int
    hash: str


def heads(root: Path) -> dict[str, Head]:
    """What the file says of each chain; a chain that it says nothing readable of is left out."""
    try:
        text = (root / HEADS).read_text("ascii", errors="replace")
    except FileNotFoundError:
        return {}
    return {line[1]: Head(int(line[2]), line[3]) for line in LINE.finditer(text)}


def note_head(
    root: Path, chain: Chain, rows: int, hashed: str, *, flush: bool = False, back: bool = False
) -> None:
    """Write down how far a chain has come, once its row is on the disk.

    A smaller number never takes the place of a greater one, which shows that rows are missing,
    but where `back` is set: then somebody has acknowledged that.
    """
    known = heads(root).get(chain)
    if known and known.rows > rows and not back:
        return
    handle = os.open(root / HEADS, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        line = f"{chain:<8}{rows:>11} {hashed}".ljust(WIDTH - 1) + "\n"
        os.pwrite(handle, line.encode("ascii"), CHAINS.index(chain) * WIDTH)
        if flush:
            os.fsync(handle)
    finally:
        os.close(handle)
