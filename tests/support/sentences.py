"""Every text that a page shows for a view, without Streamlit: findings, captions, cards, figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from board import access
from board.i18n import _
from board.sections import (
    Article,
    Card,
    Code,
    Entries,
    Entry,
    Facts,
    Line,
    Lines,
    Panel,
    Section,
    Strip,
    View,
)
from board.sections.cards import card
from board.store import WithheldError
from board.table import Table
from board.ui.state import without_rows

SEPARATOR = "\n"  # Between the parts of a text that stand apart on the screen.


@dataclass(frozen=True)
class Text:
    """A text on the screen: the page and the panel it stands on, what it is there, and its words.

    `kind` is headline, card, finding, caption, line, empty, fact, strip, entry, row, alt or mark
    (an annotation of a chart).
    """

    page: str
    panel: str
    kind: str
    text: str


def of_page(section: Section, view: View) -> Iterator[Text]:
    """The texts of a page as the view's reader sees them, in their order."""
    for choice in section.choices:
        chosen = view.choice(choice.key) or choice.fallback(view)
        view = view.choosing(**{choice.key: chosen})
    yield Text(section.key, "", "headline", section.headline(view))
    at = section.read_at(view) if section.read_at else view
    for key in section.figures:
        if access.admitted(view.snapshot.guard, key):
            yield Text(section.key, "", "card", of_card(card(at, key)))
    hidden = 0
    for panel in section.shown(view):
        try:
            yield from [Text(section.key, panel.key, *part) for part in of_panel(panel, view)]
        except WithheldError:
            hidden += 1
    if hidden:
        yield Text(section.key, "", "hidden", str(hidden))


def of_panel(panel: Panel, view: View) -> list[tuple[str, str]]:
    """The kind and the words of each text of a panel; none where a ledger of it is missing."""
    if without_rows(view.snapshot, panel.needs):
        return []
    for choice in (*panel.follows, *panel.choices):
        view = view.choosing(**{choice.key: choice.fallback(view)})
    caption = panel.caption(view) if panel.caption else ""
    body = panel.body(view)
    texts = [("finding", panel.finding(view)), ("caption", caption), *of_body(body)]
    return [(kind, text) for kind, text in texts if text]


def of_body(body: object) -> list[tuple[str, str]]:
    """The texts of a chart or a block."""
    match body:
        case dict():
            return of_figure(body)
        case Lines():
            lines = [("line", of_line(line)) for line in body.lines]
            return lines or [("empty", body.empty)]
        case Facts():
            figures = [join(f.label, f.basis, f.value) for f in body.figures]
            texts = [*figures, *map(plain, body.sentences), body.note]
            return [("fact", text) for text in texts]
        case Strip():
            return [("strip", text) for text in of_strip(body)]
        case Entries():
            entries = [("entry", of_entry(entry)) for entry in body.entries]
            return entries or [("empty", body.empty)]
        case Table():
            return of_table(body)
        case Article():
            return [("article", plain(join(*pair))) for pair in body.terms]
        case Code():
            return []
        case tuple():
            return [("card", of_card(one)) for one in body]
    raise TypeError(type(body).__name__)


def of_card(one: Card) -> str:
    """A card's label, basis, value, status, the line and the note below it; a line each.

    Where there is no target the card has no chip with a status.
    """
    word = f"{one.status.mark} {_(one.status.word)}" if one.has_target else ""
    return "\n".join(
        plain(part) for part in (one.label, one.basis, one.value, word, one.line, one.note)
    )


def of_line(line: Line) -> str:
    """A line's word, its sentence and its note."""
    return plain("\n".join((line.word, line.text, line.note)))


def of_strip(strip: Strip) -> list[str]:
    """The goals, then each chapter with its cells, then the counts by status."""

    def cells(title: str, listed: Any) -> str:
        return join(title, *(f"{c.status.mark} {c.measure} {c.short}" for c in listed))

    counts = [f"{status.mark} {_(status.word)} {n}" for status, n in strip.counts.items()]
    chapters = [cells(chapter.title, chapter.cells) for chapter in strip.chapters]
    return [cells("", strip.goals), *chapters, join("counts", *counts)]


def of_entry(entry: Entry) -> str:
    """A measure's texts: head, reason, targets, then a line an indicator, then its tasks."""
    head = [
        f"{entry.number}　{entry.title}",
        f"{entry.status.mark} {_(entry.status.word)}",
        entry.because,
        entry.leads,
        *(f"target {target}" for target in entry.targets),
    ]
    indicators = [
        f"indicator {i.status.mark}|{i.label}|{i.value}|{i.against}" for i in entry.indicators
    ]
    return plain("\n".join([*head, *indicators, "tasks " + entry.tasks.replace("\n", " ")]))


def of_table(table: Table) -> list[tuple[str, str]]:
    """Each row of a table that is a panel's body, as `header：cell` a line; else what is empty."""
    if table.frame.is_empty():
        return [("empty", table.empty)]
    rows = table.in_words().rows(named=True)
    return [
        ("row", "\n".join(f"{name}：{'' if cell is None else cell}" for name, cell in row.items()))
        for row in rows
    ]


def of_figure(figure: dict[str, Any]) -> list[tuple[str, str]]:
    """The alternative text and the annotations of a chart."""
    layout = figure.get("layout", {})
    alt = (layout.get("meta") or {}).get("alt", "")
    notes = [str(note.get("text", "")) for note in layout.get("annotations") or []]
    return [("alt", alt), *(("mark", plain(note)) for note in notes)]


def join(*parts: str) -> str:
    """The parts that are not empty, a line each."""
    return SEPARATOR.join(part for part in parts if part)


def plain(text: str) -> str:
    """A text without the markup of markdown and plotly."""
    text = re.sub(r":(?:gray|small|red)\[", "", text)
    text = re.sub(r"\*\*|(?<!\\)\]", "", text)
    text = re.sub(r"<br>", "\n", text)
    text = unescape(re.sub(r"</?\w[^>]*>", "", text))
    return re.sub(r"\\([\\`*_{}\[\]<>$~:#|!&])", r"\1", text).replace("  \n", "\n")
