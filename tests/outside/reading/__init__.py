"""Read what the pages say and check it against the answers of `metrics` and `measures`.

Written apart from the pages: nothing of the board is imported here. `faults` says what is wrong
with a text; nothing is wrong with a text that claims nothing. A text with a number or a verdict
that no kind of sentence fits is a fault too.
"""

import re
from typing import NamedTuple

from tests.outside.reading import (
    annotations,
    cards,
    charts,
    definitions,
    household,
    lists,
    measures,
    overview,
    pages,
    panels,
    people,
    plan,
    words,
)
from tests.outside.reading.answers import Answer, Answers, Question, View
from tests.outside.reading.reading import NOT_UNDERSTOOD, Rules, Text, literal, read

__all__ = [
    "NOT_UNDERSTOOD",
    "Answer",
    "Answers",
    "Question",
    "Text",
    "View",
    "faults",
    "read_pages",
]


def quoted(text: str, _view: View) -> list[str] | None:
    """The plan's title and number, word for word."""
    return [] if set(text.split(" · ")) <= plan.titles() else None


# (page, panel, kind) → the kinds of sentences that may stand there; * is any.
RULES: Rules = {
    ("*", "", "card"): (cards.card,),
    ("*", "*", "finding"): (panels.whole,),
    ("*", "*", "caption"): (panels.caption,),
    ("*", "*", "alt"): (
        *charts.rules(),
        panels.course,
        panels.bars,
        panels.nothing_drawn,
    ),
    ("*", "*", "fact"): (panels.fact,),
    ("overview", "", "headline"): (overview.headline,),
    ("overview", "moves", "finding"): (overview.moves,),
    ("overview", "moves", "line"): (overview.move,),
    ("overview", "moves", "empty"): (overview.no_moves_listed,),
    ("overview", "matters", "finding"): (overview.matters, overview.no_targets),
    ("overview", "matters", "line"): (overview.matter,),
    ("overview", "matters", "empty"): (overview.all_fine,),
    ("overview", "strip", "finding"): (overview.strip,),
    ("overview", "strip", "strip"): (overview.strip_cells,),
    ("measures", "", "headline"): (measures.headline,),
    ("measures", "closing", "finding"): (measures.closing,),
    ("measures", "closing", "empty"): (measures.closing,),
    ("measures", "closing", "row"): (measures.closing_row,),
    ("measures", "closing", "caption"): (literal(words.CLOSING_LEGEND),),
    ("measures", "*", "finding"): (measures.chapter,),
    ("measures", "*", "caption"): (quoted,),
    ("measures", "*", "entry"): (measures.entry,),
    **pages.RULES,
    **lists.RULES,
    **household.RULES,
    **definitions.RULES,
    ("definitions", "now", "card"): (cards.card,),
    ("income", "spread", "finding"): people.SPREAD,
    ("income", "spread", "alt"): (*people.SPREAD_DRAWN, panels.nothing_drawn),
    ("employment", "industries", "finding"): people.INDUSTRIES,
    ("employment", "industries", "alt"): (people.wages_drawn, panels.nothing_drawn),
    ("employment", "destinations", "finding"): people.DESTINATIONS,
    ("employment", "destinations", "alt"): (people.wages_drawn, panels.nothing_drawn),
    ("employment", "moves", "finding"): people.MOVES,
    ("employment", "moves", "alt"): (*people.MOVES_DRAWN, panels.nothing_drawn),
}
# What is no text of a page, with the reason. * is any.
LEFT_OUT: dict[tuple[str, str, str], str] = {
    ("*", "", "hidden"): "how many panels are not shown, which the collection of texts counts",
}


def left_out(text: Text) -> bool:
    """Whether a text is declared not to be read."""
    return any(
        (page, panel, kind) in LEFT_OUT
        for page in (text.page, "*")
        for panel in (text.panel, "*")
        for kind in (text.kind, "*")
    )


# Before a number of people that is rounded for who may not see few.
ABOUT = re.compile(r"约(?=\d)")


class Exact(NamedTuple):
    """A text without 约: the answers that it is compared with are rounded as it is."""

    page: str
    panel: str
    kind: str
    text: str


def faults(text: Text, view: View) -> list[str]:
    """What is wrong with a text of a page; nothing with one that is declared not to be read."""
    if left_out(text):
        return []
    if ABOUT.search(text.text):
        if not view.answers.leader:
            return ["told as about to who sees every count"]
        text = Exact(text.page, text.panel, text.kind, ABOUT.sub("", text.text))
    if text.kind != "mark":
        return read(text, view, RULES)
    own = [rule(text.text, view) for rule in RULES.get((text.page, text.panel, "mark"), ())]
    found = next((faults for faults in own if faults is not None), None)
    return annotations.annotation(text, view) if found is None else found
