"""举措进度: the measures of the plan by chapter, each with its figures and its tasks."""

from __future__ import annotations

from functools import partial

import polars as pl

from board import questions
from board.access import Audience
from board.catalogue import METRICS
from board.figures.sparkline import sparkline
from board.figures.tables import measure_cell
from board.i18n import N_, _
from board.metrics import Metric, Reading, Status
from board.numerals import Form, shown
from board.sections import plan, strip
from board.sections.blocks import Entries, Entry, Indicator
from board.sections.departments.page import DEPARTMENT, EVERY, placed
from board.sections.measures import closing
from board.sections.section import Panel, Section, View
from board.sections.words import joined, noted, plain, target_text
from board.table import Cell, Column, Figures, Table, cell_text

COURSE = 12
FIRMNESS = {"firm": "", "soft": N_("力争"), "none": ""}


def measures(view: View, chapter: str = "") -> pl.DataFrame:
    """The plan's measures (of one chapter, if given) that the chosen department leads."""
    plan_rows = view.frame("plan")
    if chapter:
        plan_rows = plan_rows.filter(pl.col("chapter") == chapter)
    department = view.choice(DEPARTMENT.key)
    if department not in ("", EVERY):
        plan_rows = plan_rows.filter(pl.col("leads").list.contains(department))
    return plan_rows


def metrics_of(view: View, measure: str) -> list[Metric]:
    """The metrics of a measure that the reader may see, those with a target first."""
    metrics = [m for m in METRICS.values() if measure in m.measures and view.may_read(m.key)]
    return sorted(metrics, key=lambda m: not (m.targets or m.every))


def trend(view: View, metric: Metric) -> list[Reading]:
    """The metric for the last periods up to the view's, oldest first; at least one reading."""
    if view.reader.permissions.department and "department" in metric.scopes:
        view = placed(view)
    return view.trend(metric.key, COURSE) or [view.read(metric.key)]


def indicator(view: View, metric: Metric) -> Indicator:
    """A metric's figure for a measure: status, label, value, target, sparkline."""
    readings = trend(view, metric)
    now = readings[-1]
    return Indicator(
        now.status,
        _(metric.label),
        cell_text("mixed", value(now)) or "",
        noted(target_text(now), bounds(now)),
        sparkline([r.value for r in readings], view.theme),
    )


def value(reading: Reading) -> Cell | str:
    """A reading's figure with its unit, points with a sign, or the word of its status."""
    if reading.value is None:
        return _(reading.status.word)
    unit = reading.metric.unit
    form: Form = "change" if unit.key == "percentage_points" else "counted"
    return Cell(reading.value, Figures(unit, form))


def bounds(reading: Reading) -> str:
    """补齐后 57.1%~60.3%: the possible values once all rows are reported; empty when exact."""
    if not reading.bounds:
        return ""
    low, high = (shown(bound, reading.metric.unit) for bound in reading.bounds)
    return _("补齐后 {low}~{high}", low=low, high=high)


def entries(view: View, chapter: str) -> Entries:
    """The measures of one chapter."""
    tasks = questions.tasks_led(view.snapshot, view.period.last_month, view.whole)
    return Entries(
        tuple(entry(view, row, tasks) for row in measures(view, chapter).iter_rows(named=True)),
        empty=_("所选部门不牵头这一章的举措。"),
    )


def entry(view: View, row: dict[str, object], tasks: pl.DataFrame) -> Entry:
    """One measure: leads, deadline, target, figures, tasks."""
    number = str(row["measure"])
    measure_tasks = tasks.filter(pl.col("measure") == number)
    firmness = _(word) if (word := FIRMNESS[str(row["firmness"])]) else ""
    target = _(str(row["target"])) if row["target"] else _("方案未定数量目标")
    leads = [plain(plan.short_name(view, str(name))) for name in row["leads"]]  # type: ignore[attr-defined]
    return Entry(
        number,
        _(str(row["title"])),
        noted(joined(leads), _(str(row["deadline"]))),
        plain(noted(target, firmness)),
        tuple(indicator(view, metric) for metric in metrics_of(view, number)),
        task_words(measure_tasks),
        evidence(measure_tasks),
        pages(view, metrics_of(view, number)),
    )


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


