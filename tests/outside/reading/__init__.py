"""Read what the pages say and check it against the answers of `metrics` and `measures`.

Written apart from the pages: nothing of the board is imported here. `faults` says what is wrong
with a text; nothing is wrong with a text that claims nothing. A text with a number or a verdict
that no kind of sentence fits is a fault too.
"""

from tests.outside.reading import cards, overview
from tests.outside.reading.answers import Answer, Answers, Question, View
from tests.outside.reading.reading import NOT_UNDERSTOOD, Rules, Text, read

__all__ = ["NOT_UNDERSTOOD", "Answer", "Answers", "Question", "Text", "View", "faults", "read_pages"]

# (page, panel, kind) → the kinds of sentences that may stand there; * is any.
RULES: Rules = {
    ("*", "", "card"): (cards.card,),
    ("overview", "", "headline"): (overview.headline,),
    ("overview", "moves", "finding"): (overview.moves,),
    ("overview", "moves", "line"): (overview.move,),
    ("overview", "moves", "empty"): (overview.no_moves_listed,),
    ("overview", "matters", "finding"): (overview.matters,),
    ("overview", "matters", "line"): (overview.matter,),
    ("overview", "matters", "empty"): (overview.all_fine,),
    ("overview", "strip", "finding"): (overview.strip,),
    ("overview", "strip", "strip"): (overview.strip_cells,),
}
read_pages = {page for page, _panel, _kind in RULES if page != "*"}


def faults(text: Text, view: View) -> list[str]:
    """What is wrong with a text of a page."""
    return read(text, view, RULES)
