"""指标口径: what every figure means, in words, as a formula and as the SQL that is run."""

from __future__ import annotations

from board import ledgers, metrics, questions
from board.access import Audience
from board.catalogue import METRICS
from board.i18n import N_, _
from board.metrics import Metric
from board.sections.blocks import Article, Card, Code, Line, Lines
from board.sections.cards import card
from board.sections.rows_behind import PARTS, behind
from board.sections.section import Choice, Panel, Section, View
from board.sections.words import joined, quoted
from board.store import QUERIES, statement
from board.table import Table

KINDS = {"month": N_("月"), "quarter": N_("季"), "half": N_("半年"), "year": N_("年")}
SCOPES = {
    "plan": N_("方案"), "settlement": N_("安置点"), "building": N_("楼栋"), "unit": N_("单元"),
    "department": N_("部门"),
}  # fmt: skip
SPANS = {
    "last_month": N_("取所选时期最后一个月的数。"),
    "period": N_("所选时期各月合计。"),
    "year_to_date": N_("从当年1月累计到所选时期末。"),
    "to_date": N_("从一开始累计到所选时期末。"),
}
BOUNDS = {
    "rate": N_("比率 = 分子合计 ÷ 分母合计；下限把未报的都算作没有，上限都算作有。"),
    "count": N_("个数；下限不算未报的，上限把未报的都算上。"),
    "rounds": N_("轮数；覆盖达到方案的覆盖率下限的月份才算一轮。"),
    "gap": N_("两个增速之差，没有上下限；覆盖低于方案的覆盖率下限时不作判定。"),
    "median": N_("中位数，没有上下限；覆盖低于方案的覆盖率下限时不作判定。"),
    "growth": N_("增速，没有上下限；覆盖低于方案的覆盖率下限时不作判定。"),
}


def metric(view: View) -> Metric:
    """The metric that the reader chose; the first one by default."""
    return METRICS.get(view.choice("metric")) or next(iter(METRICS.values()))


def headline(view: View) -> str:
    """指标口径：资产盘活率."""
    return _("指标口径：{label}", label=_(metric(view).label))


def now(view: View) -> tuple[Card, ...]:
    """The card of the chosen metric."""
    return (card(view, metric(view).key),)


def words(view: View) -> Article:
    """The metric's definition, formula, target, measures, ledgers, periods and scopes."""
    chosen = metric(view)
    by_name = ledgers.by_name()
    sheets = [str(by_name[n].sheet_title()) for n in chosen.ledgers if n in by_name]
    return Article(
        (
            (_("定义"), _(chosen.definition)),
            (_("算法"), _(BOUNDS[chosen.kind]) + _(SPANS[chosen.span])),
            (_("目标"), target(view, chosen.key)),
            (
                _("举措"),
                joined([_("第{n}项", n=n) for n in view.bound(chosen.key).measures]) or "—",
            ),
            (_("台账"), joined(sheets)),
            (_("另计"), joined([_(companion.label) for companion in chosen.companions]) or "—"),
            (_("时期"), joined([_(KINDS[kind]) for kind in chosen.periods])),
            (_("范围"), joined([_(SCOPES[kind]) for kind in chosen.scopes])),
            (_("代号"), f"`{chosen.key}`"),
        )
    )


def target(view: View, key: str) -> str:
    """The metric's targets in the plan, each with the words it rests on, or 无目标."""
    stated = [t for t in view.plan.targets if t.metric == key]
    return _("；").join(quoted(t) for t in stated) or _("无目标")


def matching(_view: View) -> Article:
    """The rules that match open posts with members of zero-employment households."""
    return Article(tuple(questions.scoring()))


def query(view: View) -> Code:
    """The metric's SQL, as it is run."""
    name = metric(view).sql
    return Code(f"queries/{name}.sql", statement(QUERIES, name).strip())


def rows(view: View) -> Table:
    """The rows behind the figure, each with its batch, file, sheet and row."""
    part = next((key for key in metrics.PARTS if key == view.choice("part")), metrics.PARTS[0])
    return behind(view, metric(view), part)


def every(view: View) -> Lines:
    """All metrics, each with a link to its definition."""
    lines = tuple(
        Line(
            joined(list(view.bound(entry.key).measures)) or "—", "mute", _(entry.label), _(entry.definition),
            link=(("metric", entry.key),),
        )
        for entry in METRICS.values()
    )  # fmt: skip
    more = _("{n} 个指标，点名称看口径", n=len(lines))
    return Lines(lines, widths=(0.8, 2.6, 8), first=0, more=more)


DEFINITIONS = Section(
    key="definitions",
    label=N_("指标口径"),
    question=N_("每个数字是怎么算出来的？"),
    group=N_("查询"),
    position=20,
    headline=headline,
    audience=Audience.EVERYONE,
    presentable=True,
    scopes=("plan", "settlement", "building", "unit", "department"),
    always=True,
    choices=(Choice("metric", N_("指标"), [(key, m.label) for key, m in METRICS.items()]),),
    panels=(
        Panel("now", lambda _view: _("现在的数"), now, width=4),
        Panel("words", lambda _view: _("用文字说"), words, width=8),
        Panel(
            "rows",
            lambda _view: _("数字背后的每一行，以及它在哪张台账的哪一格"),
            rows,
            choices=(Choice("part", N_("部分"), PARTS),),
        ),
        Panel("query", lambda _view: _("实际运行的查询语句"), query),
        Panel("matching", lambda _view: _("岗位怎么推荐给零就业家庭"), matching),
        Panel("every", lambda _view: _("全部指标"), every),
    ),
)
