"""Write the documents that follow from declarations: `python -m board.documents`.

docs/metrics.md and docs/ledgers.md are generated whole. The glossary and the README have tables
with generated rows: a line `<!-- made: NAME -->`, the table's header, its rows, `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from board.access import RIGHTS
from board.catalogue import METRICS
from board.catalogue import document as metrics
from board.i18n import _, speaking
from board.ledgers import document, ledgers
from board.sections import sections

PROJECT = Path(__file__).resolve().parent.parent
MADE = re.compile(r"(<!-- made: (.+?) -->\n(?:\|[^\n]*\n){2}).*?(<!-- end -->)", re.DOTALL)
Rows = Iterable[tuple[str, ...]]


def documents() -> dict[Path, str]:
    """The path of each document with generated parts, and the text it should have."""
    docs = PROJECT / "docs"
    with_tables = (docs / "glossary.md", PROJECT / "README.md")
    whole = {docs / "metrics.md": metrics.page(), docs / "ledgers.md": document.page()}
    return whole | {path: filled(path.read_text("utf-8")) for path in with_tables}


def filled(text: str) -> str:
    """The text of a document with its generated rows; KeyError where a table's name is unknown."""
    return MADE.sub(lambda made: f"{made[1]}{markdown(TABLES[made[2]]())}{made[3]}", text)


def markdown(rows: Rows) -> str:
    """The rows of a Markdown table."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def ledger_terms() -> Rows:
    """The ledgers in the glossary: sheet, English title, name in code."""
    return [(x.sheet, x.title_en, f"`{x.name}`") for x in ledgers()]


def metric_terms() -> Rows:
    """The metrics in the glossary: label, English label, key."""
    with speaking("en"):
        return [(m.label, _(m.label), f"`{m.key}`") for m in METRICS.values()]


def role_terms() -> Rows:
    """The roles in the glossary: label, English label, value, purpose in English."""
    with speaking("en"):
        return [(r.label, _(r.label), f"`{role}`", _(r.purpose)) for role, r in RIGHTS.items()]


def pages(language: str) -> Rows:
    """The pages in the README: label, and the question that the page answers."""
    with speaking(language):
        return [(_(s.label), _(s.question)) for s in sections()]


def roles(language: str) -> Rows:
    """The roles in the README: label and purpose."""
    with speaking(language):
        return [(_(r.label), _(r.purpose)) for r in RIGHTS.values()]


TABLES: dict[str, Callable[[], Rows]] = {
    "ledgers": ledger_terms,
    "metrics": metric_terms,
    "roles": role_terms,
    **{f"pages {language}": partial(pages, language) for language in ("zh", "en")},
    **{f"roles {language}": partial(roles, language) for language in ("zh", "en")},
}


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, "utf-8")
