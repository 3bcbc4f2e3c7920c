"""Write the names of places in their known spelling, and name those that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import polars as pl

from board.findings import LISTED, Finding
from board.i18n import N_
from board.intake.frames import Load, Rule
from board.intake.known_places import At, Known, Spellings, known_counties, known_places
from board.ledgers import by_name
from board.ledgers.fields.likeness import nearest
from board.ledgers.fields.places import (
    Room,
    building_and_unit,
    building_key,
    room_key,
    room_of,
    unit_key,
)
from board.ledgers.fields.spelling import compact

PARTS = ("building", "unit", "room")
SPELLING = Rule(
    "place_spelling", "", "", "notice", "{known}",
    N_("“{found}”与“{known}”是同一处，{count}行按“{known}”入库。"),
)  # fmt: skip
NEW = Rule(
    "place_new", "", "", "warning", N_("已有的{header}"),
    N_("{header}“{found}”是第一次出现（{count}行），最接近的是“{suggestion}”；写错了请改正，确是新的可以入库。"),
)  # fmt: skip
NEW_COUNTY = replace(
    NEW,
    message=N_("{header}“{found}”不在区县名录内（{count}行）；写错了请改正，确是如此可以入库。"),
)
CONTRADICTS = Rule(
    "place_contradicts", "", "", "error", N_("与本行的楼栋、单元一致"),
    N_("“{found}”写的楼栋或单元与本行的楼栋、单元不一致，请改正其中一处。"),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place as it is stored: its names, which of them nobody knew, and which contradicts another."""

    building: str | None
    unit: str | None
    room: str | None
    new: str = ""
    suggestion: str | None = None
    contradicts: str = ""


def places_settled(load: Load) -> Iterator[Finding]:
    """Write every place of the new rows in its known spelling; findings say what was not known.

    The known spelling is that of the register, else of the store's own site plan, else the
    first of the load.
    """
    kinds = {name: {f.place for f in by_name()[name].fields() if f.place} for name in load.new}
    if any("building" in of_ledger for of_ledger in kinds.values()):
        known = known_places(load)
        for name, of_ledger in kinds.items():
            if "building" in of_ledger:
                yield from _settled(load, name, known)
    yield from _counties(load)


