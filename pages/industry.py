"""产业资金：项目推进了吗，收益到户了吗，资金用出去了吗？"""

from board import ui
from board.sections.industry import INDUSTRY

ui.show(INDUSTRY, ui.choose_scope())
