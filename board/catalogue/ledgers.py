"""Metrics of the registers, and of reporting in time."""

from __future__ import annotations

from board.catalogue import people
from board.i18n import N_
from board.metrics import NOBODY, Metric, units

DECLARED = (
    Metric(
        key="entry_coverage",
        label=N_("建档覆盖率"),
        measures=("1",),
        definition=N_(
            "2023年4月在册的户里，4月30日前首次入户的户数 ÷ 户数；没有填首次入户日期的算没有入户。"
        ),
        ledgers=("households",),
        targets={"2023-04": 1.0},
        amount=units.HOUSEHOLDS,
        people=people.ENTERED,
    ),
    Metric(
        key="ledger_timeliness",
        label=N_("台账及时率"),
        measures=("1",),
        definition=N_(
            "按月填报的台账（就业监测、资产盘活、任务）在次月10日前收到的份数 ÷ 应报份数，年初至今。"
        ),
        ledgers=("employment", "occupancy", "tasks"),
        every=("month", 1.0),
        span="year_to_date",
        scopes=("settlement",),
        amount=units.LEDGER_MONTHS,
        people=NOBODY,
    ),
    Metric(
        key="register_size",
        label=N_("在册人数"),
        measures=("1",),
        unit=units.PERSONS,
        definition=N_("在册户的人数，按重点人群分；一个人可以属于几类人群。"),
        ledgers=("labour", "households"),
        better="neither",
        kind="count",
        axes=("group",),
        people=people.REGISTERED,
    ),
)
