"""查看与导出记录: who viewed and who exported what, and whether the audit log is complete."""

from board.sections.looks.page import LOOKS

__all__ = ["LOOKS"]
