"""Read the plans of a snapshot, and find the one that a month or a scope goes by."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

import polars as pl

from board.plans.plan import Belonging, Department, Every, Measure, Path, Plan, Target
from board.store import Queries, derived

EVERY: dict[str, Every] = {"每年": "year", "每半年": "half", "每季度": "quarter", "每月": "month"}
PATHS: dict[str, Path] = {
    "平稳": "flat",
    "直线": "straight",
    "逐月累计": "growing",
    "节点": "milestone",
}
Q = TypeVar("Q", bound=Queries)


def plans(snapshot: Queries) -> tuple[Plan, ...]:
    """The plans of the snapshot, in the order of their spans; there is always at least one."""
    whole = snapshot.in_schema("main")
    return derived(whole, "plans", lambda: _plans(whole))


def plan_of(snapshot: Queries, month: date) -> Plan:
    """The plan whose span holds a month, else the one nearest in time."""
    return nearest_plan(plans(snapshot), month)


def nearest_plan(among: tuple[Plan, ...], month: date) -> Plan:
    """The plan whose span holds a month, else the nearest; the earlier of two as near."""
    return among[0] if len(among) == 1 else min(among, key=lambda plan: plan.distance(month))


def in_plan(snapshot: Queries) -> Plan:
    """The plan that the snapshot's answers go by."""
    known = plans(snapshot)
    schema = snapshot.schema
    return next((p for p in known if schema == p.schema or schema in p.schemas.values()), known[-1])


def of_scope(snapshot: Q, month: date, settlement: str = "") -> Q:
    """The snapshot that answers by the plan of a month, for all its places or one settlement."""
    plan = plan_of(snapshot, month)
    return snapshot.in_schema(plan.schemas.get(settlement, plan.schema))


def _plans(snapshot: Queries) -> tuple[Plan, ...]:
    schemas = snapshot.frame("plan/schemas")
    return tuple(
        _plan(
            snapshot.in_schema(row["schema"]),
            row,
            dict(schemas.filter(plan=row["id"]).select("settlement", "schema").iter_rows()),
        )
        for row in snapshot.frame("plan/plans").iter_rows(named=True)
    )


def _plan(snapshot: Queries, row: dict[str, Any], schemas: dict[str, str]) -> Plan:
    facts = {name: value for name, value in row.items() if value is not None}
    for several in ("settlements", "settlements_en"):
        facts[several] = tuple(facts[several])
    return Plan(
        **facts,
        schemas=schemas,
        departments=tuple(
            Department(
                d["department"], d["short"], tuple(d["aliases"]), d["name_en"], d["short_en"]
            )
            for d in snapshot.frame("plan/departments").iter_rows(named=True)
        ),
        measures=tuple(
            Measure(**{**m, "leads": tuple(m["leads"])})
            for m in snapshot.frame("plan/measures").iter_rows(named=True)
        ),
        targets=_targets(snapshot.frame("plan/targets")),
        belongings=tuple(Belonging(*b) for b in snapshot.frame("plan/belongings").iter_rows()),
        kinds_counted={
            (k["metric"], k["column"]): tuple(k["values"])
            for k in snapshot.frame("plan/kinds_counted").iter_rows(named=True)
        },
        mechanisms=tuple(snapshot.frame("plan/mechanisms").iter_rows()),
        keepers=dict(snapshot.frame("plan/keepers").iter_rows()),
        parameters=dict(snapshot.frame("plan/parameters").iter_rows()),
    )


def _targets(frame: pl.DataFrame) -> tuple[Target, ...]:
    return tuple(
        Target(
            **{**row, "due": due, "every": every, "path": PATHS[row["path"]]},
        )
        for row in frame.iter_rows(named=True)
        for every in [EVERY.get(row["due"])]
        for due in [None if every else date(int(row["due"][:4]), int(row["due"][5:7]), 1)]
    )
