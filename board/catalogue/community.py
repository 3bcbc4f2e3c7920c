"""Metrics of the community: repairs, safety, activities."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import Companion, Metric, units

ACTIVITIES: dict[str, Any] = {
    "unit": units.TIMES,
    "ledgers": ("activities",),
    "kind": "count",
    "span": "year_to_date",
    "scopes": ("plan", "settlement"),
    "events": True,
    "companions": (Companion("people", N_("参与人次"), units.TIMES),),
}
MEETINGS: dict[str, Any] = {
    "unit": units.TIMES,
    "ledgers": ("meetings",),
    "better": "neither",
    "kind": "count",
    "span": "year_to_date",
    "scopes": ("plan",),
    "events": True,
}
REPAIRS: dict[str, Any] = {
    "ledgers": ("repairs",),
    "axes": ("kind", "owner"),
}

VISITS: dict[str, Any] = {"ledgers": ("visits", "households")}

DECLARED = (
    Metric(
        key="households_visited",
        label=N_("走访覆盖率"),
        definition=N_("期末在册的户里，这一期内走访过的 ÷ 全部，一户一期只计一次。"),
        periods=("quarter", "half", "year"),
        whole_only=True,
        amount=units.HOUSEHOLDS,
        by_length=True,
        people=people.VISITED,
        **VISITS,
    ),
    Metric(
        key="promises_kept",
        label=N_("答应事项兑现率"),
        definition=N_(
            "走访时答应在册户的事里，已兑现的 ÷ 到期的，从方案起始月份算到期末；晚兑现的也算。"
        ),
        whole_only=True,
        amount=units.PROMISES,
        people=people.PROMISED,
        **VISITS,
    ),
    Metric(
        key="job_fairs",
        label=N_("招聘会"),
        definition=N_("年初至今的招聘会场次；另计参与人次。"),
        **ACTIVITIES,
    ),
    Metric(
        key="training_sessions",
        label=N_("干部培训"),
        definition=N_("年初至今的干部培训次数；另计参与人次。"),
        **ACTIVITIES,
    ),
    Metric(
        key="repairs_closed",
        yearly=True,
        label=N_("维修办结率"),
        definition=N_("年初至今报修的工单里，已办结的 ÷ 全部，按类别和责任单位分。"),
        amount=units.TICKETS,
        companions=(Companion("cost", N_("维修费用"), units.YUAN),),
        **REPAIRS,
    ),
    Metric(
        key="repair_days",
        yearly=True,
        label=N_("维修用时"),
        unit=units.DAYS,
        definition=N_("年初至今报修并已办结的工单，从报修到办结的天数的中位数。"),
        better="lower",
        kind="median",
        amount=units.TICKETS,
        **REPAIRS,
    ),
    Metric(
        key="overdue_repairs",
        label=N_("逾期维修"),
        unit=units.TICKETS,
        definition=N_(
            "过了办结时限而在期末没有办结的工单数，不论哪年报修；期末当天到期的是当日到期，不算逾期。"
        ),
        better="lower",
        kind="count",
        companions=(Companion("days_late", N_("最长逾期天数"), units.DAYS, "max"),),
        **REPAIRS,
    ),
    Metric(
        key="fire_drills",
        label=N_("消防宣传和演练"),
        definition=N_("季度内的消防宣传和消防演练次数。"),
        periods=("quarter",),
        axes=("kind",),
        categories={"kind": ("消防宣传", "消防演练")},
        **ACTIVITIES | {"span": "period"},
    ),
    Metric(
        key="disputes_settled",
        label=N_("矛盾调解"),
        definition=N_("年初至今的矛盾调解次数。"),
        **ACTIVITIES | {"better": "neither"},
    ),
    Metric(
        key="unity_events",
        label=N_("民族团结活动"),
        definition=N_("年初至今的民族团结活动次数；另计参与人次。"),
        **ACTIVITIES,
    ),
    Metric(
        key="care_events",
        label=N_("关爱活动"),
        definition=N_("年初至今的志愿服务、文化活动和心理服务次数；另计参与人次。"),
        axes=("kind",),
        categories={"kind": ("志愿服务", "文化活动", "心理服务")},
        **ACTIVITIES,
    ),
    Metric(
        key="inspections",
        label=N_("督导检查"),
        definition=N_("年初至今的督导检查次数；另计提出和已解决的问题。"),
        companions=(
            Companion("issues_raised", N_("提出问题"), units.ISSUES),
            Companion("issues_settled", N_("已解决问题"), units.ISSUES),
        ),
        **MEETINGS,
    ),
    Metric(
        key="criticisms",
        label=N_("通报批评"),
        definition=N_("年初至今的通报批评次数。"),
        **MEETINGS,
    ),
)
