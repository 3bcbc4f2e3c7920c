"""The findings of the household page, and its tables of register, members, work and income."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl

from board.figures.income_sources import SOURCES
from board.figures.shared.words import named
from board.figures.work_history import STATES
from board.i18n import N_, _
from board.metrics import YUAN, Period
from board.numerals import counted, day, month, place_name
from board.numerals import period as period_text
from board.sections.household import frames
from board.sections.section import View
from board.sections.words import joined, plain
from board.table import Column, Dates, Table

STANDING = {
    "employed": N_("家里有人就业"), "zero": N_("家里没有人就业"),
    "unknown": N_("还不知道有没有人就业"),
}  # fmt: skip


def headline(view: View) -> str:
    """XF0230：3栋2单元，3口人，家里有人就业."""
    code = frames.code(view)
    if not code:
        return _("找一户：按户编号、房号")
    household = frames.register(view)
    state = frames.last_state(view)
    standing = _(STANDING[str(state["state"])]) if state else _("没有愿意就业的劳动力")
    if household["status"] != "在册":
        standing = _(str(household["status"]))
    return _(
        "{code}：{place}，{n}口人，{standing}",
        code=plain(code), place=place(household), n=household["size"], standing=standing,
    )  # fmt: skip


def place(row: dict[str, Any]) -> str:
    """3栋2单元."""
    return place_name(f"{row['building']}/{row['unit']}")


def since(start: date) -> str:
    """The month from which a row of the register holds."""
    return _("开始") if start.year == 1 else month(start)


def registered(view: View) -> tuple[tuple[str, str], ...]:
    """(term, text) of what the register records; each dwelling is on a line of its own."""
    household, heads = frames.register(view), frames.heads(view)
    history = frames.frame(view, "register")
    homes = [
        (_("{since}起", since=since(row["since"])) + " " if row["since"].year > 1 else "")
        + f"{place_name(row['dwelling'])} {plain(row['room'] or '')}"
        for row in history.iter_rows(named=True)
    ]  # fmt: skip
    helper = joined([part for part in (heads["helper_name"], heads["helper_phone"]) if part])
    terms = (
        (_("户主"), heads["head_name"]),
        (_("住处"), "  \n".join(dict.fromkeys(homes))),
        (_("户类别"), _("{category}，{n}口人", category=_(str(household["category"])), n=household["size"])),
        (_("帮扶联系人"), joined([p for p in (_(str(household["helper_role"] or "")), helper) if p])),
        (_("迁出地"), joined([str(p) for p in (household["origin_county"], household["origin_township"]) if p])),
        (_("入住和首次入户"), joined([day(d) for d in (household["moved_in"], household["first_visit"]) if d])),  # type: ignore[arg-type]
        (_("在册状态"), _(str(household["status"]))),
        (_("出处"), frames.source(household)),
    )  # fmt: skip
    return tuple((term, text if term == _("住处") else plain(text)) for term, text in terms if text)


def members_finding(view: View) -> str:
    """3 口人，2人有劳动能力，2人愿意就业."""
    members = frames.members(view).filter("belongs")
    able = members.filter("able")
    willing = able.filter("willing_to_work").height
    return _("登记 {n}人：{able}人有劳动能力，{willing}人愿意就业",
             n=members.height, able=able.height, willing=willing)  # fmt: skip


def members(view: View) -> Table:
    """A row for each member: person, age, ability, wishes, source."""
    rows, persons = frames.members(view), frames.persons(view)
    details = [persons.get(person, {}) for person in rows["person_id"]]
    groups = [joined([_(g) for g in names or []]) for names in rows["groups"].to_list()]
    return Table.of(
        Column(_("姓名"), [person.get("name", "") for person in details], "text"),
        Column(_("与户主关系"), words(rows["relation"]), "text"),
        Column(_("身份证号"), [person.get("citizen_id", "") for person in details], "text"),
        Column(_("联系电话"), [person.get("phone", "") for person in details], "text"),
        Column(_("性别"), words(rows["sex"]), "text"),
        Column(_("年龄"), rows["age"]),
        Column(_("文化程度"), words(rows["education"]), "text"),
        Column(_("劳动能力"), words(rows["work_ability"]), "text"),
        Column(_("人群类别"), groups, "text"),
        Column(_("在校生"), yes(rows["student"]), "text"),
        Column(_("愿意就业"), yes(rows["willing_to_work"]), "text"),
        Column(_("求职意向"), texts(rows["job_wanted"]), "text"),
        Column(_("培训需求"), texts(rows["training_wanted"]), "text"),
        Column(_("登记"), [standing(row) for row in rows.iter_rows(named=True)], "text"),
        frames.source_column(rows),
    )


def standing(row: dict[str, Any]) -> str:
    """Since when a member belongs to the household, or when and where the member went."""
    if row["belongs"]:
        return _("{since}起", since=since(row["since"])) if row["since"].year != 1 else ""
    return _("{when}转到 {code}", when=month(row["since"]), code=row["household_id"])


def work_finding(view: View) -> str:
    """2025年12月：2人里 1人在业，1人未监测."""
    last = frames.work(view).filter(
        pl.col("month") == view.period.last_month, pl.col("state") != "unable"
    )
    if last.is_empty():
        return _("{month}没有应监测的成员", month=month(view.period.last_month))
    counts = dict(last["state"].value_counts().rows())
    parts = [_("{n}人{state}", n=counts[s], state=_(STATES[s][3])) for s in STATES if s in counts]
    return _("{month}：{told}", month=month(view.period.last_month), told=joined(parts))


def history(view: View) -> Table:
    """A row for each member and month, newest first, with its source."""
    persons = frames.persons(view)
    names = {p: persons.get(p, {}).get("name", "") for p in frames.members(view)["person_id"]}
    rows = frames.work(view).filter(pl.col("state") != "unable").sort("month", descending=True)
    return Table.of(
        Column(_("月份"), rows["month"], Dates("month")),
        Column(_("姓名"), [names.get(person, "") for person in rows["person_id"]], "text"),
        Column(_("就业状态"), [_(STATES[state][3]) for state in rows["state"]], "text"),
        Column(_("就业类别"), words(rows["kind"]), "text"),
        Column(_("就业地点"), words(rows["place"]), "text"),
        Column(_("就业县市"), texts(rows["county"]), "text"),
        Column(_("行业"), [named(name) if name else "" for name in rows["industry"]], "text"),
        Column(_("就业单位"), texts(rows["employer"]), "text"),
        Column(_("月收入（元）"), rows["wage"]),
        Column(_("合同月数"), rows["contract_months"]),
        Column(_("社保月数"), rows["insured_months"]),
        frames.source_column(rows),
    )


def income_finding(view: View) -> str:
    """2025年四季度人均 8,809元，县里 4,805元."""
    quarters = frames.income(view)
    reported = quarters.filter("reported")
    if reported.is_empty():
        return _("还没有报过收入") if quarters.is_empty() else _("应报的收入都没有报")
    last = reported.row(-1, named=True)
    per_head = counted(last["disposable_income"] / last["members"], YUAN)
    when = period_text(Period(last["quarter"], "quarter"))
    if last["county"] is None:
        return _("{when}人均 {own}", when=when, own=per_head)
    county = counted(last["county"], YUAN)
    return _("{when}人均 {own}，对标县 {county}", when=when, own=per_head, county=county)


def incomes(view: View) -> Table:
    """A row for each quarter: members, each kind of income, per head, the county's, source."""
    rows = frames.income(view).reverse()
    quarters = [period_text(Period(when, "quarter")) for when in rows["quarter"]]
    per_head = rows["disposable_income"] / rows["members"]
    return Table.of(
        Column(_("季度"), quarters, "text"),
        Column(_("常住人口"), rows["members"]),
        *(Column(_("{source}（元）", source=_(word)), rows[name]) for name, word in SOURCES),
        Column(_("人均（元）"), per_head.round(0)),
        Column(_("对标县人均（元）"), rows["county"]),
        frames.source_column(rows),
    )


def words(values: Iterable[str | None]) -> list[str]:
    """Codes in the reader's language; None becomes an empty text."""
    return [_(value) if value else "" for value in values]


def texts(values: Iterable[str | None]) -> list[str]:
    """Text as it is in the ledger; None becomes an empty text."""
    return [value or "" for value in values]


def yes(values: Iterable[bool | None]) -> list[str]:
    """是 or 否; None becomes an empty text."""
    return ["" if value is None else _("是") if value else _("否") for value in values]
