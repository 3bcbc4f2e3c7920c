"""The pages in Streamlit; besides app.py, pages/ and the server, only this folder imports it."""

from board.ui.audit_log import record
from board.ui.forms import first_batch, ledger_forms
from board.ui.forms.accounts import accounts
from board.ui.forms.household import choose_household, household
from board.ui.forms.plans import plan_forms
from board.ui.frame import run
from board.ui.page import show
from board.ui.scope import choose_scope

__all__ = [
    "accounts",
    "choose_household",
    "choose_scope",
    "first_batch",
    "household",
    "ledger_forms",
    "plan_forms",
    "record",
    "run",
    "show",
]
