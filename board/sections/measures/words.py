"""What the page of the measures says of a measure: its figures, its tasks, the plan's words."""

from __future__ import annotations

import polars as pl

from board.catalogue import METRICS, MeasureState, Tasks
from board.i18n import _
from board.metrics import Reading, Status
from board.numerals import Form, shown
from board.plans import Measure, Target
from board.sections.section import View
from board.sections.words import beside_text, joined, label, noted, plain, target_text, target_words
from board.table import Cell, Figures, cell_text


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
