"""Commands that print figures: the metrics, and the rows behind one metric."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from board.commands import terminal
from board.commands.terminal import Store
from board.i18n import N_, _

if TYPE_CHECKING:
    from board.metrics import Metric, Period, Scope
    from board.store import Snapshot


class TableFormat(StrEnum):
    """The output format of figures."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Part(StrEnum):
    """Which of the rows behind a figure to list."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    EXCLUDED = "excluded"
    UNREPORTED = "unreported"


AsTable = Annotated[TableFormat, typer.Option("--format", help=N_("输出格式", "help"))]
When = Annotated[str, typer.Option("--period", help="2024-09 2024-Q3 2024-H2 2024")]
Where = Annotated[str | None, typer.Option("--scope", help=N_("安置点/3栋/2单元，或部门", "help"))]
COLUMNS = (
    "metric",
    "period",
    "scope",
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
    "unreported",
    "target",
    "path",
    "status",
    "unit",
)
Only = Annotated[
    str | None, typer.Option("--filter", help=N_("只算这些行，如 用途=以工代赈", "help"))
]  # fmt: skip
Since = Annotated[
    str | None, typer.Option("--from", help=N_("与哪个时期比，默认上一个", "help"))
]  # fmt: skip


def metrics(
    period: When,
    scope: Where = None,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", help=N_("指标", "metrics"))
    ] = None,
    only: Only = None,
    since: Since = None,
    output: AsTable = TableFormat.TABLE,
    store: Store = None,
) -> None:
    """Print metrics for a period and a scope: those named, or all that are defined there.

    In JSON each has its change since the period of `--from`, or since the period before.
    """
    from board import metrics as reading
    from board.catalogue import METRICS
    from board.plans import of_scope

    named = [_metric(key, only) for key in dict.fromkeys(metric or [])]
    if only and not named:
        terminal.stop(_("--filter 要与 --metric 同用。"))
    when = _period(period)
    before = _period(since) if since else when.before()
    snapshot = of_scope(_snapshot(store), when.last_month)
    where = _scope(snapshot, scope)
    for declared in named:
        _require_defined(declared, when, where)
    chosen = named or [
        m
        for m in METRICS.values()
        if reading.defined(m, when, where) and reading.given_by_plan(snapshot, m, when)
    ]
    answers = [
        reading.answer(
            reading.read(snapshot, declared, when, where, by=declared.axes),
            reading.change(snapshot, declared, when, before, where),
        )
        for declared in chosen
    ]
    _print(answers, COLUMNS, output)


def rows(
    key: Annotated[str, typer.Argument(help=N_("指标", "help"))],
    period: When,
    part: Annotated[Part, typer.Option("--part", help=N_("哪一部分", "help"))],
    scope: Where = None,
    only: Only = None,
    output: AsTable = TableFormat.TABLE,
    store: Store = None,
) -> None:
    """List the rows behind a metric, each with its batch, file, sheet and row."""
    from board import metrics as reading
    from board.plans import of_scope

    metric, when = _metric(key, only), _period(period)
    snapshot = of_scope(_snapshot(store), when.last_month)
    where = _scope(snapshot, scope)
    _require_defined(metric, when, where)
    frame = reading.rows(snapshot, metric, when, where, part.value)
    listed = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dicts()]
    _print(listed, frame.columns, output)


def measures(period: When, output: AsTable = TableFormat.TABLE, store: Store = None) -> None:
    """Print the state of every measure of the period's plan, and what it rests on."""
    from functools import partial

    from board import metrics as reading
    from board.catalogue import measure_states
    from board.plans import of_scope

    when = _period(period)
    snapshot = of_scope(_snapshot(store), when.last_month)
    read = partial(reading.read, snapshot, companions=False)
    answers = [one.as_dict() for one in measure_states(snapshot, when, read)]
    if output is not TableFormat.JSON:
        for answer in answers:
            answer["indicators"] = "、".join(
                f"{one['metric']} {one['status']}" for one in answer["indicators"]
            )
    _print(answers, list(answers[0]) if answers else [], output)


def _metric(key: str, only: str | None = None) -> Metric:
    """The metric of that key, counting only the rows of a filter.

    Wrong usage, with the most similar key, if there is none, or no such filter.
    """
    from dataclasses import replace

    from board.catalogue import METRICS
    from board.metrics import FilterError, filter_of
    from board.metrics.bound import columns_of

    if key not in METRICS:
        terminal.stop_unknown(N_("没有指标 {name}。{hint}"), key, METRICS, METRICS)
    metric = METRICS[key]
    if not only:
        return metric
    try:
        return replace(metric, filter=filter_of(metric, only))
    except FilterError:
        columns = "、".join(columns_of(metric)) or _("无")
        terminal.stop(_("指标 {key} 不能这样筛选：{found}。可用的列：{columns}。",
                        key=key, found=only, columns=columns))  # fmt: skip


def _period(text: str) -> Period:
    from board.metrics import Period

    try:
        return Period.parse(text)
    except ValueError:
        terminal.stop(_("看不懂时期 {text}，请写成 2024-09、2024-Q3、2024-H2 或 2024。", text=text))


def _snapshot(store: Path | None) -> Snapshot:
    """The snapshot in use; it is built first if none was built by this version of the board."""
    from board.publish import up_to_date
    from board.store import open_store

    root = terminal.root(store)
    up_to_date(root)
    return open_store(root).snapshot()


def _scope(snapshot: Snapshot, text: str | None) -> Scope:
    from board.metrics import parse_scope, whole

    if text is None:
        return whole(snapshot)
    try:
        return parse_scope(snapshot, text)
    except KeyError as error:
        near = str(error.args[0]) if error.args else ""
        hint = _("是不是 {name}？", name=near) if near and near != text else ""
        terminal.stop(_("没有范围 {text}。{hint}", text=text, hint=hint))


def _require_defined(metric: Metric, when: Period, where: Scope) -> None:
    """Stop with wrong usage if a metric is not defined for the period or the scope."""
    from board.metrics import defined

    if not defined(metric, when, where):
        terminal.stop(
            _(
                "{key} 只对这些时期和范围有定义：{periods}；{scopes}。",
                key=metric.key,
                periods="、".join(metric.periods),
                scopes="、".join(metric.scopes),
            )
        )


def _plain(value: Any) -> Any:
    """A value as JSON holds it: a day as the text 2024-03-05."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _print(listed: Sequence[dict[str, Any]], columns: Sequence[str], output: TableFormat) -> None:
    if output is TableFormat.JSON:
        terminal.out_json(listed)
    elif output is TableFormat.CSV:
        from board.export import inert

        writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: inert(row.get(name)) for name in columns} for row in listed)
    else:
        terminal.table(listed, {name: name for name in columns})
