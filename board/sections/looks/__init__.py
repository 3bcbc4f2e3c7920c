"""查看与导出记录: who looked at what, who took what away, and whether the record is whole."""

from board.sections.looks.page import LOOKS

__all__ = ["LOOKS"]
