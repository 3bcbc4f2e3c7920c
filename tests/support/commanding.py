"""A process that forks a child for every command, whose file operations fail where it is ordered to.

Orders come as JSON lines: `{"words": […], "place": …, "way": …, "at": n, "seconds": n or null}`
runs a command line, `{"start": place}` starts the board over the stores of a place, `{"look": place, "rebuild": true}` says what is in a place. The answer is one
line: `{"status": n, "out": …, "err": …, "done": [operations], "struck": …}`, or what was found.
Files are read in the child itself: the process that reads them has tests of its own.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import os
import pkgutil
import sys
import tarfile
import tempfile
import zipfile
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import typer.main

import board
from board import workbook
from board.__main__ import main as command_line
from board.accounts import Accounts, differences
from board.commands import app
from board.i18n import LANGUAGES, catalogue
from board.journal import AuditLog, Journal, condition
from board.publish import current, faults, publish, up_to_date, verify
from board.storage import ASIDE, BATCHES, JOURNAL, STAGING
from tests.support.code_places import CodePlaces
from tests.support.command_words import OTHER, OUT, STORE, TEMPORARY
from tests.support.damages import kept
from tests.support.file_faults import Fault, child_of
from tests.support.reading_here import read_file_here

APART = ("board.serve", "board.ui", "board.__main__", "board.documents")
# What two runs of the same command say otherwise.
OF_THE_RUN = {"looks", "at", "recorded_at", "entered_at", "manifest_sha256", "who", "by", "heads",
              "rows_before", "rows_known", "aside", "steps", "batches", "files"}  # fmt: skip


def run(words: list[str], answer: Path) -> None:
    """In the child: one command line, its exit code and texts left in a file."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        code = command_line(words)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "replace"))
    answer.write_text(json.dumps({"code": code, "out": texts[0], "err": texts[1]}))


def found(place: Path, rebuild: bool) -> dict[str, Any]:
    """All that a place holds: what is stored, who has an account, what lies about, what is wrong."""
    stores = [place / name for name in (STORE, OTHER) if (place / name).is_dir()]
    return {
        "kept": [sha for root in stores for sha in kept(root)],
        "stores": {root.name: _store(root, rebuild) for root in stores},
        "out": {
            str(path.relative_to(place / OUT)): _whole(path)
            for path in sorted((place / OUT).rglob("*"))
            if path.is_file()
        },
    }


def _store(root: Path, rebuild: bool) -> dict[str, Any]:
    state = condition(root)
    if state.state == "damaged":
        return {"state": "damaged", "damages": [damage.code for damage in state.damages]}
    events, used = Journal(root).events(), current(root)
    return {
        "state": state.state,
        "events": [
            [e.kind, {k: v for k, v in e.payload.items() if k not in OF_THE_RUN}] for e in events
        ],
        "batches": [[b.number, b.state, sorted(f["sha256"] for f in b.files)]
                    for b in Journal(root).batches()],
        "accounts": [
            [a.name, list(a.roles), a.department, list(a.places), a.enabled, a.ready]
            for a in Accounts(root).all()
        ],
        "forged": [str(one) for one in differences(root)],
        "looks": len(AuditLog(root).all()),
        "published": [used.events, used.at] if used else None,
        "problems": [[p.severity, p.code] for p in (verify(root) if rebuild else faults(root))],
        "names": sorted(p.name for p in root.iterdir() if p.name not in (ASIDE, "lock")),
        "aside": sorted(p.name for p in (root / ASIDE).iterdir()) if (root / ASIDE).is_dir() else [],
        "folders": sorted(p.name for p in (root / BATCHES).iterdir()) if (root / BATCHES).is_dir() else [],
        "staged": sorted(p.name for p in (root / STAGING).iterdir()) if (root / STAGING).is_dir() else [],
        "register": (root / JOURNAL).exists(),
    }  # fmt: skip


def start(order: dict[str, Any]) -> None:
    """Start over each store: publish what is not, then what a server does before it serves."""
    for name in (STORE, OTHER):
        root = Path(order["start"]) / name
        if not root.is_dir() or condition(root).state == "damaged":
            continue
        events, used = Journal(root).events(), current(root)
        if events and (used is None or used.events < events[-1].seq):
            publish(root)
        up_to_date(root)


def _whole(path: Path) -> str:
    """A file's content, as far as two runs write the same; "torn" where it can't be read."""
    try:
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as packed:
                return "torn" if packed.testzip() else "whole"
        if path.suffix == ".tar":
            with tarfile.open(path) as tar:
                return str(sorted(member.name for member in tar if tar.extractfile(member)))
    except Exception:
        return "torn"
    return hashlib.sha256(path.read_bytes()).hexdigest()


def obey(order: dict[str, Any], answer: Path) -> dict[str, Any]:
    """Do one order in a child; its answer."""
    answer.unlink(missing_ok=True)
    if "look" in order:
        place = Path(order["look"])

        def look() -> None:
            answer.write_text(json.dumps(found(place, order["rebuild"])))

        status = child_of(look, Fault("nowhere"))
        return {"found": json.loads(answer.read_text())} if status == 0 else {"status": status}
    if "start" in order:
        return {"status": child_of(lambda: start(order), Fault("nowhere"))}
    places = CodePlaces() if order.get("where") else None
    fault = Fault(
        order["place"], order.get("way"), order.get("at", 0), order.get("like", ""), places
    )

    def command() -> None:
        os.environ["TMPDIR"] = tempfile.tempdir = str(Path(order["place"]) / TEMPORARY)
        # As in tests that read workbooks in their own process.
        workbook.run_child = read_file_here  # type: ignore[attr-defined]
        run(order["words"], answer)

    status = child_of(command, fault, order.get("seconds"))
    said = json.loads(answer.read_text()) if status == 0 else {"code": status, "out": "", "err": ""}
    return {**said, "done": fault.done, "done_from": fault.done_from, "struck": fault.struck}


def main() -> None:
    """Import all that commands need, then do orders until they end."""
    for module in pkgutil.walk_packages(board.__path__, "board."):
        if not module.name.startswith(APART):
            importlib.import_module(module.name)
    # What a process of the board does once is done once for all its children.
    typer.main.get_command = cache(typer.main.get_command)
    typer.main.get_command(app)
    for language in LANGUAGES:
        catalogue(language)
    answer = Path(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(obey(json.loads(line), answer)), flush=True)


if __name__ == "__main__":
    main()
