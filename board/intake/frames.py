"""The rows of one load and the stored rows: the frames that every check uses."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import polars as pl

from board.findings import LISTED, Finding, Severity, unlisted
from board.i18n import Message
from board.journal import Batch, Journal
from board.ledgers import Ledger, by_name
from board.publish import (
    StoredPlan,
    remembered_rows,
    stored_plans,
    versions,
    with_citizen_ids,
)

# The months before and after all others.
BEGINNING, END = date(1, 1, 1), date(9999, 12, 1)
Columns = Mapping[str, Mapping[tuple[str, str], Mapping[str, str]]]


@dataclass(frozen=True)
class PlanLeads:
    """A plan's span, in days, its bodies and settlements, and who leads each of its measures."""

    since: date
    until: date
    leads: Mapping[str, tuple[str, ...]] = field(hash=False)
    bodies: tuple[str, ...] = ()
    settlements: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: StoredPlan) -> PlanLeads:
        """The span and the leads of a stored plan; an empty lead means every body of it."""
        everybody = tuple(plan.sheets["departments"]["department"])
        rows = plan.sheets["measures"].select("measure", "leads").iter_rows()
        leads = {measure: tuple(names or everybody) for measure, names in rows}
        last = plan.facts["until"]
        end = date(last.year + last.month // 12, last.month % 12 + 1, 1) - timedelta(days=1)
        settlements = tuple(plan.facts["settlements"])
        return cls(plan.facts["from"], end, leads, everybody, settlements)

    def distance(self, day: date) -> int:
        """How many days a day lies outside the span; 0 inside."""
        return max((self.since - day).days, (day - self.until).days, 0)


@dataclass
class Load:
    """The rows of one load by ledger (`new`), and the rows stored at `root`.

    `columns` has the letter of each column: {ledger: {(file, sheet): {column: letter}}}.
    """

    root: Path
    new: dict[str, pl.DataFrame]
    columns: Columns
    _batches: list[Batch] = field(default_factory=list)
    _stored: dict[str, pl.DataFrame] = field(default_factory=dict)
    _plans: list[PlanLeads] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._batches = Journal(self.root).batches()

    @property
    def recorded_at(self) -> dict[int, str]:
        """Batch number → the time at which it was recorded, in UTC."""
        return {batch.number: batch.recorded_at for batch in self._batches}

    def without(self, files: Collection[str]) -> Load:
        """The same load without the rows of these files."""
        if not files:
            return self
        rows = {n: f.filter(~pl.col("file").is_in(list(files))) for n, f in self.new.items()}
        kept = {name: frame for name, frame in rows.items() if frame.height}
        return replace(self, new=kept)

    def versions(self, ledger: str, keys: pl.DataFrame) -> pl.DataFrame:
        """Every stored row of a ledger with one of these `keys`, those replaced since included."""
        rows = versions(self.root, ledger, self._batches, keys)
        return with_citizen_ids(self.root, rows, *self.new.values())

    def plan_at(self, day: date | None) -> PlanLeads:
        """The measures and leads of the plan whose span holds a day, or is nearest to it."""
        at = day or self.plans[-1].since
        return min(self.plans, key=lambda plan: plan.distance(at))

    @property
    def plans(self) -> list[PlanLeads]:
        """The plans of the store."""
        if not self._plans:
            self._plans = [PlanLeads.of(p) for p in stored_plans(self.root, self._batches)]
        return self._plans

    @property
    def settlements_of_several(self) -> list[str]:
        """The settlements of those plans that have more than one."""
        return [name for p in self.plans if len(p.settlements) > 1 for name in p.settlements]

    def rows(self, ledger: str) -> pl.DataFrame:
        """A ledger's rows in this load."""
        return self.new.get(ledger, by_name()[ledger].empty())

    def stored(self, ledger: str) -> pl.DataFrame:
        """A ledger's rows in force before this load."""
        if ledger not in self._stored:
            rows = remembered_rows(self.root, ledger, self._batches)
            self._stored[ledger] = with_citizen_ids(self.root, rows, *self.new.values())
        return self._stored[ledger]

    def together(self, ledger: str) -> pl.DataFrame:
        """A ledger's rows in force after this load; `fresh` is true for the new ones."""
        key = list(by_name()[ledger].key())
        old = self.stored(ledger).drop("batch").with_columns(fresh=pl.lit(False))
        new = self.rows(ledger).with_columns(fresh=pl.lit(True))
        return pl.concat([old, new.select(old.columns)]).unique(
            key, keep="last", maintain_order=True
        )

    def cell(self, ledger: str, row: Mapping[str, object], column: str) -> str | None:
        """The name of a cell like B17; null where the sheet lacks the column."""
        sheet = self.columns.get(ledger, {}).get((str(row["file"]), str(row["sheet"])), {})
        letter = sheet.get(column)
        return f"{letter}{row['row']}" if letter else None


def column_letters(load: Load) -> dict[str, list[dict[str, Any]]]:
    """The manifest's `columns`: ledger → its sheets, each with the letters of its columns."""
    return {
        ledger: [
            {"file": file, "sheet": sheet, "letters": dict(letters)}
            for (file, sheet), letters in sheets.items()
        ]
        for ledger, sheets in load.columns.items()
        if ledger in load.new
    }


@dataclass(frozen=True)
class Rule:
    """A rule across rows: the column its findings name, what is expected, and the message.

    The gaps of `expected` and `message` are columns of the rows, except those in `gaps`.
    `against` names the other ledger that the rows are compared with, if there is one.
    """

    name: str
    ledger: str
    column: str
    severity: Severity
    expected: str
    message: str
    against: str = ""
    gaps: Mapping[str, object] = field(default_factory=dict, hash=False)

    def findings(self, load: Load, rows: pl.DataFrame) -> Iterator[Finding]:
        """One finding for each row; `rows` has file, sheet, row, found and the gaps as columns.

        Of more rows than findings list, one finding counts the others.
        """
        yield from self._listed(load, rows.head(LISTED))
        for last in self._listed(load, rows[LISTED : LISTED + 1]):
            yield unlisted(last, rows.height - LISTED)

    def _listed(self, load: Load, rows: pl.DataFrame) -> Iterator[Finding]:
        for row in rows.iter_rows(named=True):
            value = row.get("found")
            yield Finding(
                file=row["file"],
                sheet=row["sheet"],
                cell=load.cell(self.ledger, row, self.column),
                ledger=self.ledger,
                column=self.column,
                rule=self.name,
                severity=self.severity,
                found=None if value is None else str(value),
                expected=self._filled(self.expected, row),
                suggestion=row.get("suggestion"),
                message=self._filled(self.message, row),
                against=self.against,
            )

    def _filled(self, text: str, row: Mapping[str, object]) -> Message:
        """A message with the gaps that its text names, and no other value of the row."""
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        cells = {name: row[name] for name in names if name not in self.gaps}
        return Message(text, {**self.gaps, **cells})


def join_register(rows: pl.DataFrame, register: pl.DataFrame, key: str) -> pl.DataFrame:
    """Add the register's row in force in each row's `month`, its columns named `held_…`.

    These columns are null in months before the register's first row of the key.
    """
    since = pl.col("effective_month").fill_null(BEGINNING).alias("since")
    right = register.with_columns(since).sort("since")
    right = right.rename(
        {name: f"held_{name}" for name in right.columns if name not in (key, "since")}
    )
    return rows.sort("month").join_asof(
        right, left_on="month", right_on="since", by=key, check_sortedness=False
    )


def key_text(ledger: type[Ledger], row: Mapping[str, object]) -> str:
    """A row's key as text, like 2024-03 · 铺12."""
    values = ((field, row[field.name]) for field in ledger.fields() if field.key)
    return " · ".join(field.key_text(value) for field, value in values if value is not None)
