"""Metrics of households at risk, school enrolment and allowances."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import Companion, Metric, units

RISK: dict[str, Any] = {
    "ledgers": ("risk", "households"),
    "axes": ("category", "risk"),
}
PAID: dict[str, Any] = {
    "people": people.ASSISTED,
    "unit": units.YUAN,
    "ledgers": ("assistance", "households"),
    "better": "neither",
    "kind": "count",
    "span": "year_to_date",
    "events": True,
    "companions": (
        Companion("households", N_("惠及户数"), units.HOUSEHOLDS, "distinct", "household"),
    ),
}

DECLARED = (
    Metric(
        key="risk_households",
        label=N_("监测对象"),
        unit=units.HOUSEHOLDS,
        definition=N_("已识别、风险没有消除的在册户数，按对象类别和风险类型分。"),
        better="neither",
        kind="count",
        companions=(Companion("days_open", N_("已监测天数中位"), units.DAYS, "median"),),
        people=people.AT_RISK,
        **RISK,
    ),
    Metric(
        key="risk_helped",
        label=N_("帮扶措施落实率"),
        definition=N_("已落实帮扶措施的监测对象 ÷ 风险没有消除的监测对象。"),
        amount=units.HOUSEHOLDS,
        companions=(Companion("days_to_help", N_("识别到落实天数中位"), units.DAYS, "median"),),
        people=people.AT_RISK,
        **RISK,
    ),
    Metric(
        key="risk_referred",
        label=N_("线索移交率"),
        definition=N_(
            "线索已移交原籍县的监测对象 ÷ 风险没有消除的监测对象；没有填移交与否的算进上下限。"
        ),
        whole_only=True,
        amount=units.HOUSEHOLDS,
        people=people.AT_RISK,
        **RISK,
    ),
    Metric(
        key="risk_cleared",
        yearly=True,
        label=N_("消除风险的户"),
        unit=units.HOUSEHOLDS,
        definition=N_("年初至今消除返贫风险的在册户次。"),
        kind="count",
        companions=(Companion("days_to_clear", N_("识别到消除天数中位"), units.DAYS, "median"),),
        people=people.CLEARED,
        stock="risk_households",
        **RISK,
    ),
    Metric(
        key="enrolment_rate",
        label=N_("适龄儿童在读率"),
        definition=N_(
            "6—15岁的在册儿童里，本学期在读的 ÷ 已报的；春季学期算2月到7月，秋季学期算8月到次年1月；未报的算进上下限。"
        ),
        ledgers=("schooling", "labour", "households"),
        amount=units.PERSONS,
        companions=(Companion("aid", N_("本学期资助金额"), units.YUAN),),
        people=people.PUPILS,
    ),
    Metric(
        key="nearby_public_rate",
        label=N_("就近公办入学率"),
        definition=N_(
            "6—15岁的在册儿童里，本学期在读小学、初中的，就近读公办学校的 ÷ 全部；没有填学校性质或就近的算进上下限，其中一项已说不是的不算。"
        ),
        ledgers=("schooling", "labour", "households"),
        amount=units.PERSONS,
        people=people.PUPILS,
    ),
    Metric(
        key="assistance_paid",
        label=N_("救助补贴"),
        definition=N_("年初至今发给在册户的救助和补贴金额，按类别分；另计惠及的户数。"),
        axes=("kind",),
        **PAID,
    ),
    Metric(
        key="agricultural_awards",
        label=N_("产业奖补"),
        definition=N_("年初至今发给在册户的产业奖补金额；另计惠及的户数。"),
        **PAID,
    ),
    Metric(
        key="disability_allowance",
        row_key=("kind",),
        label=N_("残疾人补贴发放率"),
        definition=N_(
            "当月应发而已发的补贴 ÷ 应发的补贴：在册残疾人是低保对象的应发困难残疾人生活补贴，残疾等级一级、二级的应发重度残疾人护理补贴；没有填的和台账当月未报的算进上下限。"
        ),
        ledgers=("assistance", "labour", "households"),
        amount=units.ALLOWANCES,
        companions=(
            Companion("living", N_("应领已领生活补贴人数"), units.PERSONS, "distinct"),
            Companion("nursing", N_("应领已领护理补贴人数"), units.PERSONS, "distinct"),
        ),
        people=people.REGISTERED,
    ),
)
