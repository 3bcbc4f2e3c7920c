"""部门任务: which departments finish their tasks, which tasks are overdue or not updated?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Literal

import polars as pl

from board import questions
from board.access import Audience
from board.figures import tables
from board.figures.departments import Delivery, department_matrix
from board.figures.departments_measures import Cell
from board.figures.shared.words import named
from board.figures.timeline import timeline as timeline_chart
from board.i18n import N_, _
from board.metrics import TASKS, Status
from board.numerals import counted, valued
from board.sections import plan
from board.sections.blocks import Line, Lines
from board.sections.counts import leaders
from board.sections.departments.choice import DEPARTMENT, chosen, placed
from board.sections.indicators import course, split
from board.sections.section import Panel, Section, View
from board.sections.words import joined, noted, plain, sourced
from board.table import Column, Dates, Table

NEEDS = ("tasks",)
LISTED = 40


def rows(view: View) -> list[Delivery]:
    """A delivery for each department that leads a task that has begun, most overdue first."""
    measures = questions.deliveries(view.snapshot, view.period.last_month)
    deliveries = [_delivery(str(name[0]), rows) for name, rows in measures.group_by("department")]
    return sorted(deliveries, key=lambda d: (-d.overdue, -(d.oldest or 0), -d.due, d.department))


def _delivery(department: str, rows: pl.DataFrame) -> Delivery:
    names = ("due", "done", "on_time", "overdue", "accepted", "due_today")
    sums = {name: int(rows[name].sum()) for name in names}
    late = rows["oldest"].max()
    measures = {row["measure"]: _cell(row) for row in rows.iter_rows(named=True)}
    return Delivery(department, **sums, oldest=_days(late), measures=measures)


def _days(longest: Any) -> int | None:
    return None if longest is None else int(longest)


def _cell(row: dict[str, Any]) -> Cell:
    if row["overdue"]:
        return "overdue"
    if row["due_today"]:
        return "due_today"
    return "done" if row["due"] else "not_due"


def total(view: View) -> Delivery:
    """The delivery of the whole settlement: a task of several departments counts once."""
    tasks = questions.tasks_led(view.snapshot, view.period.last_month, view.whole)
    due = tasks.filter(pl.col("due") <= view.period.end)
    late = due.filter("overdue")["days_late"].max()
    return Delivery(
        _("合计"),
        due=due.height,
        done=due.filter(pl.col("done_on").is_not_null()).height,
        on_time=due.filter(pl.col("done_on") <= pl.col("due")).height,
        overdue=due.filter("overdue").height,
        oldest=_days(late),
        accepted=due.filter(pl.col("accepted_on").is_not_null()).height,
        due_today=due.filter("due_today").height,
    )


def chapters(view: View) -> list[tuple[str, list[str]]]:
    """The plan's chapters, each with the numbers of its measures."""
    measures: dict[str, list[str]] = {}
    for measure in view.plan.measures:
        if measure.leads:
            measures.setdefault(_(measure.chapter_short), []).append(measure.number)
    return list(measures.items())


def matrix(view: View) -> dict[str, Any]:
    """The tasks of each department: totals, and the state by measure."""
    return department_matrix(rows(view), total(view), chapters(view), view.theme)


def headline(view: View) -> str:
    """到期任务 96 项，完成 79，销号 70，逾期 17 项."""
    whole = total(view)
    if view.read("task_completion").status is Status.NO_DATA:
        return _("这一期没有报任务台账")
    if not whole.due:
        return _("还没有到期的任务")
    if whole.done == whole.due:
        return _("到期任务 {due} 项，全部完成，销号 {n} 项", due=whole.due, n=whole.accepted)
    text = _(
        "到期任务 {due} 项，完成 {done}，销号 {accepted}",
        due=whole.due, done=whole.done, accepted=whole.accepted,
    )  # fmt: skip
    if whole.overdue:
        return text + _("，逾期 {n} 项", n=whole.overdue)
    return text + _("，当日到期 {n} 项", n=whole.due_today)


