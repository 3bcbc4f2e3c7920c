"""Panels that any metric can fill: its course, its split by an axis, what stands beside it."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import Any

from board import figures
from board.catalogue import METRICS
from board.i18n import _, language
from board.metrics import YUAN, Period, Reading
from board.numerals import counted, shown
from board.sections.blocks import Facts, Figure
from board.sections.section import Panel, View
from board.sections.words import aimed, joined, moved, noted, plain, sourced, told_of, withheld
from board.table import Column, Figures, Table

MONTHS = 24
PLACES = ("building", "unit")


def course(key: str, width: int = 6) -> Panel:
    """A metric over the last months, against its target where it has one."""
    return Panel(
        key, partial(course_finding, key=key), partial(course_figure, key=key),
        partial(caption, key=key), partial(course_table, key=key), METRICS[key].ledgers[:1], (key,),
        width=width,
    )  # fmt: skip


def split(key: str, axis: str, width: int = 6) -> Panel:
    """A metric by the categories of an axis, or by the places below the scope."""
    return Panel(
        f"{key}_{axis}", partial(split_finding, key=key, axis=axis), partial(split_figure, key=key, axis=axis),
        partial(caption, key=key), partial(split_table, key=key, axis=axis), METRICS[key].ledgers[:1],
        (key,), width=width, click="scope" if axis == "place_below" else "",
    )  # fmt: skip


def months(view: View, key: str) -> list[Reading]:
    """The metric month by month (quarter by quarter where it has no months), the view's own last."""
    metric = METRICS[key]
    kind = metric.periods[0]
    last = Period(view.period.last_month, "month") if kind == "month" else view.read(key).period
    asked = [last.before(n) for n in reversed(range(MONTHS if kind == "month" else MONTHS // 3))]
    found = view.read_all(key, asked)
    known = [n for n, reading in enumerate(found) if reading.value is not None]
    return found[known[0] :] if known else found[-1:]


def course_figure(view: View, key: str) -> dict[str, Any]:
    """The line against target and path; none where the figure itself is hidden."""
    told_of([view.read(key)])
    return figures.trend_to_target(months(view, key), view.theme, height=320)


def course_finding(view: View, key: str) -> str:
    """技能培训率 34.4%，目标 30%."""
    now = view.read(key)
    said = noted(aimed(now)) or moved(now, view.read(key, period=now.period.before()))
    return told(now) + (_("，") + said if said else "")


def course_table(view: View, key: str) -> Table:
    """The months as a table."""
    return figures.tables.of_readings(months(view, key))


def told(reading: Reading) -> str:
    """技能培训率 34.4%, or its word where there is no value."""
    metric = reading.metric
    value = _(reading.status.word) if reading.value is None else counted(reading.value, metric.unit)
    return _("{label} {value}", label=_(metric.label), value=value)


def parts(view: View, key: str, axis: str) -> list[Reading]:
    """The readings of the categories that have anything, greatest first (rates: lowest first)."""
    if axis == "place_below":
        axis = "unit" if view.fitting(key).building else "building"
    found = told_of(view.read(key, by=(axis,)).by.get(axis, []))
    rate = METRICS[key].kind == "rate"
    held = [
        r
        for r in found
        if r.value is not None and (r.denominator if rate else r.value or r.numerator)
    ]
    return sorted(held, key=lambda r: (r.value or 0) * (1 if rate else -1))


def unseen(view: View, key: str, axis: str) -> int:
    """How many categories or places are hidden."""
    if axis == "place_below":
        axis = "unit" if view.fitting(key).building else "building"
    return withheld(view.read(key, by=(axis,)).by.get(axis, []))


def split_figure(view: View, key: str, axis: str) -> dict[str, Any]:
    """Bullets for a rate, bars for a count, an amount or a median."""
    found, metric = parts(view, key, axis), METRICS[key]
    if metric.kind == "rate":
        return figures.bullets(found, view.theme, parts=metric.amount)
    rows = [(r.label, r.value, companions(r)) for r in found]
    return figures.ranking(rows, view.theme, metric.unit, title=_(metric.label))


def companions(reading: Reading) -> str:
    """The first number that stands beside a figure: 金额 186.4万元."""
    for one in reading.metric.companions:
        value = reading.extra.get(one.key)
        if value:
            return _("{label} {value}", label=_(one.label), value=counted(float(value), one.unit))
    return ""


def split_finding(view: View, key: str, axis: str) -> str:
    """岗位到岗率 61.0%，公益性岗位最低 52.3%; 收益分配 119.1万元：群众增收 62.0万元、集体经济 21.4万元."""
    now, unit = view.read(key), METRICS[key].unit
    found = parts(view, key, axis)
    if gone := unseen(view, key, axis):
        return told(now) + _("，分项有 {n} 项隐去", n=gone)
    if not found or not sayable(found[0]):
        return told(now)
    if METRICS[key].kind == "rate":
        low = found[0]
        if low.value == found[-1].value:
            return told(now)
        return told(now) + _("，{name}最低 {value}", name=name(low), value=shown(low.value, unit))
    top = [f"{name(r)} {counted(r.value, unit)}" for r in takewhile(sayable, found[:2])]
    return told(now) + _("：{parts}", parts=joined(top))


def sayable(reading: Reading) -> bool:
    """Can the category stand in a sentence of the reader's language? A firm's Chinese name can't."""
    return language() == "zh" or figures.named(reading.label).isascii()


def name(reading: Reading) -> str:
    """A category's name as text."""
    return plain(figures.named(reading.label))


def split_table(view: View, key: str, axis: str) -> Table:
    """The categories as a table, with what stands beside them."""
    readings = parts(view, key, axis)
    columns = []
    for companion in METRICS[key].companions:
        values = [reading.extra.get(companion.key) for reading in readings]
        if any(values):
            kind = Figures(companion.unit, "counted", absent="")
            columns.append(Column(_(companion.label), values, kind))
    return figures.tables.of_readings(readings).adding(*columns)


def caption(view: View, key: str) -> str:
    """The definition in short, its ledger, coverage, date."""
    metric = METRICS[key]
    said = _(metric.definition).rstrip("。.")
    return sourced(view, view.read(key), metric.ledgers[0], said)


def facts(key: str, width: int = 4) -> Panel:
    """What stands beside a metric as large figures: amounts, people, days."""
    return Panel(
        f"{key}_facts", partial(facts_finding, key=key), partial(facts_block, key=key),
        partial(caption, key=key), needs=METRICS[key].ledgers[:1], metrics=(key,), width=width,
    )  # fmt: skip


def facts_finding(view: View, key: str) -> str:
    """创业贷款 15笔."""
    return told(view.read(key))


def facts_block(view: View, key: str) -> Facts:
    """Up to two numbers large beside the figure; amounts of money as sentences."""
    now = view.read(key)
    told_of([now])
    held = [(one, now.extra.get(one.key)) for one in METRICS[key].companions]
    known = [(one, float(value)) for one, value in held if value is not None]
    return Facts(
        tuple(Figure(_(o.label), _(o.unit.label), shown(v, o.unit)) for o, v in known if o.unit is not YUAN)[:2],
        tuple(_("{label} **{value}**", label=_(o.label), value=counted(v, o.unit)) for o, v in known if o.unit is YUAN),
    )  # fmt: skip
