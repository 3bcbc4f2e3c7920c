"""The open pages and their readers, for code that runs outside a page's script run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from weakref import WeakValueDictionary

from board.access import Reader
from board.accounts.sessions import Sessions
from board.storage import RefusedError

# The reader of a page whose session has ended.
NOBODY = Reader(session="over")


@dataclass(eq=False)
class OpenPage:
    """One open page. `made_for` is the reader for whom its last full run was made.

    `asked` is the reader at the last check by a run. `left` is whether the page has already been
    sent to start again for another reader. `refusal` is why a download was not made, until a run
    has shown it.
    """

    made_for: Reader | None = None
    asked: Reader = NOBODY
    left: bool = False
    refusal: RefusedError | None = None

    def reader(self, root: Path) -> Reader:
        """The reader of the page now; the session is looked up again in the store at `root`."""
        if not self.asked.session:
            return self.asked
        return signed_in(root, self.asked.session, self.asked.presenting)


def signed_in(root: Path, hashed: str, presenting: bool) -> Reader:
    """The reader signed in with the session of that hash; NOBODY if it has ended."""
    session = Sessions(root).session(hashed, touch=False)
    return replace(session.reader, presenting=presenting) if session else NOBODY


# Only the page's session state holds a strong reference: with it the open page is deleted.
_open_pages: WeakValueDictionary[str, OpenPage] = WeakValueDictionary()


def register_page(name: str, page: OpenPage) -> None:
    """Register an open page under the name that the gate gave it."""
    _open_pages[name] = page


def page_of(name: str) -> OpenPage | None:
    """The open page that the gate gave this name, None if it is closed or unknown."""
    return _open_pages.get(name)
