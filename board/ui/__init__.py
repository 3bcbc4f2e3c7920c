"""Pages in Streamlit: the only part of the board, with its server, that knows it."""

from board.ui.audit_log import record
from board.ui.forms import desk
from board.ui.forms.accounts import accounts
from board.ui.forms.household import choose_household, household
from board.ui.frame import run
from board.ui.page import show
from board.ui.scope import choose_scope

__all__ = [
    "accounts",
    "choose_household",
    "choose_scope",
    "desk",
    "household",
    "record",
    "run",
    "show",
]
