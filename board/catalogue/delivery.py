"""Metrics of departments' tasks, of leaders' visits, meetings and follow-ups, and of mechanisms."""

from __future__ import annotations

from typing import Any

from board.i18n import N_
from board.metrics import Companion, Metric, units

DELIVERY: dict[str, Any] = {
    "ledgers": ("tasks",),
    "scopes": ("plan", "department"),
    "axes": ("department",),
    "nothing_due": True,
    "amount": units.TASKS,
}
FOLLOW_UPS: dict[str, Any] = {
    "ledgers": ("follow_ups",),
    "scopes": ("plan", "department"),
    "axes": ("department",),
    "nothing_due": True,
    "amount": units.ITEMS,
    "companions": (Companion("accepted", N_("销号"), units.ITEMS),),
}
MEETINGS: dict[str, Any] = {
    "events": True,
    "scopes": ("plan",),
}

DECLARED = (
    Metric(
        key="task_completion",
        row_key=("occurrence",),
        label=N_("任务完成率"),
        definition=N_(
            "已完成的任务 ÷ 到期的任务；未到期、已取消的不计；周期任务填了期次的，一期算一项；几个部门牵头的任务，每个部门各计一次，合计只计一次；另计销号的和当日到期的。"
        ),
        companions=(
            Companion("accepted", N_("销号"), units.TASKS),
            Companion("due_today", N_("当日到期"), units.TASKS),
        ),
        **DELIVERY,
    ),
    Metric(
        key="accepted_rate",
        row_key=("occurrence",),
        label=N_("任务销号率"),
        definition=N_("专班已销号的任务 ÷ 到期的任务；完成是部门报的，销号是专班认的。"),
        **DELIVERY,
    ),
    Metric(
        key="on_time_rate",
        final=True,
        row_key=("occurrence",),
        label=N_("按期完成率"),
        definition=N_("在时限之内完成的任务 ÷ 到期的任务。"),
        **DELIVERY,
    ),
    Metric(
        key="overdue_tasks",
        row_key=("occurrence",),
        label=N_("逾期任务"),
        unit=units.TASKS,
        definition=N_("过了时限而在期末没有完成的任务项数；期末当天到期的是当日到期，不算逾期。"),
        better="lower",
        kind="count",
        **DELIVERY,
    ),
    Metric(
        key="stale_tasks",
        label=N_("久未更新的任务"),
        unit=units.TASKS,
        definition=N_(
            "已开始、没有完成也没有取消，到期末三十天以上没有更新的任务项数；周期任务各期都完成才算完成，哪一期更新都算更新。"
        ),
        better="lower",
        kind="count",
        **DELIVERY,
    ),
    Metric(
        key="departments_with_tasks",
        label=N_("有任务的部门"),
        definition=N_("牵头任务已开始、未取消的部门 ÷ 方案里牵头各项举措的部门。"),
        ledgers=("tasks",),
        scopes=("plan",),
        amount=units.DEPARTMENTS,
    ),
    Metric(
        key="leader_visits",
        label=N_("领导调研"),
        unit=units.TIMES,
        definition=N_(
            "半年内管委领导到安置点调研的次数；层级为管委领导、地点为安置点、主持是包点台账里当天在任的领导，三样都符合的才算；哪一样没有填，只算进上限。"
        ),
        ledgers=("meetings", "leaders"),
        kind="count",
        span="period",
        periods=("half",),
        **MEETINGS,
    ),
    Metric(
        key="quarterly_meetings",
        label=N_("季度工作会议"),
        unit=units.TIMES,
        definition=N_(
            "季度内在安置点召开的季度工作会议次数；方案点名的单位都参加的才算；地点或参加单位没有填的，只算进上限。"
        ),
        ledgers=("meetings",),
        kind="count",
        span="period",
        periods=("quarter",),
        **MEETINGS,
    ),
    Metric(
        key="leaders_assigned",
        label=N_("领导包点"),
        definition=N_("管委领导、处级领导两级里，月底正好有一位在包点的级数 ÷ 2。"),
        ledgers=("leaders",),
        scopes=("plan",),
        amount=units.LEVELS,
    ),
    Metric(
        key="issues_settled",
        label=N_("问题解决率"),
        definition=N_("按最新台账，已解决的问题 ÷ 会议和调研提出的问题，年初至今。"),
        ledgers=("meetings",),
        span="year_to_date",
        amount=units.ISSUES,
        **MEETINGS,
    ),
    Metric(
        key="decisions_done",
        label=N_("议定事项办结率"),
        definition=N_(
            "已办结的议定事项 ÷ 方案起始以来到期的议定事项；已取消的从取消起不计；几个部门牵头的，每个部门各计一次，合计只计一次；另计销号的。"
        ),
        **FOLLOW_UPS,
    ),
    Metric(
        key="problems_closed",
        label=N_("问题整改率"),
        definition=N_(
            "已办结的问题整改事项 ÷ 方案起始以来到期的问题整改事项；已取消的从取消起不计；几个部门牵头的，每个部门各计一次，合计只计一次；另计销号的。"
        ),
        **FOLLOW_UPS,
    ),
    Metric(
        key="mechanisms_running",
        label=N_("机制运行率"),
        definition=N_(
            "月底运行中的机制 ÷ 方案要求建立、已报情况的机制；一行也没有的机制是未报，下界把它算作没有运行。"
        ),
        ledgers=("mechanisms",),
        scopes=("plan",),
        amount=units.MECHANISMS,
    ),
)
