"""Words for every command, so that each can be tried in a place: its store, its files, what it writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from board.access import Role
from board.accounts import Accounts
from board.backup import backup
from board.commands import app
from board.journal import AuditLog, Journal, acts
from board.publish import publish
from board.storage import BATCHES
from tests.support.answers import present
from tests.support.reading_here import reading_here
from tests.support.retained import NEW, OLD, csv_file, home, member, old_rows, sent

PROJECT = Path(__file__).resolve().parents[2]
SECOND_PLAN = PROJECT / "tests" / "support" / "second_plan"
SITE = PROJECT / "data" / "reference" / "site.geojson"
IN, OUT, STORE, OTHER, TEMPORARY = "in", "out", "store", "other", "tmp"
HOUSES, PERSONS = "户台账-2024-04.csv", "劳动力台账-2024-04.csv"
REASON = ["--reason", "保存期满三年"]


def every_command() -> set[str]:
    """The names of all commands, by the table that the command line is made of."""
    named = {str(command.name) for command in app.registered_commands}
    for group in app.registered_groups:
        inside = present(group.typer_instance).registered_commands
        named |= {f"{group.name} {command.name}" for command in inside}
    return named


def words(place: Path) -> dict[str, list[str]]:
    """What to type for every command, and for what some do in several ways, in a `filled` place.

    A way is named by its command and, after a colon, what is special about it.
    """
    given, out = place / IN, place / OUT
    return {
        "sample": ["sample", "--out", str(out), "--households", "1", "--months", "1"],
        "template": ["template", "--out", str(out), "assets", "labour"],
        "check": ["check", str(given / PERSONS)],
        "load": ["load", str(given / HOUSES), str(given / PERSONS)],
        "load: not published": ["load", str(given / HOUSES), "--no-publish"],
        "load: no change": ["load", "--no-change", "households", "--month", "2024-02"],
        "load: first": ["load", str(given / HOUSES), "--store", str(place / OTHER)],
        "withdraw": ["withdraw", "3", "--reason", "录错了"],
        "batches": ["batches"],
        "publish": ["publish", "--at", "2023-02-06"],
        "verify": ["verify"],
        "repair": ["repair", "--do", "--reason", "断电"],
        "repair: nothing done": ["repair"],
        "retain": ["retain", "--before", "2023-01-01", *REASON, "--do"],
        "retain: nothing done": ["retain", "--before", "2023-01-01", *REASON],
        "backup": ["backup", str(out / "backup.tar")],
        "restore": ["restore", str(given / "backup.tar"), "--store", str(place / OTHER)],
        "metrics": ["metrics", "--period", "2024-03"],
        "rows": ["rows", "asset_occupancy", "--period", "2024-03", "--part", "numerator"],
        "measures": ["measures", "--period", "2024-03"],
        "plan check": ["plan", "check", str(SECOND_PLAN)],
        "plan load": ["plan", "load", str(SECOND_PLAN)],
        "plan list": ["plan", "list"],
        "plan template": ["plan", "template", "--out", str(out)],
        "export": ["export", "labour", "--persons", "--format", "csv", "--out", str(out / "l.csv")],
        "export: workbook": ["export", "labour", "--format", "xlsx", "--out", str(out / "l.xlsx")],
        "looks": ["looks"],
        "looks: workbook": ["looks", "--format", "xlsx", "--out", str(out / "looks.xlsx")],
        "site": ["site", str(SITE)],
        "accounts list": ["accounts", "list"],
        "accounts first": ["accounts", "first", "--store", str(place / OTHER)],
        "accounts add": ["accounts", "add", "丙", "--role", "admin"],
        "accounts change": ["accounts", "change", "乙", "--role", "leader"],
        "accounts reset": ["accounts", "reset", "乙"],
        "accounts unlock": ["accounts", "unlock", "乙"],
        "accounts disable": ["accounts", "disable", "乙"],
        "accounts enable": ["accounts", "enable", "丁"],
    }


def typed(place: Path, name: str) -> list[str]:
    """The words of one way, with the store that it is to work on."""
    said = words(place)[name]
    return said if "--store" in said else [*said, "--store", str(place / STORE)]


def filled(place: Path) -> Path:
    """A place with a store of an old batch, a withdrawn one and a new one, accounts and looks."""
    for name in (IN, OUT, TEMPORARY):
        (place / name).mkdir(parents=True)
    root = place / STORE
    with reading_here():
        sent(place, root, OLD, **old_rows())
        wrong = sent(place, root, OLD, households=[home("H07")])
        Journal(root).withdraw(wrong, "录错了月份", OLD)
        sent(place, root, NEW, households=[home("H02", room="0202")])
    for left in place.glob("*.csv"):
        left.unlink()
    accounts = Accounts(root)
    accounts.enter(accounts.first_token(), "a long enough sentence", "甲")
    for name in ("乙", "丁"):
        accounts.create(name, Role.ADMIN, "test")
    accounts.enable("丁", "test", False)
    AuditLog(root).record("甲", "leader", acts.Look("H01"))
    publish(root)
    backup(root, place / IN / "backup.tar")
    csv_file(place / IN / HOUSES, "households", [home("H03"), home("H04")])
    csv_file(place / IN / PERSONS, "labour", [member(5, "H02")])
    return place


def made_ready(place: Path, name: str) -> None:
    """Hurt the store where the command is there for that."""
    if name.startswith("repair"):
        for surplus in ("70", "80"):
            shutil.copytree(place / STORE / BATCHES / "1", place / STORE / BATCHES / surplus)
