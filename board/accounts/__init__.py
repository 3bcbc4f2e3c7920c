"""Who may sign in: accounts and sessions in the store's register, no secret kept as it is."""

from board.accounts.accounts import Accounts
from board.accounts.facts import HEADER, LONGEST, PAGE_HEADER, WARMING, Account, Assignment, Session
from board.accounts.open_pages import NOBODY, OpenPage, page_of, register_page, signed_in
from board.accounts.pending_logins import PendingLogins
from board.accounts.proof import Difference, State, differences, readable
from board.accounts.register import forget_passing
from board.accounts.sessions import LOCAL, Sessions

__all__ = [
    "HEADER",
    "LOCAL",
    "LONGEST",
    "NOBODY",
    "PAGE_HEADER",
    "WARMING",
    "Account",
    "Accounts",
    "Assignment",
    "Difference",
    "OpenPage",
    "PendingLogins",
    "Session",
    "Sessions",
    "State",
    "differences",
    "forget_passing",
    "page_of",
    "readable",
    "register_page",
    "signed_in",
]  # fmt: skip
