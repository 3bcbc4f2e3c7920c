"""就学台账：每个孩子这学期在不在读。"""

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, rule


class Schooling(Ledger):
    """一行是一个人的一个学期。"""

    sheet = "就学台账"
    name = "schooling"
    cadence = "as_held"
    position = 200

    term = column.text("学期", key=True, note="如 2024春、2024秋")
    citizen_id = column.citizen_id(key=True, refers_to="labour")
    stage = column.code(
        "学段",
        ["学前", "小学", "初中", "高中", "中职", "大学"],
        required=True,
        synonyms={
            "学前": "幼儿园",
            "初中": "初级中学",
            "高中": "普通高中 普高",
            "中职": "中专 职高 技校",
            "大学": "本科 大学本科",
        },
    )
    school = column.text("学校")
    ownership = column.code("学校性质", ["公办", "民办"], synonyms={"公办": "公立", "民办": "私立"})
    nearby = column.boolean("就近")
    enrolled = column.boolean("在读", required=True)
    aid = column.money("资助金额")

    @rule("term", N_("年份加春或秋，如 2024春"))
    def term_is_a_term(cls):
        """A term is a year's spring or autumn."""
        return cls.term.col.str.contains(r"^\d{4}[春秋]$")
