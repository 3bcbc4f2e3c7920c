"""The last row numbers and hashes of the journal and the audit log, kept outside the register.

A register that was replaced by an older copy, or whose last rows were deleted, has fewer rows than
this file says. After a power cut the file may be a row or two behind the register, never ahead.
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
WIDTH = 84  # bytes of a line with its line end: fixed, so that one can be written without the other


class Head(NamedTuple):
    """The number of a chain's last row and its hash."""

    rows: int
    hash: str


def heads(root: Path) -> dict[str, Head]:
    """Chain → its head by the file; a chain without a readable line is left out."""
    try:
        text = (root / HEADS).read_text("ascii", errors="replace")
    except FileNotFoundError:
        return {}
    return {line[1]: Head(int(line[2]), line[3]) for line in LINE.finditer(text)}


def note_head(
    root: Path, chain: Chain, rows: int, hashed: str, *, flush: bool = False, back: bool = False
) -> None:
    """Write the number and hash of a chain's last row, once that row is on the disk.

    A smaller number does not replace a greater one, because the difference shows that rows are
    missing. `back` allows it: set it when someone has acknowledged the loss.
    """
    head = heads(root).get(chain)
    if head and head.rows > rows and not back:
        return
    handle = os.open(root / HEADS, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        line = f"{chain:<8}{rows:>10} {hashed}".ljust(WIDTH - 1) + "\n"
        os.pwrite(handle, line.encode("ascii"), CHAINS.index(chain) * WIDTH)
        if flush:
            os.fsync(handle)
    finally:
        os.close(handle)
