"""举措进度: the plan as the document has it, each measure with its figures and its tasks."""

from board.sections.measures.page import MEASURES

__all__ = ["MEASURES"]
