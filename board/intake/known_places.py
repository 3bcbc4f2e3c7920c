"""The names of places that a store knows: from its registers, else from its own site plan."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from board import reference
from board.intake.frames import Load
from board.ledgers import by_name
from board.ledgers.fields.places import building_key, room_key, unit_key

At = tuple[str, ...]
Spellings = dict[At, Counter[str]]
# A row of a register outweighs whatever the site plan says.
_ROW = 1_000


@dataclass
class Known:
    """The spellings of buildings, units and rooms, by settlement and the places they stand in.

    Each is counted under its key, such as (幸福小镇, 3, 2) for a unit; "" stands for any settlement.
    `inside` has the keys of the places known before the load by the place they stand in; `nearest`
    the names found to be most like those that the load brings.
    """

    buildings: Spellings = field(default_factory=lambda: defaultdict(Counter))
    units: Spellings = field(default_factory=lambda: defaultdict(Counter))
    rooms: Spellings = field(default_factory=lambda: defaultdict(Counter))
    inside: dict[At, dict[At, None]] = field(default_factory=lambda: defaultdict(dict))
    nearest: dict[At, str | None] = field(default_factory=dict)

    def add(self, settlement: str, building: str, unit: str, room: str, count: int) -> None:
        """Count a place as known so many times more; an empty name says nothing."""
        for town in {settlement, ""} if building else ():
            for at in self._count(town, building, unit, count):
                self.inside[at[:-1]][at] = None
            if unit and room:
                at = (town, building_key(building), unit_key(unit), room_key(room))
                self.rooms[at][room] += count

    def meet(self, settlement: str, building: str, unit: str) -> None:
        """Keep a building and a unit that the load brings, under the spelling that it brings first."""
        at: At = (settlement, building_key(building))
        of_unit = (*at, unit_key(unit))
        if at not in self.buildings or (unit and of_unit not in self.units):
            for town in {settlement, ""} if building else ():
                self._count(town, building, unit, 1)

    def _count(self, town: str, building: str, unit: str, count: int) -> list[At]:
        """Count the spellings of a building and a unit; returns the keys of those that are named."""
        at: At = (town, building_key(building))
        self.buildings[at][building] += count
        if not unit:
            return [at]
        of_unit = (*at, unit_key(unit))
        self.units[of_unit][unit] += count
        return [at, of_unit]

    def is_new(self, at: At) -> bool:
        """Whether nobody knew a building or unit before the load, though others there are known."""
        others = self.inside.get(at[:-1], {})
        return bool(others) and at not in others

    def names(self, at: At) -> list[str]:
        """The names of the buildings or units known before the load where this one stands."""
        spellings = self.buildings if len(at) == 2 else self.units
        return [spellings[other].most_common(1)[0][0] for other in self.inside.get(at[:-1], {})]


def known_places(load: Load) -> Known:
    """What the register of households and the store's own site plan say; the register counts more."""
    known = Known()
    for settlement, building, unit, count in _of_site(load):
        known.add(settlement, building, unit, "", count)
    names = ["settlement", "building", "unit", "room"]
    places = (
        load.stored("households").group_by(names).len().with_columns(pl.col(names).fill_null(""))
    )
    for settlement, building, unit, room, count in places.sort(names).iter_rows():
        known.add(settlement, building, unit, room, _ROW * count)
    for ledger in ("assets", "repairs"):
        for settlement, building, count in _of_ledger(load, ledger):
            known.add(settlement, building, "", "", count)
    return known


def _of_ledger(load: Load, ledger: str) -> Iterator[tuple[str, str, int]]:
    rows = load.stored(ledger).drop_nulls("building").group_by("settlement", "building").len()
    for settlement, building, count in rows.sort("settlement", "building").iter_rows():
        yield settlement or "", building, count


def _of_site(load: Load) -> Iterator[tuple[str, str, str, int]]:
    """The buildings of the store's own site plan, and their units where it says how many there are.

    The site plan that comes with the product draws the sample's buildings, not this town's.
    """
    try:
        plan = reference.site_of(load.root / reference.SITE)
    except (reference.SiteError, OSError):
        return
    settlement = str(plan.get("settlement") or "")
    for feature in plan["features"]:
        facts: dict[str, Any] = feature["properties"]
        building, units = facts.get("building"), facts.get("units")
        if building and settlement:
            yield settlement, building, "", 1
            for number in range(1, units + 1) if isinstance(units, int) and units < 100 else ():
                yield settlement, building, f"{number}单元", 1


def known_counties(load: Load) -> set[str]:
    """The counties that the reference list and the ledgers name."""
    listed = {row["county"] for row in reference.table("counties")}
    columns = [
        load.stored(name)[f.name] for name in by_name() for f in by_name()[name].fields() if f.place == "county"
    ]  # fmt: skip
    return listed.union(*(column.drop_nulls().unique().to_list() for column in columns))
