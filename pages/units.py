"""楼栋单元：这一栋、这个单元、这一户的情况怎样？"""

from board import ui
from board.sections.units import UNITS

ui.show(UNITS, ui.choose_scope())
