"""方案：现在按哪份方案看，怎样换一份？"""

from board import ui
from board.sections.plans import PLANS

ui.show(PLANS, ui.choose_scope(), first=ui.plan_forms)
