"""A process that forks a child for every order, so that each can be killed and none starts cold.

Orders come as JSON lines: `{"do": …, "root": …, "stop_at": step or null, "twin": bool, …}`.
The answer is a line `{"pid": n}` at once and, when the child is gone, a line
`{"status": n, "said": …}`. Frames stand in for workbooks: the reader has tests of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from board import backup, intake, publish, repair, storage, workbook
from board import retain as term
from board.journal import Event, Journal
from board.journal import journal as journal_module
from board.ledgers import ledgers
from board.reference import Lists
from board.storage import steps
from board.store import NoSnapshotError, open_store
from tests.support.stores import frame

HOUSE = {
    "settlement": "幸福小镇", "building": "1栋", "unit": "1单元", "room": "0101",
    "head_name": "甲", "size": 2, "category": "脱贫户", "status": "在册",
}  # fmt: skip


def written_as_json(
    path: Path | str,
    out: Path | str,
    name: str | None = None,
    limits: workbook.Limits | None = None,
    lists: Lists | None = None,
    of_plan: bool = False,
) -> workbook.Reading:
    """Take a file that lists household IDs for a workbook."""
    houses = [
        HOUSE | {"household_id": one, "file": name} for one in json.loads(Path(path).read_text())
    ]
    Path(out).mkdir(parents=True, exist_ok=True)
    frame("households", houses).write_parquet(Path(out) / "households.parquet")
    return workbook.Reading(str(name), (), {"households": len(houses)}, {})


def load(order: dict[str, Any]) -> dict[str, Any]:
    """Load one file the way the command line does."""
    files = [Path(order["file"])]
    done = intake.load(files, Path(order["root"]), publish=order["publish"])
    return {"batch": done.batch, "already": list(done.already)}


def withdraw(order: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a batch and publish."""
    publish.withdraw(Path(order["root"]), order["batch"], "测试")
    return {}


def take_backup(order: dict[str, Any]) -> dict[str, Any]:
    """Back the store up."""
    return backup.backup(Path(order["root"]), Path(order["file"]))


def restore(order: dict[str, Any]) -> dict[str, Any]:
    """Restore a backup into the store at `into`; whether it was taken, and what else it said."""
    try:
        backup.restore(Path(order["into"]), Path(order["file"]))
    except storage.RefusedError as refused:
        return {"refused": refused.code}
    return {"refused": ""}


def mend(order: dict[str, Any]) -> dict[str, Any]:
    """Repair the store, as often as there is something to do, and publish."""
    root = Path(order["root"])
    done = repair.repair(root, "测试", "测试")
    publish.publish(root)
    return {"steps": len(done)}


def retain(order: dict[str, Any]) -> dict[str, Any]:
    """Remove what is older than a day and publish."""
    term.retain(Path(order["root"]), date.fromisoformat(order["before"]), "保存期满")
    publish.publish(Path(order["root"]))
    return {}


def settle(order: dict[str, Any]) -> dict[str, Any]:
    """Open the store as a server does when it starts; who is named in it, and what is wrong."""
    root = Path(order["root"])
    publish.up_to_date(root)
    heads = open_store(root).snapshot().personal("persons/heads", household="H01")["head_name"]
    return {
        "named": bool(heads.drop_nulls().len()),
        "problems": [problem.code for problem in publish.verify(root)],
        "left": [p.name for p in (root / storage.STAGING).iterdir()]
        + [p.name for p in root.glob("retaining*")],
    }


def audit(order: dict[str, Any]) -> dict[str, Any]:
    """Everything the store holds, as the next process finds it, and all that verify says."""
    root = Path(order["root"])
    try:
        seen = open_store(root).snapshot().frame("ledgers_held").height
    except NoSnapshotError:
        seen = -1
    journal = Journal(root)
    if order.get("rebuild"):
        found = publish.verify(root)
    else:
        with storage.writing(root, "audit"):
            journal.recover()
        found = publish.faults(root)
    return {
        "seen": seen,
        "problems": [problem.code for problem in found],
        "files": [
            f["name"]
            for b in journal.batches()
            if b.state == "live" and not b.plan
            for f in b.files
        ],
        "folders": sorted(int(p.name) for p in (root / storage.BATCHES).iterdir()),
        "batches": sorted(b.number for b in journal.batches()),
        "staged": [p.name for p in (root / storage.STAGING).iterdir()],
        "houses": sorted(publish.rows_in_force(root, "households")["household_id"].to_list()),
    }


def planted(root: Path, staging: Path, number: int) -> None:
    """The twin with the ordering wrong: the batch's folder is moved only after its row."""
    for name in ("batch renamed", "batch in place"):
        storage.passed(name)
    insert = Journal._insert

    def row_first(self: Journal, event: Event) -> Event:
        insert(self, event)
        storage.passed("row before its batch")
        shutil.move(staging, root / storage.BATCHES / str(number))
        return event

    # The one place where a method of the program is another: in the twin that does it wrong.
    Journal._insert = row_first  # type: ignore[method-assign]


def obey(order: dict[str, Any], answer: Path) -> None:
    """In the child: do what is ordered, die where it says, leave the answer in a file."""

    def watch(name: str) -> None:
        if name == order.get("stop_at"):
            os.kill(os.getpid(), signal.SIGKILL)
        if order.get("log"):
            with Path(order["log"]).open("a") as log:
                log.write(name + "\n")

    steps.step = watch
    workbook.read = written_as_json
    if order.get("twin"):
        journal_module._move_into_place = planted
    said = globals()[order["do"]](order)
    answer.write_text(json.dumps(said))


def main() -> None:
    """Fork a child an order until the orders end."""
    ledgers()
    answer = Path(sys.argv[1])
    for line in sys.stdin:
        order = json.loads(line)
        answer.unlink(missing_ok=True)
        child = os.fork()
        if not child:
            status = 0
            try:
                obey(order, answer)
            except BaseException:
                traceback.print_exc()
                status = 1
            os._exit(status)
        print(json.dumps({"pid": child}), flush=True)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = json.loads(answer.read_text()) if status == 0 else None
        print(json.dumps({"status": status, "said": said}), flush=True)


if __name__ == "__main__":
    main()
