"""Open posts for zero-employment households, people for open posts: codes and reasons, no names."""

from __future__ import annotations

import polars as pl

from board import questions
from board.i18n import _
from board.metrics import YUAN
from board.numerals import counted, place_name
from board.sections.blocks import Line, Lines
from board.sections.section import Panel, View
from board.sections.words import plain, sourced
from board.table import Column, Table

NEEDS = ("posts", "employment", "labour", "households")


def matches(view: View) -> pl.DataFrame:
    """The three best posts for each zero-employment household, longest without work first.

    A row is a household and a post; `post_id` is null for a household that no post fits.
    """
    return questions.posts_for_households(view.snapshot, view.period.last_month, view.scope)


def finding(view: View) -> str:
    """8户零就业家庭，7户有合适的岗位."""
    rows = matches(view)
    homes = rows["household_id"].n_unique() if rows.height else 0
    fits = rows.drop_nulls("post_id")["household_id"].n_unique() if rows.height else 0
    if not homes:
        return _("没有已知的零就业家庭要找岗位")
    return _("{homes}户零就业家庭，{fits}户有合适的岗位", homes=homes, fits=fits)


def lines(view: View) -> Lines:
    """One line a household: its best post and the reasons."""
    best = matches(view).unique("household_id", keep="first", maintain_order=True)
    return Lines(
        tuple(_line(row) for row in best.iter_rows(named=True)),
        empty=_("没有已知的零就业家庭。"), widths=(1.6, 5, 4), first=10,
    )  # fmt: skip


def _line(row: dict[str, object]) -> Line:
    place = place_name(f"{row['building']}/{row['unit']}")
    word = plain(row["household_id"])
    if row["post_id"] is None:
        return Line(word, "warn", _("{place}：没有合适的岗位", place=place), "")
    text = _(
        "{place}：**{title}**（{employer}，{wage} 起）",
        place=place, title=plain(row["title"]), employer=plain(row["employer"]),
        wage=counted(float(row["wage_low"]), YUAN) if row["wage_low"] else "—",  # type: ignore[arg-type]
    )  # fmt: skip
    return Line(word, "ink", text, plain(row["reasons"]))


def table(view: View) -> Table:
    """Household, post, score and reasons; up to three posts a household."""
    rows = matches(view)
    return Table.of(
        Column(_("户编号"), rows["household_id"]),
        Column(_("已持续月数"), rows["months_open"]),
        Column(_("岗位编号"), rows["post_id"]),
        Column(_("岗位名称"), rows["title"]),
        Column(_("用人单位"), rows["employer"]),
        Column(_("分数"), rows["score"]),
        Column(_("理由"), rows["reasons"]),
    )


def people(view: View) -> Table:
    """The people who fit each open post best, by code."""
    rows = questions.people_for_posts(view.snapshot, view.period.last_month, view.scope)
    fits = rows.drop_nulls("person_id")
    return Table.of(
        Column(_("岗位编号"), fits["post_id"]),
        Column(_("岗位名称"), fits["title"]),
        Column(_("空缺"), fits["vacancies"]),
        Column(_("名次"), fits["rank"]),
        Column(_("人员代码"), fits["person_id"]),
        Column(_("户编号"), fits["household_id"]),
        Column(_("分数"), fits["score"]),
        Column(_("理由"), fits["reasons"]),
        empty=_("没有还在招的岗位，或没有合适的人。"),
    )


def people_finding(view: View) -> str:
    """还在招 24 个岗位，其中 20 个有合适的人."""
    rows = questions.people_for_posts(view.snapshot, view.period.last_month, view.scope)
    posts = rows["post_id"].n_unique() if rows.height else 0
    fits = rows.drop_nulls("person_id")["post_id"].n_unique() if rows.height else 0
    return _("还在招 {posts} 个岗位，{fits} 个有合适的人", posts=posts, fits=fits)


def caption(view: View) -> str:
    """How matches are scored, and the note that only codes are listed."""
    rules = _("按地点、学历、意向、岗位类型打分，规则见指标口径；只列代码")
    return sourced(view, view.read("posts_opened"), "posts", rules)


FOR_HOUSEHOLDS = Panel("matching", finding, lines, caption, table, NEEDS)
FOR_POSTS = Panel("people", people_finding, people, caption, needs=NEEDS)
