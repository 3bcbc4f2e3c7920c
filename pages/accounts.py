"""账号：谁能登录，各看得到什么，现在谁在看？"""

from board import ui
from board.sections.accounts import ACCOUNTS

ui.show(ACCOUNTS, ui.choose_scope(), first=ui.accounts)
