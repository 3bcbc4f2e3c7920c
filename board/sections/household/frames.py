"""One household out of the ledgers: who lives there, what each did every month, what came in."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from board import questions
from board.i18n import _
from board.ledgers import by_name
from board.metrics import Scope
from board.sections.section import Options, View
from board.table import Column

HOUSEHOLD, MEMBER, CELL = "household", "member", "cell"
NONE = ""
SPLIT = "|"


def code(view: View) -> str:
    """The household the page shows; empty where none was chosen."""
    return view.choice(HOUSEHOLD)


def codes(view: View) -> Options:
    """Every household there was, with where it lives; the first choice is none."""
    found = view.frame("household/found", household=None, building=None, unit=None, room=None)
    return ((NONE, "—"), *((row[0], row[0]) for row in found.select("household_id").iter_rows()))


def frame(view: View, query: str) -> pl.DataFrame:
    """A query of the household's, by its name under queries/household."""
    return view.frame(f"household/{query}", household=code(view))


def register(view: View) -> dict[str, object]:
    """What the register says of the household today."""
    return frame(view, "register").row(-1, named=True)


def heads(view: View) -> dict[str, str]:
    """head_name, helper_name and helper_phone as far as they may be read."""
    found = view.persons("persons/heads", household=code(view))
    row = found.row(-1, named=True) if found.height else {}
    wanted = ("head_name", "helper_name", "helper_phone")
    return {name: str(row.get(name) or "") for name in wanted}


def persons(view: View) -> dict[str, dict[str, str]]:
    """person_id → name, citizen_id, phone, as far as they may be read; the latest row's."""
    found = view.persons("persons/members", household=code(view))
    return {
        row["person_id"]: {name: row[name] or "" for name in ("name", "citizen_id", "phone")}
        for row in found.iter_rows(named=True)
    }


def members(view: View) -> pl.DataFrame:
    """A row a member of today, the head first, then by age; who left is last.

    Who are of an age stand by their codes: even their order tells no birthday.
    """
    asked = {"household": code(view), "month": view.period.last_month}
    found = view.frame("household/members", **asked).group_by("person_id", maintain_order=True)
    head = (pl.col("relation") != "户主").fill_null(True)
    return found.last().sort(~pl.col("belongs"), head, -pl.col("age"), "person_id")


def work(view: View) -> pl.DataFrame:
    """Member × month up to the view's period."""
    return frame(view, "work").filter(pl.col("month") <= view.period.last_month)


def now(view: View) -> dict[str, object] | None:
    """The household's state in the last month of the view's period, if it had willing workers."""
    found = frame(view, "states").filter(pl.col("month") == view.period.last_month)
    return found.row(0, named=True) if found.height else None


def income(view: View) -> pl.DataFrame:
    """Quarters up to the view's period."""
    return frame(view, "income").filter(pl.col("quarter") <= view.period.last_month)


def posts(view: View) -> pl.DataFrame:
    """The open posts that fit somebody of the household, best first."""
    own = register(view)
    place = Scope(view.scope.settlement, str(own["building"]), str(own["unit"]))
    found = questions.matches(view.snapshot, view.period.last_month, place)
    return found.filter(pl.col("household_id") == code(view)).sort("score", descending=True)


def workers(view: View) -> Options:
    """The members who were ever looked at for work, by what they may be called."""
    known = persons(view)
    seen = work(view).filter(pl.col("state") != "unable")["person_id"].unique(maintain_order=True)
    order = [one for one in members(view)["person_id"] if one in set(seen)]
    return tuple((one, label(known, one, n)) for n, one in enumerate(order, start=1))


def label(known: dict[str, dict[str, str]], person: str, place: int) -> str:
    """What a member is called: the name as it may be read, or the place in the list."""
    return known.get(person, {}).get("name") or _("成员{n}", n=place)


def cells(view: View) -> Options:
    """The months a member was monitored in, the newest first: each is a row of a workbook."""
    names = dict(workers(view))
    found = work(view).filter("monitored", pl.col("person_id").is_in(list(names)))
    rows = found.sort("month", descending=True).select("person_id", "month", "wage").rows()
    paid = sorted(rows, key=lambda row: (-row[1].toordinal(), row[2] is None))
    return tuple(
        (key(person, month), f"{names[person]} {month:%Y-%m}") for person, month, _wage in paid
    )


def key(person: str, month: date) -> str:
    """How a member's month is named in the address: by code, never by name."""
    return f"{person}{SPLIT}{month:%Y-%m}"


def cell(view: View) -> dict[str, object] | None:
    """The row of the workbook behind the chosen month of a member."""
    person, _split, month = view.choice(CELL).partition(SPLIT)
    found = work(view).filter(
        pl.col("person_id") == person, pl.col("month").dt.strftime("%Y-%m") == month
    )
    return found.row(0, named=True) if found.height else None


def letters(view: View, row: dict[str, object], ledger: str) -> dict[str, str]:
    """Column → its letter in the row's sheet; empty for batches that did not note it."""
    asked = {name: row[name] for name in ("batch", "file", "sheet")}
    found = view.frame("letters", ledger=ledger, **asked)
    return dict(found.select("name", "letter").iter_rows())


def header(ledger: str, name: str) -> str:
    """A column's header as its keepers know it."""
    fields = {field.name: field.header for field in by_name()[ledger].fields()}
    return fields.get(name, name)


def kind(ledger: str, name: str) -> str:
    """What a column of a ledger holds."""
    return {field.name: str(field.kind) for field in by_name()[ledger].fields()}.get(name, "text")


def spots(rows: pl.DataFrame) -> Column:
    """The column that says where rows stand in the workbooks."""
    return Column(_("出处"), [source(row) for row in rows.iter_rows(named=True)], "text")


def source(row: dict[str, Any], letter: str = "") -> str:
    """第1批 · 2023-01.xlsx · 户台账 · 第34行, or its cell where the column's letter is known."""
    if row["batch"] is None:
        return ""
    spot = f"{letter}{row['row']}" if letter else _("第{row}行", row=row["row"])
    return _("第{batch}批 · {file} · {sheet} · {spot}",
             batch=row["batch"], file=row["file"], sheet=row["sheet"], spot=spot)  # fmt: skip
