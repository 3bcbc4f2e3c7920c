"""Metrics of projects, and of the distribution of their returns."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import Companion, Metric, units

PROJECT: dict[str, Any] = {"ledgers": ("projects",), "scopes": ("plan",)}
LISTED: dict[str, Any] = {
    **PROJECT,
    "unit": units.PROJECTS,
    "better": "neither",
    "kind": "count",
    "axes": ("state",),
}
INVESTMENT = Companion("investment", N_("总投资"), units.YUAN)
RETURNS: dict[str, Any] = {
    "ledgers": ("returns",),
    "kind": "count",
    "span": "year_to_date",
    "scopes": ("plan",),
    "events": True,
}
INDUSTRIAL: dict[str, Any] = {
    "ledgers": ("occupancy", "assets"),
    "scopes": ("plan", "settlement", "building"),
    "companions": (
        Companion("rent", N_("月租金"), units.YUAN),
        Companion("jobs", N_("带动就业人数"), units.PERSONS),
        Companion("relocated_jobs", N_("带动搬迁群众就业人数"), units.PERSONS),
    ),
}
REACHED = Companion("households", N_("受益户次"), units.HOUSEHOLDS)

DECLARED = (
    Metric(
        key="projects_complete",
        label=N_("项目要素齐全率"),
        definition=N_(
            "按最新台账，要素齐全的项目 ÷ 项目台账里的全部项目；新续建、列入滚动计划年度、带动户数都要填，已开工、已完工的还要有日期。"
        ),
        axes=("kind",),
        amount=units.PROJECTS,
        **PROJECT,
    ),
    Metric(
        key="rolling_projects",
        label=N_("滚动项目"),
        unit=units.PROJECTS,
        definition=N_("列入三年滚动计划的项目个数，按年度分；一个项目可以列入几个年度。"),
        better="neither",
        kind="count",
        axes=("rolling_years", "kind", "state"),
        companions=(INVESTMENT,),
        **PROJECT,
    ),
    Metric(
        key="projects_on_time",
        final=True,
        yearly=True,
        label=N_("项目当年完工率"),
        definition=N_(
            "财政衔接资金项目里，计划开工（实际开工更早的看实际）在当年、不晚于期末的，当年已完工的 ÷ 全部；没有开工的也算在内。"
        ),
        axes=("kind",),
        amount=units.PROJECTS,
        **PROJECT,
    ),
    Metric(
        key="projects_advanced",
        yearly=True,
        label=N_("推进的产业项目"),
        unit=units.PROJECTS,
        definition=N_(
            "招商和产业项目里，在建、完工或运营而当年有施工的个数：已开工，且没有完工或当年完工。"
        ),
        kind="count",
        axes=("kind", "state"),
        companions=(INVESTMENT,),
        **PROJECT,
    ),
    Metric(
        key="beneficiary_households",
        yearly=True,
        label=N_("受益户比例"),
        definition=N_(
            "年初至今分到收益的户 ÷ 期末在册户；一户一年算一次，看分配那个月在不在册、住在哪里；另计分到的金额。"
        ),
        ledgers=("beneficiaries", "returns", "households"),
        amount=units.HOUSEHOLDS,
        companions=(Companion("amount", N_("分到金额"), units.YUAN, column="received"),),
        people=people.BENEFICIARIES,
    ),
    Metric(
        key="benefit_households",
        label=N_("受益户次"),
        unit=units.HOUSEHOLDS,
        definition=N_(
            "年初至今各次收益分配的受益户数之和，按用途和来源分；一户得几次算几次，没有填户数的不计。"
        ),
        axes=("use", "source_kind"),
        companions=(Companion("amount", N_("分配金额"), units.YUAN, column="paid"),),
        people=people.BENEFITING,
        **RETURNS,
    ),
    Metric(
        key="returns_by_use",
        label=N_("收益分配"),
        unit=units.YUAN,
        definition=N_("年初至今分配的项目、资产和实体公司收益，按用途和来源分。"),
        axes=("use", "source_kind"),
        companions=(REACHED,),
        **RETURNS,
    ),
    Metric(
        key="company_returns",
        label=N_("实体公司收益"),
        unit=units.YUAN,
        definition=N_("年初至今实体公司分配的收益，按用途分。"),
        axes=("use",),
        companions=(REACHED,),
        **RETURNS,
    ),
    Metric(
        key="demonstration_sites",
        label=N_("示范点"),
        unit=units.TIMES,
        definition=N_("至今示范创建活动里，市级、自治区级或国家级的次数。"),
        ledgers=("activities",),
        kind="count",
        span="to_date",
        scopes=("plan", "settlement"),
        axes=("level",),
        categories={"level": ("市级", "自治区级", "国家级")},
        events=True,
    ),
    Metric(
        key="industrial_occupancy",
        label=N_("产业资产使用率"),
        definition=N_(
            "方案口径里的产业资产，当月在用的 ÷ 已报的可盘活资产，一项算一次；按类别分，按盘活方式分的都除以全部已报的；未报的算进上下限。"
        ),
        amount=units.ASSETS,
        axes=("kind", "mode"),
        shares=("mode",),
        **INDUSTRIAL,
    ),
    Metric(
        key="industrial_assets_used",
        label=N_("在用的产业资产"),
        unit=units.ASSETS,
        definition=N_(
            "产业资产、标准厂房和帮扶车间里，当月在用的项数，按盘活方式分；未报的算进上限。"
        ),
        kind="count",
        axes=("mode",),
        **INDUSTRIAL,
    ),
    Metric(
        key="industrial_returns",
        label=N_("产业资产收益"),
        unit=units.YUAN,
        definition=N_("年初至今产业资产、标准厂房和帮扶车间分配的收益，按用途分。"),
        axes=("use",),
        companions=(REACHED,),
        **RETURNS | {"ledgers": ("returns", "assets")},
    ),
    Metric(
        key="facility_projects",
        label=N_("配套设施项目"),
        definition=N_(
            "配套设施项目的个数，按建设状态分；状态按最新台账，并按开工、完工日期回到那时。"
        ),
        companions=(INVESTMENT,),
        **LISTED,
    ),
    Metric(
        key="urbanisation_projects",
        label=N_("新型城镇化项目"),
        definition=N_(
            "新型城镇化项目的个数，按建设状态分；状态按最新台账，并按开工、完工日期回到那时。"
        ),
        companions=(INVESTMENT,),
        **LISTED,
    ),
    Metric(
        key="work_relief",
        label=N_("以工代赈项目"),
        definition=N_(
            "期末已开工的以工代赈项目个数，按建设状态分；另计吸纳的搬迁劳动力和发放的劳务报酬（按最新台账）。"
        ),
        companions=(
            Companion("relocated_workers", N_("吸纳搬迁劳动力"), units.PERSONS),
            Companion("wages_paid", N_("劳务报酬"), units.YUAN),
            INVESTMENT,
        ),
        **LISTED,
    ),
)
