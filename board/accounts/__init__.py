"""Who may sign in: accounts and sessions in the store's register, no secret kept as it is."""

from board.accounts._accounts import Accounts
from board.accounts._facts import Account, Session
from board.accounts._sessions import Sessions

__all__ = ["Account", "Accounts", "Session", "Sessions"]
