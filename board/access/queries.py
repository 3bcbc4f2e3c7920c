"""What every query tells: of the town alone, of how many persons, of households, of a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from board.catalogue import METRICS
from board.metrics import HOUSEHOLDS, PERSONS

# town: nobody is counted; groups: persons or households are, none is named;
# households: a row is a household's or a person's, by its code; persons: with personal columns.
Grain = Literal["town", "groups", "households", "persons"]


@dataclass(frozen=True)
class Told:
    """What a query tells, and the ledger it comes from ("" where it is reference or all).

    A department sees what the ledgers it keeps tell; of what is told of tasks (`led`) those
    it leads, whoever keeps the ledger.
    """

    grain: Grain
    ledger: str = ""

    @property
    def led(self) -> bool:
        """Whether its rows are tasks, which departments lead."""
        return self.ledger == "tasks"


QUERIES: dict[str, Told] = {
    "asset_gains": Told("town", "occupancy"),
    "benchmark": Told("town", "benchmark"),
    "benchmarks_other": Told("town", "benchmark"),
    "building_households": Told("households", "households"),
    "checksum": Told("town"),
    "completeness": Told("groups"),
    "county_flows": Told("groups", "employment"),
    "deliveries": Told("town", "tasks"),
    "departments": Told("town"),
    "departments_named": Told("town"),
    "household_incomes": Told("households", "income"),
    "households_open": Told("households", "employment"),
    "idle_assets": Told("town", "assets"),
    "invented": Told("town"),
    "ledgers_held": Told("town"),
    "ledgers_received": Told("town"),
    "letters": Told("town"),
    "measures": Told("town"),
    "months_known": Told("town"),
    "movements": Told("groups", "employment"),
    "places": Told("town"),
    "plan": Told("town"),
    "posts_open": Told("town", "posts"),
    "reports": Told("town"),
    "seekers": Told("households", "labour"),
    "settings": Told("town"),
    "snapshot": Told("town"),
    "standing_assets": Told("town", "assets"),
    "tasks_led": Told("town", "tasks"),
    "wages": Told("groups", "employment"),
    "zero_moves": Told("households", "employment"),
    "zero_spells": Told("households", "employment"),
}

# Ledgers whose rows are a household's or a person's.
OF_PEOPLE = frozenset({
    "households", "labour", "employment", "income", "training", "subsidies", "loans", "risk",
    "schooling", "assistance",
})  # fmt: skip
PEOPLE = (PERSONS, HOUSEHOLDS)


def told(query: str) -> Told:
    """What a query tells; a folder's queries are told together. KeyError for one undeclared."""
    folder, _slash, name = query.rpartition("/")
    if folder == "metrics":
        metric = METRICS.get(name) or next(m for m in METRICS.values() if m.query == name)
        people = bool(OF_PEOPLE & set(metric.ledgers)) or metric.unit in PEOPLE
        return Told("households" if people else "town", metric.ledgers[0])
    if folder == "left_out":
        return Told("households")
    if folder == "household":
        return Told("households")
    if folder == "persons":
        return Told("persons")
    return QUERIES[query]
