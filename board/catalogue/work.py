"""Metrics of employment, wages and zero-employment households."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import Metric, units

WORKERS: dict[str, Any] = {
    "ledgers": ("employment", "labour", "households"),
    "left_out": "left_out/workers",
    "people": people.WORKERS,
}

ZERO: dict[str, Any] = {
    "unit": units.HOUSEHOLDS,
    "ledgers": ("employment", "labour", "households"),
    "better": "lower",
    "kind": "count",
    "left_out": "left_out/households",
    "people": people.ZERO_EMPLOYMENT,
}
OVERDUE = Metric(
    key="zero_employment_overdue",
    label=N_("超期零就业家庭"),
    definition=N_(
        "本月末和方案的清零时限以前各月末都是零就业的在册户；其中有月份情况不明、其余是零就业的，算进上限。"
    ),
    **ZERO,
)

DECLARED = (
    Metric(
        key="employment_destination",
        label=N_("就业人数"),
        unit=units.PERSONS,
        definition=N_(
            "就业的有劳动能力者人数（在业或暂离），按就业地点、户籍县、类别、渠道、行业、县市分；四个方面各自成立，不相加。"
        ),
        kind="count",
        axes=("place", "home_place", "kind", "channel", "industry", "county"),
        linked_axes=(("place", "home_place", "county"), ("kind", "channel", "industry")),
        asked_axes=("away",),
        **WORKERS,
    ),
    Metric(
        key="employment_rate",
        label=N_("就业率"),
        definition=N_("就业的有劳动能力者 ÷ 已监测的有劳动能力者；未监测的算进上下限。"),
        amount=units.PERSONS,
        **WORKERS,
    ),
    Metric(
        key="willing_employment_rate",
        label=N_("有意愿者就业率"),
        definition=N_("有就业意愿的有劳动能力者里，就业的 ÷ 已监测的；未监测的算进上下限。"),
        whole_only=True,
        amount=units.PERSONS,
        **WORKERS,
    ),
    Metric(
        key="stable_jobs",
        label=N_("稳定就业率"),
        definition=N_(
            "在单位就业的人里，合同不少于6个月的 ÷ 全部；未监测的、没有填就业类别或合同月数的算进上下限。"
        ),
        whole_only=True,
        amount=units.PERSONS,
        **WORKERS,
    ),
    Metric(
        key="median_wage",
        label=N_("月收入中位数"),
        unit=units.YUAN,
        definition=N_("在业者当月收入的中位数。"),
        kind="median",
        amount=units.PERSONS,
        **WORKERS,
    ),
    Metric(
        key="nearby_share",
        label=N_("就近就业率"),
        definition=N_("在所在市内就业的在业者 ÷ 填有就业地点的在业者。"),
        amount=units.PERSONS,
        **WORKERS,
    ),
    Metric(
        key="returned_workers",
        label=N_("返乡人员"),
        unit=units.PERSONS,
        definition=N_("当月监测为返乡的有劳动能力者人数，按就业状态分。"),
        better="neither",
        kind="count",
        axes=("status",),
        **WORKERS,
    ),
    Metric(
        key="zero_employment_households",
        label=N_("零就业家庭"),
        definition=N_(
            "有就业意愿的劳动力、全部已监测而无一人就业的在册户；有意愿者未监测的，情况不明，算进上限。"
        ),
        beside={"overdue": OVERDUE},
        **ZERO,
    ),
    OVERDUE,
    Metric(
        key="monitoring_rounds",
        final=True,
        label=N_("就业监测轮次"),
        unit=units.ROUNDS,
        definition=N_(
            "年初至今，监测覆盖率（已监测 ÷ 有劳动能力者）不低于方案的覆盖率下限的月数。"
        ),
        kind="rounds",
        span="year_to_date",
        ledgers=("employment", "labour", "households"),
        people=people.WORKERS,
        hidden_with="employment_destination",
    ),
)
