"""Warn where a text that staff wrote names a person: a number, a name or a household's code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from board.findings import Finding
from board.i18n import N_
from board.intake.frames import Load, Rule
from board.ledgers import Field, by_name
from board.ledgers.fields.persons import Persons, struck_texts
from board.publish import persons_of

EXPECTED = N_("没有姓名、电话、证件号和户编号的文字")
NUMBERED = Rule(
    "number_in_text", "", "", "warning", EXPECTED,
    N_("“{header}”里写了电话或证件号，一般用户和投屏看不到。请确认是否必须写。"),
)  # fmt: skip
NAMED = Rule(
    "name_in_text", "", "", "warning", EXPECTED,
    N_("“{header}”里写了登记册里的姓名或户编号，一般用户和投屏看不到。请确认是否必须写。"),
    "households",
)  # fmt: skip
LONGEST = 60


def persons_in_texts(load: Load) -> Iterator[Finding]:
    """Rows of this load in which a text names a person."""
    columns = [
        (name, field, rows.filter(pl.col(field.name).is_not_null()))
        for name, rows in load.new.items()
        for field in by_name()[name].fields()
        if field.is_free_text and rows[field.name].dtype == pl.String
    ]
    if not any(rows.height for _, _, rows in columns):
        return
    persons = persons_of(load.together)
    for name, field, rows in columns:
        texts = rows[field.name]
        numbered = struck_texts(texts, Persons())
        named = {
            text: bare
            for text, bare in struck_texts(texts, persons).items()
            if text not in numbered
        }
        yield from _rule(NUMBERED, name, field).findings(load, _rows(rows, field, numbered))
        yield from _rule(NAMED, name, field).findings(load, _rows(rows, field, named))


def _rows(rows: pl.DataFrame, field: Field, struck: dict[str, str]) -> pl.DataFrame:
    """The rows with one of the texts, and what others see instead of it."""
    text = pl.col(field.name)
    return rows.filter(text.is_in(list(struck))).with_columns(
        found=text.str.slice(0, LONGEST),
        suggestion=text.replace(list(struck), list(struck.values())).str.slice(0, LONGEST),
    )


def _rule(declared: Rule, ledger: str, field: Field) -> Rule:
    return replace(declared, ledger=ledger, column=field.name, gaps={"header": field.header})
