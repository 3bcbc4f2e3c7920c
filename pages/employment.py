"""就业去向：搬迁群众在哪里就业，做什么，收入多少？"""

from board import ui
from board.sections.employment import EMPLOYMENT

ui.show(EMPLOYMENT, ui.choose_scope())
