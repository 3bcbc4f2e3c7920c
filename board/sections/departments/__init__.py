"""部门任务: which department delivers what it leads, what is overdue, what nobody has touched?"""

from board.sections.departments.page import DEPARTMENTS

__all__ = ["DEPARTMENTS"]
