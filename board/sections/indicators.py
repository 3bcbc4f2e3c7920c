"""Panels for any metric: its trend, its split by an axis, its companion numbers."""

from __future__ import annotations

from functools import partial
from itertools import dropwhile, takewhile
from typing import Any

from board.catalogue import METRICS
from board.figures import tables
from board.figures.bullets import bullets
from board.figures.ranking import ranking
from board.figures.shared.words import named
from board.figures.trend import trend_to_target
from board.i18n import N_, _, language
from board.metrics import YUAN, Period, Reading, Status
from board.numerals import counted, labelled, shown, valued
from board.sections.blocks import Facts, Figure
from board.sections.counts import visible, withheld
from board.sections.section import EVERYWHERE, WITH_PLACES_BELOW, Panel, View
from board.sections.sentences import label_and_value
from board.sections.words import (
    change_since,
    inside,
    joined,
    plain,
    sourced,
    target_text,
)
from board.table import Column, Figures, Table

MONTHS = 24


def course(key: str, width: int = 6) -> Panel:
    """A panel with a metric's last months and its target, if it has one."""
    return Panel(
        key, partial(course_finding, key=key), partial(course_figure, key=key),
        partial(caption, key=key), partial(course_table, key=key), METRICS[key].ledgers[:1], (key,),
        width=width,
    )  # fmt: skip


def split(key: str, axis: str, width: int = 6) -> Panel:
    """A panel with a metric by the categories of an axis, or by place (`place_below`)."""
    places = axis == "place_below"
    return Panel(
        f"{key}_{axis}", partial(split_finding, key=key, axis=axis), partial(split_figure, key=key, axis=axis),
        partial(caption, key=key), partial(split_table, key=key, axis=axis), METRICS[key].ledgers[:1],
        (key,), width=width, click="scope" if places else "",
        scopes=WITH_PLACES_BELOW if places else EVERYWHERE,
    )  # fmt: skip