def task_words(tasks: pl.DataFrame) -> str:
    """任务办结 5/6，■ 逾期 1."""
    if tasks.is_empty():
        return _("没有任务")
    due = tasks.filter(pl.col("done_on").is_not_null() | pl.col("overdue"))
    done = due.filter(pl.col("done_on").is_not_null()).height
    late = tasks.filter("overdue").height
    text = (
        _("到期 {due} 项，办结 {done} 项", due=due.height, done=done)
        if due.height
        else _("任务未到期")
    )
    if late:
        text += "  \n" + f":red[**{_('■ 逾期 {n} 项', n=late)}**]"
    return text


def evidence(tasks: pl.DataFrame) -> str:
    """佐证：验收单: the two newest pieces of evidence among the tasks; empty when there is none."""
    newest = tasks.drop_nulls("evidence").sort("updated_on", descending=True)["evidence"]
    pieces = list(dict.fromkeys(newest))[:2]
    return _("佐证：{pieces}", pieces=plain(joined(pieces))) if pieces else ""


def judged(view: View, numbers: list[str]) -> list[Status]:
    """The worst status of each measure, in the order of the given numbers."""
    by_measure = strip.statuses(view)
    return [strip.worst(by_measure.get(number, [])) for number in numbers]


def chapter_finding(view: View, chapter: str) -> str:
    """一 工作底数：2 项举措，1 项需关注."""
    numbers = measures(view, chapter)["measure"].to_list()
    care = sum(1 for s in judged(view, numbers) if s in strip.CARE)
    text = _("{chapter}：{n} 项", chapter=plan.chapter(chapter), n=len(numbers))
    return text + (_("，{care} 项需关注", care=care) if care else "")


def headline(view: View) -> str:
    """29 项举措、3 项要求：3 项达标或达序时，4 项需关注."""
    statuses = judged(view, measures(view)["measure"].to_list())
    fine = sum(1 for s in statuses if s in strip.FINE)
    care = sum(1 for s in statuses if s in strip.CARE)
    n = len(statuses)
    return _("{n} 项举措和要求：{fine} 项正常，{care} 项需关注", n=n, fine=fine, care=care)


def table(view: View, chapter: str) -> Table:
    """The chapter's figures: measure, indicator, value, target, status."""
    rows = [
        (measure, trend(view, metric)[-1])
        for measure in measures(view, chapter)["measure"]
        for metric in metrics_of(view, measure)
    ]
    return Table.of(
        Column(_("举措"), [measure_cell([measure], "") for measure, _now in rows], "mixed"),
        Column(_("指标"), [_(now.metric.label) for _measure, now in rows], "text"),
        Column(_("数值"), [value(now) for _measure, now in rows], "mixed"),
        Column(_("目标"), [noted(target_text(now), bounds(now)) for _measure, now in rows], "text"),
        Column(_("状态"), [f"{now.status.mark} {_(now.status.word)}" for _measure, now in rows], "text"),
    )  # fmt: skip


def caption(view: View, chapter: str) -> str:
    """The document that the measures are quoted from, and notes on how its text was read."""
    notes = [str(n) for n in measures(view, chapter)["source_note"].drop_nulls() if n]
    document = _("自贸钦管办发〔2023〕15号")
    return noted(document, *(plain(_(n)) for n in dict.fromkeys(notes)))


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
    choices=(DEPARTMENT,),
    panels=(
        *(
            Panel(
                f"chapter{n}", partial(chapter_finding, chapter=chapter),
                partial(entries, chapter=chapter), partial(caption, chapter=chapter),
                partial(table, chapter=chapter),
            )
            for n, chapter in enumerate(plan.CHAPTERS)
        ),
        Panel("closing", closing.finding, closing.table, lambda _view: _("● 达标　■ 未达标　◇ 尚不能判定；按到期的那一期")),
    ),
)  # fmt: skip
