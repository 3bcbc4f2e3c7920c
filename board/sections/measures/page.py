"""举措进度: the measures of the plan by chapter, each with its figures and its tasks."""

from __future__ import annotations

from functools import partial

import polars as pl

from board import questions
from board.access import Audience
from board.catalogue import METRICS, MeasureState, Tasks, filtered
from board.figures.sparkline import sparkline
from board.figures.tables import measure_cell
from board.i18n import N_, _, language
from board.metrics import Metric, Reading, Status
from board.numerals import Form, day, shown
from board.plans import Measure, Target, short_name
from board.sections import plan, strip
from board.sections.blocks import Entries, Entry, Indicator
from board.sections.counts import not_shown
from board.sections.departments.page import DEPARTMENT, EVERY, placed
from board.sections.measures import closing
from board.sections.section import Choice, Panel, Section, View
from board.sections.sentences import label_at
from board.sections.words import (
    beside,
    beside_text,
    joined,
    judged,
    label,
    noted,
    parts_beside,
    plain,
    target_text,
    target_words,
    told,
)
from board.table import Cell, Column, Figures, Table, cell_text

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
        sparkline([r.value for r in told(readings, view.change(now))], view.theme),
    )


def value(reading: Reading) -> Cell | str:
    """A reading's figure with its unit, points with a sign, or the word of its status."""
    if reading.value is None:
        return _(reading.status.word)
    unit = reading.metric.unit
    form: Form = "change" if unit.key == "percentage_points" else "counted"
    return Cell(reading.value, Figures(unit, form))


def known(reading: Reading) -> str:
    """The figure; 已报的 100% where only what is unreported keeps it from its target."""
    text = cell_text("mixed", value(reading)) or ""
    reaches = reading.status is Status.UNDETERMINED and reading.value == reading.target
    return _("已报的 {value}", value=text) if reaches else text


def against(view: View, reading: Reading) -> str:
    """其中超期 3户 · 目标 0 · 补齐后 0~4: what a figure is to be compared with."""
    return noted(beside_text(view, reading), target_text(reading), bounds(reading))


def bounds(reading: Reading) -> str:
    """补齐后 57.1%~60.3%: the possible values once all rows are reported; empty when exact."""
    if not reading.bounds:
        return ""
    low, high = (shown(bound, reading.metric.unit) for bound in reading.bounds)
    return _("补齐后 {low}~{high}", low=low, high=high)


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
        task_words(one.tasks),
        evidence(measure_tasks),
        pages(view, metrics_of(view, number)),
        own_words(view, measure),
    )


def because(one: MeasureState, tasks: pl.DataFrame) -> str:
    """What decides the state of a measure: 看 盘活率, or 看 任务 RW019 “……”; empty if nothing does."""
    if one.because is None:
        return ""
    deciding = [r for r in one.indicators if r.metric.key == one.because and r.status is one.state]
    if deciding:
        return _("判定依据：{reason}", reason=plain(label(deciding[0].metric)))
    content = tasks.filter(pl.col("task_id") == one.because)["content"].to_list()
    named = _("任务 {task}", task=plain(one.because))
    return _("判定依据：{reason}", reason=noted(named, *(plain(text) for text in content[:1])))


def targets(view: View, number: str) -> list[Target]:
    """The measure's targets, in the order of the plan."""
    return [t for t in view.plan.targets if t.measure == number and t.metric in METRICS]


def own_words(view: View, measure: Measure) -> tuple[tuple[str, str], ...]:
    """The plan's sentences, how they are read, and the words each target or mechanism rests on."""
    note = [(_("原文说明"), plain(_(measure.source_note)))] if measure.source_note else []
    quotes = [
        (plain(target_words(target)), plain(target.quote) or _("方案没有这句话，是本板设定的"))
        for target in targets(view, measure.number)
    ]
    mechanisms = [
        (_("机制：{name}", name=plain(name)), plain(quote))
        for number, name, quote in view.plan.mechanisms
        if number == measure.number
    ]
    return ((_("原文"), plain(_(measure.text))), *note, *quotes, *mechanisms)


def pages(view: View, metrics: list[Metric]) -> tuple[tuple[str, str], ...]:
    """The pages that show the metrics in full: key and translated label of each."""
    from board.sections import sections

    keys = {metric.key for metric in metrics}
    return tuple(
        (section.key, _(section.label))
        for section in sections()
        if section.key != "overview"
        and section.opens_to(view.reader)
        and keys & {*section.figures, *(key for panel in section.panels for key in panel.metrics)}
    )


def task_words(tasks: Tasks) -> str:
    """到期 6 项，完成 5 项，销号 4 项，■ 逾期 1 项; what is due today is named beside."""
    if not tasks.begun:
        return _("没有任务")
    if not tasks.due:
        return _("任务未到期")
    text = _(
        "到期 {due} 项，完成 {done} 项，销号 {accepted} 项",
        due=tasks.due, done=tasks.done, accepted=tasks.accepted,
    )  # fmt: skip
    if tasks.due_today:
        text += _("，当日到期 {n} 项", n=tasks.due_today)
    if tasks.overdue:
        text += "  \n" + f":red[**{_('■ 逾期 {n} 项', n=tasks.overdue)}**]"
    return text


def evidence(tasks: pl.DataFrame) -> str:
    """佐证：验收单: the two newest pieces of evidence among the tasks; empty when there is none."""
    newest = tasks.drop_nulls("evidence").sort("updated_on", descending=True)["evidence"]
    pieces = list(dict.fromkeys(newest))[:2]
    return _("佐证：{pieces}", pieces=plain(joined(pieces))) if pieces else ""


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
    """29 项举措、3 项要求：13 项正常，4 项需关注."""
    return strip.told(measures(view)) or _("所选部门不牵头任何举措")


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
        Panel("closing", closing.finding, closing.table, lambda _view: _("● 达标　◎ 逾期后达标　■ 未达标　◇ 尚不能判定；按到期的那一期")),
    ),
)  # fmt: skip
