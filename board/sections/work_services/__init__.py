"""就业服务: training, posts, workshops, subsidies and loans, and matches of people and posts."""

from board.sections.work_services.page import WORK_SERVICES

__all__ = ["WORK_SERVICES"]
