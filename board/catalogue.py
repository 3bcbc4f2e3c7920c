"""Every metric of the plan, declared once, and the plan's own measures."""

from __future__ import annotations

from typing import Any

import polars as pl

from board.i18n import N_
from board.metrics import (
    ASSETS,
    DEPARTMENTS,
    HOUSEHOLDS,
    ISSUES,
    LEDGER_MONTHS,
    PERCENT,
    PERSONS,
    PLACES,
    POINTS,
    ROUNDS,
    SQUARE_METRES,
    TASKS,
    TIMES,
    YUAN,
    Metric,
)
from board.store import Snapshot

WORKERS: dict[str, Any] = {
    "ledgers": ("employment", "labour", "households"),
    "left_out": "left_out/workers",
}
INCOME: dict[str, Any] = {
    "measures": ("G0",),
    "ledgers": ("income", "benchmark", "households", "labour"),
    "periods": ("quarter", "half", "year"),
    "query": "income_growth_gap",
    "left_out": "left_out/incomes",
}
OCCUPANCY: dict[str, Any] = {
    "measures": ("15",),
    "unit": PERCENT,
    "ledgers": ("occupancy", "assets"),
    "targets": {"2023-12": 0.50, "2024-12": 0.60, "2025-12": 0.80},
    "path": "straight",
    "scopes": ("settlement", "building"),
    "axes": ("kind",),
}
REGISTERED: dict[str, Any] = {
    "measures": ("3",),
    "unit": PERCENT,
    "ledgers": ("assets",),
    "scopes": ("settlement", "building"),
    "amount": ASSETS,
}
DELIVERY: dict[str, Any] = {
    "measures": ("R2",),
    "ledgers": ("tasks",),
    "scopes": ("settlement", "department"),
    "axes": ("department",),
    "nothing_due": True,
    "amount": TASKS,
}
MEETINGS: dict[str, Any] = {
    "measures": ("R1",),
    "ledgers": ("meetings",),
    "scopes": ("settlement",),
}

