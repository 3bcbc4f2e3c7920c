"""举措进度: the measures of the plan by chapter, each with its figures and its tasks."""

from __future__ import annotations

from functools import partial

import polars as pl

from board import questions
from board.access import Audience
from board.catalogue import METRICS, MeasureState, filtered
from board.figures.sparkline import sparkline
from board.figures.tables import measure_cell
from board.i18n import N_, _, language
from board.metrics import Metric, Reading, Status
from board.numerals import day
from board.plans import short_name
from board.sections import plan, strip
from board.sections.blocks import Entries, Entry, Indicator
from board.sections.cards import unbroken
from board.sections.counts import not_shown
from board.sections.departments.choice import DEPARTMENT, EVERY, placed
from board.sections.leading import pages
from board.sections.measures import closing
from board.sections.measures.words import (
    against,
    because,
    evidence,
    known,
    own_words,
    targets,
    task_words,
    value,
)
from board.sections.section import Choice, Panel, Section, View
from board.sections.sentences import label_at
from board.sections.words import (
    beside,
    joined,
    judged,
    noted,
    parts_beside,
    plain,
    target_words,
    told,
)
from board.table import Column, Table

COURSE = 12
ALL, CLOSING = "all", "closing"
# The link to the closing view, which every page has once the plan is over, opens that part alone.
PART = Choice("part", N_("部分"), ((ALL, N_("全部")), (CLOSING, N_("收官"))))
# A page has its panels before it has a plan: as many as the longest plan has chapters.
CHAPTERS_AT_MOST = 24


def measures(view: View, number: int | None = None) -> list[MeasureState]:
    """The plan's measures with their states that the chosen department leads.

    With a number, those of the plan's chapter with that number, counted from 0.
    """
    plan_of_view, department = view.plan, view.choice(DEPARTMENT.key)
    chapters = plan.chapters(plan_of_view)
    if number is not None and number >= len(chapters):
        return []
    return [
        one
        for one in strip.states(view)
        if (number is None or one.measure.chapter == chapters[number])
        and (department in ("", EVERY) or department in plan_of_view.leads(one.measure))
    ]


def metrics_of(view: View, measure: str) -> list[Metric]:
    """The metrics of a measure, under its filters, that the reader may see, in the plan's order."""
    return [
        filtered(belonging)
        for belonging in view.plan.belongings
        if belonging.measure == measure
        and belonging.metric in METRICS
        and view.may_read(belonging.metric)
    ]


def trend(view: View, metric: Metric) -> list[Reading]:
    """The metric for the last periods up to the view's, oldest first; at least one reading."""
    view = of_reader(view, metric)
    return view.trend_of(metric, COURSE) or [view.read_metric(metric)]


def of_reader(view: View, metric: Metric) -> View:
    """The view of the reader's own department, for a metric that departments have."""
    own = view.reader.permissions.department and "department" in metric.scopes
    return placed(view) if own else view


def indicator(view: View, metric: Metric) -> Indicator:
    """A metric's figure for a measure: status, label, value, target, sparkline."""
    readings = trend(view, metric)
    now = readings[-1]
    # Readings of a trend come without what stands beside them.
    accepted = beside(of_reader(view, metric).read_metric(metric)) if parts_beside(metric) else ""
    return Indicator(
        judged(view, now).status,
        label_at(view, now),
        known(now),
        noted(against(view, now), accepted),
        sparkline(unbroken(told(readings, view.change(now))), view.theme),
    )


def entries(view: View, chapter: int) -> Entries:
    """The measures of one chapter."""
    tasks = questions.tasks_led(view.snapshot, view.period.last_month, view.whole)
    return Entries(
        tuple(entry(view, one, tasks) for one in measures(view, chapter)),
        empty=_("所选部门不牵头这一章的举措。"),
    )


