"""举措进度：方案的每一条做到哪一步了？"""

from board import ui
from board.sections.measures import MEASURES

ui.show(MEASURES, ui.choose_scope())
