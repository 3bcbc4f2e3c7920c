"""Finding a household: by its code, by its room, and for those who may, by a name or a tail."""

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
# Exactly the four that a mask leaves readable: with more, a number could be asked for digit by
# digit, and even a whole one typed in would be confirmed, its birth date included.
TAIL = re.compile(r"\d{3}[\dXx]")
NAME = re.compile(r"[\u3400-\u9fff·]{2,20}")
MOST = 50


@dataclass(frozen=True)
class Found:
    """What a search came to: by what it searched, and the households."""

    kinds: tuple[Kind, ...]
    rows: pl.DataFrame


def personal(view: View, text: str) -> bool:
    """Whether a text is searched for by what a person is called or reached by."""
    return bool({"name", "tail"} & set(_kinds(view, text)))


def _kinds(view: View, text: str) -> tuple[Kind, ...]:
    return meant(text, persons=may(view.reader, Action.SEARCH))


def search(view: View, text: str) -> Found:
    """The households that a text may mean; by persons only for who may see persons.

    Four digits may be a room and a tail, so both are looked for. Rows have `household_id,
    building, unit, room, status, who`, the last masked as the reader's sight says.
    """
    asked = "".join(text.split())
    kinds = _kinds(view, asked)
    found = [_looked_up(view, kind, asked) for kind in kinds]
    empty = pl.DataFrame(schema=dict.fromkeys(COLUMNS, pl.String))
    rows = pl.concat([empty, *found]).unique("household_id", keep="last", maintain_order=True)
    return Found(kinds, rows.head(MOST))


COLUMNS = ("household_id", "building", "unit", "room", "status", "who")


def meant(text: str, *, persons: bool) -> tuple[Kind, ...]:
    """By what a text can be searched for."""
    kinds: list[Kind] = []
    if CODE.fullmatch(text) and not TAIL.fullmatch(text):
        kinds.append("code")
    if text and (at := PLACE.fullmatch(text)) and any(at.groups()):
        kinds.append("room")
    if persons and TAIL.fullmatch(text):
        kinds.append("tail")
    if persons and NAME.fullmatch(text) and "room" not in kinds:
        kinds.append("name")
    return tuple(kinds)


def _looked_up(view: View, kind: Kind, text: str) -> pl.DataFrame:
    if kind in ("code", "room"):
        where = dict.fromkeys(("household", "building", "unit", "room"))
        if kind == "code":
            where["household"] = text
        else:
            building, unit, room = PLACE.fullmatch(text).groups()  # type: ignore[union-attr]
            where |= {
                "building": building and f"{building}栋",
                "unit": unit and f"{unit}单元",
                "room": room,
            }
        return view.frame("household/found", **where).select(*COLUMNS[:-1], pl.lit("").alias("who"))
    asked = {"name": text, "tail": None} if kind == "name" else {"name": None, "tail": text.upper()}
    found = view.persons("persons/found", **asked)
    return found.select(*COLUMNS[:-1], pl.col("name").alias("who"))


def lines(found: Found, *, persons: bool = False) -> Lines:
    """The households found, each a click away; `persons` says what else may be searched for."""
    more = _("也可以写完整的姓名，或身份证、电话的后四位（恰好四位）。") if persons else ""
    return Lines(
        tuple(
            Line(
                plain(row["household_id"]), "ink",
                plain(f"{place_name(row['building'] + '/' + row['unit'])} {row['room'] or ''}"),
                plain("　".join(p for p in (row["who"], "" if row["status"] == "在册" else _(row["status"])) if p)),
                link=((HOUSEHOLD, row["household_id"]),),
            )
            for row in found.rows.iter_rows(named=True)
        ),
        empty=_("没有找到。可以写户编号、房号（如 3栋2单元0502 或 0502）。") + more,
        widths=(1.4, 4, 4), first=MOST,
    )  # fmt: skip
