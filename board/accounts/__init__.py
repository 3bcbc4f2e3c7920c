"""Who may sign in: accounts and sessions in the store's register, no secret kept as it is."""

from board.accounts.accounts import Accounts
from board.accounts.facts import HEADER, LONGEST, PAGE_HEADER, WARMING, Account, Assignment, Session
from board.accounts.open_pages import NOBODY, Seat, register_seat, seat_of, signed_in
from board.accounts.pending_logins import Errands
from board.accounts.proof import Difference, State, differences, readable, told
from board.accounts.register import forget_passing
from board.accounts.sessions import LOCAL, Sessions

__all__ = [
    "HEADER", "LOCAL", "LONGEST", "NOBODY", "PAGE_HEADER", "WARMING", "Account", "Accounts",
    "Assignment", "Difference", "Errands", "Seat", "Session", "Sessions", "State", "differences",
    "forget_passing", "readable", "register_seat", "seat_of", "signed_in", "told",
]  # fmt: skip
