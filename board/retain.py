"""Remove what is older than a term: workbooks as received, and persons nobody has named since.

Figures stay the same: a row keeps everything but its personal values, and a stand-in takes the
place of the citizen ID (board.publish). The journal says what was removed, why and by whom.
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
from board.numerals import HOURS_EAST
from board.publish import faults, is_stand_in, person_ids, rows_in_force, stand_ins
from board.storage import BATCHES, RefusedError, passed

CITIZEN, HOUSEHOLD = "citizen_id", "household_id"
BEGINNING = date(1, 1, 1)


@dataclass(frozen=True)
class Change:
    """A file of a batch that is removed, or that is written again with `rows` in it.

    `rows` is null for a workbook; `cut` is how many of them lose personal values, `persons` and
    `households` are whose.
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
        """What the command says of it."""
        return {
            "file": f"{BATCHES}/{self.batch}/{self.file}",
            "bytes": self.size,
            "removed": self.rows is None,
            "rows": self.cut,
        }


@dataclass(frozen=True)
class Removal:
    """All that is older than a day and that nobody has named since."""

    before: date
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, Any]:
        """How many persons and households lose their personal values, and in how many rows."""
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
    """Who is still named since the day: person IDs and household codes."""

    persons: pl.Series
    households: pl.Series


def removal(root: Path, before: date) -> Removal:
    """What of the batches recorded before a day of the settlement's clock is to be removed.

    A store with an error is refused: the journal would call a changed file its own, and what is
    removed may be needed to find out what happened.
    """
    if errors := [problem for problem in faults(root) if problem.severity == "error"]:
        raise _wrong(errors[0].where)
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
        if batch.recorded_at < moment
        for change in _of(root, batch, named if batch.state == "live" else nobody, named)
    ]
    return Removal(before, tuple(changes))


def retain(
    root: Path,
    before: date,
    reason: str,
    waiting: Callable[[storage.Holder | None], None] | None = None,
) -> Removal:
    """Remove it, and say so in the journal; whole at its end, or not at all.

    Publish afterwards: until then the snapshot in use holds the persons removed. Returns what
    was removed; where there is nothing to remove, nothing is written.
    """
    storage.prepare(root)
    with storage.refusing_when_full(), storage.writing(root, RETAIN, waiting):
        journal = Journal(root)
        journal.recover()
        found = removal(root, before)
        if not found.changes:
            return found
        with storage.staging(root) as work:
            payload = {
                "before": before.isoformat(),
                "reason": reason,
                "who": storage.account(),
                **found.counts,
                "batches": _written(found.changes, work),
            }
            storage.room(root, work, publishing=True)
            begin_removal(root, work, payload)
            try:
                journal.append(RETAIN, payload)
                passed("removal committed")
            finally:
                finish_removal(root, journal.events())
        return found


def _named(root: Path, since: Sequence[Batch], live: Sequence[Batch]) -> _Named:
    """Everybody a row since the day names, with their households and who lives in them.

    A row that names a household names its members, whom the register need not repeat; so does
    a row that names one of them.
    """
    persons, households = [pl.Series(dtype=pl.String)], [pl.Series(dtype=pl.String)]
    for batch in since:
        for path in sorted((root / BATCHES / str(batch.number)).glob("*.parquet")):
            rows = pl.read_parquet(path)
            if CITIZEN in rows.columns:
                persons.append(person_ids(root, rows[CITIZEN]))
            if HOUSEHOLD in rows.columns:
                households.append(rows[HOUSEHOLD])
    lives = _lives(root, live)
    mentioned = pl.concat(persons).drop_nulls().unique()
    theirs = lives.filter(pl.col("person").is_in(mentioned.implode()))[HOUSEHOLD]
    houses = pl.concat([*households, theirs]).drop_nulls().unique()
    members = lives.filter(pl.col(HOUSEHOLD).is_in(houses.implode()))["person"]
    return _Named(pl.concat([mentioned, members]).unique(), houses)


def _lives(root: Path, live: Sequence[Batch]) -> pl.DataFrame:
    """One row a person: the household the labour register has them in last."""
    labour = rows_in_force(root, "labour", live)
    since = labour["effective_month"].fill_null(BEGINNING).alias("since")
    lives = labour.select(HOUSEHOLD).with_columns(
        since, person_ids(root, labour[CITIZEN]).alias("person")
    )
    return lives.sort("since", maintain_order=True).unique("person", keep="last")


