"""What an upload would do to the stored rows: the counts by ledger, and the changed cells."""

from __future__ import annotations

import polars as pl
import streamlit as st

from board.access import RIGHTS, Reader
from board.i18n import _
from board.intake import Replacing
from board.ledgers import by_name
from board.sections.ledgers.page import title as ledger_title
from board.sections.words import noted, plain
from board.ui.status_markup import gray

SHOWN = 200


def cells(replacing: Replacing, who: Reader) -> None:
    """The first changed cells and how many there are."""
    if not replacing.cells:
        return
    every = sum(replacing.changed_cells.values())
    st.markdown(_("**入库会改动 {n} 格**（旧值 → 新值）", n=every))
    table = frame(replacing, who)
    st.dataframe(table, hide_index=True, height=min(280, 40 + 35 * table.height), alt=_("改动"))
    if every > table.height:
        st.markdown(
            gray(
                _(
                    "表中是前 {shown} 格，还有 {more} 格。",
                    shown=table.height,
                    more=every - table.height,
                )
            )
        )


def summary(replacing: Replacing) -> list[str]:
    """户台账：新增 12 行 · 重复 980 行 · 改动 8 行."""
    declared = by_name()
    return [
        _(
            "{ledger}：{counts}",
            ledger=plain(ledger_title(declared[name])),
            counts=noted(
                _("新增 {n} 行", n=replacing.adds[name]),
                _("与库里相同 {n} 行", n=replacing.repeats.get(name, 0)),
                _("改动 {n} 行", n=replacing.changes.get(name, 0)),
            ),
        )
        for name in replacing.adds
        if name in declared
    ]


def persons_shown(who: Reader) -> bool:
    """Whether the reader sees the personal columns of the ledgers that they load in full."""
    return RIGHTS[who.role].loads == "department" and not who.presenting


def frame(replacing: Replacing, who: Reader) -> pl.DataFrame:
    """A row a changed cell: ledger, cell, key, column, old value and its batch, new value."""
    persons, first = persons_shown(who), replacing.cells[:SHOWN]
    return pl.DataFrame(
        {
            _("台账"): [ledger_title(by_name()[c.ledger]) for c in first],
            _("单元格"): [c.cell for c in first],
            _("哪一行"): [c.key_shown(persons=persons) for c in first],
            _("列"): [c.field.header for c in first],
            _("旧值"): [c.shown(c.old, persons=persons) for c in first],
            _("新值"): [c.shown(c.new, persons=persons) for c in first],
            _("旧值何时入库"): [
                _("{day}（第 {n} 批）", day=c.recorded_on, n=c.batch) for c in first
            ],
        }
    ).cast(pl.String)
