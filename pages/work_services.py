"""就业服务：培训、岗位、车间、补助和贷款做得怎样？"""

from board import ui
from board.sections.work_services import WORK_SERVICES

ui.show(WORK_SERVICES, ui.choose_scope())
