"""Read what the pages say and check it against the answers of `metrics` and `measures`.

Written apart from the pages: nothing of the board is imported here. `faults` says what is wrong
with a text; nothing is wrong with a text that claims nothing. A text with a number or a verdict
that no kind of sentence fits is a fault too.
"""

from tests.outside.reading import cards, charts, measures, overview, pages, panels, plan, words
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
        *charts.rules(), panels.course, panels.bars, panels.nothing_drawn,
    ),  # fmt: skip
    ("*", "*", "fact"): (panels.fact,),
    ("overview", "", "headline"): (overview.headline,),
    ("overview", "moves", "finding"): (overview.moves,),
    ("overview", "moves", "line"): (overview.move,),
    ("overview", "moves", "empty"): (overview.no_moves_listed,),
    ("overview", "matters", "finding"): (overview.matters,),
    ("overview", "matters", "line"): (overview.matter,),
    ("overview", "matters", "empty"): (overview.all_fine,),
    ("overview", "strip", "finding"): (overview.strip,),
    ("overview", "strip", "strip"): (overview.strip_cells,),
    ("measures", "", "headline"): (measures.headline,),
    ("measures", "closing", "finding"): (measures.closing,),
    ("measures", "closing", "row"): (measures.closing_row,),
    ("measures", "closing", "caption"): (literal(words.CLOSING_LEGEND),),
    ("measures", "*", "finding"): (measures.chapter,),
    ("measures", "*", "caption"): (quoted,),
    ("measures", "*", "entry"): (measures.entry,),
    **pages.RULES,
}
read_pages = {page for page, _panel, _kind in RULES if page != "*"}


def faults(text: Text, view: View) -> list[str]:
    """What is wrong with a text of a page."""
    return read(text, view, RULES)