def entry(view: View, one: MeasureState, tasks: pl.DataFrame) -> Entry:
    """One measure: its state, leads, deadline, targets, figures, tasks, and the plan's words."""
    measure, number = one.measure, one.measure.number
    measure_tasks = tasks.filter(pl.col("measure") == number)
    leads = [plain(_(short_name(name))) for name in measure.leads] or [_("方案的各部门")]
    due = _("{day}前", day=day(measure.due_on)) if measure.due_on else ""
    return Entry(
        number,
        plain(_(measure.title)),
        one.state,
        because(one, measure_tasks),
        noted(joined(leads), due, _(measure.firmness) if measure.firmness else ""),
        tuple(plain(target_words(t)) for t in targets(view, number)) or (_("方案未定数量目标"),),
        tuple(indicator(view, metric) for metric in metrics_of(view, number)),
        task_words(one.tasks) if one.tasks.begun or reported(view) else _("任务未报"),
        evidence(measure_tasks),
        pages(view, metrics_of(view, number)),
        own_words(view, measure),
    )


def reported(view: View) -> bool:
    """Whether the ledger of tasks was kept in the period, so that none in it means none."""
    return view.read("task_completion", companions=False).status is not Status.NO_DATA


def chapter_finding(view: View, chapter: int) -> str:
    """一 工作底数：2 项举措，1 项需关注."""
    shown_measures = measures(view, chapter)
    first = next(m for m in view.plan.measures if m.chapter == plan.chapters(view.plan)[chapter])
    text = _("{chapter}：{n} 项", chapter=plan.chapter(first), n=len(shown_measures))
    care = sum(1 for one in shown_measures if one.state in strip.CARE)
    hidden = sum(1 for one in shown_measures if one.state is Status.SUPPRESSED)
    told_care = [_("{n} 项需关注", n=care)] if care else []
    return _("，").join([text, *told_care, *([not_shown(hidden)] if hidden else [])])


def headline(view: View) -> str:
    """方案 33 项：13 项正常，20 项需关注."""
    states = [one.state for one in measures(view)]
    if not states:
        return _("所选部门不牵头任何举措")
    return _("方案 {n} 项：{counts}", n=len(states), counts=strip.counted(states))


def table(view: View, chapter: int) -> Table:
    """The chapter's figures: measure, indicator, value, target, status."""
    rows = [
        (one.measure.number, trend(view, metric)[-1])
        for one in measures(view, chapter)
        for metric in metrics_of(view, one.measure.number)
    ]
    statuses = [judged(view, now).status for _measure, now in rows]
    return Table.of(
        Column(_("举措"), [measure_cell([measure], "") for measure, _now in rows], "mixed"),
        Column(_("指标"), [label_at(view, now) for _measure, now in rows], "text"),
        Column(_("数值"), [value(now) for _measure, now in rows], "mixed"),
        Column(_("目标"), [against(view, now) for _measure, now in rows], "text"),
        Column(_("状态"), [f"{s.mark} {_(s.word)}" for s in statuses], "text"),
    )  # fmt: skip


def caption(view: View) -> str:
    """The document that the measures are quoted from."""
    number = view.plan.number if language() == "zh" else ""
    return noted(plain(_(view.plan.title)), plain(number))


def has_chapter(view: View, chapter: int) -> bool:
    """Whether the page shows the chapters, and the plan has so many."""
    return view.choice(PART.key) != CLOSING and chapter < len(plan.chapters(view.plan))


MEASURES = Section(
    key="measures",
    label=N_("举措进度"),
    question=N_("方案的每一条做到哪一步了？"),
    group=N_("推进"),
    position=20,
    headline=headline,
    audience=Audience.FIGURES,
    presentable=True,
    scopes=("plan",),
    choices=(DEPARTMENT, PART),
    panels=(
        *(
            Panel(
                f"chapter{chapter}", partial(chapter_finding, chapter=chapter),
                partial(entries, chapter=chapter), caption,
                partial(table, chapter=chapter),
                applies=partial(has_chapter, chapter=chapter),
            )
            for chapter in range(CHAPTERS_AT_MOST)
        ),
        Panel("closing", closing.finding, closing.table, lambda _view: _("● 达标　◎ 逾期后达标　■ 未达标　◇ 尚不能判定　□ 未报　▨ 不单独显示；按到期的那一期")),
    ),
)  # fmt: skip
