"""The frames of the household page: register, members, work by month, income, rows in workbooks."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board import questions
from board.i18n import _
from board.ledgers import by_name
from board.ledgers.fields.days import Days
from board.metrics import Scope
from board.sections.section import Options, View
from board.table import Column

HOUSEHOLD, MEMBER, CELL = "household", "member", "cell"
NONE = ""
SPLIT = "|"


def code(view: View) -> str:
    """The code of the household that the page shows; empty where none was chosen."""
    return view.choice(HOUSEHOLD)


def codes(view: View) -> Options:
    """Every household code, current and former; the first choice is none."""
    households = view.frame("household/found", household=None, building=None, unit=None, room=None)
    return (
        (NONE, "—"),
        *((row[0], row[0]) for row in households.select("household_id").iter_rows()),
    )


def frame(view: View, query: str) -> pl.DataFrame:
    """The chosen household's rows of a query, by the query's name under queries/household."""
    return view.frame(f"household/{query}", household=code(view))


def register(view: View) -> dict[str, object]:
    """The household's latest row in the register."""
    return frame(view, "register").row(-1, named=True)


def heads(view: View) -> dict[str, str]:
    """head_name, helper_name and helper_phone, masked as the reader's permissions say."""
    rows = view.persons("persons/heads", household=code(view))
    row = rows.row(-1, named=True) if rows.height else {}
    names = ("head_name", "helper_name", "helper_phone")
    return {name: str(row.get(name) or "") for name in names}


def persons(view: View) -> dict[str, dict[str, str]]:
    """person_id → name, citizen_id and phone of the latest row, masked as permissions say."""
    rows = view.persons("persons/members", household=code(view))
    return {
        row["person_id"]: {name: row[name] or "" for name in ("name", "citizen_id", "phone")}
        for row in rows.iter_rows(named=True)
    }


def members(view: View) -> pl.DataFrame:
    """A row for each member: the head first, then the oldest; those who left are last.

    Members of the same age are in the order of their codes, so that their order does not show
    whose birthday is earlier.
    """
    params = {"household": code(view), "month": view.period.last_month}
    rows = view.frame("household/members", **params).group_by("person_id", maintain_order=True)
    not_head = (pl.col("relation") != "户主").fill_null(True)
    return rows.last().sort(~pl.col("belongs"), not_head, -pl.col("age"), "person_id")


def work(view: View) -> pl.DataFrame:
    """A row for each member and month, up to the view's period."""
    return frame(view, "work").filter(pl.col("month") <= view.period.last_month)


def last_state(view: View) -> dict[str, object] | None:
    """The household's state in the period's last month; None where nobody was willing to work."""
    states = frame(view, "states").filter(pl.col("month") == view.period.last_month)
    return states.row(0, named=True) if states.height else None


def income(view: View) -> pl.DataFrame:
    """A row for each quarter, up to the view's period."""
    return frame(view, "income").filter(pl.col("quarter") <= view.period.last_month)


def posts(view: View) -> pl.DataFrame:
    """The open posts that fit a member of the household, best first."""
    household = register(view)
    place = Scope(view.scope.settlement, str(household["building"]), str(household["unit"]))
    matches = questions.matches(view.snapshot, view.period.last_month, place)
    return matches.filter(pl.col("household_id") == code(view)).sort("score", descending=True)


def workers(view: View) -> Options:
    """(person_id, label) of the members who were able to work in any month."""
    details = persons(view)
    able = set(work(view).filter(pl.col("state") != "unable")["person_id"])
    people = [person for person in members(view)["person_id"] if person in able]
    return tuple((person, label(details, person, n)) for n, person in enumerate(people, start=1))


def label(details: dict[str, dict[str, str]], person: str, place: int) -> str:
    """The member's name, masked where it must be, or the member's number in the list."""
    return details.get(person, {}).get("name") or _("成员{n}", n=place)


def cells(view: View) -> Options:
    """The months in which members were monitored, newest first; each is a row of a workbook.

    Within a month the members with a wage come first.
    """
    names = dict(workers(view))
    months = work(view).filter("monitored", pl.col("person_id").is_in(list(names)))
    rows = months.sort("month", descending=True).select("person_id", "month", "wage").rows()
    ordered = sorted(rows, key=lambda row: (-row[1].toordinal(), row[2] is None))
    return tuple(
        (key(person, month), f"{names[person]} {month:%Y-%m}") for person, month, _wage in ordered
    )


def key(person: str, month: date) -> str:
    """The key of a member's month in the page address; it has the person's code, not the name."""
    return f"{person}{SPLIT}{month:%Y-%m}"


def cell(view: View) -> dict[str, object] | None:
    """The workbook's row for the chosen member and month; None where there is none."""
    person, _split, month = view.choice(CELL).partition(SPLIT)
    rows = work(view).filter(
        pl.col("person_id") == person, pl.col("month").dt.strftime("%Y-%m") == month
    )
    return rows.row(0, named=True) if rows.height else None


def letters(view: View, row: dict[str, object], ledger: str) -> dict[str, str]:
    """Column → its letter in the row's sheet; empty for batches that did not record letters."""
    params = {name: row[name] for name in ("batch", "file", "sheet")}
    columns = view.frame("letters", ledger=ledger, **params)
    return dict(columns.select("name", "letter").iter_rows())


def header(ledger: str, name: str) -> str:
    """A column's header as it stands in the workbook."""
    fields = {field.name: field.header for field in by_name()[ledger].fields()}
    return fields.get(name, name)


def is_day(ledger: str, name: str) -> bool:
    """Whether a column of a ledger has days, months or quarters; not so for an unknown column."""
    return any(
        field.name == name and isinstance(field, Days) for field in by_name()[ledger].fields()
    )


def source_column(rows: pl.DataFrame) -> Column:
    """A column with the place of each row in its workbook."""
    return Column(_("出处"), [source(row) for row in rows.iter_rows(named=True)], "text")


def source(row: dict[str, Any], letter: str = "") -> str:
    """第1批 · 2023-01.xlsx · 户台账 · 第34行, or the cell where the column's letter is given."""
    if row["batch"] is None:
        return ""
    spot = f"{letter}{row['row']}" if letter else _("第{row}行", row=row["row"])
    return _("第{batch}批 · {file} · {sheet} · {spot}",
             batch=row["batch"], file=row["file"], sheet=row["sheet"], spot=spot)  # fmt: skip
