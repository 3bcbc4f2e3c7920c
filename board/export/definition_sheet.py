"""The sheet that describes a workbook: table, definitions, ledgers, reader and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import polars as pl

from board import storage
from board.access import Reader
from board.catalogue import METRICS
from board.i18n import N_, _
from board.ledgers import Ledger, by_name
from board.metrics import PERCENT, Metric, NotDefinedError, Part
from board.numerals import clock, period, place_name, shown
from board.publish import board_name
from board.reference import Lists
from board.sections import Panel, Section, View
from board.sections.definitions.page import BOUNDS, SPANS, target
from board.sections.escaping import JOINER
from board.sections.ledgers.page import CADENCE, title
from board.sections.rows_behind import PARTS
from board.sections.words import joined
from board.store import WithheldError
from board.template import described

TERMINAL = N_("命令行")
Terms = Iterator[tuple[str, str]]
# The innermost :gray[…] of a text; it may contain escaped brackets.
TONED = re.compile(r":[a-z-]+\[((?:\\.|[^\[\]\\])*)\]")


def about(section: Section, panel: Panel, view: View) -> list[tuple[str, str]]:
    """The description of a panel's table, as pairs of term and text."""
    caption = unmarked(panel.caption(view)) if panel.caption else ""
    return [
        (_("页面"), page_title(section)),
        (_("表"), unmarked(panel.finding(view))),
        *([(_("图下说明"), caption)] if caption else []),
        *circumstances(section, panel, view),
        *(term for key in metric_keys(panel, view) for term in metric_terms(METRICS[key], view)),
        *sources(panel, view),
        *edition(view),
        *export_terms(storage.default_root(), view.reader),
    ]


def about_rows(section: Section, metric: Metric, part: Part, view: View) -> list[tuple[str, str]]:
    """The description of the rows behind a figure, as pairs of term and text."""
    part_label = _(dict(PARTS)[part]).lower()
    return [
        (_("页面"), page_title(section)),
        (_("表"), _("{metric}：{part}的每一行", metric=_(metric.label), part=part_label)),
        *period_and_place(view),
        *metric_terms(metric, view),
        *(
            ledger_term(by_name()[name], view.plan.keepers)
            for name in metric.ledgers
            if name in by_name()
        ),
        *edition(view),
        *export_terms(storage.default_root(), view.reader),
    ]


def page_title(section: Section) -> str:
    """A page's label and question."""
    return _("{page}：{question}", page=_(section.label), question=_(section.question))


def period_and_place(view: View) -> Terms:
    """The period and the scope."""
    yield _("时期"), period(view.period)
    yield _("范围"), view.scope.department or place_name(view.scope)


def circumstances(section: Section, panel: Panel, view: View) -> Terms:
    """The period, the scope and the reader's choices on the page."""
    yield from period_and_place(view)
    for choice in (*section.choices, *panel.choices, *panel.follows):
        labels = dict(choice.offered(view))
        if (value := view.choice(choice.key)) in labels and len(labels) > 1:
            yield _(choice.label), _(labels[value])


def metric_keys(panel: Panel, view: View) -> Sequence[str]:
    """The keys of a panel's metrics, else the metric that the reader chose."""
    key = view.choice("metric")
    return panel.metrics or ((key,) if key in METRICS else ())


def metric_terms(metric: Metric, view: View) -> Terms:
    """A metric: name, definition, formula, target, measures, coverage."""
    yield _("指标"), _("{name}（{key}）", name=_(metric.label), key=metric.key)
    yield _("定义"), _(metric.definition)
    yield _("算法"), _(BOUNDS[metric.kind]) + _(SPANS[metric.span])
    yield _("目标"), target(view, metric.key)
    if measures := view.bound(metric.key).measures:
        yield _("举措"), joined([_("第{n}项", n=n) for n in measures])
    with suppress(WithheldError, NotDefinedError):
        reading = view.read(metric.key)
        if (share := reading.coverage) is not None:
            when, place = period(reading.period), place_name(reading.scope)
            text = _("{when}，{place}：已报 {share}", when=when, place=place, share=shown(share, PERCENT))  # fmt: skip
            yield _("覆盖"), text


def sources(panel: Panel, view: View) -> Terms:
    """The ledgers that a table is made from."""
    names = [*panel.needs, *(n for key in metric_keys(panel, view) for n in METRICS[key].ledgers)]
    for name in dict.fromkeys(names):
        if name in by_name():
            yield ledger_term(by_name()[name], view.plan.keepers)


def ledger_term(ledger: type[Ledger], keepers: Mapping[str, str]) -> tuple[str, str]:
    """A ledger with its keeper, by the plan, and its cadence."""
    return _("台账"), _(
        "{ledger}（填报单位：{keeper}；{cadence}）",
        ledger=title(ledger), keeper=_(keepers.get(ledger.name, "—")), cadence=_(CADENCE[ledger.cadence]),
    )  # fmt: skip


def edition(view: View) -> Terms:
    """The edition of the figures, and warnings: suppressed counts, names, invented data."""
    snapshot = view.snapshot
    recorded_until = clock(snapshot.known_at) if snapshot.known_at else "—"
    yield (
        _("版本"),
        _("第{n}版，入库截至 {when}（北京时间）", n=snapshot.events, when=recorded_until),
    )
    if snapshot.at:
        yield (
            _("当时所知"),
            _("按 {when} 所知，此后的入库和更正都不在内。", when=clock(snapshot.at)),
        )
    if view.reader.permissions.suppressed:
        yield _("公开显示"), _("人数或户数过少的数，和能推算出它们的数，不单独显示。")
    if view.laid_open:
        yield _("个人信息"), _("含姓名和电话，只供工作使用，不得转发。")
    if snapshot.frame("invented")["invented"][0]:
        yield _("示例数据"), _("数字来自虚构的安置点，不是真实情况。")


def export_terms(root: Path, who: Reader | None = None) -> Terms:
    """The board's name, the exporting reader and the time.

    Without accounts, the reader is the user who runs the program.
    """
    yield _("看板"), board_name(root)
    name, role = (who.name, who.role.label) if who else ("", TERMINAL)
    yield _("导出人"), _("{name}（{role}）", name=name or storage.account(), role=_(role))
    yield _("导出时间"), _("{when}（北京时间）", when=clock(storage.now()))


def ledger_terms(
    ledger: type[Ledger], frame: pl.DataFrame, names: Lists, keepers: Mapping[str, str]
) -> Terms:
    """A ledger's rows in force: keeper, number of rows, a description of each column.

    `names` and `keepers` are what the store's plans name.
    """
    yield ledger_term(ledger, keepers)
    yield _("现行行数"), f"{frame.height:,}"
    for name, *words in described(ledger, names):
        yield f"　{name}", "；".join(word for word in words if word)


def unmarked(text: str) -> str:
    """A text of a page without its markdown."""
    bare = re.sub(r"(?<!\\)(?:\*\*|`)", "", text.replace(JOINER, ""))
    while (outer := TONED.sub(r"\1", bare)) != bare:
        bare = outer
    return re.sub(r"\\(.)", r"\1", bare).replace("&nbsp;", "").replace("  \n", "\n").strip()
