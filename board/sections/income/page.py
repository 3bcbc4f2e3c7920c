"""The 增收对标 page: the growth of the settlement's income against the county's, and its sources."""

from __future__ import annotations

from typing import Any

import polars as pl

from board import access
from board.access import Audience
from board.catalogue import METRICS
from board.figures import tables
from board.figures.growth import growth_pair
from board.figures.ranking import ranking
from board.figures.spread import distribution as distribution_chart
from board.figures.waterfall import waterfall as waterfall_chart
from board.i18n import N_, _
from board.metrics import HOUSEHOLDS, PERCENT, YUAN, Period, Reading
from board.metrics.terms import shift
from board.numerals import counted, period, place_name, shown
from board.sections.blocks import Facts, Figure
from board.sections.counts import visible
from board.sections.income import words
from board.sections.indicators import since_first_value
from board.sections.section import Panel, Section, View
from board.sections.sentences import label_and_value
from board.sections.words import sourced
from board.table import Column, Figures, Table

GAP = "income_growth_gap"
NEEDS = ("income", "benchmark")
STEP = 2_000
BARS = 16


def quarter(view: View) -> Period:
    """The last quarter of the period that the view's income is of."""
    month = view.read(GAP, companions=False).period.last_month
    return Period(shift(month, -((month.month - 1) % 3)), "quarter")


def readings(view: View) -> list[Reading]:
    """The gap of each quarter, from the first that has one to the view's last; 12 at most."""
    quarters = [quarter(view).before(n) for n in reversed(range(12))]
    return since_first_value(view.read_all(GAP, quarters))


def pair(view: View) -> dict[str, Any]:
    """The settlement's and the county's growth in each quarter, and the gap between them."""
    return growth_pair(
        readings(view), view.theme, here=place_name(view.fitting(GAP)), there=_(view.plan.county)
    )


def pair_table(view: View) -> Table:
    """A row for each quarter: both growths, the gap, what was not reported, the status."""
    gaps = readings(view)
    growth = [gap.extra.get("growth") for gap in gaps]
    county = [gap.extra.get("benchmark_growth") for gap in gaps]
    return Table.of(
        Column(_("季度"), [period(gap.period) for gap in gaps], "text"),
        Column(_("{place}增速", place=place_name(view.fitting(GAP))), growth, Figures(PERCENT)),
        Column(_("县域增速"), county, Figures(PERCENT)),
        Column(_("差距（个百分点）"), [gap.value for gap in gaps], Figures(METRICS[GAP].unit, "signed")),
        Column(_("缺报户季"), [gap.unreported for gap in gaps]),
        *([] if view.fitting(GAP).building else [statuses(gaps)]),
    )  # fmt: skip


def statuses(gaps: list[Reading]) -> Column:
    """The verdict of each quarter; only the whole has one, a building has no target."""
    words = [f"{gap.status.mark} {_(gap.status.word)}" for gap in gaps]
    return Column(_("状态"), words, "text")


def components(view: View) -> list[Reading]:
    """What each of the four kinds of income adds to the growth, in percentage points."""
    return visible(view.read(GAP, by=("component",)).by["component"])  # raises WithheldError


def waterfall(view: View) -> dict[str, Any]:
    """The contributions, and the growth that they add up to."""
    growth = view.read(GAP).extra.get("growth")
    return waterfall_chart(
        [(r.label, r.value) for r in components(view)],
        view.theme,
        total=None if growth is None else growth * 100,
        total_label=_("增速"),
    )


def incomes(view: View) -> pl.DataFrame:
    """The households of the scope with their per-head income in yuan, year to date.

    `now` is this year's, `before` last year's.
    """
    last_quarter = quarter(view).first
    households = view.frame(
        "household_incomes", since=last_quarter.replace(month=1), until=last_quarter
    )
    for name, value in (("building", view.scope.building), ("unit", view.scope.unit)):
        if value:
            households = households.filter(pl.col(name) == value)
    return households


def median_income(view: View) -> float | None:
    """The median of this year's per-head incomes in yuan; None where no household reported."""
    median = incomes(view)["now"].median()
    return None if median is None else float(median)  # type: ignore[arg-type]


def spread(view: View) -> pl.DataFrame:
    """`low, high, households`: the number of households in each range of per-head income.

    The last range also counts the households above it.
    """
    if not view.sees_few:
        return access.merged_incomes(view.snapshot, quarter(view).first, view.scope, STEP, BARS)
    incomes_now = incomes(view)["now"].drop_nulls()
    if incomes_now.is_empty():
        return pl.DataFrame(schema={"low": pl.Float64, "high": pl.Float64, "households": pl.Int64})
    step = max(STEP * round(float(incomes_now.quantile(0.98) or 0) / BARS / STEP), STEP / 2)
    bins = (incomes_now / step).floor().clip(0, BARS - 1).cast(pl.Int64)
    counts = dict(bins.value_counts().rows())
    last = max(counts)
    return pl.DataFrame(
        {
            "low": [n * float(step) for n in range(last + 1)],
            "high": [(n + 1) * float(step) for n in range(last + 1)],
            "households": [counts.get(n, 0) for n in range(last + 1)],
        }
    )


