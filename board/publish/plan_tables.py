"""The tables of a snapshot that depend on a plan: one schema for each plan and place.

Everything that a plan decides (ages, county, which households, tasks and meetings are its own) is
decided here once. A schema has the sheets of its plan as tables, the ledgers whose rows it limits
as views, and the views of queries/views as tables. A query names its tables without a schema, so
that the same query answers for every plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from board.ledgers import Ledger, ledgers
from board.publish.filling import fill
from board.publish.plans import StoredPlan

LEFT = "迁出"  # The status of a household that has left.
# The ledgers whose rows belong to the plan of their own date: date, or the one in its place.
DATED = {
    "tasks": "coalesce(due, starts)",
    "follow_ups": "raised_on",
    "activities": "held_on",
    "meetings": "held_on",
}


def fill_plans(
    connection: duckdb.DuckDBPyConnection, plans: Sequence[StoredPlan], work: Path, queries: Path
) -> None:
    """Create `plans`, `plan_schemas`, and the schema of every plan and of its settlements."""
    schemas = [f"plan_{number}" for number in range(1, len(plans) + 1)]
    facts = [
        plan.sheets["plan"]
        .rename({"from": "since"})
        .with_columns(
            batch=pl.lit(plan.batch), in_force=pl.lit(plan.in_force), schema=pl.lit(schema)
        )
        for plan, schema in zip(plans, schemas, strict=True)
    ]
    fill(connection, work, "plans", pl.concat(facts))
    places = [
        (plan.id, settlement, f"{schema}{suffix}")
        for plan, schema in zip(plans, schemas, strict=True)
        for settlement, suffix in _places(plan)
    ]
    columns = ("plan", "settlement", "schema")
    fill(
        connection, work, "plan_schemas",
        pl.DataFrame(places, schema=dict.fromkeys(columns, pl.String), orient="row"),
    )  # fmt: skip
    spans = [(plan.facts["from"], plan.facts["until"]) for plan in plans]
    for number, (plan, schema) in enumerate(zip(plans, schemas, strict=True)):
        _sheets(connection, work, schema, plan)
        for settlement, suffix in _places(plan):
            own = f"{schema}{suffix}"
            if suffix:
                connection.execute(f"create schema {own}")
                for name in plan.sheets:
                    connection.execute(f"create view {own}.{name} as from {schema}.{name}")
            _limit(connection, own, plan, settlement, spans, number)
            _views(connection, own, queries)
    connection.execute("set search_path = 'main'")


def _places(plan: StoredPlan) -> Iterator[tuple[str | None, str]]:
    """All places of a plan together, then each settlement where there are several: name, suffix."""
    yield None, ""
    settlements = plan.facts["settlements"]
    if len(settlements) > 1:
        for number, settlement in enumerate(settlements, 1):
            yield settlement, f"_{number}"


def _sheets(
    connection: duckdb.DuckDBPyConnection, work: Path, schema: str, plan: StoredPlan
) -> None:
    """Create the plan's schema with a table for each sheet; one not in force has no targets."""
    connection.execute(f"create schema {schema}")
    connection.execute(f"set search_path = '{schema},main'")
    for name, sheet in plan.sheets.items():
        rows = sheet if plan.in_force or name != "targets" else sheet.clear()
        fill(connection, work, name, rows.with_columns(batch=pl.lit(plan.batch)))


