"""部门:方案里的部门和机构,各有什么简称、别名。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger


class Departments(Ledger):
    """一行是一个部门，按方案里的次序。"""

    sheet = "部门"
    name = "departments"

    department = column.text("部门", key=True)
    short = column.text("简称", plain=True)
    aliases = column.names("别名", shared=True)
    name_en = column.text("名称_en", shared=True)
    short_en = column.text("简称_en", shared=True)
