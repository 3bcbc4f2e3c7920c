"""Metrics of the registers, and of reporting in time."""

from __future__ import annotations

from board.catalogue import people
from board.i18n import N_
from board.metrics import NOBODY, Metric, units

# The ledgers that are due every month: those with rows of a month, and the registers.
WITH_ROWS = ("employment", "occupancy", "tasks")
REGISTERS = ("households", "labour")
MONTHLY = (*WITH_ROWS, *REGISTERS)

DECLARED = (
    Metric(
        key="entry_coverage",
        final=True,
        label=N_("入户排查率"),
        definition=N_(
            "目标期限当月在册的户里，当月底前首次入户的户数 ÷ 户数；没有填首次入户日期的算没有入户。"
        ),
        dated=True,
        ledgers=("households",),
        amount=units.HOUSEHOLDS,
        people=people.ENTERED,
    ),
    Metric(
        key="ledger_timeliness",
        final=True,
        row_key=("period",),
        label=N_("台账及时率"),
        definition=N_(
            "每月的台账在次月10日前收到的份数 ÷ 应报份数，年初至今，按台账和责任部门分；就业监测、资产盘活、任务看当月的行，户、劳动力两本登记册当月10日之后收到一批、或报了无变动就算。"
        ),
        ledgers=(*REGISTERS, *WITH_ROWS),
        axes=("ledger", "keeper"),
        categories={"ledger": MONTHLY},
        span="year_to_date",
        scopes=("plan",),
        amount=units.LEDGER_MONTHS,
        people=NOBODY,
    ),
    Metric(
        key="register_size",
        label=N_("在册人数"),
        unit=units.PERSONS,
        definition=N_("在册户的人数，按重点人群分；一个人可以属于几类人群。"),
        ledgers=("labour", "households"),
        better="neither",
        kind="count",
        axes=("group",),
        people=people.REGISTERED,
    ),
)
