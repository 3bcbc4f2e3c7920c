"""劳动力台账:每户的每一个人。"""

from board.ledgers import columns as column
from board.ledgers.columns import Ledger

EDUCATIONS = ("文盲或半文盲", "小学", "初中", "高中", "中专或职高", "大专", "本科及以上")

EDUCATION_WORDS = {
    "文盲或半文盲": "文盲 半文盲 不识字", "小学": "小学毕业", "初中": "初级中学", "高中": "普通高中 普高",
    "中专或职高": "中专 职高 技校 技工学校 中职", "大专": "专科 大学专科 高职",
    "本科及以上": "本科 大学本科 研究生 硕士 博士 硕士研究生 博士研究生",
}  # fmt: skip
"""What others call a level of education → words that the checks explain, in templates too."""

ABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
"""Who can work, among the words for 劳动能力."""


class Labour(Ledger):
    """一行是一个人从某月起的登记情况,不只是劳动力。"""

    sheet = "劳动力台账"
    name = "labour"
    cadence = "register"
    position = 20

    citizen_id = column.citizen_id(key=True)
    name_ = column.text("姓名", alias="name", required=True, personal=True)
    effective_month = column.month("生效月份", key=True, optional=True, note="空 = 从一开始")
    household_id = column.text("户编号", required=True, refers_to="households")
    relation = column.text("与户主关系")
    ethnicity = column.text("民族")
    education = column.code("文化程度", EDUCATIONS, synonyms=EDUCATION_WORDS)
    work_ability = column.code(
        "劳动能力",
        ["普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力"],
        required=True,
        synonyms={
            "普通劳动力": "普通",
            "技能劳动力": "技能",
            "弱劳动力或半劳动力": "弱劳动力 半劳动力 弱半劳动力",
            "丧失劳动力": "丧失劳动能力",
            "无劳动力": "无劳动能力 没有劳动能力",
        },
    )
    groups = column.codes(
        "人群类别",
        [
            "高校毕业生", "鳏寡", "孤儿", "残疾人", "困境儿童", "留守儿童", "独居老人",
            "就业困难人员",
        ], synonyms={"高校毕业生": "大学毕业生", "残疾人": "残疾"})  # fmt: skip
    disability_grade = column.code(
        "残疾等级",
        ["一级", "二级", "三级", "四级"],
        synonyms={"一级": "1级 1", "二级": "2级 2", "三级": "3级 3", "四级": "4级 4"},
    )
    low_income = column.boolean("低保对象")
    lifted_out = column.boolean("脱贫人口", required=True)
    student = column.boolean("在校生", required=True)
    willing_to_work = column.boolean("就业意愿", required=True)
    job_wanted = column.text("求职意向")
    willing_to_train = column.boolean("培训意愿", required=True)
    training_wanted = column.text("培训需求")
    certificates = column.text("技能证书", note="如 叉车、焊工、电工")
    resident = column.boolean("常住片区", required=True)
    phone = column.text("联系电话", plain=True, personal=True)
