"""零就业家庭：还有哪些户没有人就业，多久了？"""

from board import ui
from board.sections.zero_employment import ZERO_EMPLOYMENT

ui.show(ZERO_EMPLOYMENT, ui.choose_scope())
