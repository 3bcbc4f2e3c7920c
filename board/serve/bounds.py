"""Bounds on what one session takes from everybody: open sockets, frames a second, bytes it uploads."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from streamlit.runtime import exists, get_instance

SOCKETS = 10  # a session
FRAMES = 20  # a second, of a session or, where nobody signs in, of a socket
LARGEST_FRAME = 1024 * 1024  # bytes
MEBI = 1024 * 1024
HELD, HELD_IN_ALL = 60 * MEBI, 300 * MEBI  # bytes of uploads, of a session and of all


@dataclass
class Pace:
    """How fast frames may come: FRAMES at once, and as many a second."""

    clock: Callable[[], float] = time.monotonic
    left: float = FRAMES
    at: float = 0.0

    def delay(self) -> float:
        """Seconds that the next frame has to wait; it counts from now on."""
        now = self.clock()
        self.left = min(FRAMES, self.left + (now - self.at) * FRAMES) - 1
        self.at = now
        return max(0.0, -self.left / FRAMES)


@dataclass
class Sockets:
    """The open sockets of each session, and the pace of its frames."""

    open: Counter[str] = field(default_factory=Counter)
    paces: dict[str, Pace] = field(default_factory=dict)

    @contextmanager
    def one_more(self, session: str) -> Iterator[Pace | None]:
        """Count a socket while the block runs; None where the session has as many as it may.

        Without a session, the reader sits at this machine and has a pace for each socket.
        """
        if not session:
            yield Pace()
            return
        if self.open[session] >= SOCKETS:
            yield None
            return
        self.open[session] += 1
        try:
            yield self.paces.setdefault(session, Pace())
        finally:
            self.open[session] -= 1
            if not self.open[session]:
                del self.open[session], self.paces[session]


@dataclass
class Uploads:
    """The bytes of uploads that Streamlit holds, and those on their way to it.

    `owners` says which session a page (by Streamlit's ID) belongs to.
    """

    owners: dict[str, str] = field(default_factory=dict)
    coming: dict[int, tuple[str, int]] = field(default_factory=dict)
    held: Callable[[], dict[str, int]] = field(default_factory=lambda: held_bytes)
    free: Callable[[str], None] = field(default_factory=lambda: free_page)

    @contextmanager
    def room_for(self, session: str, page: str, size: int) -> Iterator[bool]:
        """Count an upload while the block runs; False where it would be too much."""
        held = self.held()
        own = sum(size for name, size in held.items() if self.owners.get(name) == session)
        own += sum(size for owner, size in self.coming.values() if owner == session)
        whole = sum(held.values()) + sum(size for _, size in self.coming.values())
        if own + size > HELD or whole + size > HELD_IN_ALL:
            yield False
            return
        ticket = max(self.coming, default=0) + 1
        self.owners[page], self.coming[ticket] = session, (session, size)
        try:
            yield True
        finally:
            del self.coming[ticket]

    def end(self, session: str) -> None:
        """Free what a session has uploaded."""
        for page in [name for name, owner in self.owners.items() if owner == session]:
            del self.owners[page]
            self.free(page)


def held_bytes() -> dict[str, int]:
    """Streamlit's ID of a page → the bytes of its uploads in memory; Streamlit has no public way."""
    if not exists():
        return {}
    storage = getattr(get_instance().uploaded_file_mgr, "file_storage", {})
    return {
        page: sum(len(file.data) for file in list(files.values()))
        for page, files in list(storage.items())
    }


def free_page(page: str) -> None:
    """Drop the uploads of a page from memory."""
    if exists():
        get_instance().uploaded_file_mgr.remove_session_files(page)