def months(view: View, key: str, count: int = MONTHS) -> list[Reading]:
    """The metric by month up to the view's period, from the first month with a value.

    At most `count` months; only the last where none has a value.

    A metric that is not defined for months is read in its own shortest period.
    """
    metric = METRICS[key]
    kind = metric.periods[0]
    last = Period(view.period.last_month, "month") if kind == "month" else view.read(key).period
    periods = [last.before(n) for n in reversed(range(count if kind == "month" else count // 3))]
    readings = view.read_all(key, view.of_one_plan(periods))
    return since_first_value(readings) or readings[-1:]


def since_first_value(readings: list[Reading]) -> list[Reading]:
    """The readings from the first one with a value on."""
    return list(dropwhile(lambda reading: reading.value is None, readings))


def course_figure(view: View, key: str) -> dict[str, Any]:
    """The metric as a line with target and path; WithheldError when the figure is hidden."""
    visible([view.read(key)])  # raises WithheldError
    return trend_to_target(months(view, key), view.theme, height=320)


def course_finding(view: View, key: str) -> str:
    """技能培训率 34.4%，目标 30%."""
    now = view.read(key)
    if now.status is Status.UNDETERMINED:
        return label_and_value(view, now)
    remark = target_text(now)
    if not remark:
        remark = change_since(now, view.change(now))
    return label_and_value(view, now) + (_("，") + inside(remark) if remark else "")


def course_table(view: View, key: str) -> Table:
    """The months as a table."""
    return tables.of_readings(months(view, key))


def parts(view: View, key: str, axis: str) -> list[Reading]:
    """The readings of the categories that are not empty, greatest first (rates: lowest first)."""
    readings = visible(all_parts(view, key, axis))
    rate = divides(key, axis)
    filled = [
        r
        for r in readings
        if r.value is not None
        and (r.denominator or r.rounded_to if rate else r.value or r.numerator)
    ]
    return sorted(filled, key=lambda r: (r.value or 0) * (1 if rate else -1))


def divides(key: str, axis: str) -> bool:
    """Whether each category of an axis is a rate of its own, not a share of the whole."""
    return METRICS[key].kind == "rate" and axis not in METRICS[key].shares


def all_parts(view: View, key: str, axis: str) -> list[Reading]:
    """The readings of all categories or places, also of those that are hidden."""
    if axis == "place_below":
        axis = "unit" if view.fitting(key).building else "building"
    return view.read(key, by=(axis,)).by.get(axis, [])


def split_figure(view: View, key: str, axis: str) -> dict[str, Any]:
    """A bullet chart for a rate; bars for shares, a count, an amount or a median."""
    readings, metric = parts(view, key, axis), METRICS[key]
    if divides(key, axis):
        return bullets(readings, view.theme, parts=metric.amount)
    if all(r.label.isdecimal() for r in readings):  # years, in their order
        readings = sorted(readings, key=lambda r: r.label)
    rows = [(r.label, r.value, first_companion(r)) for r in readings]
    return ranking(rows, view.theme, metric.unit, title=_(metric.label))


def first_companion(reading: Reading) -> str:
    """The first companion number above zero: 金额 186.4万元; empty when there is none."""
    for companion in reading.metric.companions:
        value = reading.extra.get(companion.key)
        if value:
            text = labelled(_(companion.label), float(value), companion.unit)
            return _("{label} {value}", label=_(companion.label), value=text)
    return ""


def split_finding(view: View, key: str, axis: str) -> str:
    """岗位到岗率 61.0%，公益性岗位最低 52.3%; 收益分配 119.1万元：群众增收 62.0万元、集体经济 21.4万元."""
    now, unit = view.read(key), METRICS[key].unit
    every = all_parts(view, key, axis)
    total, readings = label_and_value(view, now), parts(view, key, axis)
    if now.status is Status.UNDETERMINED:
        return total
    hidden = withheld(every)
    if hidden and now.value is not None:
        return total + _("，{n} 个分项不单独显示", n=hidden)
    if hidden or not readings or not fits_language(readings[0]):
        return total
    if divides(key, axis):
        return total + lowest(readings, any(one.value is None for one in every))
    label = _(METRICS[key].label)
    top = [
        valued(name(r), labelled(label, r.value, unit))
        for r in takewhile(fits_language, readings[:2])
    ]
    return total + _("：{parts}", parts=joined(top))


def lowest(rates: list[Reading], partly: bool) -> str:
    """，公益性岗位最低 52.3%: the lowest of some rates, lowest first; empty where two share the place.

    `partly` says that others may be lower, because nothing was reported of them.
    """
    low = rates[0]
    if len(rates) < 2 or low.value == rates[1].value:
        return ""
    words = N_("，已报的里{name}最低 {value}") if partly else N_("，{name}最低 {value}")
    return _(words, name=name(low), value=shown(low.value, low.metric.unit))


def fits_language(reading: Reading) -> bool:
    """Whether the category's name can be used in a sentence: not a Chinese name in English."""
    return language() == "zh" or named(reading.label).isascii()


def name(reading: Reading) -> str:
    """A category's name, with markdown escaped."""
    return plain(named(reading.label))


def split_table(view: View, key: str, axis: str) -> Table:
    """The categories as a table, with their companion numbers."""
    readings = parts(view, key, axis)
    columns = []
    for companion in METRICS[key].companions:
        values = [reading.extra.get(companion.key) for reading in readings]
        if any(values):
            kind = Figures(companion.unit, "counted", absent="")
            columns.append(Column(_(companion.label), values, kind))
    return tables.of_readings(readings).adding(*columns)


def caption(view: View, key: str) -> str:
    """The metric's definition, its ledger, coverage and date."""
    metric = METRICS[key]
    definition = _(metric.definition).rstrip("。.")
    return sourced(view, view.read(key), metric.ledgers[0], definition)


def facts(key: str) -> Panel:
    """A panel with a metric's companion numbers (amounts, people, days) as large figures."""
    return Panel(
        f"{key}_facts", partial(facts_finding, key=key), partial(facts_block, key=key),
        partial(caption, key=key), needs=METRICS[key].ledgers[:1], metrics=(key,), width=4,
    )  # fmt: skip


def facts_finding(view: View, key: str) -> str:
    """创业贷款 15笔."""
    return label_and_value(view, view.read(key))


def facts_block(view: View, key: str) -> Facts:
    """Up to two companion numbers as large figures; amounts of money as sentences.

    Raises WithheldError when the metric's own figure is hidden.
    """
    now = view.read(key)
    visible([now])  # raises WithheldError
    extras = [(companion, now.extra.get(companion.key)) for companion in METRICS[key].companions]
    numbers = [(companion, float(value)) for companion, value in extras if value is not None]
    return Facts(
        tuple(Figure(_(c.label), _(c.unit.label), shown(v, c.unit)) for c, v in numbers if c.unit is not YUAN)[:2],
        tuple(_("{label} **{value}**", label=_(c.label), value=counted(v, c.unit)) for c, v in numbers if c.unit is YUAN),
    )  # fmt: skip
