"""The plan that comes with the product, and the lists of names that it makes."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from board.reference.site import FOLDER

PLANS = FOLDER.parent / "plans"
LISTS_OF_PLANS = ("departments", "measures", "settlements")
# Name of a list → spelling, without spaces and in normal width → the name it stands for.
Lists = Mapping[str, Mapping[str, str]]


def shipped_plan() -> Path:
    """The folder of the plan that comes with the product."""
    return next(path for path in sorted(PLANS.iterdir()) if path.is_dir())


@cache
def shipped_lists() -> Lists:
    """The lists of names that the shipped plan makes."""
    return lists_of(
        [(row["部门"], row["简称"], row["别名"]) for row in _rows("部门")],
        [row["举措序号"] for row in _rows("举措")],
        split(_rows("方案")[0]["安置点"]),
    )


@cache
def shipped_keepers() -> Mapping[str, str]:
    """Table name of a ledger → the department that keeps it, in the shipped plan."""
    return {row["台账"]: row["责任部门"] for row in _rows("台账分工")}


def lists_of(
    departments: list[tuple[str, str | None, str | None]],
    measures: list[str],
    settlements: list[str],
) -> Lists:
    """The lists that plans make of their departments (name, short name, aliases) and the rest."""
    names: dict[str, str] = {}
    for department, short, aliases in departments:
        for spelling in (*split(aliases), *split(short)):
            names.setdefault(_compact(spelling), department)
    names |= {_compact(department): department for department, _short, _aliases in departments}
    in_order = dict.fromkeys(department for department, _short, _aliases in departments)
    ordered = {_compact(name): name for name in in_order}
    return {
        "departments": ordered | names,
        "measures": {_compact(measure): measure for measure in measures},
        "settlements": {_compact(settlement): settlement for settlement in settlements},
    }


def split(text: str | None) -> list[str]:
    """The names in a text, which 、 or a comma separates."""
    return [name.strip() for name in re.split("[、,;，；]", text or "") if name.strip()]


def _compact(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _rows(sheet: str) -> list[dict[str, str]]:
    with (shipped_plan() / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
