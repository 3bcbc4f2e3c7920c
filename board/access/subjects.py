"""What a query's rows are about: nobody, counts of people, single households, or persons.

A metric's query is about people where the metric is (`Metric.about_people`). The queries in
queries/household and queries/left_out list households, those in queries/persons list persons, those in
queries/plan what a plan says.
A query at the top level declares its subject in its head:

    -- 涉及:合计,台账 employment。

with 无 (nobody), 合计 (counts of people), 逐户 (rows of households or persons by their codes) or
逐人 (personal columns), and the ledger whose department may see the answer. A query that declares
nothing is about persons where it names a ledger about people, or a view over such a ledger;
otherwise about nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from board.catalogue import METRICS
from board.ledgers import by_name
from board.store import QUERIES, statement

Grain = Literal["nobody", "groups", "households", "persons"]
WORDS: dict[str, Grain] = {
    "无": "nobody", "合计": "groups", "逐户": "households", "逐人": "persons",
}  # fmt: skip
DECLARED = re.compile(rf"^-- 涉及[:：]({'|'.join(WORDS)})(?:[,，]台账 (\w+))?。$", re.MULTILINE)
COMMENT = re.compile(r"--.*")
NAME = re.compile(r"\w+")
# This function takes a table's name at run time, so the query may read any table.
ANY_TABLE = "query_table"


@dataclass(frozen=True)
class Subject:
    """What a query is about, and the ledger it comes from ("" for reference data or all ledgers).

    A department sees the answers from ledgers that it keeps, and the tasks that it leads.
    """

    grain: Grain
    ledger: str = ""

    @property
    def of_tasks(self) -> bool:
        """Whether its rows are tasks, each of which has departments that lead it."""
        return self.ledger == "tasks"


def subject_of(query: str, queries: Path = QUERIES) -> Subject:
    """The subject of a query, by its name without `.sql`; KeyError where there is no such query."""
    folder, _slash, name = query.rpartition("/")
    if folder == "metrics":
        metric = METRICS.get(name) or next(m for m in METRICS.values() if m.query == name)
        return Subject("households" if metric.about_people else "nobody", metric.ledgers[0])
    if folder in ("left_out", "household"):
        return Subject("households")
    if folder == "persons":
        return Subject("persons")
    if folder == "plan":
        return Subject("nobody")
    return subject_of_file(query, queries)


@cache
def subject_of_file(query: str, queries: Path) -> Subject:
    """The subject that a query at the top level declares; otherwise derived from its tables."""
    text = statement(queries, query)
    if declared := DECLARED.search(text):
        return Subject(WORDS[declared[1]], declared[2] or "")
    return Subject("persons" if names_people(text, queries) else "nobody")


def names_people(text: str, queries: Path) -> bool:
    """Whether a statement names a ledger about people, or a view over one."""
    words = set(NAME.findall(COMMENT.sub("", text)))
    return bool(words & _about_people(queries)) or ANY_TABLE in words


@cache
def _about_people(queries: Path) -> frozenset[str]:
    """The ledgers about people and the views over them; views only read views before them."""
    names = {name for name, ledger in by_name().items() if ledger.about_people()}
    for path in sorted((queries / "views").glob("*.sql")):
        if names & set(NAME.findall(COMMENT.sub("", path.read_text("utf-8")))):
            names.add(path.stem.partition("_")[2])
    return frozenset(names)
