"""资产盘活：年底能不能达到目标，还差哪几间？"""

from board import ui
from board.sections.assets import ASSETS

ui.show(ASSETS, ui.choose_scope())
