"""What a household received and what befell it: short tables, each row with its place in a workbook."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from board.i18n import _
from board.metrics import YUAN
from board.numerals import counted, month, shown
from board.sections.household import frames
from board.sections.household.words import days, texts, words, yes
from board.sections.section import View
from board.sections.words import joined

Listing = Callable[[View], pl.DataFrame]


def who(view: View, found: pl.DataFrame) -> list[str]:
    """What the person of each row may be called."""
    known = frames.persons(view)
    return [known.get(one or "", {}).get("name", "") for one in found["person_id"]]


def assistance(view: View) -> pl.DataFrame:
    """Aid and allowances, the newest first."""
    found = frames.frame(view, "assistance")
    told = {
        _("月份"): [month(when) for when in found["month"]],
        _("类别"): words(found["kind"]),
        _("给谁"): who(view, found),
        _("金额（元）"): found["amount"],
    }
    return pl.DataFrame(told | frames.spots(found))


def assistance_finding(view: View) -> str:
    """救助补贴 12 笔，共 3,600元."""
    found = frames.frame(view, "assistance")
    if found.is_empty():
        return _("没有领过救助补贴")
    return _(
        "救助补贴 {n} 笔，共 {sum}", n=found.height, sum=counted(float(found["amount"].sum()), YUAN)
    )


def training(view: View) -> pl.DataFrame:
    """Courses, the newest first."""
    found = frames.frame(view, "training")
    told = {
        _("开始日期"): days(found["starts"]),
        _("姓名"): who(view, found),
        _("培训名称"): texts(found["name"]),
        _("类型"): words(found["kind"]),
        _("取得证书"): yes(found["certified"]),
        _("补贴（元）"): found["subsidy"],
    }
    return pl.DataFrame(told | frames.spots(found))


def training_finding(view: View) -> str:
    """参加培训 3 人次，取得证书 2 人次."""
    found = frames.frame(view, "training")
    if found.is_empty():
        return _("没有参加过培训")
    return _(
        "参加培训 {n} 人次，取得证书 {done} 人次", n=found.height, done=found["certified"].sum()
    )


def schooling(view: View) -> pl.DataFrame:
    """Terms at school, the newest first."""
    found = frames.frame(view, "schooling")
    told = {
        _("学期"): texts(found["term"]),
        _("姓名"): who(view, found),
        _("学段"): words(found["stage"]),
        _("学校"): texts(found["school"]),
        _("在读"): yes(found["enrolled"]),
        _("资助（元）"): found["aid"],
    }
    return pl.DataFrame(told | frames.spots(found))


def schooling_finding(view: View) -> str:
    """就学记录 6 条，1 条不在读."""
    found = frames.frame(view, "schooling")
    if found.is_empty():
        return _("没有就学记录")
    out = found.filter(~pl.col("enrolled")).height
    if not out:
        return _("就学记录 {n} 条，都在读", n=found.height)
    return _("就学记录 {n} 条，{out} 条不在读", n=found.height, out=out)


def risk(view: View) -> pl.DataFrame:
    """Times the household was found at risk, the newest first."""
    found = frames.frame(view, "risk")
    told = {
        _("识别日期"): days(found["found_on"]),
        _("对象类别"): words(found["category"]),
        _("风险类型"): words(found["risk"]),
        _("帮扶措施"): [
            joined([_(one) for one in measures or []]) for measures in found["measures"].to_list()
        ],
        _("措施落实"): days(found["helped_on"]),
        _("风险消除"): days(found["cleared_on"]),
    }
    return pl.DataFrame(told | frames.spots(found))


def risk_finding(view: View) -> str:
    """识别过 2 次返贫风险，1 次还没有消除."""
    found = frames.frame(view, "risk")
    if found.is_empty():
        return _("没有识别过返贫风险")
    still = found["cleared_on"].null_count()
    if still:
        return _("识别过 {n} 次返贫风险，{still} 次还没有消除", n=found.height, still=still)
    return _("识别过 {n} 次返贫风险，都已消除", n=found.height)


def repairs(view: View) -> pl.DataFrame:
    """Repairs of the household's unit: the ledger goes no deeper."""
    found = frames.frame(view, "repairs")
    told = {
        _("报修日期"): days(found["reported_on"]),
        _("类别"): words(found["kind"]),
        _("哪里"): [_("整栋") if all_ else _("本单元") for all_ in found["whole_building"]],
        _("责任单位"): words(found["owner"]),
        _("办结时限"): days(found["due"]),
        _("办结日期"): days(found["closed_on"]),
        _("费用（元）"): found["cost"],
    }
    return pl.DataFrame(told | frames.spots(found))


def repairs_finding(view: View) -> str:
    """本单元报修 6 次，1 次还没有办结."""
    found = frames.frame(view, "repairs")
    if found.is_empty():
        return _("本单元没有报修")
    still = found["closed_on"].null_count()
    if not still:
        return _("本单元报修 {n} 次，都已办结", n=found.height)
    return _("本单元报修 {n} 次，{still} 次还没有办结", n=found.height, still=still)


def posts(view: View) -> pl.DataFrame:
    """Open posts that fit, best first, with the reasons."""
    found = frames.posts(view)
    told = {
        _("岗位"): texts(found["title"]),
        _("用人单位"): texts(found["employer"]),
        _("给谁"): who(view, found),
        _("地点"): words(found["place"]),
        _("月薪（元）"): [
            "–".join(shown(v, YUAN) for v in pair if v is not None)
            for pair in found.select("wage_low", "wage_high").rows()
        ],
        _("分数"): found["score"],
        _("理由"): texts(found["reasons"]),
        _("岗位编号"): texts(found["post_id"]),
    }
    return pl.DataFrame(told)


def posts_finding(view: View) -> str:
    """适合这一户的空缺岗位 3 个."""
    found = frames.posts(view)
    if found.is_empty():
        return _("没有等岗位的人，或没有合适的空缺岗位")
    people = found["person_id"].n_unique()
    return _("{people} 人等岗位，合适的空缺 {n} 个", people=people, n=found["post_id"].n_unique())