def _settled(load: Load, ledger: str, known: Known) -> Iterator[Finding]:
    """Settle the rows of one ledger."""
    rows = load.new[ledger]
    names = ["settlement", *(part for part in PARTS if part in rows.columns)]
    places = rows.select(names).filter(pl.col("building").is_not_null()).unique(maintain_order=True)
    if places.is_empty():
        return
    settled = [_place(known, row) for row in places.iter_rows(named=True)]
    facts = pl.DataFrame(
        {f"to_{name}": pl.Series([getattr(p, name) for p in settled], dtype=pl.String)
         for name in (*PARTS, "new", "suggestion", "contradicts")}
    )  # fmt: skip
    after = rows.join(
        pl.concat([places, facts], how="horizontal"),
        on=names, how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    headers = {f.name: f.header for f in by_name()[ledger].fields()}
    for part in names[1:]:
        yield from _findings(load, after, ledger, part, headers[part])
    written = [pl.coalesce(f"to_{part}", part).alias(part) for part in names[1:]]
    load.new[ledger] = after.with_columns(written).select(rows.columns)


def _findings(
    load: Load, after: pl.DataFrame, ledger: str, part: str, header: str
) -> Iterator[Finding]:
    """The findings about one of building, unit and room, one for each name in a sheet."""
    rules = [_at(rule, ledger, part, header) for rule in (SPELLING, NEW, CONTRADICTS)]
    changed = after.filter(pl.col(part) != pl.col(f"to_{part}"))
    yield from rules[0].findings(load, _once(changed, part, known=pl.col(f"to_{part}")))
    strange = after.filter(pl.col("to_new") == part)
    near = pl.col("to_suggestion")
    yield from rules[1].findings(load, _once(strange, part, suggestion=near))
    wrong = after.filter(pl.col("to_contradicts") == part)
    yield from rules[2].findings(load, wrong.select("file", "sheet", "row", found=pl.col(part)))


def _at(rule: Rule, ledger: str, column: str, header: str) -> Rule:
    """A rule for one column of a ledger."""
    return replace(rule, ledger=ledger, column=column, gaps={"header": header})


def _once(rows: pl.DataFrame, column: str, **gaps: pl.Expr) -> pl.DataFrame:
    """The first row of each name of a sheet, with the number of rows that have it."""
    names = rows.select("file", "sheet", "row", found=pl.col(column), **gaps)
    others = ["file", "sheet", "found", *gaps]
    return names.group_by(others, maintain_order=True).agg(pl.col("row").first(), count=pl.len())


def _place(known: Known, row: Mapping[str, str | None]) -> Place:
    """A place in its known spelling; what is met first becomes known."""
    town, *stated = (row.get(name) or "" for name in ("settlement", *PARTS))
    building, unit, wrong = _split(stated[0], stated[1])
    number = room_of(stated[2])
    if not wrong and _elsewhere(number, building, unit):
        wrong = "room"
    of_building = (town, building_key(building))
    of_unit = (*of_building, unit_key(unit))
    new, near = "", None
    if not wrong and known.is_new(of_building):
        new, near = "building", _closest(known, building, of_building)
    elif not wrong and unit and known.is_new(of_unit):
        new, near = "unit", _closest(known, unit, of_unit)
    names = (_known(known.buildings, of_building, building), _known(known.units, of_unit, unit))
    room = stated[2] if wrong else _room(known, of_unit, stated[2])
    if not wrong:
        known.meet(town, *names)
    return Place(names[0], names[1] or None, room or None, new, near, wrong)


def _split(building: str, unit: str) -> tuple[str, str, str]:
    """The building and the unit of a row, each without the other; and which contradicts the row."""
    own, within = building_and_unit(building)
    if within and unit and unit_key(within) == unit_key(unit):
        building = own
    elif within and own[-1:] in "栋幢座楼#号":
        return building, unit, "building"
    of_building, number = building_and_unit(unit) if unit else ("", "")
    if number and building_key(of_building) == building_key(building):
        unit = f"{number.upper()}单元"
    elif number:
        return building, unit, "unit"
    return building, unit, ""


def _elsewhere(room: Room, building: str, unit: str) -> bool:
    """Whether a room's cell names another building or unit than its row."""
    return bool(
        (room.building and building_key(room.building) != building_key(building))
        or (room.unit and unit_key(room.unit) != unit_key(unit))
    )


def _known(spellings: Spellings, at: At, name: str) -> str:
    """The most frequent known spelling of a place, or the name itself."""
    counts = spellings.get(at)
    return counts.most_common(1)[0][0] if counts else name


def _room(known: Known, of_unit: At, room: str) -> str:
    """A room as the register has it: 502 is 0502 only where there is 0502 and no 502."""
    number = room_of(room).room
    written = room if number == compact(room).casefold() else number.upper()
    counts = known.rooms.get((*of_unit, room_key(room)))
    return written if not counts or written in counts else counts.most_common(1)[0][0]


def _closest(known: Known, name: str, at: At) -> str | None:
    """The known name most like a new one, of those in the same place; None beyond those listed."""
    if at not in known.nearest and len(known.nearest) <= LISTED:
        names = known.names(at)
        known.nearest[at] = max(names, key=lambda one: SequenceMatcher(None, one, name).ratio())
    return known.nearest.get(at)


def _counties(load: Load) -> Iterator[Finding]:
    """Counties of origin that neither the reference list nor a ledger has, with the most similar."""
    for name, rows in load.new.items():
        for f in by_name()[name].fields():
            if f.place != "county":
                continue
            listed = sorted(known_counties(load))
            strange = rows.filter(pl.col(f.name).is_not_null(), ~pl.col(f.name).is_in(listed))
            once = _once(strange, f.name)
            near = [nearest(county, listed, names=True) for county in once["found"].head(LISTED)]
            near += [None] * (once.height - len(near))
            once = once.with_columns(suggestion=pl.Series(near, dtype=pl.String))
            for rule, has_near in ((NEW, True), (NEW_COUNTY, False)):
                part = once.filter(pl.col("suggestion").is_not_null() == has_near)
                yield from _at(rule, name, f.name, f.header).findings(load, part)
