"""Accounts, sessions and sign-in, stored in the register; of every secret only a hash is stored."""

from board.accounts.accounts import Accounts
from board.accounts.facts import HEADER, LONGEST, PAGE_HEADER, WARMING, Account, Assignment, Session
from board.accounts.open_pages import NOBODY, OpenPage, page_of, register_page, signed_in
from board.accounts.origin import Origin, known_browser, proof_of
from board.accounts.pending_logins import PendingLogins
from board.accounts.proof import differences, readable
from board.accounts.register import delete_temporary_rows
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
    "OpenPage",
    "Origin",
    "PendingLogins",
    "Session",
    "Sessions",
    "delete_temporary_rows",
    "differences",
    "known_browser",
    "page_of",
    "proof_of",
    "readable",
    "register_page",
    "signed_in",
]  # fmt: skip
