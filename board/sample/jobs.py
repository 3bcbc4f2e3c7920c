"""Invented jobs: places, kinds, industries, employers and wages."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import NamedTuple

from board.sample import story
from board.sample.names import CITIES, pick

NEAR = (("片区内", 71), ("市内", 18), ("区内市外", 11))
FAR = (("广东", 62), ("区外其他", 18), ("区内市外", 19), ("境外", 1))
KINDS = {
    "片区内": (
        ("单位就业", 66),
        ("帮扶车间", 8),
        ("公益性岗位", 10),
        ("自主创业", 4),
        ("灵活就业", 10),
    ),
    "市内": (
        ("单位就业", 60),
        ("公益性岗位", 3),
        ("自主创业", 5),
        ("灵活就业", 28),
        ("务农", 4),
    ),
    "区内市外": (("单位就业", 60), ("自主创业", 4), ("灵活就业", 22), ("务农", 14)),
    "广东": (("单位就业", 86), ("自主创业", 2), ("灵活就业", 12)),
    "区外其他": (("单位就业", 84), ("自主创业", 2), ("灵活就业", 14)),
    "境外": (("单位就业", 100),),
}
CHANNELS = {
    "单位就业": (("自主求职", 34), ("亲友介绍", 33), ("政府组织", 20), ("劳务公司", 13)),
    "帮扶车间": (("帮扶车间招用", 100),),
    "公益性岗位": (("政府组织", 100),),
    "自主创业": (("自主求职", 100),),
    "灵活就业": (("亲友介绍", 55), ("自主求职", 45)),
    "务农": (("自主求职", 100),),
}
INDUSTRIES = {
    "片区内": (("制造业", 46), ("交通运输、仓储和邮政业", 24), ("建筑业", 9), ("批发和零售业", 8),
             ("住宿和餐饮业", 7), ("居民服务、修理和其他服务业", 6)),
    "市内": (("建筑业", 24), ("住宿和餐饮业", 22), ("批发和零售业", 22), ("制造业", 20),
             ("居民服务、修理和其他服务业", 8), ("卫生和社会工作", 2), ("教育", 2)),
    "区内市外": (("建筑业", 30), ("制造业", 28), ("住宿和餐饮业", 20), ("批发和零售业", 14),
             ("居民服务、修理和其他服务业", 8)),
    "广东": (("制造业", 64), ("建筑业", 12), ("住宿和餐饮业", 10), ("批发和零售业", 6),
           ("交通运输、仓储和邮政业", 5), ("租赁和商务服务业", 3)),
    "区外其他": (("制造业", 66), ("建筑业", 16), ("住宿和餐饮业", 10), ("居民服务、修理和其他服务业", 8)),
    "境外": (("建筑业", 100),),
}  # fmt: skip
EMPLOYERS = {
    "制造业": (
        "港区临海粮油加工厂",
        story.CLOSING_EMPLOYER,
        "港区北湾木业加工厂",
        "港区新汇包装材料厂",
        "港区丰源饲料厂",
    ),
    "交通运输、仓储和邮政业": ("港区顺达装卸队", "港区海通仓储部", "港区联运车队"),
    "建筑业": ("港区第二施工队", "港区安居建筑队"),
    "批发和零售业": ("幸福小镇便民超市", "港区百汇商行"),
    "住宿和餐饮业": ("幸福小镇小吃街", "港区海鲜酒楼"),
    "居民服务、修理和其他服务业": ("幸福小镇家政服务站", "港区物业服务部"),
}
PAY = {
    "片区内": 3250,
    "市内": 3000,
    "区内市外": 3150,
    "广东": 4350,
    "区外其他": 4250,
    "境外": 7200,
}
PAY_OF_KIND = {
    "帮扶车间": 0.74,
    "公益性岗位": 0.46,
    "自主创业": 1.15,
    "灵活就业": 0.82,
    "务农": 0.55,
}
TRADE_OF_KIND = {
    "帮扶车间": "制造业",
    "公益性岗位": "水利、环境和公共设施管理业",
    "务农": "农、林、牧、渔业",
}


class Job(NamedTuple):
    """A job: `since` is its first month, `pay` the monthly wage in yuan at that time.

    `insured_since` is the month since which social insurance has been paid without a break.
    """

    place: str
    county: str | None
    kind: str
    channel: str
    industry: str
    employer: str | None
    contract_months: int | None
    insured: bool
    pay: float
    since: date
    insured_since: date


def job(rng: Random, resident: bool, male: bool, skilled: bool, weak: bool, month: date) -> Job:
    """A random job taken in `month`; `resident` says whether the person lives in the settlement."""
    place = pick(rng, NEAR if resident else FAR)
    if place == "片区内" and weak and rng.random() < 0.5:
        kind = "公益性岗位"
    else:
        kind = pick(rng, KINDS[place])
    industry = TRADE_OF_KIND.get(kind) or pick(rng, INDUSTRIES[place])
    contract = (
        12
        if kind == "公益性岗位"
        else rng.choice((12, 24, 36))
        if kind in ("单位就业", "帮扶车间")
        else 0
    )
    pay = PAY[place] * PAY_OF_KIND.get(kind, 1.0) * rng.lognormvariate(0, 0.14)
    pay *= (1.06 if male else 0.95) * (1.12 if skilled else 1.0) * (0.85 if weak else 1.0)
    years = story.months_between(story.FIRST, month) / 12
    return Job(
        place=place,
        county=pick(rng, CITIES[place]) or None,
        kind=kind,
        channel=pick(rng, CHANNELS[kind]),
        industry=industry,
        employer=_employer(rng, place, kind, industry, month),
        contract_months=contract or None,
        insured=contract > 0 and kind != "公益性岗位" and rng.random() < 0.72,
        pay=pay * (1.055**years),
        since=month,
        insured_since=month,
    )


def _employer(rng: Random, place: str, kind: str, industry: str, month: date) -> str | None:
    if kind == "帮扶车间":
        return "幸福小镇帮扶车间"
    if kind == "公益性岗位":
        return "幸福小镇社区居委会"
    if place != "片区内" or kind != "单位就业":
        return None
    employers = [
        employer for employer in EMPLOYERS[industry]
        if employer != story.CLOSING_EMPLOYER or month < story.CLOSED_FROM
    ]  # fmt: skip
    return rng.choice(employers)