def _limit(
    connection: duckdb.DuckDBPyConnection,
    schema: str,
    plan: StoredPlan,
    settlement: str | None,
    spans: Sequence[tuple[date, date]],
    number: int,
) -> None:
    """Create the views of those ledgers of which the schema has not every row."""
    settlements = [settlement] if settlement else plan.facts["settlements"]
    names = ", ".join(_quoted(name) for name in settlements)
    outside = connection.execute(
        f"select exists (from main.households where settlement not in ({names}))"
    ).fetchone()
    limits: dict[str, list[str]] = {}
    if settlement or (outside and outside[0]):
        limits["households"] = []
        for ledger in ledgers():
            if condition := _of_households(ledger, schema):
                limits[ledger.name] = [condition]
    for ledger in ledgers():
        columns = set(ledger.schema_of_frame())
        if "settlement" in columns and ledger.name != "households":
            here = f"settlement in ({names})"
            if settlement is None:
                condition = f"(settlement is null or {here})"
            elif "building" in columns:
                inhabited = _named("building", f"{schema}.households")
                condition = f"({here} or settlement is null and {inhabited})"
            else:
                condition = here
            if len(spans) > 1 or settlement:
                limits.setdefault(ledger.name, []).append(condition)
        if ledger.name in DATED and len(spans) > 1:
            limits.setdefault(ledger.name, []).append(_nearest(DATED[ledger.name], spans, number))
    if "assets" in limits:
        limits["occupancy"] = [_named("asset_id", f"{schema}.assets")]
    connection.execute(f"set search_path = '{schema},main'")
    for name in ("households", "labour", *(n for n in limits if n not in ("households", "labour"))):
        if name in limits:
            rows = _lived(names)
            if name != "households":
                rows = f"from main.{name} where {' and '.join(limits[name])}"
            connection.execute(f"create view {name} as {rows}")


def _lived(names: str) -> str:
    """The rows of households from the time on that they lived in one of the places.

    A later row in another place says that the household has left: without it, it would stay for
    good where the last row of these places puts it.
    """
    here = f"settlement in ({names})"
    last = ", ".join(
        f"last_value(case when {here} then {name} end ignore nulls) over history as {name}"
        for name in ("settlement", "building", "unit", "room")
    )
    return f"""
        select * replace (case when {here} then status else '{LEFT}' end as status, {last})
        from main.households
        window history as (
            partition by household_id order by effective_month nulls first
            rows between unbounded preceding and current row
        )
        qualify bool_or({here}) over history
    """  # noqa: S608 names of our own


def _of_households(ledger: type[Ledger], schema: str) -> str:
    """The condition that a row's household, or its person, is in the places; "" without either."""
    columns = ledger.schema_of_frame()
    if ledger.name == "households":
        return ""
    if ledger.name == "labour":
        # With the rows that put a person into a household elsewhere: they end those before.
        members = _named("household_id", f"{schema}.households")
        return f"person_id in (select person_id from main.labour where {members})"  # noqa: S608
    # An allowance is its person's, whoever's household it is booked under.
    conditions = {
        "household_id": _named("household_id", f"{schema}.households"),
        "citizen_id": _named("person_id", f"{schema}.labour"),
    }
    here = [condition for name, condition in conditions.items() if name in columns]
    return f"({' or '.join(here)})" if here else ""


def _named(column: str, table: str) -> str:
    """The condition that a table has the value of a column, which both have under this name."""
    return f"{column} in (select {column} from {table})"  # noqa: S608 names of our own


def _nearest(day: str, spans: Sequence[tuple[date, date]], number: int) -> str:
    """The condition that a day lies in a plan's span, or is nearer to it than to any other."""

    def distance(span: tuple[date, date]) -> str:
        first = f"date '{span[0]}'"
        end = f"last_day(date '{span[1]}')"
        return f"greatest(date_diff('day', {day}, {first}), date_diff('day', {end}, {day}), 0)"

    own = distance(spans[number])
    others = [
        f"{own} {'<' if other < number else '<='} {distance(span)}"
        for other, span in enumerate(spans)
        if other != number
    ]
    return " and ".join(others)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _views(connection: duckdb.DuckDBPyConnection, schema: str, queries: Path) -> None:
    """Create a table for each queries/views/*.sql, in the order of the file names."""
    connection.execute(f"set search_path = '{schema},main'")
    for path in sorted((queries / "views").glob("*.sql")):
        name = re.sub(r"^\d+_", "", path.stem)
        connection.execute(f"create table {name} as\n{path.read_text('utf-8')}")
