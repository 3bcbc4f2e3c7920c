"""就业监测台账:每月谁在哪里做什么。"""

import polars as pl

from board.i18n import N_
from board.ledgers import columns as column
from board.ledgers.columns import Ledger, required_when, rule
from board.ledgers.labour import ABLE

INDUSTRIES = (
    "农、林、牧、渔业", "采矿业", "制造业", "电力、热力、燃气及水生产和供应业", "建筑业",
    "批发和零售业", "交通运输、仓储和邮政业", "住宿和餐饮业", "信息传输、软件和信息技术服务业",
    "金融业", "房地产业", "租赁和商务服务业", "科学研究和技术服务业",
    "水利、环境和公共设施管理业", "居民服务、修理和其他服务业", "教育", "卫生和社会工作",
    "文化、体育和娱乐业", "公共管理、社会保障和社会组织", "国际组织",
)  # fmt: skip
INDUSTRY_WORDS = {
    "农、林、牧、渔业": "农业 林业 畜牧业 渔业 种植业 养殖业 种植 养殖",
    "批发和零售业": "批发业 零售业 批发 零售",
    "住宿和餐饮业": "餐饮业 餐饮 住宿业 酒店",
    "交通运输、仓储和邮政业": "运输业 运输 物流 快递 仓储",
    "信息传输、软件和信息技术服务业": "软件 互联网",
    "居民服务、修理和其他服务业": "家政 家政服务 修理",
    "卫生和社会工作": "卫生 医疗",
}
"""What others call an industry → words that the checks explain, in templates too."""
PLACES = ("片区内", "市内", "区内市外", "广东", "区外其他", "境外")
FORMER_PLACES = {"钦州市内": "市内"}
"""What a place is called in workbooks and stores of earlier versions → what it is called now."""


class Employment(Ledger):
    """一行是一个劳动力在一个月的就业状态。"""

    sheet = "就业监测台账"
    name = "employment"
    cadence = "monthly"
    position = 30
    stated_by = "reported_on"

    month = column.month("监测月份", key=True)
    citizen_id = column.citizen_id(key=True, refers_to="labour")
    status = column.code(
        "就业状态",
        ["在业", "未就业", "暂离"],
        required=True,
        synonyms={
            "在业": "就业 已就业 在岗 在职 务工 外出务工 灵活就业",
            "未就业": "待业 失业 无业 没就业 没有就业",
            "暂离": "请假 休假",
        },
    )
    kind = column.code(
        "就业类别",
        ["单位就业", "帮扶车间", "公益性岗位", "自主创业", "灵活就业", "务农"],
        synonyms={
            "单位就业": "企业就业",
            "公益性岗位": "公益岗 公益岗位 公岗",
            "自主创业": "创业 自己创业",
            "灵活就业": "零工 打零工 散工",
            "务农": "种地 种田 在家务农",
        },
        proposed=True,
    )
    channel = column.code(
        "就业渠道",
        ["政府组织", "劳务公司", "帮扶车间招用", "亲友介绍", "自主求职"],
        synonyms={"亲友介绍": "亲戚介绍 朋友介绍 熟人介绍", "自主求职": "自己找 自行求职 自谋职业"},
        proposed=True,
    )
    place = column.code(
        "就业地点",
        PLACES,
        aliases=FORMER_PLACES,
        synonyms={"广东": "广东省", "市内": "本市", "境外": "国外"},
        proposed=True,
    )
    county = column.text("就业县市", codes_from="counties", proposed=True)
    industry = column.code("行业", INDUSTRIES, synonyms=INDUSTRY_WORDS, proposed=True)
    employer = column.text("就业单位", proposed=True)
    wage = column.money("月收入")
    contract_months = column.integer("合同月数", low=0, proposed=True)
    insured_months = column.integer("社保月数", low=0)
    returned = column.boolean("是否返乡", proposed=True)
    reporter = column.text("填报人", personal=True)
    reported_on = column.date("填报日期", required=True)

    @classmethod
    def expected(cls) -> pl.Expr:
        """Everybody who can work and is of working age is monitored."""
        return pl.col("work_ability").is_in(ABLE) & pl.col("of_working_age")

    kind_required = required_when("kind", "status", "在业")
    place_required = required_when("place", "status", "在业")
    industry_required = required_when("industry", "status", "在业")
    wage_required = required_when("wage", "status", "在业")

    @rule("kind", N_("未就业时不填"), "warning")
    def kind_of_work(cls):
        """Who has no work has no kind of it; in a prefilled template last month's may be left over."""
        return (cls.status.col != "未就业") | cls.kind.col.is_null()

    @rule("reported_on", N_("不早于监测月份的第一天"))
    def reported_in_time(cls):
        """Nobody reports on a month before it begins."""
        return cls.reported_on.col >= cls.month.col

    @rule("wage", N_("月收入一般在500元至50,000元之间"), "warning")
    def wage_plausible(cls):
        """A wage outside the usual range may be a typing error."""
        return cls.wage.col.is_between(500, 50_000)
