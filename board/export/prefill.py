"""The rows that a prefilled template begins with: a register as it stands, last month's people, open items."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from board.access import Reader
from board.journal import Batch, Journal
from board.ledgers import Ledger, by_name
from board.publish import remembered_rows, stored_plans, without_stand_ins
from board.publish.retained import born

BEGINNING = date(1, 1, 1)
# What these columns hold identifies a row's household.
HOUSEHOLD, PERSON = "household_id", "citizen_id"


@dataclass(frozen=True)
class Known:
    """What a template for a month is made from: the store's rows, and whose personal data may be used.

    `others` are the registers about people whose rows are named to the reader by no new row,
    `places` those that the reader is limited to; empty means all.
    """

    root: Path
    month: date
    batches: Sequence[Batch]
    others: Collection[str] = ()
    places: tuple[str, ...] = ()

    @property
    def last_day(self) -> date:
        """The last day of the month."""
        return last_day(self.month)

    def rows(self, ledger: str) -> pl.DataFrame:
        """A ledger's rows in force, with null where a person was removed."""
        return without_stand_ins(remembered_rows(self.root, ledger, self.batches))

    def register(self, name: str) -> pl.DataFrame:
        """A register's rows in force in the month: the latest of each subject."""
        ledger = by_name()[name]
        key = [f.name for f in ledger.fields() if f.key and f.required]
        since = pl.col("effective_month").fill_null(BEGINNING)
        rows = self.rows(name).filter(since <= self.month).drop_nulls(key)
        latest = rows.with_row_index("order").sort(since, maintain_order=True)
        latest = latest.unique(key, keep="last", maintain_order=True)
        return latest.sort("order").drop("order")

    def present(self, name: str) -> pl.DataFrame:
        """The rows of a register whose subject is there: of people, whose household is."""
        ledger = by_name()[name]
        rows = self.register(name).filter(ledger.in_register(self.last_day))
        return self.with_present_subjects(ledger, rows)

    def with_present_subjects(self, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame:
        """The rows without those that refer to who or what has left its register."""
        for field in ledger.fields():
            if field.refers_to and by_name()[field.refers_to].cadence == "register":
                (key,) = [
                    f.name for f in by_name()[field.refers_to].fields() if f.key and f.required
                ]
                present = self.present(field.refers_to)[key]
                stays = pl.col(field.name).is_in(present.implode()) | pl.col(field.name).is_null()
                rows = rows.filter(stays)
        return rows


def known(root: Path, month: date, who: Reader | None, department: str) -> Known:
    """What the store knows for a month, as a reader may use it; None is the machine's own user."""
    batches = Journal(root).batches()
    if who is None:
        return Known(root, month, batches)
    others = [
        name
        for name, ledger in by_name().items()
        if department and ledger.about_people() and who.keepers.get(name) != department
    ]
    return Known(root, month, batches, others, who.places)


def rows_of(store: Known, ledger: type[Ledger]) -> pl.DataFrame | None:
    """The prefilled rows of a ledger by column name; None where it has nothing to carry over."""
    if ledger.cadence == "register":
        rows = store.register(ledger.name)
    elif period := ledger.period_of():
        rows = _of_last_period(store, ledger, period.name)
    elif (still_open := ledger.still_open()) is not None:
        rows = _open_items(store, ledger, still_open)
    else:
        return None
    return _inside(store, ledger, rows).select(f.name for f in ledger.fields())


def _of_last_period(store: Known, ledger: type[Ledger], period: str) -> pl.DataFrame:
    """Who and what was reported last time and is still there, and who is due since."""
    now = _first_day(store.month, quarterly=ledger.cadence == "quarterly")
    rows = store.rows(ledger.name).filter(pl.col(period) < now)
    rows = rows.filter(pl.col(period) == pl.col(period).max())
    carried = [name for name in ledger.carried() if name != period]
    rows = rows.drop_nulls([name for name in ledger.key() if name in carried])
    rows = store.with_present_subjects(ledger, rows)
    if newcomers := _due_since(store, ledger, rows):
        rows = pl.concat([rows, *newcomers], how="diagonal")
    return rows.with_columns(
        pl.lit(None, field.dtype).alias(field.name)
        for field in ledger.fields()
        if field.name not in ledger.prefilled()
    ).with_columns(pl.lit(now).alias(period))


def _due_since(store: Known, ledger: type[Ledger], rows: pl.DataFrame) -> list[pl.DataFrame]:
    """The subjects of the key's register for which a row is due, but for those in `rows`."""
    due = ledger.expected()
    field = next((f for f in ledger.fields() if f.key and f.refers_to), None)
    if due is None or field is None or field.refers_to in store.others:
        return []
    register = store.present(field.refers_to)
    if PERSON in register.columns:
        register = register.with_columns(of_working_age=_of_working_age(store))
    (key,) = [f.name for f in by_name()[field.refers_to].fields() if f.key and f.required]
    lacking = register.filter(due, ~pl.col(key).is_in(rows[field.name].implode()))
    return [lacking.select(pl.col(key).alias(field.name))]


def _of_working_age(store: Known) -> pl.Expr:
    """Whether a person is of working age in the month, by the plan whose span is nearest."""
    plans = stored_plans(store.root, store.batches)
    facts = min((plan.facts for plan in plans), key=lambda facts: _distance(facts, store.month))
    birth = born(pl.col(PERSON))
    oldest, youngest = (
        date(store.month.year - facts[name], store.month.month, 1)
        for name in ("minimum_age", "maximum_age")
    )
    return (birth <= oldest) & (birth > youngest)


def _distance(facts: dict[str, date], month: date) -> int:
    return max((facts["from"] - month).days, (month - facts["until"]).days, 0)


def _open_items(store: Known, ledger: type[Ledger], still_open: pl.Expr) -> pl.DataFrame:
    """The latest row of each item that is still open at the end of the month.

    Where a row of the month gets a key of its own, what is left to fill in is empty; else the item
    stands as it is.
    """
    dated = ledger.dated_by if ledger.dated_by not in ledger.carried() else ""
    rows = store.rows(ledger.name)
    rows = rows.filter((ledger.month_kept() <= store.month).fill_null(value=True))
    items = [name for name in ledger.key() if name != dated]
    if dated:
        rows = rows.sort(dated, maintain_order=True)
    latest = rows.unique(items, keep="last", maintain_order=True)
    rows = pl.concat([latest, ledger.begun(latest, store.month)]).filter(still_open)
    rows = store.with_present_subjects(ledger, rows)
    if dated not in ledger.key():
        return rows
    return rows.with_columns(
        pl.lit(None, field.dtype).alias(field.name)
        for field in ledger.fields()
        if field.name not in ledger.carried()
    )


def _inside(store: Known, ledger: type[Ledger], rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of households in the reader's places; all of them where the ledger is not of households."""
    if not store.places or not ledger.about_people():
        return rows
    at = pl.concat_str("building", "unit", separator="/")
    homes = store.register("households").filter(
        pl.any_horizontal(
            pl.col("building").is_in(list(store.places)), at.is_in(list(store.places))
        )
    )[HOUSEHOLD]
    if HOUSEHOLD in rows.columns:
        return rows.filter(pl.col(HOUSEHOLD).is_in(homes.implode()))
    if PERSON in rows.columns:
        people = store.register("labour").filter(pl.col(HOUSEHOLD).is_in(homes.implode()))[PERSON]
        return rows.filter(pl.col(PERSON).is_in(people.implode()))
    return rows


def _first_day(month: date, *, quarterly: bool) -> date:
    """The first day of a month, or of the quarter that it lies in."""
    return date(month.year, (month.month - 1) // 3 * 3 + 1, 1) if quarterly else month


def last_day(month: date) -> date:
    """The last day of a month."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
