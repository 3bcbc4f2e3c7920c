"""增收对标：搬迁群众收入增速是否高于县域平均？"""

from board import ui
from board.sections.income import INCOME

ui.show(INCOME, ui.choose_scope())
