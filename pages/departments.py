"""部门任务：各部门交账了吗？哪些逾期，哪些没人动？"""

from board import ui
from board.sections.departments import DEPARTMENTS

ui.show(DEPARTMENTS, ui.choose_scope())
