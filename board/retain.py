"""Remove received workbooks and personal values when their retention term has passed.

Personal values go where no later batch names the person or household. Figures stay the same: a
row keeps its other values, and a stand-in replaces the citizen ID (board.publish). The journal
records what was removed, why and by whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from board import storage
from board.i18n import N_
from board.journal import RETAIN, Batch, Journal, begin_removal, files_now, finish_removal
from board.ledgers import PROVENANCE, Ledger, by_name
from board.publish import (
    faults,
    is_stand_in,
    office_stand_ins,
    person_ids,
    rows_in_force,
    stand_ins,
    words_struck,
)
from board.storage import BATCHES, HOURS_EAST, RefusedError, passed

CITIZEN, HOUSEHOLD = "citizen_id", "household_id"
BEGINNING = date(1, 1, 1)


@dataclass(frozen=True)
class Change:
    """A file of a batch that is deleted, or rewritten with `rows`.

    `rows` is null for a workbook, which is deleted. `cut` is the number of rows that lose personal
    values; `persons` and `households` are the person IDs and household codes of these rows that
    no later batch names. `sha256` and `size` (bytes) are those of the present file.
    """

    batch: int
    file: str
    sha256: str
    size: int
    rows: pl.DataFrame | None = field(default=None, hash=False, compare=False)
    cut: int = 0
    persons: frozenset[str] = frozenset()
    households: frozenset[str] = frozenset()

    @property
    def as_dict(self) -> dict[str, Any]:
        """The change in the JSON of `retain`."""
        return {
            "file": f"{BATCHES}/{self.batch}/{self.file}",
            "bytes": self.size,
            "removed": self.rows is None,
            "rows": self.cut,
        }


@dataclass(frozen=True)
class Removal:
    """Every change that removes what was recorded before a day and not named since."""

    before: date
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, Any]:
        """How many persons, households, rows by ledger and bytes of workbooks are removed."""
        cut = [change for change in self.changes if change.rows is not None]
        rows: dict[str, int] = {}
        for change in cut:
            name = Path(change.file).stem
            rows[name] = rows.get(name, 0) + change.cut
        return {
            "persons": len(frozenset().union(*(change.persons for change in cut))),
            "households": len(frozenset().union(*(change.households for change in cut))),
            "rows": rows,
            "bytes": sum(change.size for change in self.changes if change.rows is None),
        }

    @property
    def as_dict(self) -> dict[str, Any]:
        """The JSON of `retain`."""
        files = [change.as_dict for change in self.changes]
        return {"before": self.before.isoformat(), **self.counts, "files": files}


@dataclass(frozen=True)
class _Named:
    """The person IDs and household codes that batches since the day name."""

    persons: pl.Series
    households: pl.Series


def removal(root: Path, before: date) -> Removal:
    """What is to be removed of the batches recorded before a day, local time; changes nothing.

    Raises RefusedError where the store has an error: the removal would record the hash of a
    tampered file as correct, and delete what an investigation may need.
    """
    if errors := [problem for problem in faults(root) if problem.severity == "error"]:
        text = N_("{where} 与入库时不一致，没有清除任何内容。请先运行 verify。")
        raise RefusedError("store_damaged", text, where=errors[0].where)
    midnight = datetime.combine(before, time()) - timedelta(hours=HOURS_EAST)
    moment = midnight.strftime("%Y-%m-%dT%H:%M:%S")
    batches = Journal(root).batches()
    live = [batch for batch in batches if batch.state == "live"]
    since = [batch for batch in live if batch.recorded_at >= moment]
    named = _named(root, since, live)
    nobody = _Named(named.persons.clear(), named.households.clear())
    changes = [
        change
        for batch in batches
        if batch.recorded_at < moment and not batch.plan
        for change in _changes(root, batch, named if batch.state == "live" else nobody, named)
    ]
    return Removal(before, tuple(changes))


def retain(
    root: Path,
    before: date,
    reason: str,
    waiting: Callable[[storage.Holder | None], None] | None = None,
) -> Removal:
    """Carry out the removal and record it in the journal, completely or not at all.

    Returns what was removed; nothing is written where there is nothing to remove. Publish
    afterwards: until then the snapshot in use holds the removed personal values.
    """
    storage.prepare(root)
    with storage.refusing_disk_faults(), storage.writing(root, RETAIN, waiting):
        journal = Journal(root)
        journal.recover()
        planned = removal(root, before)
        if not planned.changes:
            return planned
        with storage.staging(root) as work:
            payload = {
                "before": before.isoformat(),
                "reason": words_struck(root, reason),
                "who": storage.account(),
                **planned.counts,
                "batches": _written(planned.changes, work),
            }
            storage.room(root, work, publishing=True)
            begin_removal(root, work, payload)
            try:
                journal.append(RETAIN, payload)
                passed("removal committed")
            finally:
                finish_removal(root, journal.events())
        return planned


def _named(root: Path, since: Sequence[Batch], live: Sequence[Batch]) -> _Named:
    """The persons and households in batches since the day, with all members of the households.

    A row that names a household or one of its members counts for every member: a later register
    need not repeat them.
    """
    persons, households = [pl.Series(dtype=pl.String)], [pl.Series(dtype=pl.String)]
    for batch in since:
        for path in sorted((root / BATCHES / str(batch.number)).glob("*.parquet")):
            rows = pl.read_parquet(path)
            if CITIZEN in rows.columns:
                persons.append(person_ids(root, rows[CITIZEN]))
            if HOUSEHOLD in rows.columns:
                households.append(rows[HOUSEHOLD])
    residents = _residents(root, live)
    mentioned = pl.concat(persons).drop_nulls().unique()
    theirs = residents.filter(pl.col("person").is_in(mentioned.implode()))[HOUSEHOLD]
    codes = pl.concat([*households, theirs]).drop_nulls().unique()
    members = residents.filter(pl.col(HOUSEHOLD).is_in(codes.implode()))["person"]
    return _Named(pl.concat([mentioned, members]).unique(), codes)


def _residents(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a person: the person ID and the household in their newest row of `labour`."""
    labour = rows_in_force(root, "labour", live)
    since = labour["effective_month"].fill_null(BEGINNING).alias("since")
    residents = labour.select(HOUSEHOLD).with_columns(
        since, person_ids(root, labour[CITIZEN]).alias("person")
    )
    return residents.sort("since", maintain_order=True).unique("person", keep="last")


