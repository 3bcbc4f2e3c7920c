"""Sentences that are made from one reading, and say no more than it carries."""

from __future__ import annotations

from collections.abc import Iterable

from board.catalogue import METRICS
from board.figures.shared.words import beyond
from board.i18n import N_, _
from board.metrics import PERCENT, POINTS, Metric, Reading, Status
from board.numerals import counted, goal, labelled, period, place_name, shown
from board.sections.section import View
from board.sections.words import about, difference, inside, label, subjects

ON_THE_WAY = N_("{label} {value}，序时 {path}，差 {gap}（目标 {target}）")
SHORT = N_("{label} {value}，目标 {target}，差 {gap}")
OVER = N_("{label} {value}，目标 {target}，多 {gap}")
UNSURE = N_("{label}在 {low}~{high} 之间，{n}未报")
ALL_GOOD = N_("{label}已报的 {value}，{n}未报")
THIN = N_("{label} {value}，数据不全，还不能判定")


def elsewhere(view: View, reading: Reading) -> list[str]:
    """The place and the period of a figure, where they differ from the view's."""
    differences = []
    if str(reading.scope) != str(view.scope):
        differences.append(place_name(reading.scope))
    if str(reading.period) != str(view.period):
        differences.append(period(reading.period))
    return differences


def in_one(sentences: Iterable[str]) -> str:
    """Sentences of several figures as one."""
    first, *others = sentences
    return _("，").join([first, *map(inside, others)])


def label_at(view: View, reading: Reading, text: str = "") -> str:
    """2024年四季度技能培训率: the label, with place and period where they are not the view's."""
    name = text or label(reading.metric)
    where = elsewhere(view, reading)
    if not where:
        return name
    return _(
        "{where}{label}",
        where=_("{place}{period}", place=where[0], period=where[1]) if len(where) > 1 else where[0],
        label=name,
    )


def label_and_value(view: View, reading: Reading) -> str:
    """技能培训率 34.4%, or the word of its status when there is no value."""
    name = label_at(view, reading)
    if reading.value is None:
        return _("{label}{word}", label=name, word=inside(_(reading.status.word)))
    if reading.status is Status.UNDETERMINED:
        return unsure(reading, name)
    value = labelled(_(reading.metric.label), reading.value, reading.metric.unit)
    value = about(reading, value)
    return _("{label} {value}", label=name, value=value)


def sentence(view: View, reading: Reading) -> str:
    """零就业家庭 7户，目标 0，多 7户."""
    metric, unit = reading.metric, reading.metric.unit
    label = label_at(view, reading, part_label(view, reading))
    if reading.status is Status.UNDETERMINED:
        return unsure(reading, label)
    required = required_value(reading)
    if required is None or reading.value is None:
        value = about(reading, labelled(label, reading.value, unit))
        return _("{label} {value}", label=label, value=value)
    gap = gap_words(reading.value - required, metric)
    value = about(reading, labelled(label, reading.value, unit))
    parts = {
        "label": label,
        "value": value,
        "gap": gap,
        "target": beyond(metric, goal(reading.target, unit)),
    }
    if required != reading.target:
        return _(ON_THE_WAY, **parts, path=shown(required, unit))
    return _(SHORT if metric.better == "higher" else OVER, **parts)


def unsure(reading: Reading, label: str) -> str:
    """适龄儿童在读率在 97.6%~100% 之间，16人未报; what is known, where that reaches the target."""
    unit = reading.metric.unit
    value, missing = counted(reading.value, unit), subjects(reading.metric, reading.unreported)
    if not reading.bounds or not reading.unreported:
        return _(THIN, label=label, value=value)
    if reading.value == reading.target:
        return _(ALL_GOOD, label=label, value=value, n=missing)
    low, high = (shown(bound, unit) for bound in reading.bounds)
    return _(UNSURE, label=label, low=low, high=high, n=missing)


def gap_words(gap: float, metric: Metric) -> str:
    """6.4个百分点, 1户; 不到 0.1个百分点 for one that would be told as 0."""
    words = difference(gap, 0, metric)
    if words != difference(0, 0, metric):
        return words
    unit = POINTS if metric.unit is PERCENT else metric.unit
    return _("不到 {least}", least=counted(10.0**-unit.decimals, unit))


def part_label(view: View, reading: Reading) -> str:
    """零就业家庭 8户，其中超期: a metric that stands beside another is told as its part."""
    for metric in METRICS.values():
        if reading.metric.key in [part.key for part in metric.beside.values()]:
            whole = view.read(metric.key, period=reading.period, scope=reading.scope)
            if whole.value is not None:
                value = labelled(_(metric.label), whole.value, metric.unit)
                return _("{whole} {value}，其中超期", whole=_(metric.label), value=value)
    return ""


def required_value(reading: Reading) -> float | None:
    """The value required now: the target when it was missed, else the path (else the target)."""
    required = reading.target if reading.status is Status.MISSED else reading.path
    return reading.target if required is None else required
