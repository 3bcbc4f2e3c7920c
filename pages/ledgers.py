"""台账：哪些台账报了，哪些晚了，怎样上传？"""

from board import ui
from board.sections.ledgers import LEDGERS

ui.show(LEDGERS, ui.choose_scope(), first=ui.ledger_forms)
