"""Who may sign in: accounts and sessions in the store's register, no secret kept as it is."""

from board.accounts._accounts import Accounts
from board.accounts._errands import Errands
from board.accounts._facts import HEADER, LONGEST, PAGE_HEADER, WARMING, Account, Session
from board.accounts._register import forget_passing
from board.accounts._seats import NOBODY, Seat, register_seat, seat_of, signed_in
from board.accounts._sessions import LOCAL, Sessions

__all__ = [
    "HEADER",
    "LOCAL",
    "LONGEST",
    "NOBODY",
    "PAGE_HEADER",
    "WARMING",
    "Account",
    "Accounts",
    "Errands",
    "Seat",
    "Session",
    "Sessions",
    "forget_passing",
    "register_seat",
    "seat_of",
    "signed_in",
]
