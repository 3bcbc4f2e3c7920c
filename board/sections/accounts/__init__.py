"""账号: who may sign in and what each may see; the page's desk stands in board.ui."""

from board.sections.accounts.page import ACCOUNTS

__all__ = ["ACCOUNTS"]
