"""账号: who may sign in and what each may see; the page's forms are in board.ui.forms."""

from board.sections.accounts.page import ACCOUNTS

__all__ = ["ACCOUNTS"]
