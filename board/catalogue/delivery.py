"""Metrics of departments' tasks, and of leaders' visits and meetings."""

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
MEETINGS: dict[str, Any] = {
    "ledgers": ("meetings",),
    "events": True,
    "scopes": ("plan",),
}

DECLARED = (
    Metric(
        key="task_completion",
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
        label=N_("任务销号率"),
        definition=N_("专班已销号的任务 ÷ 到期的任务；完成是部门报的，销号是专班认的。"),
        **DELIVERY,
    ),
    Metric(
        key="on_time_rate",
        label=N_("按期完成率"),
        definition=N_("在时限之内完成的任务 ÷ 到期的任务。"),
        **DELIVERY,
    ),
    Metric(
        key="overdue_tasks",
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
        definition=N_("已开始、没有完成也没有取消，到期末三十天以上没有更新的任务项数；周期任务各期都完成才算完成，哪一期更新都算更新。"),
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
        definition=N_("半年内管委领导到现场调研的次数。"),
        kind="count",
        span="period",
        periods=("half",),
        **MEETINGS,
    ),
    Metric(
        key="quarterly_meetings",
        label=N_("季度工作会议"),
        unit=units.TIMES,
        definition=N_("季度内召开的季度工作会议次数。"),
        kind="count",
        span="period",
        periods=("quarter",),
        **MEETINGS,
    ),
    Metric(
        key="issues_settled",
        label=N_("问题解决率"),
        definition=N_("已解决的问题 ÷ 会议和调研提出的问题，年初至今。"),
        span="year_to_date",
        amount=units.ISSUES,
        **MEETINGS,
    ),
)
