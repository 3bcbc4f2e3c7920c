"""举措进度: the measures of the plan by chapter, each with its figures and its tasks."""

from board.sections.measures.page import MEASURES

__all__ = ["MEASURES"]
