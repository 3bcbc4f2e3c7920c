"""Which ledgers were received on time: ledgers by months, a mark for each state."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board.figures.shared.axes import month_axis
from board.figures.shared.parts import (
    Spec,
    bold,
    dots,
    empty,
    escape,
    figure,
    hover,
    iso,
    legend,
    paper,
)
from board.figures.shared.rows import hairlines, left_margin, row_axis, row_names
from board.figures.shared.words import named
from board.i18n import N_, _
from board.metrics import PERCENT
from board.numerals import day, month, shown
from board.theme import Theme

ROW = 44
# state → (plotly symbol, mark in the key, token of the theme, size, word)
STATES: dict[str, tuple[str, str, str, int, str]] = {
    "on_time": ("circle", "●", "good", 12, N_("按时")),
    "late": ("triangle-up", "▲", "warn", 13, N_("迟报")),
    "missing": ("square", "■", "bad", 12, N_("逾期未报")),
    "not_due": ("circle-open", "○", "mute", 11, N_("未到期")),
}


def calendar_of_reports(frame: pl.DataFrame, theme: Theme) -> dict[str, Any]:
    """Cells of `ledger, month, state`, with optional columns `received_on` and `coverage`.

    The states are on_time, late, missing and not_due. customdata is [ledger, month].
    """
    if frame.is_empty():
        return empty(theme, _("没有可画的数据。"))
    ledgers = list(frame["ledger"].unique(maintain_order=True))
    labels = [named(ledger) for ledger in ledgers]
    left = left_margin(labels)
    shares = [timely_share(frame, ledger) for ledger in ledgers]
    first: date = frame["month"].min()  # type: ignore[assignment]
    last: date = frame["month"].max()  # type: ignore[assignment]
    small = {"size": 14, "color": theme.mute}
    return figure(
        [trace for state in STATES if (trace := state_marks(frame, state, ledgers, theme))],
        theme, reports_alt(labels, shares), ROW * len(ledgers) + 90,
        annotations=[
            *row_names(labels, left, theme),
            *(paper(1, n, bold(share), xshift=72, xanchor="right") for n, share in enumerate(shares)),
            paper(1, 1, escape(_("按时率")), xshift=72, xanchor="right", yref="paper",
                  yanchor="bottom", yshift=6, font=small),
            legend([(mark, theme.tone(tone), _(word))  # type: ignore[arg-type]
                  for _symbol, mark, tone, _size, word in STATES.values()], theme),
        ],
        shapes=hairlines(len(ledgers), top=True),
        xaxis=month_axis(first, last, most=13) | {"range": None, "ticks": "", "showline": False},
        yaxis=row_axis(len(ledgers)), margin={"l": left, "r": 84, "t": 36, "b": 54},
    )  # fmt: skip


def state_marks(frame: pl.DataFrame, state: str, ledgers: list[str], theme: Theme) -> Spec | None:
    """The marks of all cells in one state; None if there are none."""
    cells = frame.filter(pl.col("state") == state)
    if cells.is_empty():
        return None
    symbol, _mark, tone, size, _word = STATES[state]
    own = {"symbol": symbol} | ({"line": {"width": 1.75}} if symbol.endswith("open") else {})
    rows = cells.to_dicts()
    marks = dots(
        [iso(row["month"]) for row in rows], [ledgers.index(row["ledger"]) for row in rows],
        theme.tone(tone), size, marker=own,  # type: ignore[arg-type]
    )  # fmt: skip
    data = [[row["ledger"], iso(row["month"])] for row in rows]
    return marks | hover([report_hover(row) for row in rows]) | {"customdata": data}


def report_hover(row: dict[str, Any]) -> str:
    """The hover text of a cell: ledger, month, state, day received and coverage."""
    lines = [
        bold(named(row["ledger"])),
        escape(month(row["month"])),
        escape(_(STATES[row["state"]][4])),
    ]
    if row.get("received_on"):
        lines.append(escape(_("{day}收到", day=day(row["received_on"]))))
    if row.get("coverage") is not None:
        lines.append(escape(_("覆盖 {coverage}", coverage=shown(row["coverage"], PERCENT))))
    return "<br>".join(lines)


def timely_share(frame: pl.DataFrame, ledger: str) -> str:
    """The share of a ledger's due months that were received on time, as text."""
    due = frame.filter((pl.col("ledger") == ledger) & (pl.col("state") != "not_due"))
    if due.is_empty():
        return "—"
    return shown(due.filter(pl.col("state") == "on_time").height / due.height, PERCENT)


def reports_alt(labels: list[str], shares: list[str]) -> str:
    """The alt text: every ledger's share on time."""
    rows_text = _("；").join(
        f"{label} {share}" for label, share in zip(labels, shares, strict=True)
    )
    return _("台账报送图，按时率：{rows}。", rows=rows_text)