def distribution(view: View) -> dict[str, Any]:
    """The number of households by income, with the county's mean and the households' median."""
    median = median_income(view) if view.sees_few else None
    marks = [(_("县域人均"), words.county_level(view, quarter(view).first)), (_("中位数"), median)]
    return distribution_chart(spread(view), view.theme, marks=marks)


def spread_table(view: View) -> Table:
    """The bars of the distribution as a table."""
    bars = spread(view)
    ranges = [f"{low:,.0f}–{high:,.0f}" for low, high in bars.select("low", "high").rows()]
    return Table.of(
        Column(_("人均收入（元，年内累计）"), ranges, "text"),
        Column(_("户数"), bars["households"]),
    )


def matched(view: View) -> Facts:
    """The growth of all households, and of those that reported in every quarter of both years."""
    gap, matched_growth = view.read(GAP), view.read("matched_income_growth")
    composition = gap.extra.get("composition")
    return Facts(
        figures=(
            Figure(_("全部报送户"), _("增速"), shown(gap.extra.get("growth"), PERCENT)),
            Figure(_("同户"), _("增速"), shown(matched_growth.value, PERCENT)),
        ),
        sentences=words.composition(composition),
        note=_("两年各季度都报了收入的户，前后可比；两者之差来自报送户的进出。"),
    )


def fallen(view: View) -> pl.DataFrame:
    """`place, fell, compared`: the households of each place whose income is below last year's.

    A place is a building, or a unit where the scope is a building.
    """
    level = "unit" if view.scope.building else "building"
    comparable = incomes(view).drop_nulls(["now", "before"])
    return (
        comparable.group_by(level)
        .agg(fell=(pl.col("now") < pl.col("before")).sum(), compared=pl.len())
        .rename({level: "place"})
        .sort("fell", "place", descending=[True, False])
    )


def fallen_bars(view: View) -> dict[str, Any]:
    """The places by the number of households whose income fell, most first."""
    rows = [
        (place, fell, _("占 {share}", share=shown(fell / compared, PERCENT)))
        for place, fell, compared in fallen(view).rows()
    ]
    return ranking(rows, view.theme, HOUSEHOLDS, title=_("收入下降的户"))


def fallen_table(view: View) -> Table:
    """The places: how many households' income fell, how many could be compared."""
    places = fallen(view)
    return Table.of(
        Column(_("楼栋"), places["place"]),
        Column(_("收入下降户"), places["fell"]),
        Column(_("可比户"), places["compared"]),
    )


def fallen_finding(view: View) -> str:
    """收入下降 213户，占可比户 22.4%."""
    places = fallen(view)
    compared, fell = int(places["compared"].sum()), int(places["fell"].sum())
    if not compared:
        return _("没有可比的户")
    return _(
        "收入比上年同期下降的 {n}，占 {share}",
        n=counted(fell, HOUSEHOLDS), share=shown(fell / compared, PERCENT),
    )  # fmt: skip


def spread_finding(view: View) -> str:
    """人均 11,836 元，中位数 11,020 元."""
    gap = view.read(GAP)
    if gap.numerator is None:
        return label_and_value(view, gap)
    mean, median = counted(gap.numerator, YUAN), median_income(view) if view.sees_few else None
    if median is None:
        return words.dated(view, gap, _("年内累计人均 {mean}", mean=mean))
    middle = counted(median, YUAN)
    text = _("年内累计人均 {mean}，中间一户 {middle}", mean=mean, middle=middle)
    return words.dated(view, gap, text)


def caption(view: View) -> str:
    """The county, the basis of comparison, ledger, coverage and date."""
    definition = _(
        "对标{county}，{basis}；只比增速，不比水平",
        county=_(view.plan.county),
        basis=_(view.plan.basis),
    )
    return sourced(view, view.read(GAP), "income", definition)


def levels_caption(view: View) -> str:
    """Why the level of income is not compared with the county's."""
    return _("台账与县抽样调查口径不同，县域线只作参照；只计各季度报齐的户")


INCOME = Section(
    key="income",
    label=N_("增收对标"),
    question=N_("搬迁群众收入增速是否高于县域平均？"),
    group=N_("核心指标"),
    position=20,
    headline=words.headline,
    audience=Audience.FIGURES,
    presentable=True,
    periods=("quarter", "half", "year"),
    source=("income",),
    panels=(
        Panel("pair", words.pair_finding, pair, caption, pair_table, NEEDS, (GAP,), width=7),
        Panel("components", words.component_finding, waterfall, caption,
              lambda view: tables.of_readings(components(view)), NEEDS, (GAP,), width=5),
        Panel("matched", words.matched_finding, matched, caption, needs=NEEDS,
              metrics=("matched_income_growth",), width=5),
        Panel("spread", spread_finding, distribution, levels_caption, spread_table, NEEDS, width=7),
        Panel("fallen", fallen_finding, fallen_bars, levels_caption, fallen_table, ("income",),
              click="scope"),
    ),
)  # fmt: skip