def no_task(view: View, words: str) -> str:
    """The words that no task is such, or that the ledger of tasks was not reported at all."""
    reported = view.read("task_completion", companions=False).status is not Status.NO_DATA
    return _(words) if reported else _("这一期没有报任务台账")


def matrix_finding(view: View) -> str:
    """逾期最多的是 中马投控集团 8 项、招商服务中心 4 项."""
    late, today = [row for row in rows(view) if row.overdue], total(view).due_today
    also = _("，当日到期 {n} 项", n=today) if today else ""
    if not late:
        return no_task(view, N_("没有逾期的部门")) + also
    first = leaders([row.overdue for row in late], 3)
    if not first:
        equal = sum(1 for row in late if row.overdue == late[0].overdue)
        return _("逾期最多的 {n} 个部门各 {late} 项", n=equal, late=late[0].overdue) + also
    overdue = [
        valued(plain(named(row.department)), counted(row.overdue, TASKS)) for row in late[:first]
    ]
    return _("逾期最多：{departments}", departments=joined(overdue)) + also


def matrix_caption(view: View) -> str:
    """How tasks are counted, their ledger and date."""
    rule = _("计数规则：几个部门共同牵头的任务，各部门各计一次，合计只计一次；未到期不计")
    return noted(rule, sourced(view, view.read("task_completion", scope=chosen(view)), "tasks"))


def tasks(view: View) -> pl.DataFrame:
    """The open tasks of the chosen department, the overdue first, then by due date."""
    begun = questions.tasks_led(view.snapshot, view.period.last_month, chosen(view))
    return begun.filter(pl.col("done_on").is_null())


def with_occurrence(content: str, occurrence: str | None) -> str:
    """A task's content, and which of its periods it is: 开展消防演练（2024-Q1）."""
    if not occurrence:
        return content
    return _("{content}（{occurrence}）", content=content, occurrence=occurrence)


def timeline(view: View) -> dict[str, Any] | Lines:
    """Open tasks from start to due date; the time after the due date is red."""
    unfinished = tasks(view)
    if unfinished.is_empty():
        return Lines((), empty=no_task(view, N_("没有未完成的任务。")))
    names = unfinished.select("content", "occurrence").iter_rows()
    # In a loop of our own: polars calls a function in other threads, which don't know the language.
    departments = [_short(leads) for leads in unfinished["leads"]]
    listed = unfinished.with_columns(
        pl.Series("content", [with_occurrence(*pair) for pair in names], dtype=pl.String),
        pl.Series("department", departments, dtype=pl.String),
    )
    return timeline_chart(listed, view.period.end, view.theme, most=18)


def _short(leads: Sequence[str]) -> str:
    return plan.leads_in_short(list(leads))


def timeline_finding(view: View) -> str:
    """未完成 21 项，其中逾期 11 项."""
    unfinished = tasks(view)
    late = unfinished.filter("overdue").height
    if unfinished.is_empty():
        return no_task(view, N_("没有未完成的任务"))
    return _("未完成 {n} 项，其中逾期 {late} 项", n=unfinished.height, late=late)


def unchanged(view: View) -> pl.DataFrame:
    """The open tasks of the chosen department without an update for thirty days, longest first."""
    return questions.tasks_stale(view.snapshot, view.period.last_month, chosen(view))


def stale(view: View) -> Lines:
    """The open tasks without an update for thirty days, longest first."""
    return Lines(
        tuple(_line(view, row, _("{n} 天未更新", n=row["days_since"])) for row in unchanged(view).iter_rows(named=True)),
        empty=no_task(view, N_("三十天内都有更新。")), widths=(1.6, 5, 2.6), first=8,
    )  # fmt: skip


def overdue(view: View) -> Lines:
    """The overdue tasks, longest first, each with its reported problem."""
    late = tasks(view).filter("overdue").sort("days_late", "task_id", descending=[True, False])
    return Lines(
        tuple(_line(view, row, _("■ 逾期 {n} 天", n=row["days_late"]), "bad") for row in late.iter_rows(named=True)),
        empty=no_task(view, N_("没有逾期的任务。")), widths=(1.6, 5, 2.6), first=8,
    )  # fmt: skip


