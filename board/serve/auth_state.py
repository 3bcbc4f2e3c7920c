"""Whether a request comes from somebody signed in, and what has been told to whom."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers

from board import storage
from board.access import Reader
from board.accounts import Accounts, Session, Sessions, page_of
from board.journal import condition, refusal
from board.storage import RefusedError

# Names under which a proxy may say who somebody is: from a browser they are forged.
FORGED = re.compile(
    r"^(x-board-.*|x-forwarded-(user|email|groups|preferred-username)|remote-user|x-remote-.*"
    r"|x-auth-.*|x-webauth-.*|x-streamlit-user|x-authenticated-.*)$"
)
UUID = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
NAMED = re.compile(UUID)
# Of exactly the length that Streamlit gives them: what follows in a frame may look like more.
# A media file's ending counts for nothing: any is answered.
PRIVATE = re.compile(rb"/media/[0-9a-f]{32}|/_stcore/upload_file/%s/%s" % (UUID, UUID))
MOST_READERS, MOST_TOLD = 500, 4000
# What a reader was told: page and address → for whom the page was made when it told it.
Told = OrderedDict[tuple[str, str], Reader | None]


def cookie_name(loopback: bool) -> str:
    """The session cookie's name: a browser takes __Host- only over TLS, which loopback has not."""
    return "board" if loopback else "__Host-board"


def cookie_of(headers: Headers, name: str) -> str:
    """The value of a cookie; empty where there is none."""
    try:
        held = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return held[name].value if name in held else ""


def without_forged(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers but for those that claim who somebody is."""
    return [(k, v) for k, v in headers if not FORGED.match(k.decode("latin-1").lower())]


@dataclass
class Doors:
    """What the gate knows of readers: whether they must sign in, as whom they are in, what they were told."""

    providers: bool = False
    told: OrderedDict[str, Told] = field(default_factory=OrderedDict)
    _closed: bool = False

    @property
    def accounts(self) -> Accounts:
        """The accounts of the store in use."""
        return Accounts(storage.default_root())

    @property
    def sessions(self) -> Sessions:
        """The sessions of the store in use."""
        return Sessions(storage.default_root())

    def closed(self) -> bool:
        """Whether readers must sign in: once there is an account or a provider, for good.

        So they must where the register can't be read: nobody knows then whether there is one.
        """
        if self._closed:
            return True
        readable = condition(storage.default_root()).readable
        self._closed = self.providers or (readable and self.accounts.any())
        return self._closed or not readable

    def entered(self, headers: Headers, loopback: bool, touch: bool = True) -> Session | None:
        """The session that a request's cookie opens; none while the store is damaged beyond that."""
        token = cookie_of(headers, cookie_name(loopback))
        try:
            return self.sessions.of_token(token, touch)
        except Exception:
            if self.damage() is None:
                raise
            return None

    def damage(self) -> RefusedError | None:
        """What is wrong with the store, and what to do; none where it is sound."""
        damages = condition(storage.default_root()).damages
        return refusal(damages) if damages else None

    def tell(self, session: str, page: str, frame: bytes) -> None:
        """Remember which private addresses and sessions of Streamlit's a frame tells a reader.

        Without sign-in all readers of this machine are one, under an empty session.
        """
        found = PRIVATE.findall(frame) + NAMED.findall(frame)
        if not found:
            return
        seat = page_of(page)
        known = self.told.setdefault(session, OrderedDict())
        self.told.move_to_end(session)
        for address in found:
            entry = page, address.decode("ascii")
            known[entry] = seat.made_for if seat else None
            known.move_to_end(entry)
        while len(known) > MOST_TOLD:
            known.popitem(last=False)
        while len(self.told) > MOST_READERS:
            self.told.popitem(last=False)

    def pages(self, session: str, address: str) -> dict[str, Reader | None]:
        """The pages that told a reader an address, each with whom it was made for then."""
        known = list(self.told.get(session, OrderedDict()).items())
        return {page: made_for for (page, told), made_for in known if told == address}

    def may_ask(self, session: str, path: str) -> bool:
        """Whether a reader was told a private address, and is still who that page was made for."""
        found = PRIVATE.match(path.encode())
        if found is None:
            return False
        for page, made_for in self.pages(session, found[0].decode("ascii")).items():
            seat = page_of(page)
            if seat and made_for and seat.reader(storage.default_root()) == made_for:
                return True
        return False
