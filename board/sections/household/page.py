"""The 一户一档 page: one household, its members, their work by month, its income and what it received."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl

from board.access import Audience
from board.figures.income_sources import SOURCES, Quarter, income_sources
from board.figures.work_history import Month, work_history
from board.i18n import N_, _
from board.metrics import YUAN
from board.numerals import counted
from board.sections.blocks import Article, Facts
from board.sections.household import cells, frames, lists, words
from board.sections.section import Choice, Panel, Section, View
from board.table import Table

NEEDS = ("households",)
WORK = ("employment", "labour", "households")


def register(view: View) -> Article:
    """What the register records of the household."""
    return Article(words.registered(view), widths=(2.6, 7))


def work(view: View) -> dict[str, Any]:
    """A line of months for each member able to work; a click on a month shows its workbook row."""
    months_of_all, names = frames.work(view), dict(frames.workers(view))
    relations = dict(frames.members(view).select("person_id", "relation").rows())
    rows = []
    for person, name in names.items():
        own_months = months_of_all.filter(pl.col("person_id") == person)
        months = [_month(row) for row in own_months.iter_rows(named=True)]
        relation = relations.get(person)
        title = f"{name} {_(relation)}" if relation else name
        rows.append((title, _last_wage(own_months), months))
    return work_history(rows, view.theme)


def _month(row: dict[str, Any]) -> Month:
    details = (
        _(row["kind"]) if row["kind"] else "",
        row["employer"] or "",
        counted(row["wage"], YUAN) if row["wage"] is not None else "",
    )
    return Month(row["month"], row["state"], details, frames.key(row["person_id"], row["month"]))


def _last_wage(months: pl.DataFrame) -> str:
    paid = months.filter(pl.col("wage").is_not_null())
    return counted(paid["wage"][-1], YUAN) if paid.height else ""


def income(view: View) -> dict[str, Any]:
    """Per-head income of each quarter by kind, with the county's as a line."""
    return income_sources(
        [
            Quarter(
                row["quarter"],
                {name: row[name] / row["members"] for name, _word in SOURCES}
                if row["reported"]
                else None,
                row["county"],
            )
            for row in frames.income(view).iter_rows(named=True)
        ],
        view.theme,
    )


def table_or_nothing(make: Callable[[View], Table], view: View) -> Table | Facts:
    """The table that `make` returns, or an empty block where it has no rows."""
    table = make(view)
    return Facts() if table.frame.is_empty() else table


def source(ledger: str, view: View) -> str:
    """The ledger that a list comes from."""
    return _("《{sheet}》", sheet=cells.sheet(ledger))


def panel(
    key: str,
    finding: Callable[[View], str],
    make: Callable[[View], Table],
    needs: tuple[str, ...],
) -> Panel:
    """A panel with one of the household's tables, made by `make`."""
    return Panel(
        key,
        finding,
        partial(table_or_nothing, make),
        partial(source, needs[0]),
        needs=needs,
    )


WHICH = Choice(frames.HOUSEHOLD, N_("户"), frames.codes, hidden=True)
CELL = Choice(frames.CELL, N_("哪个月"), frames.cells, width=260)

HOUSEHOLD = Section(
    key="household",
    label=N_("一户一档"),
    question=N_("这一户有谁、在哪里干活、收入怎样、还缺什么？"),
    group=N_("查询"),
    position=6,
    headline=words.headline,
    audience=Audience.HOUSEHOLDS,
    scopes=("plan", "settlement", "building", "unit"),
    choices=(WHICH,),
    asks=frames.HOUSEHOLD,
    panels=(
        Panel("work", words.work_finding, work,
              lambda _view: _("每月一格，点一格看它在工作簿里的那一行 · 《就业监测台账》"),
              words.history, WORK, click=frames.CELL),
        Panel("cell", cells.cell_finding, cells.cell,
              cells.cell_caption, needs=WORK, choices=(CELL,), width=5),
        Panel("register", lambda _view: _("户台账上的登记"), register, needs=NEEDS, width=7),
        panel("members", words.members_finding, words.members, ("labour",)),
        Panel("income", words.income_finding, income,
              lambda _view: _("人均，当季数；虚线为对标县同口径人均 · 《家庭收入台账》《县域基准》"),
              words.incomes, ("income",)),
        panel("posts", lists.posts_finding, lists.posts, ("posts", "labour")),
        panel("assistance", lists.assistance_finding, lists.assistance, ("assistance",)),
        panel("training", lists.training_finding, lists.training, ("training",)),
        panel("risk", lists.risk_finding, lists.risk, ("risk",)),
        panel("schooling", lists.schooling_finding, lists.schooling, ("schooling",)),
        panel("repairs", lists.repairs_finding, lists.repairs, ("repairs",)),
        Panel("changes", cells.changes_finding, partial(table_or_nothing, cells.changes),
              lambda _view: _("同一行后来又报的，值不同的才列；个人信息列不在内"), needs=NEEDS),
    ),
)  # fmt: skip