DECLARED = (
    Metric(
        key="employment_destination",
        label=N_("就业人数"),
        measures=("18",),
        unit=PERSONS,
        definition=N_(
            "就业的有劳动能力者人数（在业或暂离），按就业地点、户籍县、类别、渠道、行业、县市分；四个方面各自成立，不相加。"
        ),
        kind="count",
        axes=("place", "home_place", "kind", "channel", "industry", "county"),
        **WORKERS,
    ),
    Metric(
        key="employment_rate",
        label=N_("就业率"),
        measures=("18",),
        unit=PERCENT,
        definition=N_("就业的有劳动能力者 ÷ 已监测的有劳动能力者；未监测的算进上下限。"),
        amount=PERSONS,
        **WORKERS,
    ),
    Metric(
        key="median_wage",
        label=N_("月收入中位数"),
        measures=("18",),
        unit=YUAN,
        definition=N_("在业者当月收入的中位数。"),
        kind="median",
        amount=PERSONS,
        **WORKERS,
    ),
    Metric(
        key="nearby_share",
        label=N_("就近就业率"),
        measures=("6",),
        unit=PERCENT,
        definition=N_("在片区内或钦州市内就业的在业者 ÷ 填有就业地点的在业者。"),
        amount=PERSONS,
        **WORKERS,
    ),
    Metric(
        key="returned_workers",
        label=N_("返乡人员"),
        measures=("18",),
        unit=PERSONS,
        definition=N_("当月监测为返乡的有劳动能力者人数，按就业状态分。"),
        better="neither",
        kind="count",
        axes=("status",),
        **WORKERS,
    ),
    Metric(
        key="income_growth_gap",
        label=N_("增收差距"),
        unit=POINTS,
        definition=N_(
            "搬迁脱贫户人均可支配收入的年内累计增速 − 县域同口径增速；各季度人均收入相加得年内累计，与上年同期相比。"
        ),
        every=("year", 0.0),
        strict=True,
        kind="gap",
        axes=("component",),
        amount=YUAN,
        **INCOME,
    ),
    Metric(
        key="matched_income_growth",
        label=N_("同户增速"),
        unit=PERCENT,
        definition=N_("两年各季度都报了收入的脱贫户，人均可支配收入的年内累计增速。"),
        kind="growth",
        amount=YUAN,
        **INCOME,
    ),
    Metric(
        key="asset_occupancy",
        label=N_("资产盘活率"),
        definition=N_(
            "在用面积 ÷ 已报的可盘活资产面积；部分在用的按位数折算，没有面积的不计；未报的算进上下限。"
        ),
        amount=SQUARE_METRES,
        **OCCUPANCY,
    ),
    Metric(
        key="asset_occupancy_count",
        label=N_("资产盘活率（按位数）"),
        definition=N_("在用位数 ÷ 已报的可盘活资产位数；铺面一间算一位，停车场一个车位算一位。"),
        amount=PLACES,
        **OCCUPANCY,
    ),
    Metric(
        key="zero_employment_households",
        label=N_("零就业家庭"),
        measures=("18",),
        unit=HOUSEHOLDS,
        definition=N_(
            "有就业意愿的劳动力、全部已监测而无一人就业的在册户；有意愿者未监测的，情况不明，算进上限。"
        ),
        ledgers=("employment", "labour", "households"),
        better="lower",
        every=("month", 0.0),
        kind="count",
        left_out="left_out/households",
    ),
    Metric(
        key="task_completion",
        label=N_("任务完成率"),
        unit=PERCENT,
        definition=N_(
            "已完成的任务 ÷ 到期的任务；未到期、已取消的不计；几个部门牵头的任务，每个部门各计一次，合计只计一次。"
        ),
        every=("month", 1.0),
        **DELIVERY,
    ),
    Metric(
        key="accepted_rate",
        label=N_("任务销号率"),
        unit=PERCENT,
        definition=N_("专班已销号的任务 ÷ 到期的任务；完成是部门报的，销号是专班认的。"),
        **DELIVERY,
    ),
    Metric(
        key="on_time_rate",
        label=N_("按期完成率"),
        unit=PERCENT,
        definition=N_("在时限之内完成的任务 ÷ 到期的任务。"),
        **DELIVERY,
    ),
    Metric(
        key="overdue_tasks",
        label=N_("逾期任务"),
        unit=TASKS,
        definition=N_("到期而在期末没有完成的任务项数；到期当天逾期0天。"),
        better="lower",
        kind="count",
        **DELIVERY,
    ),
    Metric(
        key="stale_tasks",
        label=N_("久未更新的任务"),
        unit=TASKS,
        definition=N_("已开始、没有完成也没有取消，到期末三十天以上没有更新的任务项数。"),
        better="lower",
        kind="count",
        **DELIVERY,
    ),
    Metric(
        key="entry_coverage",
        label=N_("建档覆盖率"),
        measures=("1",),
        unit=PERCENT,
        definition=N_(
            "2023年4月在册的户里，4月30日前首次入户的户数 ÷ 户数；没有填首次入户日期的算没有入户。"
        ),
        ledgers=("households",),
        targets={"2023-04": 1.0},
        amount=HOUSEHOLDS,
    ),
    Metric(
        key="ledger_timeliness",
        label=N_("台账及时率"),
        measures=("1",),
        unit=PERCENT,
        definition=N_(
            "按月填报的台账（就业监测、资产盘活、任务）在次月10日前收到的份数 ÷ 应报份数，年初至今。"
        ),
        ledgers=("employment", "occupancy", "tasks"),
        every=("month", 1.0),
        span="year_to_date",
        scopes=("settlement",),
        amount=LEDGER_MONTHS,
    ),
    Metric(
        key="register_size",
        label=N_("在册人数"),
        measures=("1",),
        unit=PERSONS,
        definition=N_("在册户的人数，按重点人群分；一个人可以属于几类人群。"),
        ledgers=("labour", "households"),
        better="neither",
        kind="count",
        axes=("group",),
    ),
    Metric(
        key="final_accounts_rate",
        label=N_("决算完成率"),
        definition=N_("已决算的资产 ÷ 登记的全部资产。"),
        **REGISTERED,
    ),
    Metric(
        key="settlement_rate",
        label=N_("结算完成率"),
        definition=N_("2023年4月已登记的资产里，已结算或已决算的 ÷ 全部。"),
        targets={"2023-04": 1.0},
        **REGISTERED,
    ),
    Metric(
        key="registration_rate",
        label=N_("登记完成率"),
        definition=N_("已办不动产登记的资产 ÷ 应办登记的资产（不适用的不计）。"),
        **REGISTERED,
    ),
    Metric(
        key="monitoring_rounds",
        label=N_("就业监测轮次"),
        measures=("18",),
        unit=ROUNDS,
        definition=N_("年初至今，监测覆盖率（已监测 ÷ 有劳动能力者）不低于90%的月数。"),
        every=("year", 12.0),
        path="growing",
        kind="rounds",
        span="year_to_date",
        ledgers=("employment", "labour", "households"),
    ),
    Metric(
        key="leader_visits",
        label=N_("领导调研"),
        unit=TIMES,
        definition=N_("半年内管委领导到现场调研的次数。"),
        every=("half", 1.0),
        kind="count",
        span="period",
        periods=("half",),
        **MEETINGS,
    ),
    Metric(
        key="quarterly_meetings",
        label=N_("季度工作会议"),
        unit=TIMES,
        definition=N_("季度内召开的季度工作会议次数。"),
        every=("quarter", 1.0),
        kind="count",
        span="period",
        periods=("quarter",),
        **MEETINGS,
    ),
    Metric(
        key="issues_settled",
        label=N_("问题解决率"),
        unit=PERCENT,
        definition=N_("已解决的问题 ÷ 会议和调研提出的问题，年初至今。"),
        span="year_to_date",
        amount=ISSUES,
        **MEETINGS,
    ),
    Metric(
        key="departments_with_tasks",
        label=N_("有任务的部门"),
        measures=("R2",),
        unit=PERCENT,
        definition=N_("牵头任务已开始、未取消的部门 ÷ 方案里的牵头部门（12个）。"),
        ledgers=("tasks",),
        every=("month", 1.0),
        scopes=("settlement",),
        amount=DEPARTMENTS,
    ),
)

METRICS: dict[str, Metric] = {metric.key: metric for metric in DECLARED}
HEADLINE: tuple[str, ...] = (
    "employment_destination",
    "income_growth_gap",
    "asset_occupancy",
    "zero_employment_households",
    "task_completion",
)


def measures(snapshot: Snapshot) -> pl.DataFrame:
    """The plan's overall goal, 29 measures and 3 work requirements, in its order."""
    return snapshot.frame("measures")
