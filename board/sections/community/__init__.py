"""社区治理: repairs and how long they take, drills, disputes, care, unity, demonstration sites."""

from board.sections.community.page import COMMUNITY

__all__ = ["COMMUNITY"]
