"""部门任务: which departments finish their tasks, which tasks are overdue or not updated?"""

from board.sections.departments.page import DEPARTMENTS

__all__ = ["DEPARTMENTS"]
