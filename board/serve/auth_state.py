"""Who sends a request, and which private addresses the board has sent to that reader."""

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
from board.serve.bounds import Uploads
from board.storage import RefusedError

# Headers in which a proxy may name the user: coming from a browser they are forged.
FORGED = re.compile(
    r"^(x-board-.*|x-forwarded-(user|email|groups|preferred-username)|remote-user|x-remote-.*"
    r"|x-auth-.*|x-webauth-.*|x-streamlit-user|x-authenticated-.*)$"
)
UUID = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
SESSION_ID = re.compile(UUID)
# Of exactly the length that Streamlit gives them: the bytes that follow in a frame may look alike.
# Without a media file's extension: Streamlit answers any extension.
PRIVATE_ADDRESS = re.compile(rb"/media/[0-9a-f]{32}|/_stcore/upload_file/%s/%s" % (UUID, UUID))
MOST_READERS, MOST_ADDRESSES = 500, 4000
# What a reader was sent: (page, address) → the reader for whom the page was made at that time.
SentAddresses = OrderedDict[tuple[str, str], Reader | None]


def cookie_name(loopback: bool) -> str:
    """The session cookie's name: browsers accept `__Host-` over TLS only, and loopback has none."""
    return "board" if loopback else "__Host-board"


def cookie_of(headers: Headers, name: str) -> str:
    """The value of a cookie; empty when there is none."""
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[name].value if name in cookies else ""


def without_forged(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers without those that claim to name the user."""
    return [(k, v) for k, v in headers if not FORGED.match(k.decode("latin-1").lower())]


@dataclass
class AuthState:
    """Whether readers must sign in, who has signed in, and which addresses each was sent.

    `hosts` says that the board has other names than this machine's, `proxy` that a proxy on this
    machine states who asks.
    """

    providers: bool = False
    hosts: bool = False
    proxy: bool = False
    sent: OrderedDict[str, SentAddresses] = field(default_factory=OrderedDict)
    uploads: Uploads = field(default_factory=Uploads)
    _required: bool = False

    @property
    def accounts(self) -> Accounts:
        """The accounts of the store in use."""
        return Accounts(storage.default_root())

    @property
    def sessions(self) -> Sessions:
        """The sessions of the store in use."""
        return Sessions(storage.default_root())

    def requires_sign_in(self) -> bool:
        """Whether readers must sign in: always, once there is an account or a provider.

        They must also while the register can't be read: it may contain accounts.
        """
        if self._required:
            return True
        readable = condition(storage.default_root()).readable
        self._required = self.providers or (readable and self.accounts.any())
        return self._required or not readable

    def session_of(self, headers: Headers, loopback: bool, touch: bool = True) -> Session | None:
        """The session of a request's cookie; None without one, or if the store is damaged."""
        token = cookie_of(headers, cookie_name(loopback))
        try:
            return self.sessions.of_token(token, touch)
        except Exception:
            if self.damage() is None:
                raise
            return None

    def alive(self, session: str) -> bool:
        """Whether a session has not ended; without sign-in there is one that never does."""
        if not session:
            return not self.requires_sign_in()
        return self.sessions.session(session, touch=False) is not None

    def damage(self) -> RefusedError | None:
        """What is wrong with the store, and what to do; None when it is sound."""
        damages = condition(storage.default_root()).damages
        return refusal(damages) if damages else None

    def remember_addresses(self, session: str, page: str, frame: bytes) -> None:
        """Remember the private addresses and Streamlit session IDs that a frame sends to a reader.

        Without sign-in all readers of this machine count as one reader, with an empty session.
        """
        addresses = PRIVATE_ADDRESS.findall(frame) + SESSION_ID.findall(frame)
        if not addresses:
            return
        open_page = page_of(page)
        sent = self.sent.setdefault(session, OrderedDict())
        self.sent.move_to_end(session)
        for address in addresses:
            entry = page, address.decode("ascii")
            sent[entry] = open_page.made_for if open_page else None
            sent.move_to_end(entry)
        while len(sent) > MOST_ADDRESSES:
            sent.popitem(last=False)
        while len(self.sent) > MOST_READERS:
            self.sent.popitem(last=False)

    def pages_sent(self, session: str, address: str) -> dict[str, Reader | None]:
        """The pages that sent a reader an address, each with the reader it was then made for."""
        sent = list(self.sent.get(session, OrderedDict()).items())
        return {
            page: made_for for (page, sent_address), made_for in sent if sent_address == address
        }

    def may_fetch(self, session: str, path: str) -> bool:
        """Whether a reader was sent an address, and the page is still made for that reader."""
        match = PRIVATE_ADDRESS.match(path.encode())
        if match is None:
            return False
        for page, made_for in self.pages_sent(session, match[0].decode("ascii")).items():
            open_page = page_of(page)
            if open_page and made_for and open_page.reader(storage.default_root()) == made_for:
                return True
        return False
