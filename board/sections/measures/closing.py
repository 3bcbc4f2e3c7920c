"""The plan closed over its three years: for every target, met or not, when, and by how much."""

from __future__ import annotations

from datetime import date

import polars as pl

from board.catalogue import METRICS
from board.i18n import _
from board.metrics import Metric, Period, Reading, Scope, Status, settings
from board.numerals import goal, month, shown
from board.sections.blocks import Table
from board.sections.section import View
from board.sections.words import difference

HELD = (Status.MET, Status.MISSED, Status.UNDETERMINED)


def years(view: View) -> list[int]:
    """The years of the plan that have begun by the view's period."""
    known = settings(view.snapshot)
    first, last = (date.fromisoformat(known[k]).year for k in ("plan_from", "plan_until"))
    return [year for year in range(first, last + 1) if year <= view.period.last_month.year]


def judged(view: View, metric: Metric, year: int) -> list[Reading]:
    """The readings at which a target fell due in a year, up to the view's period."""
    if metric.every:
        kind = metric.every[0]
        step = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
        due = [Period(date(year, n, 1), kind) for n in range(1, 13, step)]
        due = [
            p if kind in metric.periods else Period(p.last_month, metric.periods[0]) for p in due
        ]
    else:
        named = [Period.parse(text) for text in sorted(metric.targets)]
        due = [p for p in named if p.first.year == year]
    held = [p for p in due if p.end <= view.period.end]
    found = view.read_all(metric.key, held, Scope(view.scope.settlement))
    return [r for r in found if r.status in HELD]


def cell(readings: list[Reading]) -> str:
    """● 达标 60.5%（+0.5个百分点）, or ■ 9/12 of several."""
    if not readings:
        return ""
    last = readings[-1]
    met = sum(1 for r in readings if r.status is Status.MET)
    worst = (
        Status.MET
        if met == len(readings)
        else next(s for s in HELD[1:] if any(r.status is s for r in readings))
    )
    if len(readings) > 1:
        return _("{mark} {met}/{all} 期达标", mark=worst.mark, met=met, all=len(readings))
    text = f"{last.status.mark} {shown(last.value, last.metric.unit)}"
    if last.value is not None and last.target is not None and last.value != last.target:
        over = last.value > last.target
        by = difference(last.value, last.target, last.metric)
        text += _("（高 {by}）", by=by) if over else _("（低 {by}）", by=by)
    return text


def first_met(readings: list[Reading]) -> str:
    """When the target due last was first reached: a lower one reached earlier doesn't count."""
    last = readings[-1].target
    met = [r for r in readings if r.status is Status.MET and r.target == last]
    return month(met[0].period.last_month) if met else _("没有达到")


def asked(metric: Metric, readings: list[Reading]) -> str:
    """The targets that fell due, one after the other: 50% → 60% → 80%."""
    if metric.every:
        values = [metric.every[1]]
    else:
        values = [r.target for r in readings if r.target is not None]
    target = " → ".join(goal(value, metric.unit) for value in dict.fromkeys(values))
    return _("高于 {target}", target=target) if metric.strict else target


def rows(view: View) -> pl.DataFrame:
    """A target a row: measure, figure, target, each year, when it was first met."""
    found = []
    for metric in (m for m in METRICS.values() if m.targets or m.every):
        by_year = {year: judged(view, metric, year) for year in years(view)}
        every = [r for readings in by_year.values() for r in readings]
        if not every:
            continue
        found.append(
            {
                _("举措"): "、".join(metric.measures),
                _("指标"): _(metric.label),
                _("目标"): asked(metric, every),
                **{str(year): cell(readings) for year, readings in by_year.items()},
                _("首次达标"): first_met(every),
            }
        )
    return pl.DataFrame(found)


def table(view: View) -> Table:
    """The rows as a table."""
    return Table(rows(view), empty=_("还没有到期的目标。"))


def finding(view: View) -> str:
    """三年 20 项目标，最近一次到期 12 项达标."""
    last = [r[-1] for m in METRICS.values() if (m.targets or m.every) and (r := _every(view, m))]
    met = sum(1 for r in last if r.status is Status.MET)
    return _("三年收官：{n} 项目标到期，最近一次 {met} 项达标", n=len(last), met=met)


def _every(view: View, metric: Metric) -> list[Reading]:
    return [r for year in years(view) for r in judged(view, metric, year)]
