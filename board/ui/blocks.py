"""Draw the blocks of a panel: cards, lines, facts, tables and the plan's measures."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch
from typing import Any, Literal

import polars as pl
import streamlit as st

from board.i18n import _, language
from board.sections import (
    Article,
    Card,
    Code,
    Entries,
    Entry,
    Facts,
    Indicator,
    Line,
    Lines,
    Strip,
    by_key,
)
from board.table import Table
from board.ui import address, recheck
from board.ui.status_markup import gray, mark, mark_and_word, toned

SHOWN = 200
ONE_LINE = 22


@singledispatch
def draw(block: object, name: str) -> None:
    """Draw a block; `name` is its panel's name, for the keys of its widgets."""
    raise TypeError(type(block).__name__)


@draw.register(tuple)
def cards(block: tuple[Card, ...], name: str, least: int = 1) -> None:
    """Cards side by side, in at least `least` columns; on a phone they stack."""
    with st.grid(max(len(block), least), min_column_width=190, gap="small"):
        for card in block:
            with st.container(border=True, height="stretch", gap="xsmall"):
                _card(card)


def _card(card: Card) -> None:
    st.markdown(_card_title(card), help=card.definition or None)
    st.metric(
        card.label,
        card.value,
        # A chip says how a figure stands to its target: without one there is nothing to say.
        delta=mark_and_word(card.status) if card.has_target else None,
        delta_color="blue",
        delta_arrow="off",
        chart_data=list(card.chart) if len(card.chart) > 1 else None,
        chart_type="line",
        label_visibility="collapsed",
    )
    st.markdown("  \n".join(part for part in (card.line, gray(card.note)) if part) or "&nbsp;")
    if card.page:
        address.page_link(card.page, _("去{page}", page=_(by_key()[card.page].label)))


def _card_title(card: Card) -> str:
    """A card's label and basis; in English always two lines, so that the values align."""
    if language() != "en":
        return f"**{card.label}** {gray(card.basis)}"
    first, _space, last = card.label.rpartition(" ")
    if len(card.label) > ONE_LINE and first:
        return f"**{first}**  \n**{last}**"
    return f"**{card.label}**  \n{gray(card.basis) or '&nbsp;'}"


@draw.register
def lines(block: Lines, name: str) -> None:
    """A list of lines; lines beyond `block.first` are in a closed expander."""
    if not block.lines:
        st.markdown(f":gray[{block.empty}]")
        return
    if block.first:
        _rows(block.lines[: block.first], block.widths)
    if rest := block.lines[block.first :]:
        label = block.more or _("另有 {n} 项", n=len(rest))
        fold = st.expander(label, key=f"{name}.more", on_change="rerun")
        if fold.open:
            with fold:
                _rows(rest, block.widths)


def _rows(rows: tuple[Line, ...], widths: tuple[float, ...]) -> None:
    with st.container(gap="xxsmall"):
        for row in rows:
            middle: Literal["center", "top"] = "center" if row.link else "top"
            columns = st.columns(widths, gap="small", vertical_alignment=middle)
            columns[0].markdown(toned(f"**{row.word}**", row.tone))
            if row.page:
                # A link is one line; what follows in the text stands below it.
                first, _break, rest = row.text.partition("  \n")
                with columns[1].container(gap=None):
                    address.page_link(row.page, first, row.link)
                    if rest:
                        st.markdown(rest)
            elif row.link:
                columns[1].button(
                    row.text,
                    key=f"line {row.link}",
                    type="tertiary",
                    on_click=recheck.callback(address.move_all, row.link),
                )
            else:
                columns[1].markdown(row.text)
            if len(columns) > 2:
                columns[2].markdown(f":gray[{row.note}]" if row.note else "&nbsp;")


@draw.register
def facts(block: Facts, name: str) -> None:
    """A few large figures side by side, with sentences below."""
    if block.figures:
        for column, figure in zip(st.columns(len(block.figures)), block.figures, strict=True):
            column.markdown(f"{figure.label} {gray(figure.basis)}")
            column.metric(figure.label, figure.value, label_visibility="collapsed")
    for sentence in block.sentences:
        st.markdown(sentence)
    if block.note:
        st.markdown(gray(block.note))


