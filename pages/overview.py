"""总览：各项工作是否按计划推进？"""

from board import ui
from board.sections.overview import OVERVIEW

ui.show(OVERVIEW, ui.choose_scope(), first=ui.first_batch)
