"""Metrics of training, job posts, workshops, subsidies and loans."""

from __future__ import annotations

from typing import Any

from board.catalogue import people
from board.i18n import N_
from board.metrics import NOBODY, Companion, Metric, units

FINDINGS = (N_("应发已发"), N_("应发未发"), N_("不应发已发"), N_("不应发未发"))
UNCLEAR = N_("情况不明")
CHECK: dict[str, Any] = {
    "unit": units.APPLICATIONS,
    "ledgers": ("subsidies",),
    "better": "lower",
    "kind": "count",
    "scopes": ("plan", "settlement"),
    "axes": ("finding",),
    "splits": "denominator",
    "companions": (
        Companion("paid", N_("已发金额"), units.YUAN),
        Companion("overpaid", N_("错发金额"), units.YUAN),
        Companion("unpaid", N_("欠发金额"), units.YUAN),
    ),
}
YEARLY: dict[str, Any] = {
    "span": "year_to_date",
    "scopes": ("plan",),
    "events": True,
}

DECLARED = (
    Metric(
        key="service_subsidy_check",
        label=N_("错发的就业创业服务补助"),
        definition=N_(
            "不符合条件而已发放的申请份数；合同月数（按日历整月）和养老保险月数够方案的规定为符合条件；合同已开始的申请都核对，分应发已发、应发未发、不应发已发、不应发未发；合同够长而没有填养老保险月数的为情况不明，其中已发的算进上限。"
        ),
        categories={"finding": (*FINDINGS, UNCLEAR)},
        people=people.SERVICE_APPLICANTS,
        parameters=("服务补助合同月数", "服务补助养老保险月数"),
        **CHECK,
    ),
    Metric(
        key="tracking_subsidy_check",
        label=N_("错发的跟踪服务补贴"),
        definition=N_(
            "发放使此人合计超过应得的申请份数，按发放先后累计；此人有一份合同月数（按日历整月）和社保月数够方案规定的，应得一次标准金额，否则不应得；合计不足标准的算应发未发。"
        ),
        categories={"finding": FINDINGS},
        people=people.TRACKING_APPLICANTS,
        parameters=("跟踪补贴合同月数", "跟踪补贴社保月数", "跟踪补贴标准"),
        **CHECK,
    ),
    Metric(
        key="workshop_jobs",
        label=N_("帮扶车间用工"),
        unit=units.PERSONS,
        definition=N_("当月在帮扶车间务工的搬迁劳动力人数。"),
        ledgers=("workshops",),
        kind="count",
        scopes=("plan", "settlement"),
        events=True,
        companions=(
            Companion("workshops", N_("车间数"), units.WORKSHOPS, "distinct", "subject"),
            Companion("workers", N_("用工总人数"), units.PERSONS),
        ),
        people=people.WORKSHOP_WORKERS,
    ),
    Metric(
        key="posts_opened",
        label=N_("发布岗位"),
        unit=units.POSTS,
        definition=N_("年初至今发布的岗位的招聘人数，按岗位类型和地点分。"),
        ledgers=("posts",),
        kind="count",
        axes=("kind", "place"),
        companions=(Companion("pushes", N_("推送次数"), units.TIMES),),
        **YEARLY,
    ),
    Metric(
        key="posts_filled",
        label=N_("岗位到岗率"),
        definition=N_(
            "按最新台账，年初至今发布的岗位，已招人数 ÷ 招聘人数；没有填已招人数的岗位算进上下限。"
        ),
        ledgers=("posts",),
        axes=("kind", "place"),
        amount=units.POSTS,
        **YEARLY,
    ),
    Metric(
        key="loans_granted",
        label=N_("创业贷款"),
        unit=units.LOANS,
        definition=N_("年初至今发放的创业担保贷款笔数，按创业形式分；另计金额、企业数和带动就业。"),
        ledgers=("loans",),
        kind="count",
        axes=("form",),
        companions=(
            Companion("amount", N_("贷款金额"), units.YUAN, column="loan"),
            Companion("enterprises", N_("企业数"), units.ENTERPRISES, "distinct", "enterprise"),
            Companion("jobs", N_("带动就业人数"), units.PERSONS),
        ),
        people=NOBODY,
        **YEARLY,
    ),
    Metric(
        key="loans_above_cap",
        label=N_("应予核查的贷款"),
        unit=units.LOANS,
        definition=N_(
            "年初至今发放的担保贷款里，超过方案贷款上限、应予核查的笔数；正好等于上限的不算。"
        ),
        ledgers=("loans",),
        better="lower",
        kind="count",
        companions=(Companion("above", N_("超出金额"), units.YUAN),),
        people=NOBODY,
        parameters=("贷款上限",),
        **YEARLY,
    ),
    Metric(
        key="training_rate",
        yearly=True,
        label=N_("技能培训率"),
        definition=N_(
            "年初至今培训过（按结束日期）的常住有劳动能力者人数 ÷ 愿意培训的常住有劳动能力者人数；一人一年只计一次。"
        ),
        ledgers=("training", "labour", "households"),
        amount=units.PERSONS,
        companions=(
            Companion(
                "certified", N_("取得证书人数"), units.PERSONS, "distinct", "certified_person"
            ),
            Companion("trainings", N_("培训人次"), units.TIMES),
        ),
        people=people.TRAINEES,
    ),
    Metric(
        key="public_post_priority",
        label=N_("公益岗优先安置率"),
        definition=N_(
            "公益性岗位上的人里，脱贫人口、监测对象户的人或就业困难人员 ÷ 全部；未监测的和没有填就业类别的算进上下限。"
        ),
        ledgers=("employment", "labour", "households", "risk"),
        amount=units.PERSONS,
        left_out="left_out/workers",
        people=people.WORKERS,
    ),
)
