"""查看与导出记录：谁看了什么，带走了什么，为什么？"""

from board import ui
from board.sections.looks import LOOKS

ui.show(LOOKS, ui.choose_scope(), first=ui.record)
