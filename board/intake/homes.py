"""Checks of where households live: a room that another has, a household that stands in two places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from board.findings import Finding
from board.i18n import N_
from board.intake.frames import BEGINNING, END, Load, Rule

HOME = ["settlement", "building", "unit", "room"]
ROOM_TAKEN = Rule(
    "room_taken", "households", "room", "warning", N_("没有别的在册户的房号"),
    N_("{building}{unit}{found}在{month:%Y-%m}还有在册户{other}，同一间房记了两户。"),
    "households",
)  # fmt: skip
ALWAYS_TAKEN = replace(
    ROOM_TAKEN,
    message=N_(
        "{building}{unit}{found}还有在册户{other}，都没有填生效月份，同一间房记了两户；后搬来的请填生效月份。"
    ),
)
TWO_PLACES = Rule(
    "household_in_two_places", "households", "building", "warning", "{before}",
    N_("户{household_id}原记在{before}，这里记在{found}；若是搬家，请填生效月份，否则以前各月也跟着改。"),
    "households",
)  # fmt: skip


def rooms_taken(load: Load) -> Iterator[Finding]:
    """Households in a room in a month in which another household in register stands there.

    At least one of the two rows is new. Of a pair of households the first such month is told.
    """
    if load.rows("households").is_empty():
        return
    stays = _stays(load.together("households"))
    pairs = [
        pair
        for _, of_room in stays.group_by(*HOME[:-1], "number", maintain_order=True)
        for pair in _overlaps(of_room.iter_rows(named=True))
    ]
    if not pairs:
        return
    taken = pl.DataFrame(pairs, infer_schema_length=None).sort("month", maintain_order=True)
    both = pl.concat_list("household_id", "other").list.sort().list.join("\t")
    taken = taken.with_columns(both=both).unique("both", keep="first", maintain_order=True)
    taken = taken.sort("file", "sheet", "row").with_columns(found=pl.col("room"))
    always = pl.col("month") == BEGINNING
    yield from ROOM_TAKEN.findings(load, taken.filter(~always))
    yield from ALWAYS_TAKEN.findings(load, taken.filter(always))


def _stays(households: pl.DataFrame) -> pl.DataFrame:
    """Stays in register, `since` to `until` (exclusive), in rooms where several households stay."""
    since = pl.col("effective_month").fill_null(BEGINNING)
    rows = households.with_columns(
        since=since, number=pl.col("room").str.strip_chars_start("0")
    ).sort("since", maintain_order=True)
    later = pl.col("since").shift(-1).over("household_id").fill_null(END)
    stays = rows.with_columns(until=later).filter(pl.col("status") == "在册").drop_nulls(HOME)
    several = pl.col("household_id").n_unique().over(*HOME[:-1], "number") > 1
    kept = ["household_id", *HOME, "number", "since", "until", "fresh", "file", "sheet", "row"]
    return stays.filter(several).sort("since", "fresh", maintain_order=True).select(kept)


def _overlaps(stays: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The stays in one room that overlap another household's: the new one, with `other` and `month`.

    `stays` are in the order in which they begin. A stay is compared with that of another household
    that lasts longest of those begun before.
    """
    longest: list[dict[str, Any]] = []
    for stay in stays:
        others = [one for one in longest if one["household_id"] != stay["household_id"]]
        before = max(others, key=lambda one: one["until"], default=None)
        if before is not None and before["until"] > stay["since"]:
            new, old = (stay, before) if stay["fresh"] else (before, stay)
            if new["fresh"]:
                yield new | {"other": old["household_id"], "month": stay["since"]}
        # Of the two households that stay longest, whichever the next stay is of.
        own = [one for one in longest if one["household_id"] == stay["household_id"]]
        last = max(*own, stay, key=lambda one: one["until"]) if own else stay
        longest = sorted([*others, last], key=lambda one: one["until"], reverse=True)[:2]


def households_in_two_places(load: Load) -> Iterator[Finding]:
    """Rows that put a household elsewhere than the stored row that they replace."""
    new = load.rows("households")
    if new.is_empty():
        return
    text = pl.concat_str([pl.col(name) for name in HOME], ignore_nulls=True)
    key = ["household_id", "effective_month"]
    old = load.stored("households").select(*key, before=text)
    moved = new.with_columns(found=text).join(old, on=key, nulls_equal=True, maintain_order="left")
    yield from TWO_PLACES.findings(load, moved.filter(pl.col("found") != pl.col("before")))


CHECKS = (rooms_taken, households_in_two_places)
