"""就业服务: training, posts, workshops, subsidies and loans, and who fits which post."""

from board.sections.work_services.page import WORK_SERVICES

__all__ = ["WORK_SERVICES"]
