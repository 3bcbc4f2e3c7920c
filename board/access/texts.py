"""Hide from shared screens what staff write in words, but for declared columns, and strike persons there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import polars as pl

from board.ledgers import Field, ledgers
from board.ledgers.plan_sheets import SHEETS
from board.metrics import Reading
from board.store import Queries, WithheldError, derived, statement

COMMENT = re.compile(r"--.*")
NAME = re.compile(r"\w+")
TEXTS = (pl.String(), pl.List(pl.String()))


def for_shared_screen(
    whole: Queries, queries: Path, query: str, answer: pl.DataFrame
) -> pl.DataFrame:
    """The answer without texts that are not declared as shared, and without persons in the others.

    The texts of a column that is not shared are null.
    """
    texts = [name for name, kind in answer.schema.items() if kind in TEXTS]
    hidden = private_columns(query, queries).intersection(texts)
    answer = answer.with_columns(pl.lit(None, answer.schema[name]).alias(name) for name in hidden)
    replaced = _struck(whole)
    words = [name for name in texts if name not in hidden and answer.schema[name] == pl.String]
    if not replaced or not words:
        return answer
    return answer.with_columns(pl.col(words).replace(list(replaced), list(replaced.values())))


def admit_grouping(queries: Path, query: str, columns: Sequence[str]) -> None:
    """Raise WithheldError where rows are grouped by a text that shared screens don't show."""
    if private_columns(query, queries).intersection(columns):
        raise WithheldError(query)


def labels_shown(
    whole: Queries, queries: Path, query: str, by: Mapping[str, list[Reading]]
) -> dict[str, list[Reading]]:
    """The breakdowns of a figure without those by a private text, and without persons in labels."""
    hidden, replaced = private_columns(query, queries), _struck(whole)
    return {
        axis: [replace(part, label=replaced.get(part.label, part.label)) for part in parts]
        for axis, parts in by.items()
        if axis not in hidden
    }


def _struck(whole: Queries) -> dict[str, str]:
    """Text → the text without the persons named in it; only texts that name one."""
    return derived(whole, "struck texts", lambda: _replaced(whole))


def _replaced(whole: Queries) -> dict[str, str]:
    return dict(whole.frame("struck_texts").iter_rows())


@cache
def private_columns(query: str, queries: Path) -> frozenset[str]:
    """The names of the texts that staff write in the ledgers which a query reads, but shared ones.

    A name that one of these ledgers shares and another does not is private.
    """
    read = set(NAME.findall(COMMENT.sub("", statement(queries, query))))
    return frozenset().union(*(_private(queries).get(name, ()) for name in read))


@cache
def _private(queries: Path) -> dict[str, frozenset[str]]:
    """Table or view → the private texts of the ledgers that it comes from."""
    private = {
        ledger.name: frozenset(f.name for f in ledger.fields() if is_private(f))
        for ledger in (*ledgers(), *SHEETS)
    }
    # Views read ledgers and views before them.
    for path in sorted((queries / "views").glob("*.sql")):
        read = set(NAME.findall(COMMENT.sub("", path.read_text("utf-8"))))
        name = path.stem.partition("_")[2]
        private[name] = frozenset().union(*(private.get(table, ()) for table in read))
    return private


def is_private(field: Field) -> bool:
    """Whether shared screens don't show a column's texts: staff write there and nobody shared it."""
    return field.is_free_text and not field.shared
