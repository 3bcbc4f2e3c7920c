"""一户一档：这一户有谁、在哪里干活、收入怎样、还缺什么？"""

from board import ui
from board.sections.household import HOUSEHOLD

ui.show(HOUSEHOLD, ui.choose_household(), first=ui.household)
