"""指标口径：每个数字是怎么算出来的？"""

from board import ui
from board.sections.definitions import DEFINITIONS

ui.show(DEFINITIONS, ui.choose_scope())
