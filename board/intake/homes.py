"""Checks of where households live: a room that another has, a household that stands in two places."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from board.findings import Finding
from board.i18n import N_
from board.intake.frames import BEGINNING, Load, Rule

HOME = ["settlement", "building", "unit", "room"]
ROOM_TAKEN = Rule(
    "room_taken", "households", "room", "warning", N_("没有别的在册户的房号"),
    N_("{building}{unit}{found}已有在册户{other}，同一间房记了两户。"),
    "households",
)  # fmt: skip
TWO_PLACES = Rule(
    "household_in_two_places", "households", "building", "warning", "{before}",
    N_("户{household_id}原记在{before}，这里记在{found}；若是搬家，请填生效月份，否则以前各月也跟着改。"),
    "households",
)  # fmt: skip


def rooms_taken(load: Load) -> Iterator[Finding]:
    """Households in register in a room that another household in register has, the newest rows."""
    if load.rows("households").is_empty():
        return
    since = pl.col("effective_month").fill_null(BEGINNING)
    rows = load.together("households").sort(since, maintain_order=True)
    rows = rows.unique("household_id", keep="last", maintain_order=True)
    homes = rows.filter(pl.col("status") == "在册").drop_nulls(HOME)
    homes = homes.with_columns(number=pl.col("room").str.strip_chars_start("0"))
    place = ["settlement", "building", "unit", "number"]
    homes = homes.sort("fresh", maintain_order=True).with_columns(
        other=pl.col("household_id").first().over(place)
    )
    taken = homes.filter(pl.col("fresh"), pl.col("other") != pl.col("household_id"))
    yield from ROOM_TAKEN.findings(load, taken.with_columns(found=pl.col("room")))


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
