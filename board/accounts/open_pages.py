"""Open pages: for whom each was made, and who reads it now, known outside the runs of a page too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakValueDictionary

from board.access import Reader
from board.accounts.sessions import Sessions

# Who reads where the sign-in has ended.
NOBODY = Reader(session="over")


@dataclass(eq=False)
class OpenPage:
    """One open page. `made_for` is the reader its last whole run was made for.

    `asked` is the reader found when a run last asked who reads, `left` whether the page has
    already been told to start over for another one.
    """

    made_for: Reader | None = None
    asked: Reader = NOBODY
    left: bool = False

    def reader(self, root: Path) -> Reader:
        """Who reads the page now; a sign-in is looked up anew in the store at `root`."""
        if not self.asked.session:
            return self.asked
        return signed_in(root, self.asked.session, self.asked.presenting)


def signed_in(root: Path, hashed: str, presenting: bool) -> Reader:
    """Who is signed in with the session of that hash; NOBODY where it has ended."""
    found = Sessions(root).session(hashed, touch=False)
    return replace(found.reader, presenting=presenting) if found else NOBODY


# A seat lives as long as the page's own state holds it.
_seats: WeakValueDictionary[str, OpenPage] = WeakValueDictionary()


def register_page(page: str, seat: OpenPage) -> None:
    """Have a page's seat found by the name that the gate gave the page."""
    _seats[page] = seat


def page_of(page: str) -> OpenPage | None:
    """The seat of a page, by the name that the gate gave it."""
    return _seats.get(page)