def _line(
    view: View, row: dict[str, Any], word: str, tone: Literal["bad", "mute"] = "mute"
) -> Line:
    content = with_occurrence(row["content"], row.get("occurrence"))
    text = _("{measure}号举措：{content}", measure=row["measure"], content=plain(content))
    if tone == "bad" and row["problem"]:
        text += _("（{problem}）", problem=plain(row["problem"]))
    return Line(word, tone, text, plan.leads_in_short(row["leads"]))


def overdue_finding(view: View) -> str:
    """逾期 11 项，最久 46 天."""
    late = tasks(view).filter("overdue")
    if late.is_empty():
        return no_task(view, N_("没有逾期的任务"))
    return _("逾期 {n} 项，最久 {days} 天", n=late.height, days=late["days_late"].max())


def stale_finding(view: View) -> str:
    """5 项任务三十天没有更新."""
    count = unchanged(view).height
    if not count:
        return no_task(view, N_("任务都按时更新"))
    return _("{n} 项任务三十天没有更新", n=count)


def task_table(view: View, flag: str = "") -> Table:
    """The open tasks with their dates; `flag` (overdue) is a column to filter by."""
    rows = tasks(view).filter(flag) if flag else tasks(view)
    return Table.of(
        Column(_("任务编号"), rows["task_id"]),
        Column(_("期次"), rows["occurrence"]),
        Column(_("举措"), [tables.measure_cell([n], "") for n in rows["measure"]], "mixed"),
        Column(_("任务内容"), rows["content"]),
        Column(_("牵头部门"), [_short(leads) for leads in rows["leads"]], "text"),
        Column(_("完成时限"), rows["due"], Dates("day", absent=None)),
        Column(_("逾期天数"), rows["days_late"]),
        Column(_("更新日期"), rows["updated_on"], Dates("day", absent=None)),
    )


def stale_table(view: View) -> Table:
    """The open tasks without an update for thirty days, with their dates."""
    rows = unchanged(view)
    return Table.of(
        Column(_("任务编号"), rows["task_id"]),
        Column(_("举措"), [tables.measure_cell([n], "") for n in rows["measure"]], "mixed"),
        Column(_("任务内容"), rows["content"]),
        Column(_("牵头部门"), [_short(leads) for leads in rows["leads"]], "text"),
        Column(_("完成时限"), rows["due"], Dates("day", absent=None)),
        Column(_("更新日期"), rows["updated_on"], Dates("day", absent=None)),
        Column(_("未更新天数"), rows["days_since"]),
    )


def tasks_caption(view: View) -> str:
    """The ledger of the tasks and the date of the data."""
    return sourced(view, view.read("overdue_tasks", scope=chosen(view)), "tasks")


DEPARTMENTS = Section(
    key="departments",
    label=N_("部门任务"),
    question=N_("各部门交账了吗？哪些逾期，哪些没人动？"),
    group=N_("推进"),
    position=10,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    figures=("task_completion", "on_time_rate", "accepted_rate", "overdue_tasks", "stale_tasks"),
    read_at=placed,
    scopes=("plan",),
    source=("tasks",),
    choices=(DEPARTMENT,),
    panels=(
        Panel("matrix", matrix_finding, matrix, matrix_caption,
              lambda view: tables.of_deliveries(rows(view), total(view)), NEEDS,
              ("task_completion", "on_time_rate"), click=DEPARTMENT.key),
        Panel("timeline", timeline_finding, timeline, tasks_caption, task_table, NEEDS),
        Panel("overdue", overdue_finding, overdue, tasks_caption, partial(task_table, flag="overdue"), NEEDS,
              ("overdue_tasks",)),
        Panel("stale", stale_finding, stale, tasks_caption, stale_table, NEEDS,
              ("stale_tasks",)),
        course("quarterly_meetings"),
        course("leader_visits"),
        course("leaders_assigned"),
        split("decisions_done", "department"),
        split("problems_closed", "department"),
        course("issues_settled"),
        course("inspections"),
    ),
)  # fmt: skip
