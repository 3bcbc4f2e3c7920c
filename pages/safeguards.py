"""民生保障：监测帮扶、就学、救助和补贴有没有漏掉的？"""

from board import ui
from board.sections.safeguards import SAFEGUARDS

ui.show(SAFEGUARDS, ui.choose_scope())
