"""The search for households by code or room, or by a person's name or last four digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import polars as pl

from board.access import Action, may
from board.i18n import _
from board.numerals import place_name
from board.sections.blocks import Line, Lines
from board.sections.household.frames import HOUSEHOLD
from board.sections.section import View
from board.sections.words import plain

Kind = Literal["code", "room", "name", "tail"]
PLACE = re.compile(r"(?:(\d{1,2})(?:栋|-))?(?:(\d{1,2})(?:单元|-))?(\d{3,4})?(?:室|号|房)?")
CODE = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{2,20}")
# Exactly the four last digits that a mask leaves readable. If more were accepted, a reader could
# guess a number digit by digit, or confirm a whole citizen ID with its birth date.
TAIL = re.compile(r"\d{3}[\dXx]")
NAME = re.compile(r"[\u3400-\u9fff·]{2,20}")
MOST = 50


@dataclass(frozen=True)
class Found:
    """The result of a search: the kinds of search that were made, and the households."""

    kinds: tuple[Kind, ...]
    rows: pl.DataFrame


def personal(view: View, text: str) -> bool:
    """Whether a text is searched for by a person's name or last four digits."""
    return bool({"name", "tail"} & set(_kinds(view, text)))


def _kinds(view: View, text: str) -> tuple[Kind, ...]:
    return possible_kinds(text, persons=may(view.reader, Action.SEARCH))


def search(view: View, text: str) -> Found:
    """The households that a text may mean; by persons only where the reader may search persons.

    Four digits may be a room or a person's last four, so both are searched for. Rows have
    `household_id, building, unit, room, status, who`; `who` is masked as permissions say.
    """
    query = "".join(text.split())
    kinds = _kinds(view, query)
    results = [_households(view, kind, query) for kind in kinds]
    empty = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    rows = pl.concat([empty, *results]).unique("household_id", keep="last", maintain_order=True)
    return Found(kinds, rows.head(MOST))


COLUMNS = ("household_id", "building", "unit", "room", "status", "who")


def possible_kinds(text: str, *, persons: bool) -> tuple[Kind, ...]:
    """The kinds of search that fit a text; `persons` allows those by name and last four digits."""
    kinds: list[Kind] = []
    if CODE.fullmatch(text) and not TAIL.fullmatch(text):
        kinds.append("code")
    if text and (place := PLACE.fullmatch(text)) and any(place.groups()):
        kinds.append("room")
    if persons and TAIL.fullmatch(text):
        kinds.append("tail")
    if persons and NAME.fullmatch(text) and "room" not in kinds:
        kinds.append("name")
    return tuple(kinds)


def _households(view: View, kind: Kind, text: str) -> pl.DataFrame:
    if kind in ("code", "room"):
        place = dict.fromkeys(("household", "building", "unit", "room"))
        if kind == "code":
            place["household"] = text
        else:
            building, unit, room = PLACE.fullmatch(text).groups()  # type: ignore[union-attr]
            place |= {
                "building": building and f"{building}栋",
                "unit": unit and f"{unit}单元",
                "room": room,
            }
        return view.frame("household/found", **place).select(*COLUMNS[:-1], pl.lit("").alias("who"))
    params = (
        {"name": text, "tail": None} if kind == "name" else {"name": None, "tail": text.upper()}
    )
    persons = view.persons("persons/found", **params)
    return persons.select(*COLUMNS[:-1], pl.col("name").alias("who"))


def lines(result: Found, *, persons: bool = False) -> Lines:
    """A line with a link for each household; `persons` adds to the hint of an empty result."""
    hint = _("也可以写完整的姓名，或身份证、电话的后四位（恰好四位）。") if persons else ""
    return Lines(
        tuple(
            Line(
                plain(row["household_id"]), "ink",
                plain(f"{place_name(row['building'] + '/' + row['unit'])} {row['room'] or ''}"),
                plain("　".join(p for p in (row["who"], "" if row["status"] == "在册" else _(row["status"])) if p)),
                link=((HOUSEHOLD, row["household_id"]),),
            )
            for row in result.rows.iter_rows(named=True)
        ),
        empty=_("没有找到。可以写户编号、房号（如 3栋2单元0502 或 0502）。") + hint,
        widths=(1.4, 4, 4), first=MOST,
    )  # fmt: skip
