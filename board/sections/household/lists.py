"""The tables of what a household received, of its risks and repairs, and of posts that fit it."""

from __future__ import annotations

import polars as pl

from board.i18n import _
from board.metrics import YUAN
from board.numerals import ABSENT, counted, shown
from board.sections.household import frames
from board.sections.household.words import texts, words, yes
from board.sections.section import View
from board.sections.words import joined
from board.table import Cell, Column, Dates, Figures, Table

DAYS = Dates("day")


def person_names(view: View, rows: pl.DataFrame) -> list[str]:
    """The name of each row's person, masked as the reader's permissions say."""
    persons = frames.persons(view)
    return [persons.get(person or "", {}).get("name", "") for person in rows["person_id"]]


def assistance(view: View) -> Table:
    """Assistance and allowances, newest first."""
    rows = frames.frame(view, "assistance")
    return Table.of(
        Column(_("月份"), rows["month"], Dates("month", absent=ABSENT)),
        Column(_("类别"), words(rows["kind"]), "text"),
        Column(_("给谁"), person_names(view, rows), "text"),
        Column(_("金额（元）"), rows["amount"]),
        frames.source_column(rows),
    )


def assistance_finding(view: View) -> str:
    """救助补贴 12 笔，共 3,600元."""
    payments = frames.frame(view, "assistance")
    if payments.is_empty():
        return _("没有救助补贴记录")
    return _(
        "救助补贴 {n} 笔，共 {sum}",
        n=payments.height,
        sum=counted(float(payments["amount"].sum()), YUAN),
    )


def training(view: View) -> Table:
    """Training courses, newest first."""
    rows = frames.frame(view, "training")
    return Table.of(
        Column(_("开始日期"), rows["starts"], DAYS),
        Column(_("姓名"), person_names(view, rows), "text"),
        Column(_("培训名称"), texts(rows["name"]), "text"),
        Column(_("类型"), words(rows["kind"]), "text"),
        Column(_("取得证书"), yes(rows["certified"]), "text"),
        Column(_("补贴（元）"), rows["subsidy"]),
        frames.source_column(rows),
    )


def training_finding(view: View) -> str:
    """参加培训 3人次，取得证书 2人次."""
    courses = frames.frame(view, "training")
    if courses.is_empty():
        return _("没有培训记录")
    return _(
        "参加培训 {n}人次，取得证书 {done}人次", n=courses.height, done=courses["certified"].sum()
    )


def schooling(view: View) -> Table:
    """School terms, newest first."""
    rows = frames.frame(view, "schooling")
    return Table.of(
        Column(_("学期"), texts(rows["term"]), "text"),
        Column(_("姓名"), person_names(view, rows), "text"),
        Column(_("学段"), words(rows["stage"]), "text"),
        Column(_("学校"), texts(rows["school"]), "text"),
        Column(_("在读"), yes(rows["enrolled"]), "text"),
        Column(_("资助（元）"), rows["aid"]),
        frames.source_column(rows),
    )


def schooling_finding(view: View) -> str:
    """就学记录 6 条，1 条不在读."""
    terms = frames.frame(view, "schooling")
    if terms.is_empty():
        return _("没有就学记录")
    not_enrolled = terms.filter(~pl.col("enrolled")).height
    if not not_enrolled:
        return _("就学记录 {n} 条，都在读", n=terms.height)
    return _("就学记录 {n} 条，{out} 条不在读", n=terms.height, out=not_enrolled)


def risk(view: View) -> Table:
    """The times the household was identified as at risk, newest first."""
    rows = frames.frame(view, "risk")
    measures = [joined([_(name) for name in names or []]) for names in rows["measures"].to_list()]
    return Table.of(
        Column(_("识别日期"), rows["found_on"], DAYS),
        Column(_("对象类别"), words(rows["category"]), "text"),
        Column(_("风险类型"), words(rows["risk"]), "text"),
        Column(_("帮扶措施"), measures, "text"),
        Column(_("措施落实"), rows["helped_on"], DAYS),
        Column(_("风险消除"), rows["cleared_on"], DAYS),
        frames.source_column(rows),
    )


def risk_finding(view: View) -> str:
    """识别过 2 次返贫风险，1 次还没有消除."""
    risks = frames.frame(view, "risk")
    if risks.is_empty():
        return _("没有返贫风险记录")
    not_cleared = risks["cleared_on"].null_count()
    if not_cleared:
        return _("识别过 {n} 次返贫风险，{still} 次还没有消除", n=risks.height, still=not_cleared)
    return _("识别过 {n} 次返贫风险，都已消除", n=risks.height)


def repairs(view: View) -> Table:
    """The repairs of the household's unit; the ledger does not name households."""
    rows = frames.frame(view, "repairs")
    places = [_("整栋") if whole else _("本单元") for whole in rows["whole_building"]]
    return Table.of(
        Column(_("报修日期"), rows["reported_on"], DAYS),
        Column(_("类别"), words(rows["kind"]), "text"),
        Column(_("哪里"), places, "text"),
        Column(_("责任单位"), words(rows["owner"]), "text"),
        Column(_("办结时限"), rows["due"], DAYS),
        Column(_("办结日期"), rows["closed_on"], DAYS),
        Column(_("费用（元）"), rows["cost"]),
        frames.source_column(rows),
    )


def repairs_finding(view: View) -> str:
    """本单元报修 6 次，1 次还没有办结."""
    repairs = frames.frame(view, "repairs")
    if repairs.is_empty():
        return _("本单元没有报修记录")
    not_closed = repairs["closed_on"].null_count()
    if not not_closed:
        return _("本单元报修 {n} 次，都已办结", n=repairs.height)
    return _("本单元报修 {n} 次，{still} 次还没有办结", n=repairs.height, still=not_closed)


def posts(view: View) -> Table:
    """The open posts that fit, best first, with the reasons."""
    rows = frames.posts(view)
    pay = [wage(low, high) for low, high in rows.select("wage_low", "wage_high").rows()]
    return Table.of(
        Column(_("岗位"), texts(rows["title"]), "text"),
        Column(_("用人单位"), texts(rows["employer"]), "text"),
        Column(_("给谁"), person_names(view, rows), "text"),
        Column(_("地点"), words(rows["place"]), "text"),
        Column(_("月薪（元）"), pay, "mixed"),
        Column(_("分数"), rows["score"]),
        Column(_("理由"), texts(rows["reasons"]), "text"),
        Column(_("岗位编号"), texts(rows["post_id"]), "text"),
    )


def wage(low: float | None, high: float | None) -> Cell | str:
    """2,670–3,400, or the one end that was reported."""
    ends = [amount for amount in (low, high) if amount is not None]
    if len(ends) == 1:
        return Cell(ends[0], Figures(YUAN))
    return "–".join(shown(amount, YUAN) for amount in ends)


def posts_finding(view: View) -> str:
    """适合这一户的空缺岗位 3 个."""
    posts = frames.posts(view)
    if posts.is_empty():
        return _("没有等岗位的人，或没有合适的空缺岗位")
    people = posts["person_id"].n_unique()
    return _("{people}人等岗位，合适的空缺 {n} 个", people=people, n=posts["post_id"].n_unique())
