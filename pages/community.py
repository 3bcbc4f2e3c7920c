"""社区治理：报修修好了没有，演练和活动办了没有？"""

from board import ui
from board.sections.community import COMMUNITY

ui.show(COMMUNITY, ui.choose_scope())