def _of(root: Path, batch: Batch, stays: _Named, named: _Named) -> Iterator[Change]:
    """What changes in a batch's folder."""
    folder = root / BATCHES / str(batch.number)
    contents = storage.read_json(folder / "manifest.json")["contents"]
    for name, sha in files_now(root, batch, contents).items():
        path = folder / name
        if name.startswith("received/"):
            yield Change(batch.number, name, sha, path.stat().st_size)
        elif path.suffix == ".parquet" and (cut := _cut(root, path, stays)) is not None:
            rows, gone = cut
            persons = set() if CITIZEN not in gone else set(person_ids(root, gone[CITIZEN]))
            houses = set() if HOUSEHOLD not in gone else set(gone[HOUSEHOLD])
            yield Change(
                batch.number, name, sha, path.stat().st_size, rows, gone.height,
                frozenset(persons - {None} - set(named.persons)),
                frozenset(houses - {None} - set(named.households)),
            )  # fmt: skip


def _cut(root: Path, path: Path, stays: _Named) -> tuple[pl.DataFrame, pl.DataFrame] | None:
    """A file's rows without what is to go, and those it goes from; null where nothing does."""
    rows = pl.read_parquet(path)
    ledger = by_name().get(path.stem)
    hidden = [name for name in rows.columns if name not in _open(ledger)]
    holds = pl.any_horizontal(
        pl.lit(False),
        *(pl.col(name).is_not_null() for name in hidden if name != CITIZEN),
        *(~is_stand_in().fill_null(True) for name in hidden if name == CITIZEN),
    )
    goes = rows.select(holds.alias("goes")).to_series() & ~_kept(root, rows, stays)
    if not goes.any():
        return None
    empty = [
        pl.when(goes).then(_instead(root, ledger, rows, name)).otherwise(pl.col(name)).alias(name)
        for name in hidden
    ]
    return rows.with_columns(empty), rows.filter(goes)


def _kept(root: Path, rows: pl.DataFrame, stays: _Named) -> pl.Series:
    """Whether a row's person stays, or its household where the row names no person."""
    null = pl.lit(None, pl.String)
    person = person_ids(root, rows[CITIZEN]) if CITIZEN in rows.columns else null
    house = pl.col(HOUSEHOLD) if HOUSEHOLD in rows.columns else null
    kept = (
        pl.when(pl.col("person").is_not_null())
        .then(pl.col("person").is_in(stays.persons.implode()))
        .otherwise(pl.col("house").is_in(stays.households.implode()))
        .fill_null(False)
    )
    known = rows.with_columns(person.alias("person"), house.alias("house"))
    return known.select(kept.alias("kept")).to_series()


def _open(ledger: type[Ledger] | None) -> set[str]:
    """The columns that stay; of one that no ledger declares nobody knows that it may."""
    fields = ledger.fields() if ledger else ()
    return {f.name for f in fields if not f.personal} | set(PROVENANCE)


def _instead(
    root: Path, ledger: type[Ledger] | None, rows: pl.DataFrame, name: str
) -> pl.Expr | pl.Series:
    """What takes the place of a personal column's values."""
    if name != CITIZEN or ledger is None:
        return pl.lit(None)
    registered = any(f.name == CITIZEN and f.refers_to == "labour" for f in ledger.fields())
    return stand_ins(root, rows[CITIZEN], birth=registered or ledger.name == "labour")


def _written(changes: Sequence[Change], work: Path) -> list[dict[str, Any]]:
    """Write the new files into `work`; returns what the journal says of every batch's files."""
    said: dict[int, dict[str, Any]] = {}
    for change in changes:
        new = None
        if change.rows is not None:
            path = work / str(change.batch) / change.file
            path.parent.mkdir(exist_ok=True)
            change.rows.write_parquet(path)
            new = storage.sha256(path)
        said.setdefault(change.batch, {})[change.file] = {"old": change.sha256, "new": new}
    return [{"batch": number, "files": files} for number, files in said.items()]


def _wrong(where: str) -> RefusedError:
    return RefusedError(
        "store_damaged",
        N_("{where} 与入库时不一致，没有清除任何内容。请先运行 verify。"),
        where=where,
    )
