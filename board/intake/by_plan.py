"""Checks of a row against the plan of its own date: measures, departments, settlements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from board.findings import Finding
from board.i18n import N_
from board.intake.frames import Load, Rule
from board.ledgers import Field, by_name

NOT_ITS_LEAD = Rule(
    "lead_not_of_measure", "tasks", "leads", "warning", "{wanted}",
    N_("{found}不是举措{measure}的牵头部门。"),
)  # fmt: skip
NOT_IN_PLAN = N_("这一行的日期所在的方案里没有{found}。")
# The dates by which a row belongs to a plan: the first that is filled.
DATES = {
    "tasks": ("due", "starts"), "follow_ups": ("raised_on",), "activities": ("held_on",),
    "meetings": ("held_on",),
}  # fmt: skip
WHICH_SETTLEMENT = N_("{found}在几个安置点都有，请填写安置点。")


def names_of_plan(load: Load) -> Iterator[Finding]:
    """Measures and departments that the plan of the row's own date does not have."""
    for name, dates in DATES.items():
        for field in by_name()[name].fields():
            if field.codes_from in ("measures", "departments"):
                rule = Rule("not_in_plan", name, field.name, "error", "{wanted}", NOT_IN_PLAN)
                faults = pl.DataFrame([*_strange(load, name, field, dates)])
                yield from rule.findings(load, faults)


def _strange(
    load: Load, ledger: str, field: Field, dates: Sequence[str]
) -> Iterator[dict[str, object]]:
    """The rows in which a column names what its plan lacks, and what the plan has."""
    for row in load.rows(ledger).iter_rows(named=True):
        plan = load.plan_at(next((row[d] for d in dates if row[d] is not None), None))
        known = plan.leads if field.codes_from == "measures" else plan.bodies
        value = row[field.name]
        names = value if isinstance(value, list) else [value]
        strange = [one for one in names if one is not None and one not in known]
        if strange:
            place = {key: row[key] for key in ("file", "sheet", "row")}
            yield place | {"found": "、".join(strange), "wanted": "、".join(known)}


def settlement_of_building(load: Load) -> Iterator[Finding]:
    """Assets and repairs with a building that several settlements of a plan have, and no settlement."""
    several = load.settlements_of_several
    if not several:
        return
    homes = load.together("households").filter(pl.col("settlement").is_in(several))
    counts = homes.group_by("building").agg(pl.col("settlement").n_unique())
    unclear = counts.filter(pl.col("settlement") > 1)["building"]
    for name in ("assets", "repairs"):
        rows = load.rows(name).filter(
            pl.col("settlement").is_null(), pl.col("building").is_in(unclear.implode())
        )
        rule = Rule(
            "settlement_needed", name, "settlement", "error", "、".join(several), WHICH_SETTLEMENT
        )
        yield from rule.findings(load, rows.with_columns(found=pl.col("building")))


def leads_of_measure(load: Load) -> Iterator[Finding]:
    """Tasks with a lead department that does not lead the measure in the plan of the task's date."""
    faults = []
    for row in load.rows("tasks").drop_nulls(["measure", "leads"]).iter_rows(named=True):
        wanted = load.plan_at(row["due"] or row["starts"]).leads.get(row["measure"])
        others = [one for one in row["leads"] if wanted is not None and one not in wanted]
        if wanted and others:
            place = {name: row[name] for name in ("file", "sheet", "row", "measure")}
            faults.append(place | {"found": "、".join(others), "wanted": "、".join(wanted)})
    yield from NOT_ITS_LEAD.findings(load, pl.DataFrame(faults))


CHECKS = (names_of_plan, settlement_of_building, leads_of_measure)