def _changes(root: Path, batch: Batch, stays: _Named, named: _Named) -> Iterator[Change]:
    """The files of a batch that are deleted or rewritten.

    `stays` are those whose personal values stay in this batch.
    """
    folder = root / BATCHES / str(batch.number)
    contents = storage.read_json(folder / "manifest.json")["contents"]
    for name, sha in files_now(root, batch, contents).items():
        path = folder / name
        if name.startswith("received/"):
            yield Change(batch.number, name, sha, path.stat().st_size)
        elif path.suffix == ".parquet" and (cut := _cut(root, path, stays)) is not None:
            rows, losing = cut
            persons = set() if CITIZEN not in losing else set(person_ids(root, losing[CITIZEN]))
            households = set() if HOUSEHOLD not in losing else set(losing[HOUSEHOLD])
            yield Change(
                batch.number, name, sha, path.stat().st_size, rows, losing.height,
                frozenset(persons - {None} - set(named.persons)),
                frozenset(households - {None} - set(named.households)),
            )  # fmt: skip


def _cut(root: Path, path: Path, stays: _Named) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """A file's rows after the removal, and those that lose values; null where none do."""
    rows = pl.read_parquet(path)
    ledger = by_name().get(path.stem)
    personal = [name for name in rows.columns if name not in _public(ledger)]
    replaced = {CITIZEN, *(f.name for f in (ledger.fields() if ledger else ()) if f.in_office)}
    holds = pl.any_horizontal(
        pl.lit(False),
        *(pl.col(name).is_not_null() for name in personal if name not in replaced),
        *(~is_stand_in(name).fill_null(True) for name in personal if name in replaced),
    )
    losing = rows.select(holds.alias("holds")).to_series() & ~_stays(root, rows, stays)
    if not losing.any():
        return None
    values = [
        pl.when(losing)
        .then(_replacement(root, ledger, rows, name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in personal
    ]
    return rows.with_columns(values), rows.filter(losing)


def _stays(root: Path, rows: pl.DataFrame, stays: _Named) -> pl.Series:
    """Whether a row's person is in `stays`, or its household where the row has no person."""
    null = pl.lit(None, pl.String)
    person = person_ids(root, rows[CITIZEN]) if CITIZEN in rows.columns else null
    household = pl.col(HOUSEHOLD) if HOUSEHOLD in rows.columns else null
    stay = (
        pl.when(pl.col("person").is_not_null())
        .then(pl.col("person").is_in(stays.persons.implode()))
        .otherwise(pl.col("household").is_in(stays.households.implode()))
        .fill_null(False)
    )
    identified = rows.with_columns(person.alias("person"), household.alias("household"))
    return identified.select(stay.alias("stay")).to_series()


def _public(ledger: type[Ledger] | None) -> set[str]:
    """The columns that stay; a column that is not declared counts as personal."""
    fields = ledger.fields() if ledger else ()
    return {f.name for f in fields if not f.personal} | set(PROVENANCE)


def _replacement(
    root: Path, ledger: type[Ledger] | None, rows: pl.DataFrame, name: str
) -> pl.Expr | pl.Series:
    """What replaces a personal column's values: null, or a stand-in that figures go by.

    That is so for a citizen ID, and for the name of somebody in office.
    """
    if ledger and any(f.name == name and f.in_office for f in ledger.fields()):
        return office_stand_ins(root, rows[name])
    if name != CITIZEN or ledger is None:
        return pl.lit(None)
    registered = any(f.name == CITIZEN and f.refers_to == "labour" for f in ledger.fields())
    return stand_ins(root, rows[CITIZEN], birth=registered or ledger.name == "labour")


def _written(changes: Sequence[Change], work: Path) -> list[dict[str, Any]]:
    """Write the new files into `work`; returns the hashes of each batch's files for the journal."""
    hashes: dict[int, dict[str, Any]] = {}
    for change in changes:
        new = None
        if change.rows is not None:
            path = work / str(change.batch) / change.file
            path.parent.mkdir(exist_ok=True)
            change.rows.write_parquet(path)
            new = storage.sha256(path)
        hashes.setdefault(change.batch, {})[change.file] = {"old": change.sha256, "new": new}
    return [{"batch": number, "files": files} for number, files in hashes.items()]
