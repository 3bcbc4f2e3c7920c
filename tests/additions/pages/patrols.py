"""巡查：巡查了没有？"""

from board import ui
from board.sections.patrols import PATROLS

ui.show(PATROLS, ui.choose_scope())