@draw.register
def strip(block: Strip, name: str) -> None:
    """The plan: a column a chapter, a line a measure, counts by status below."""
    # Chinese names have four characters; English ones are longer, a shared screen's are larger.
    presenting = address.presenting()
    columns, least = (
        (5, 240 if presenting else 200) if presenting or language() == "en" else (9, 118)
    )
    for cell in block.goals:
        st.markdown(f"**{cell.measure} {cell.short}**　{mark_and_word(cell.status)}")
    grid = st.grid(columns, min_column_width=least, gap="small")
    for chapter in block.chapters:
        with grid.cell(), st.container(gap="xxsmall"):
            st.markdown(f"**{chapter.title}**")
            st.markdown(
                "  \n".join(f"{mark(c.status)} {c.measure} {c.short}" for c in chapter.cells)
            )
    st.markdown(
        "　".join(
            f"{toned(f'{status.mark} {_(status.word)}', status.tone)} **{count}**"
            for status, count in block.counts.items()
        )
    )
    if block.page:
        address.page_link(block.page, _("逐项看举措进度"))


@draw.register
def article(block: Article, name: str) -> None:
    """Terms in gray on the left, their descriptions on the right."""
    with st.container(gap="xxsmall"):
        for term, description in block.terms:
            left, right = st.columns(block.widths, gap="small")
            left.markdown(f":gray[{term}]")
            right.markdown(description)


@draw.register
def code(block: Code, name: str) -> None:
    """Code as it is written, in a closed expander."""
    fold = st.expander(block.label, key=f"{name}.code", on_change="rerun")
    if fold.open:
        fold.code(block.text, language="sql")


@draw.register
def table(block: Table, name: str, height: int | Literal["auto"] = "auto") -> None:
    """The first rows of a table."""
    if block.frame.is_empty():
        st.markdown(f":gray[{block.empty or _('没有可列的行。')}]")
        return
    frame = replace(block, frame=block.frame.head(SHOWN)).in_words()
    st.dataframe(
        frame.with_columns(pl.col(pl.String).fill_null("")),
        hide_index=True,
        height=height,
        alt=_("表格"),
        placeholder="",
        column_config=numbers(block),
    )
    if frame.height < block.frame.height:
        first, total = f"{SHOWN:,}", f"{block.frame.height:,}"
        st.markdown(gray(_("表中是前 {shown} 行，共 {all} 行。", shown=first, all=total)))


def numbers(block: Table) -> dict[str, Any]:
    """Thousands separators for numeric columns, except ordinals."""
    return {
        name: st.column_config.NumberColumn(format="localized")
        for name, dtype in block.frame.schema.items()
        if dtype.is_numeric() and not block.has_words(name) and block.kind(name) != "ordinal"
    }


@draw.register
def entries(block: Entries, name: str) -> None:
    """Measures of the plan: title, leads and requirement, then indicators, then tasks."""
    if not block.entries:
        st.markdown(f":gray[{block.empty}]")
    for entry in block.entries:
        _entry(entry, name)


def _entry(entry: Entry, name: str) -> None:
    left, middle, right = st.columns([5, 5, 2.4], gap="medium")
    lines = [
        f"**{entry.number}　{entry.title}**",
        " ".join(part for part in (mark_and_word(entry.status), gray(entry.because)) if part),
        gray(entry.leads),
        *entry.targets,
    ]
    with left.container(gap="xxsmall"):
        st.markdown("  \n".join(lines))
        _own_words(entry, name)
    with middle.container(gap="xxsmall"):
        for indicator in entry.indicators:
            _indicator(indicator)
        if not entry.indicators:
            st.markdown(f":gray[— {_('还没有由台账算出的指标，看任务')}]")
    with right.container(gap="xxsmall"):
        st.markdown("  \n".join(part for part in (entry.tasks, gray(entry.evidence)) if part))
        for page, label in entry.pages:
            address.page_link(page, label)


def _own_words(entry: Entry, name: str) -> None:
    """What the plan itself says about a measure, behind a button."""
    if not entry.text:
        return
    popover = st.popover(
        _("方案原文"), type="tertiary", key=f"{name}.text.{entry.number}", on_change="rerun"
    )
    if popover.open:
        with popover:
            for term, text in entry.text:
                st.markdown(f"**{term}**  \n{text}")


def _indicator(indicator: Indicator) -> None:
    course = f" ![]({indicator.course})" if indicator.course else ""
    text = f"{mark(indicator.status)} {indicator.label} **{indicator.value}**{course}"
    st.markdown(f"{text} {gray(indicator.against)}")
